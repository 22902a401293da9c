"""Sums over the days of a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta, timezone
from typing import NamedTuple

from tibetnews import stats
from tibetnews.health.limits import Limits
from tibetnews.health.silence import unusual_silence
from tibetnews.ledger.yearly import DayTotals, YearlySummary

_IDEAL = (
    *(stats.ROBOTS_REQUESTS, stats.LISTING_PAGES, stats.ARTICLES_FOUND, stats.ARTICLES_DUE, stats.ARTICLES_NAMED),
    *(stats.ARTICLE_PARTS, stats.IMAGES_FETCHED, stats.IMAGES_FAILED),
)


def summed(days: Iterable[DayTotals]) -> DayTotals:
    """Return some days as one."""
    total = DayTotals(0, 0, Counter())
    for day in days:
        total.runs += day.runs
        total.unhealthy += day.unhealthy
        total.counts.update(day.counts)
    return total


def last(summary: YearlySummary, days: int) -> DayTotals:
    """Return the last so many days, with today, as one."""
    since = (summary.taken.date() - timedelta(days=days - 1)).isoformat()
    return summed(day for name, day in summary.days.items() if name >= since)


def requests_made(counts: Mapping[str, int]) -> int:
    """Return the number of requests sent to the outlet; those to Splash are none."""
    to_splash = stats.with_prefix(counts, stats.SPLASH)
    rendering: int = sum(number for name, number in to_splash if name.endswith("/request_count"))
    return counts.get(stats.REQUESTS, 0) - rendering


def minimum_requests(counts: Mapping[str, int]) -> int:
    """Return the least number of requests for the same result; more than that are repetitions and redirects.

    Needed are robots.txt, listing pages, new articles and those due, and their documents and pictures.
    """
    unread: int = sum(number for _, number in stats.with_prefix(counts, *stats.UNREAD_REQUESTED))
    return unread + stats.total(counts, *_IDEAL)


def greatest_first(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    """Return the counts with the prefix by what follows it, the greatest first."""
    return dict(sorted(stats.with_prefix(counts, prefix), key=lambda pair: (-pair[1], pair[0])))


OUTLET_ZONE = timezone(timedelta(hours=8))
FEWEST_DAYS = 7
"""Days that a chart has at least."""


class DailyCounts(NamedTuple):
    """A number for each day from the first one on."""

    first: date
    counts: list[int]


def daily(summary: YearlySummary, days: int) -> DailyCounts:
    """Return the first of at most so many days, and how many articles were published on each.

    They end today, or where the outlet has been silent for longer, with its newest article; they begin with the first
    article, but no later than a week before that.
    """
    today = summary.taken.date()
    newest = max((day for day in summary.published if day <= today.isoformat()), default=today.isoformat())
    end = today if (today - date.fromisoformat(newest)).days < days else date.fromisoformat(newest)
    first = end - timedelta(days=days - 1)
    every = (first + timedelta(days=i) for i in range(days))
    counts = [sum(summary.published.get(day.isoformat(), {}).values()) for day in every]
    empty = min(next((i for i, number in enumerate(counts) if number), days), max(0, days - FEWEST_DAYS))
    return DailyCounts(first + timedelta(days=empty), counts[empty:])


def weekly(summary: YearlySummary, weeks: int) -> dict[str, list[int]]:
    """Return how many articles of each section were published in each of at most so many last weeks, oldest first.

    The first week is one with articles.
    """
    days = daily(summary, 7 * weeks)
    end = days.first + timedelta(days=len(days.counts) - 1)
    weeks = -(-len(days.counts) // 7)
    found: dict[str, list[int]] = {}
    for i in range(7 * weeks):
        day = (end - timedelta(days=i)).isoformat()
        for section, number in summary.published.get(day, {}).items():
            found.setdefault(section, [0] * weeks)[weeks - 1 - i // 7] += number
    return found


def silences(summary: YearlySummary, limits: Limits) -> dict[str, str]:
    """Return how long sections have had no news that usually have some, by the rule and limits of the verdict."""
    if not summary.days:
        return {}
    begun, today = min(summary.days), summary.taken.astimezone(OUTLET_ZONE).date()
    days: dict[str, list[date]] = {}
    for day, sections in summary.published.items():
        for section in sections if begun <= day <= today.isoformat() else ():
            days.setdefault(section, []).append(date.fromisoformat(day))
    pauses = {
        section: unusual_silence(of, today, None, limits.silence_factor, limits.silent_days)
        for section, of in days.items()
    }
    return {section: pause for section, pause in pauses.items() if pause}
