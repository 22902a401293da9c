"""Times as text, in the one form that the ledger and the rejects file use."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_timestamp(seconds: float) -> str:
    """Return seconds since 1970 as UTC text to the second: YYYY-MM-DDTHH:MM:SSZ."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
