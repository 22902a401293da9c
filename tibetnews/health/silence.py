"""Silence: sections, and the outlet as a whole, without news for far longer than ever before.

A section is silent for too long once it is so for ``factor`` times the longest pause between two of its news. Were
its news independent of each other, the next pause after n of them would be longer than three times the longest so far
with a probability of 6 / ((n+1)(n+2)(n+3)) (the least of n uniform variables, to the third power): 1 in 1,700 for
n = 20. Holidays and weekends make real pauses uneven, which only makes the longest of them longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from tibetnews.health.wording import days as _days
from tibetnews.health.wording import named

FEWEST = 20
"""From so many days with news on, pauses say something."""


def silent(
    news: Mapping[str, Sequence[date]],
    read: frozenset[str],
    today: date,
    since: date | None,
    factor: float,
    least: int,
) -> Iterator[str]:
    """The outlet, or else the sections, that a run read in vain for too long.

    news: days with news of each section since the first run, in rising order; since: the first day of articles that
    the run took. Where that is after the last news, it says nothing.
    """
    of = {section: news.get(section, ()) for section in sorted(read)}
    every = sorted({day for days in of.values() for day in days})
    if len(read) > 1 and (told := _too_long(every, today, since, factor, least)):
        yield f"no section that was read has had news {told}"
        return
    mute = {section: told for section, days in of.items() if (told := _too_long(days, today, since, factor, least))}
    if len(mute) == 1:
        yield from (f"{section} has had no news {told}" for section, told in mute.items())
    elif mute:
        section, told = next(iter(mute.items()))
        yield f"{len(mute)} sections have had no news for too long: {named(list(mute))}; {section} {told}"


def _too_long(days: Sequence[date], today: date, since: date | None, factor: float, least: int) -> str | None:
    """How long it has been silent, and how long it was before, where that is too long."""
    if len(days) < FEWEST or (since is not None and since > days[-1]):
        return None
    pause = (today - days[-1]).days
    longest = max((later - earlier).days for earlier, later in pairwise(days))
    if pause <= max(least, factor * longest):
        return None
    return f"for {_days(pause)}, since {days[-1]}; the longest pause before was {_days(longest)}"
