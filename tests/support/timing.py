"""Limits on time that hold on slow and on busy machines: a second is one of a machine of common speed."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

LOOPS = 400_000
COMMON_SECONDS = 0.02
"""What a machine of common speed takes to add so many squares in Python."""


@contextmanager
def takes_at_most(seconds: float) -> Iterator[None]:
    """Fail where the block and its child processes take more processor time, by a machine of common speed.

    Args:
        seconds: The limit. It is stretched by how slow this machine is before the block or behind it.

    Raises:
        AssertionError: The block takes longer.
    """
    before = _slowness()
    begun = _processor_seconds()
    yield
    taken = _processor_seconds() - begun
    limit = seconds * max(1, before, _slowness())
    assert taken < limit, f"{taken:.2f} s of at most {limit:.2f} s"


def _slowness() -> float:
    begun = _processor_seconds()
    sum(number * number for number in range(LOOPS))
    return (_processor_seconds() - begun) / COMMON_SECONDS


def _processor_seconds() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
