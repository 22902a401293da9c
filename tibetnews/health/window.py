"""How far back a rule looks: so many pages say something, and an hourly run alone has fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tibetnews.health.run import Counts


def window(
    now: Counts, before: Sequence[Counts], size: Callable[[Counts], float], least: float
) -> Iterator[tuple[Counts, float]]:
    """The run, and as many of those before it, newest first, as make ``least`` pages together; each with its weight.

    The run counts whole, whatever its size. An earlier one counts for no more than what is missing, so that one
    great run of the past hides nothing. ``size`` gives the pages of a run.
    """
    yield now, 1.0
    missing = least - size(now)
    for counts in before:
        if missing <= 0:
            return
        pages = size(counts)
        if pages:
            weight = min(1.0, missing / pages)
            yield counts, weight
            missing -= pages * weight
