"""Rules on the outlet and the machine as a whole; each message says what to do."""

from __future__ import annotations

from collections.abc import Iterator

from tibetnews import stats
from tibetnews.health.wording import ARCHIVE_ADVICE
from tibetnews.stats import Counts
from tibetnews.wording import counted, listed

TOO_MANY_FAILURES = "too_many_failures"
"""Finish reason of a run that :mod:`tibetnews.extensions.circuit_breaker` ended."""

SECTIONS_TABLE = "tibetnews/outlet/sections.toml"

MAX_CLOCK_CORRECTION_SECONDS = 600.0
"""Corrections of a clock up to this are everyday life."""

_OF_SECTIONS = {
    stats.SECTION_GONE: "listing not found (404 or 410), so the section was renamed or closed; look up its new address"
    f" and correct or delete its line in {SECTIONS_TABLE}",
    stats.SECTION_FORBIDDEN: "robots.txt forbids the listing; ask the outlet, or leave the section out with"
    f" -a sections=… or by its line in {SECTIONS_TABLE}",
}
_OF_ONE_SECTION = {
    stats.SECTION_MOVED: f"listing redirects to {{value}}; correct its line in {SECTIONS_TABLE}",
    stats.SECTION_TOO_LONG: "listing has more than {value} pages with new articles; open the last ones in a browser; if"
    " they are the outlet's, raise LISTING_MAX_PAGES",
    stats.SECTION_ENDLESS: "pagination does not end (no new links up to page {value}); articles on later pages may be"
    " missing until the outlet fixes it",
}


def outlet_faults(counts: Counts, *, asks_outlet: bool = True) -> Iterator[str]:
    """Report what the counts say of robots.txt, listings, redirects and pages of something in front of the outlet."""
    for host, why in sorted(stats.with_prefix(counts, stats.ROBOTS_UNREACHABLE)):
        yield (
            f"robots.txt of {host} could not be fetched ({why}), so nothing else was requested from this host"
            " (RFC 9309); look whether the outlet is up; the next run asks again"
        )
    for prefix, text in _OF_SECTIONS.items():
        if names := sorted(name for name, _ in stats.with_prefix(counts, prefix)):
            yield f"{listed(names)}: {text}"
    for prefix, text in _OF_ONE_SECTION.items():
        for name, value in sorted(stats.with_prefix(counts, prefix)):
            yield f"{name}: {text.format(value=value)}"
    for id_, number in sorted(stats.with_prefix(counts, stats.ARTICLES_MERGED)):
        yield f"the addresses of {counted(number, 'article')} redirect to {id_}; nothing to do, later runs ask again"
    if same := counts.get(f"{stats.REJECTS_BY_REASON}interstitial", 0):
        what_to_do = (
            "open one of the rejects file in a browser, and crawl more slowly" if asks_outlet else ARCHIVE_ADVICE
        )
        yield (
            f"{counted(same, 'page')} had, byte for byte, the content of another page: something in front of the outlet"
            f" {'answers' if asks_outlet else 'answered'} in its place; {what_to_do}"
        )


def ended_early(reason: str, failures: int) -> Iterator[str]:
    """Report a run that the circuit breaker ended for its ``reason``, after so many failures in a row."""
    if reason == TOO_MANY_FAILURES:
        yield f"the run ended early: {failures} pages in a row could not be fetched or read; the next run continues"


def clock_set_back(seconds: float) -> Iterator[str]:
    """Report a clock that was set back by so many seconds since the last run or during this one."""
    if seconds > MAX_CLOCK_CORRECTION_SECONDS:
        hours = seconds / 3600
        span = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.1f} hours"
        yield (
            f"the machine's clock went back by {span}: nothing is lost and pauses begin anew, but times in exports are"
            " wrong before or after it; check the clock"
        )
