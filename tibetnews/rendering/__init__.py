"""Pages that need their scripts: which they are, and a client for each program that can run them."""
