"""Between engine, server and spiders: what may be asked for, how long to wait, what becomes of refusals."""
