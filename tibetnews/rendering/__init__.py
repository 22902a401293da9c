"""Pages that only scripts write: which need a renderer, and a client for each renderer."""
