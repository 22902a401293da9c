"""Rules on sections whose listing cannot be read, or is empty, while others are well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tibetnews import stats
from tibetnews.health.outlet import SECTIONS_TABLE
from tibetnews.health.pages import GUARD, GUARD_ADVICE
from tibetnews.health.wording import cause_of, is_passing
from tibetnews.stats import Counts
from tibetnews.wording import counted, listed, ordinal

NO_RENDERER = "no renderer is set"
"""Part of why a page is unrendered in a run without a renderer, as opposed to one whose renderer failed."""

MANY_RUNS = 3
"""From so many runs in a row on a listing that is refused needs somebody."""

MAX_CAUSES = 3
"""Causes for which pages are unrendered that have a line each."""


def unread_listings(
    counts: Counts, read: frozenset[str], earlier: Sequence[Counts], rejects_file: str = "the rejects file"
) -> Iterator[str]:
    """Report sections of which a listing page could not be fetched or read.

    Listings that are gone, forbidden or moved have messages of their own in :mod:`tibetnews.health.outlet`, and those
    that only scripts write in :func:`unrendered_pages`.

    Args:
        counts: Counts of the run.
        read: Sections of which the first page of the listing was read.
        earlier: Counts of earlier runs, newest first.
        rejects_file: Path of the file that tells of each page.
    """
    unrendered = {page for page, _ in stats.with_prefix(counts, stats.UNRENDERED)}
    reasons = dict(stats.with_prefix(counts, stats.SECTION_REASON))
    unread = {section for section, _ in stats.with_prefix(counts, stats.SECTION_UNREAD)} - unrendered
    if _is_guarded(counts):  # then their pages are among those of the guard, which have a line of their own
        unread = {section for section in unread if reasons.get(section) not in ("interstitial", "layout")}
    dead, torn = sorted(unread - read), sorted(unread & read)
    causes: dict[str, list[str]] = {}
    for section in dead:
        causes.setdefault(reasons.get(section, ""), []).append(section)
    for reason, sections in causes.items():
        runs = 1 + min(_unread_runs(section, earlier) for section in sections)
        again = f" for the {ordinal(runs)} run in a row" if runs > 1 else ""
        cause = f" (it {cause_of(reason)})" if reason else ""
        others = f"while {counted(len(read), 'other')} could" if read else "and no other one could"
        yield f"{listed(sections)}: listing could not be read{again}{cause}, {others}; {_action(reason, runs, read)}"
    if torn:
        yield (
            f"{listed(torn)}: a further page of the listing could not be read, so its older articles may be missing;"
            f" the next run asks again; see {rejects_file}"
        )


def _action(reason: str, runs: int, read: frozenset[str]) -> str:
    if reason == GUARD:
        return f"open it in a browser, {GUARD_ADVICE}"
    if is_passing(reason) and runs < MANY_RUNS:
        return f"{'nothing to do,' if read else 'look whether the outlet is up;'} the next run asks again"
    return f"open it in a browser; if the section was renamed or closed, change its line in {SECTIONS_TABLE}"


def unrendered_pages(counts: Counts) -> Iterator[str]:
    """Report the listings and articles that only scripts write and that were not rendered, a line for each cause."""
    pages: dict[str, list[str]] = {}
    is_guarded = _is_guarded(counts)
    for page, why in sorted(stats.with_prefix(counts, stats.UNRENDERED)):
        if is_guarded and NO_RENDERER in why:
            continue
        pages.setdefault(why, []).append(page)
    causes = sorted(pages, key=lambda why: -len(pages[why]))
    for why in causes[:MAX_CAUSES]:
        sections = [page for page in pages[why] if "/" in page]
        articles = len(pages[why]) - len(sections)
        names = [listed(sections)] * bool(sections) + [counted(articles, "article")] * bool(articles)
        yield f"{' and '.join(names)}: {why}"
    if more := sum(len(pages[why]) for why in causes[MAX_CAUSES:]):
        yield f"{counted(more, 'more page')} could not be rendered; the rejects file says why"


def empty_listings(empty: frozenset[str], read: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    """Report empty listings (``empty``, of all those ``read``) of sections that had articles before (``known``)."""
    if emptied := sorted(empty & known):
        yield (
            f"{listed(emptied)}: listing has no articles any more, while {counted(len(read - empty), 'other')} have;"
            " open it in a browser: its markup has changed if it shows articles, else the section was closed, and its"
            f" line in {SECTIONS_TABLE} can go"
        )


def _is_guarded(counts: Counts) -> bool:
    """Return whether something in front of the outlet answers in its place."""
    return f"{stats.REJECTS_BY_REASON}interstitial" in counts


def _unread_runs(section: str, earlier: Sequence[Counts]) -> int:
    """Return in how many of the last runs, without a gap, the section was unread."""
    return next(
        (i for i, counts in enumerate(earlier) if f"{stats.SECTION_UNREAD}{section}" not in counts), len(earlier)
    )
