"""Sums over the days of a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tibetnews import stats
from tibetnews.ledger.yearly import DayTotals, YearlySummary

_IDEAL = (stats.ROBOTS_REQUESTS, stats.LISTING_PAGES, stats.ARTICLES_FOUND, stats.ARTICLES_DUE)
_IDEAL_BESIDE = (stats.ARTICLES_NAMED, stats.ARTICLE_PARTS, stats.IMAGES_FETCHED, stats.IMAGES_FAILED)


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
    return unread + stats.total(counts, *_IDEAL, *_IDEAL_BESIDE)


def with_prefix(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    """Return the counts with the prefix by what follows it, the greatest first."""
    return dict(sorted(stats.with_prefix(counts, prefix), key=lambda pair: (-pair[1], pair[0])))


class DailyCounts(NamedTuple):
    """A number for each day from the first one on."""

    first: date
    counts: list[int]


def daily(summary: YearlySummary, days: int) -> DailyCounts:
    """Return the first of so many days, and how many articles were published on each.

    They end today; where the outlet has been silent for longer, with its newest article.
    """
    today = summary.taken.date()
    newest = max((day for day in summary.published if day <= today.isoformat()), default=today.isoformat())
    end = today if (today - date.fromisoformat(newest)).days < days else date.fromisoformat(newest)
    first = end - timedelta(days=days - 1)
    every = (first + timedelta(days=i) for i in range(days))
    return DailyCounts(first, [sum(summary.published.get(day.isoformat(), {}).values()) for day in every])


def weekly(summary: YearlySummary, weeks: int) -> dict[str, list[int]]:
    """Return how many articles of each section were published in each of the last so many weeks, oldest first."""
    end = daily(summary, 7 * weeks).first + timedelta(days=7 * weeks - 1)
    found: dict[str, list[int]] = {}
    for i in range(7 * weeks):
        day = (end - timedelta(days=i)).isoformat()
        for section, number in summary.published.get(day, {}).items():
            found.setdefault(section, [0] * weeks)[weeks - 1 - i // 7] += number
    return found
