"""The values that the functions of this library return.

``Removed`` and ``Dateline`` are also parts of the exported record: the docstring below each of their attributes
becomes its description in the record's JSON Schema. They have no slots, so that ``vars()`` can serialise them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, ne
from typing import Literal, NamedTuple


@dataclass(frozen=True)
class Removed:
    """A piece of the page that is not part of the story."""

    kind: str
    """Why it was removed: copyright, editor, share, related, comment, navigation, repeated, spam and others; attachment
    for a line that only offers files; audio and embedded for sounds and for what else is embedded."""
    text: str
    """What was removed, as it stood on the page after its repair; of audio, embedded and the icons of buttons
    the absolute address."""


def merge_removed(pieces: Iterable[Removed]) -> list[Removed]:
    """Return the pieces with neighbours of one kind made one, their texts joined by newlines."""
    pieces = list(pieces)
    kinds = [piece.kind for piece in pieces]
    if all(map(ne, kinds, kinds[1:])):  # as on most pages
        return pieces
    groups = [list(group) for _, group in groupby(pieces, key=attrgetter("kind"))]
    return [
        group[0] if len(group) == 1 else Removed(group[0].kind, "\n".join(piece.text for piece in group))
        for group in groups
    ]


@dataclass(frozen=True)
class Dateline:
    """Where and when a report was filed, by the opening words of its text."""

    agency: str
    """The agency that filed the report, such as 新华社 or 中国西藏网."""
    place: str | None = None
    """The place that it was filed from, such as 北京."""
    date: str | None = field(default=None, metadata={"json_schema_extra": {"pattern": r"^\d{4}-\d\d-\d\d$"}})
    """The day that it was filed, YYYY-MM-DD; the year is taken from published_at."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without some of its pieces."""

    text: str
    removed: tuple[Removed, ...] = ()
    """The pieces that were taken out, in the order of the text."""


EditKind = Literal["annotation", "break", "script", "punctuation", "mark"]
"""Why a repair edits: an annotation or an injected mark goes, a damaged run is decoded, script or width change."""


class Edit(NamedTuple):
    """A change that a repair made: ``before`` stood from start to end of the damaged text, ``after`` replaces it."""

    start: int
    end: int
    kind: EditKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with a mirror's damage undone."""

    text: str
    readings: int = 0
    """Number of pinyin annotations removed."""
    breaks: int = 0
    """Number of damaged runs decoded."""
    unresolved: int = 0
    """Number of damaged places that are uncertain or left as they were."""
    script: Literal["t2s"] | None = None
    """"t2s" where traditional characters were turned back to simplified ones."""
    places: tuple[tuple[int, int], ...] = ()
    """The unresolved places as spans of ``text``."""
    trace: Callable[[], tuple[Edit, ...]] = field(default=tuple, repr=False, compare=False)
    """Works out the edits."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make ``text`` of the damaged text, in order; they are worked out at each access."""
        return self.trace()

    @property
    def changed(self) -> bool:
        """True where the text was found damaged, even if nothing of it could be undone."""
        return bool(self.readings or self.breaks or self.unresolved or self.script)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The story of a page and its fields."""

    text: str
    """The story: paragraphs separated by a blank line. A text that shows nothing of a page is as it was given."""
    breadcrumbs: tuple[str, ...] = ()
    title: str | None = None
    subtitle: str | None = None
    published_at: str | None = None
    """ISO 8601 by the outlet's clock; the date alone where the page gives no time."""
    source: str | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    dateline: Dateline | None = None
    removed: tuple[Removed, ...] = ()
    """What stood around and between the story, in the order of the page."""
    repairs: Repaired = Repaired("")
    """The page's whole text after its repair; ``repairs.changed`` is False where it was not damaged."""
