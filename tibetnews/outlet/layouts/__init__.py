"""The generations of the outlet's page markup: one class a file, chosen by the page itself."""
