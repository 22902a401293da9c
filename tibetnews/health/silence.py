"""Rule on sections, and the outlet as a whole, without news for far longer than ever before.

A section is silent for too long once it is so for ``factor`` times the longest pause between two of its news. Were
its news independent of each other, the next pause after n of them would be longer than three times the longest so far
with a probability of 6 / ((n+1)(n+2)(n+3)) (the least of n uniform variables, to the third power): 1 in 1,700 for
n = 20. Holidays and weekends make real pauses uneven, which only makes the longest of them longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from tibetnews.wording import counted, listed

MIN_NEWS_DAYS = 20
"""With fewer days with news, pauses say nothing."""


ACTION = "open a listing in a browser: if it has newer articles, its markup has changed"


def silent_sections(
    news_days: Mapping[str, Sequence[date]],
    read: frozenset[str],
    today: date,
    *,
    since: date | None,
    factor: float,
    min_days: int,
) -> Iterator[str]:
    """Report the outlet, or else the sections, without news for too long.

    Args:
        news_days: By section, its days with news since the first run, in rising order.
        read: Sections whose listing the run read; no other is judged.
        today: The day of the run by the outlet's clock.
        since: First day of the articles that the run took; silence that begins before it is not judged.
        factor: A silence up to this many times the longest pause before is no fault.
        min_days: Nor is one of up to so many days.
    """
    by_section = {section: news_days.get(section, ()) for section in sorted(read)}
    every_day = sorted({day for days in by_section.values() for day in days})
    if len(read) > 1 and (pause := unusual_silence(every_day, today, since, factor, min_days)):
        yield f"no news from any section that was read {pause}; {ACTION}"
        return
    pauses = {
        section: pause
        for section, days in by_section.items()
        if (pause := unusual_silence(days, today, since, factor, min_days))
    }
    if len(pauses) > 1:
        section, pause = next(iter(pauses.items()))
        names = listed(list(pauses))
        yield f"no news from {len(pauses)} sections for too long: {names}; from {section} {pause}; {ACTION}"
    else:
        yield from (f"no news from {section} {pause}; {ACTION}" for section, pause in pauses.items())


def unusual_silence(days: Sequence[date], today: date, since: date | None, factor: float, min_days: int) -> str | None:
    """Return how long the silence is and how long it was before; None where that is not too long."""
    if len(days) < MIN_NEWS_DAYS or (since is not None and since > days[-1]):
        return None
    pause = (today - days[-1]).days
    longest = max((later - earlier).days for earlier, later in pairwise(days))
    if pause <= max(min_days, factor * longest):
        return None
    return f"for {counted(pause, 'day')}, since {days[-1]}; the longest pause before was {counted(longest, 'day')}"
