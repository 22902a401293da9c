"""Sections that died: their listing cannot be read, or names nothing any more, while others live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tibetnews.health.run import Counts
from tibetnews.health.wording import named, ordinal

_UNREAD = "sections/unread/"


def unread(counts: Counts, read: frozenset[str], before: Sequence[Counts]) -> Iterator[str]:
    """Sections of which a listing page could not be read; gone are those whose first page could not."""
    struck = {name.removeprefix(_UNREAD) for name in counts if name.startswith(_UNREAD)}
    if not struck:
        return
    gone, torn = sorted(struck - read), sorted(struck & read)
    if gone and not read:
        yield f"no listing could be read of {named(gone)}, and none of another section; the rejects file says why"
    elif gone:
        runs = 1 + min(_in_a_row(section, before) for section in gone)
        again = f", for the {ordinal(runs)} run in a row" if runs > 1 else ""
        yield (
            f"no listing could be read of {named(gone)}{again}, while {len(read)} others could; the rejects file says"
            " why. A section that was renamed or closed is to be changed in sections.toml"
        )
    if torn:
        yield f"a further page of the listing could not be read of {named(torn)}; the rejects file says why"


def bare(found: frozenset[str], read: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    """Listings without an article, of sections that had some."""
    if emptied := sorted(found & known):
        others = len(read - found)
        yield (
            f"the listing of {named(emptied)} names no article any more, those of {others} others do; its markup may"
            " have changed, or the section was closed"
        )


def _in_a_row(section: str, before: Sequence[Counts]) -> int:
    """For how many of the last runs the section was unread."""
    runs = 0
    for counts in before:
        if f"{_UNREAD}{section}" not in counts:
            break
        runs += 1
    return runs
