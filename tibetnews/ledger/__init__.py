"""Discovered, fetched, exported: what the project remembers between runs."""
