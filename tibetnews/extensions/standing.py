"""How far a crawl is, from its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_UNREAD = ("sections/unread/", "sections/gone/", "sections/forbidden/")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a live display says of a crawl."""

    sections: int
    """Sections to walk; 0 for a crawl that walks none."""

    walked: int
    """Those whose walk is over."""

    pages: int
    """Answers of the server, of whatever kind."""

    found: int
    """Articles to read, as far as they are known."""

    done: int
    """Those of them that were dealt with."""

    new: int
    changed: int
    unchanged: int
    copies: int
    rejected: int
    """Records of each kind, and lines of the rejects file."""

    @property
    def all_found(self) -> bool:
        """True once no listing is left that could name more."""
        return self.walked >= self.sections


def standing(counts: Mapping[str, Any]) -> Standing:
    """The standing of a crawl whose counts are these."""

    def count(*names: str) -> int:
        return sum(counts.get(name, 0) for name in names)

    unread = [number for name, number in counts.items() if name.startswith(_UNREAD)]
    changed = count("revisions/changed")
    done = count("item_scraped_count", "revisions/unchanged", "sections/outside_dates", "rejects/count") - sum(unread)
    return Standing(
        sections=count("sections/chosen"),
        walked=count("sections/ended") + len(unread),
        pages=count("response_received_count"),
        found=max(done, count("sections/links", "sections/due", "articles/named")),
        done=done,
        new=max(0, count("item_scraped_count") - changed),
        changed=changed,
        unchanged=count("revisions/unchanged"),
        copies=count("duplicates/exact", "duplicates/near"),
        rejected=count("rejects/count"),
    )
