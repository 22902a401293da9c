"""Between engine, server and spiders: which requests may be made and when, and what becomes of failures."""
