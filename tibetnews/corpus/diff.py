"""What cleaning changes in a text, line by line, and why."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

from tibetnews.text import Cleaned, clean
from tibetnews.text.repair.detection import LOOSE
from tibetnews.text.repair.simplification import simplify

Mark = Literal["", "reading", "break", "form", "unresolved", "cut"]
"""Why a piece of a line is not as it was: a reading that was taken out, a byte break (before and after it was mended), a
character of the other script or a mark of the other width, a place that nothing explains, a part that was removed."""

_READ = ("title", "subtitle", "breadcrumbs", "fields")
_LONGEST = 5000  # characters of a line whose changes are looked for one by one; that takes the square of it
_WIDTHS = str.maketrans("，：；？！（）\u3000\xa0", ",:;?!()  ")


class Piece(NamedTuple):
    """A part of a line, and why it is shown."""

    text: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text that is not in the story as it was.

    number: from 1; fate: "kept" where the story holds it, else the kind of what was removed, or the name of the
    field that was read from it; before: as it was; after: repaired, empty where nothing was damaged.
    """

    number: int
    fate: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...] = ()

    @property
    def is_removed(self) -> bool:
        """Whether the line went because of a rule, and not because it was read."""
        return self.fate != "kept" and self.fate not in _READ


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text and what cleaning makes of it."""

    cleaned: Cleaned
    lines: tuple[Line, ...]


def compare(text: str) -> Comparison:
    """Clean a text, and tell which of its lines change or go."""
    cleaned = clean(text)
    return Comparison(cleaned, tuple(_changed(text, cleaned)))


def _changed(text: str, cleaned: Cleaned) -> Iterator[Line]:
    repaired = cleaned.repairs
    doubtful = {at for start, end in repaired.places for at in range(start, end)}
    fates = _Fates(cleaned)
    start = 0
    for number, (before, after) in enumerate(zip(text.split("\n"), repaired.text.split("\n"), strict=True), 1):
        marks: dict[int, Mark] = {at - start: "unresolved" for at in range(start, start + len(after)) if at in doubtful}
        start += len(after) + 1
        if not after.strip():
            continue
        fate, cut = fates.of(after)
        marks |= dict.fromkeys(cut, "cut")
        if before != after:
            yield Line(number, fate, *_marked(before, after, marks))
        elif fate != "kept" or cut:
            yield Line(number, fate, _pieces(before, [marks.get(at, "") for at in range(len(before))]))


class _Fates:
    """What became of the lines of a text, asked for in their order."""

    def __init__(self, cleaned: Cleaned) -> None:
        self.cleaned = cleaned
        self.story = deque(cleaned.text.split("\n\n"))
        self.left = Counter(self.story)  # paragraphs whose line did not come yet
        self.kinds = {line: piece.kind for piece in cleaned.removed for line in piece.text.split("\n")}

    def of(self, line: str) -> tuple[str, range]:
        """The fate of a line, and which of its characters were cut from it where it was kept."""
        folded = " ".join(line.split())
        if self.left[folded]:
            self.left[folded] -= 1
            return "kept", _NOTHING
        if kind := self.kinds.get(folded):
            return kind, _NOTHING
        if folded == self.cleaned.title:
            return "title", _NOTHING
        if folded == self.cleaned.subtitle:
            return "subtitle", _NOTHING
        if cut := _cut(line, self._next_paragraph()):
            self.left[self.story.popleft()] -= 1
            return "kept", cut
        if self.cleaned.breadcrumbs and all(part in folded for part in self.cleaned.breadcrumbs):
            return "breadcrumbs", _NOTHING
        return "fields", _NOTHING

    def _next_paragraph(self) -> str:
        """The first paragraph whose line did not come yet, "" behind the last."""
        while self.story and not self.left[self.story[0]]:
            self.story.popleft()
        return self.story[0] if self.story else ""


_NOTHING = range(0)


def _cut(line: str, paragraph: str) -> range:
    """The characters of a line that a paragraph of the story lacks, where all others are that paragraph."""
    indent = len(line) - len(line.lstrip())
    line = line.strip()
    pairs = enumerate(zip(line, paragraph, strict=False))
    first = next((at for at, (a, b) in pairs if a != b), min(len(line), len(paragraph)))
    rest = paragraph[first:]
    if not (paragraph and line.endswith(rest)):
        return _NOTHING
    return range(indent + first, indent + len(line) - len(rest))


def _marked(before: str, after: str, marks: Mapping[int, Mark]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sides of a repaired line with the marks of what changed; ``marks`` are those that ``after`` has already."""
    old: list[Mark] = [""] * len(before)
    new: list[Mark] = [""] * len(after)
    if max(len(before), len(after)) <= _LONGEST:
        # what is frequent in a line is found beside what is not; to look for it by itself takes the square of its number
        matcher = SequenceMatcher(None, simplify(before).translate(_WIDTHS), after.translate(_WIDTHS))
        for change, a, b, c, d in matcher.get_opcodes():
            if change == "equal":
                for i, j in zip(range(a, b), range(c, d), strict=True):
                    if before[i] != after[j]:
                        old[i] = new[j] = "form"
            else:
                old[a:b] = ["break"] * (b - a)
                new[c:d] = ["break"] * (d - c)
        for found in LOOSE.finditer(before):
            if all(mark == "break" for mark in old[found.start() : found.end()]):
                old[found.start() : found.end()] = ["reading"] * len(found[0])
    for at, mark in marks.items():
        new[at] = mark
    return _pieces(before, old), _pieces(after, new)


def _pieces(text: str, marks: list[Mark]) -> tuple[Piece, ...]:
    runs = groupby(zip(text, marks, strict=True), key=lambda pair: pair[1])
    return tuple(Piece("".join(character for character, _ in run), mark) for mark, run in runs)
