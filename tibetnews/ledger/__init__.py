"""Discovered, fetched, exported: what the project remembers between runs, and the commit protocol of its feeds."""
