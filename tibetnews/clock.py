"""What time it is: asked in this one place, so that a test can say it.

Pauses within a run are counted by the event loop, which no change of the machine's clock disturbs.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""No clock that goes right says less: this program is younger. A machine without a battery begins in 1970."""


def now() -> float:
    """Seconds since 1970 by the machine's clock, which may be wrong and may be set back."""
    return time.time()


def utc() -> datetime:
    """Return the same as a moment."""
    return datetime.fromtimestamp(now(), UTC)
