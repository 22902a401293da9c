"""Rules on pages: too many that failed, and one story on most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tibetnews import stats
from tibetnews.health.coverage import window
from tibetnews.health.limits import Limits
from tibetnews.health.wording import ARCHIVE_ADVICE
from tibetnews.stats import Counts
from tibetnews.wording import counted, listed

NOT_FETCHED = frozenset({"timeout", "connection", "dns", "download", "incomplete", "robots", "redirects", "too_large"})
"""Reasons of rejects for a page that could not be fetched. All that begin with ``http_`` are such reasons too."""

GUARD = "guard"
"""Reason of rejects for a page in whose place something answered that waits for a browser."""
GUARD_ADVICE = "crawl more slowly, and ask the outlet to let this crawler in"

JUDGED_ELSEWHERE = frozenset({"duplicate", "interstitial", "unrendered"})
"""Reasons of rejects that the user asked for, or that have a rule of their own."""

UNKNOWN_LAYOUT = "layout"

_ANSWERED = (stats.LISTING_PAGES, stats.RECORDS, stats.REVISIONS_UNCHANGED)
"""What is counted where the outlet is up."""

MIN_REPEATS = 20
MAX_REPEATED_SHARE = 0.5
"""More repeats of one story than this share of the records, and at least so many, are a fault. Fewer are normal: the
outlet has some articles in several sections, and series whose pages say little."""


def program_errors(counts: Counts) -> Iterator[str]:
    """Report pages on which this program itself failed, or a component of the user's; a single one is a fault."""
    if number := counts.get(stats.PROGRAM_ERRORS):
        yield f"this program failed on {counted(number, 'page')}; the log has the tracebacks"
    if number := counts.get(stats.PIPELINE_ERRORS):
        yield f"a pipeline failed on {counted(number, 'record')}; the log has the tracebacks"
    if number := counts.get(stats.COMPONENT_ERRORS):
        yield f"a component failed {counted(number, 'time')}; the log has the tracebacks"


def failure_rates(
    counts: Counts,
    earlier: Sequence[Counts],
    limits: Limits,
    rejects_file: str = "the rejects file",
    *,
    asks_outlet: bool = True,
) -> Iterator[str]:
    """Report shares of pages above their limits, with the reasons, what to do and the file that tells of each page.

    A share is taken over enough pages that two failures stay within the limit. A run that has fewer is judged together
    with earlier ones: one page that fails is normal, one in every run is not.
    """
    rules: tuple[tuple[Callable[[str], bool], float, str, str], ...] = (
        (_is_not_fetched, limits.max_failed_share, "could not be fetched", "the next run asks again"),
        (
            lambda reason: reason == GUARD,
            limits.max_failed_share,
            "{were} answered by a guard in front of the outlet",
            f"open one in a browser, {GUARD_ADVICE}",
        ),
        (_is_rejected, limits.max_rejected_share, "{were} rejected", "open one in a browser and look what it lacks"),
        (
            lambda reason: reason == UNKNOWN_LAYOUT,
            limits.max_unknown_layout_share,
            "{have} an unknown layout",
            "open one in a browser: the outlet has changed its pages, or something else answers in its place",
        ),
    )
    is_down = any(stats.with_prefix(counts, stats.SECTION_UNREAD)) and not stats.total(counts, *_ANSWERED)
    if is_down or any(stats.with_prefix(counts, stats.ROBOTS_UNREACHABLE)):
        rules = rules[1:]  # what could not be fetched follows from that, which has a rule of its own
    for matches, limit, effect, action in rules:
        weighted = list(window(counts, earlier, _pages, min_size=2 / limit if limit else 0))
        pages = sum(_pages(run) * weight for run, weight in weighted)
        failures = sum(_rejects(run, matches) * weight for run, weight in weighted)
        if (number := _rejects(counts, matches)) and failures > limit * pages:
            together = "" if len(weighted) == 1 else f" ({failures:.0f} of the last {pages:.0f})"
            verb = effect.format(were="was", have="has") if number == 1 else effect.format(were="were", have="have")
            yield (
                f"{number} of {counted(_pages(counts), 'page')}{together} {verb} (limit {limit * 100:g} %):"
                f" {_reasons(counts, matches)}; {action if asks_outlet else ARCHIVE_ADVICE}; see {rejects_file}"
            )


def repeated_story(repeats: Mapping[str, int], records: int) -> Iterator[str]:
    """Report a story that most records repeat, as when a guard answers every request with one page.

    ``repeats`` counts the records that repeat an article's story, by its id; ``records`` are all, dropped ones too.
    """
    if repeats:
        id_, number = max(repeats.items(), key=lambda pair: pair[1])
        if number >= MIN_REPEATS and number > MAX_REPEATED_SHARE * records:
            yield (
                f"{number} of {records} records repeat the story of {id_}, so every request may get the same page; open"
                " some of their addresses in a browser, and crawl more slowly"
            )


def _pages(counts: Counts) -> int:
    """Return the number of pages with an answer of whatever kind."""
    return stats.total(counts, stats.RECORDS, stats.REVISIONS_UNCHANGED, stats.REJECTS)


def _is_rejected(reason: str) -> bool:
    return not (reason in {GUARD, UNKNOWN_LAYOUT, *JUDGED_ELSEWHERE} or _is_not_fetched(reason))


def _is_not_fetched(reason: str) -> bool:
    return reason in NOT_FETCHED or reason.startswith("http_")


def _rejects(counts: Counts, matches: Callable[[str], bool]) -> int:
    """Return the number of rejected pages with such a reason, but for listings, which have rules of their own."""
    number: int = sum(n for reason, n in stats.with_prefix(counts, stats.REJECTS_BY_REASON) if matches(reason))
    listings = sum(matches(reason) for _, reason in stats.with_prefix(counts, stats.SECTION_REASON))
    return max(number - listings, 0)


def _reasons(counts: Counts, matches: Callable[[str], bool]) -> str:
    """Return how many pages have each of the reasons, the most first: 4 × http_500, 2 × timeout."""
    numbers = [(n, reason) for reason, n in stats.with_prefix(counts, stats.REJECTS_BY_REASON) if matches(reason)]
    return listed([f"{n} × {reason.removeprefix('http_')}" for n, reason in sorted(numbers, reverse=True)])
