"""Limits on time that hold on slow and on busy machines: a second is one of a machine of common speed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

LOOPS = 400_000
COMMON_SECONDS = 0.02
"""What a machine of common speed takes to add so many squares in Python."""


@contextmanager
def takes_at_most(seconds: float) -> Iterator[None]:
    """Fail where the block takes more processor time, by a machine of common speed.

    Args:
        seconds: The limit. It is stretched by how slow this machine is before the block or behind it.

    Raises:
        AssertionError: The block takes longer.
    """
    before = _slowness()
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    assert taken < seconds * max(1, before, _slowness())


def _slowness() -> float:
    begun = time.process_time()
    sum(number * number for number in range(LOOPS))
    return (time.process_time() - begun) / COMMON_SECONDS
