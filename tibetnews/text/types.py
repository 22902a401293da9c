"""What the functions of this library give back: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece that was taken out: its kind (copyright, editor, share, related, spam, …) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without what was taken out of it, and what that was, in the order of the text."""

    text: str
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with a mirror's damage undone.

    readings: pinyin readings taken out; breaks: byte breaks mended; unresolved: damaged
    places left as they were (their offsets into ``text`` are in ``places``);
    script: "t2s" where traditional characters were turned back to simplified ones, else None.
    """

    text: str
    readings: int = 0
    breaks: int = 0
    unresolved: int = 0
    script: Literal["t2s"] | None = None
    places: tuple[tuple[int, int], ...] = ()

    @property
    def changed(self) -> bool:
        """True where the text was found damaged, even if nothing of it could be undone."""
        return bool(self.readings or self.breaks or self.unresolved or self.script)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Opening words of a report: 新华社北京10月12日电. month and day are None where no date is given."""

    agency: str
    place: str | None = None
    month: int | None = None
    day: int | None = None
    reporters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's story and what its text says of it.

    text: paragraphs separated by a blank line; published_at: ISO 8601 by the outlet's clock; removed: what stood
    around and between the story, in the order of the page; repairs: what was undone, ``repairs.changed`` False
    where the text was not damaged.
    """

    text: str
    breadcrumbs: tuple[str, ...] = ()
    title: str | None = None
    subtitle: str | None = None
    published_at: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    dateline: Dateline | None = None
    removed: tuple[Removed, ...] = ()
    repairs: Repaired = Repaired("")
