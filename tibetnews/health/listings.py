"""Rules on sections whose listing cannot be read, or is empty, while others are well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tibetnews import stats
from tibetnews.health.outlet import SECTIONS_TABLE
from tibetnews.health.wording import counted, listed, ordinal
from tibetnews.stats import Counts

MAX_CAUSES = 3
"""Causes for which pages are unrendered that have a line each."""


def unread_listings(counts: Counts, read: frozenset[str], earlier: Sequence[Counts]) -> Iterator[str]:
    """Report sections of which a listing page could not be fetched or read.

    Listings that are gone, forbidden or moved have messages of their own in :mod:`tibetnews.health.outlet`, and those
    that only scripts write in :func:`unrendered_pages`.

    Args:
        counts: Counts of the run.
        read: Sections of which the first page of the listing was read.
        earlier: Counts of earlier runs, newest first.
    """
    unrendered = {page for page, _ in stats.with_prefix(counts, stats.UNRENDERED)}
    unread = {section for section, _ in stats.with_prefix(counts, stats.SECTION_UNREAD)} - unrendered
    dead, torn = sorted(unread - read), sorted(unread & read)
    if dead and not read:
        yield f"{listed(dead)}: listing could not be read, and no other one could; the rejects file says why"
    elif dead:
        runs = 1 + min(_unread_runs(section, earlier) for section in dead)
        again = f" for the {ordinal(runs)} run in a row" if runs > 1 else ""
        yield (
            f"{listed(dead)}: listing could not be read{again}, while {len(read)} others could; the rejects file says"
            f" why; if the section was renamed or closed, change its line in {SECTIONS_TABLE}"
        )
    if torn:
        yield f"{listed(torn)}: a further page of the listing could not be read; the rejects file says why"


def unrendered_pages(counts: Counts) -> Iterator[str]:
    """Report the listings and articles that only scripts write and that were not rendered, a line for each cause."""
    pages: dict[str, list[str]] = {}
    for page, why in sorted(stats.with_prefix(counts, stats.UNRENDERED)):
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
            f"{listed(emptied)}: listing has no articles any more, while {len(read - empty)} others have; its markup"
            " may have changed, or the section was closed"
        )


def _unread_runs(section: str, earlier: Sequence[Counts]) -> int:
    """Return in how many of the last runs, without a gap, the section was unread."""
    return next(
        (i for i, counts in enumerate(earlier) if f"{stats.SECTION_UNREAD}{section}" not in counts), len(earlier)
    )
