"""What goes on beside a crawl: the ledger, progress, the circuit breaker, the verdict on a run."""
