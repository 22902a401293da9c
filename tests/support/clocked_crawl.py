"""``tibetnews crawl`` by a clock that says what it is told: ``python -m tests.support.clocked_crawl TIMES ARGUMENTS``.

TIMES is an ISO time, at which the clock stands; ``FIRST,THEN@N`` lets it say THEN from the N-th question on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

from scrapy.cmdline import execute

from tibetnews import clock


def told(times: str) -> Callable[[], float]:
    """The clock that TIMES describes."""
    first, _, then = times.partition(",")
    then, _, at = then.partition("@")
    asked = 0

    def now() -> float:
        nonlocal asked
        asked += 1
        return datetime.fromisoformat(then if then and asked >= int(at) else first).timestamp()

    return now


if __name__ == "__main__":
    clock.now = told(sys.argv[1])
    execute(["scrapy", "crawl", *sys.argv[2:]])
