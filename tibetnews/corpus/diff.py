"""Compares a text with what cleaning makes of it, line by line."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from tibetnews.text import Cleaned, clean
from tibetnews.text.types import EditKind, Repaired

ChangeKind = Literal["", "annotation", "break", "form", "unresolved", "cut"]
"""Why a piece of a line is not as it was: an annotation goes, a damaged run was decoded (both sides), script or width
changed, damage is unresolved, a part of the line was removed."""

_CHANGES: dict[EditKind, ChangeKind] = {
    "annotation": "annotation",
    "break": "break",
    "script": "form",
    "punctuation": "form",
    "mark": "cut",
}
_FIELDS = ("title", "subtitle", "breadcrumbs", "fields")


class DiffPiece(NamedTuple):
    """A part of a line, and why it is shown."""

    text: str
    change: ChangeKind = ""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the text that is not in the story as it was."""

    number: int
    """Counted from 1."""
    outcome: str
    """"kept" where the story holds the line, else the kind of what was removed or the field that was read from it."""
    before: tuple[DiffPiece, ...]
    after: tuple[DiffPiece, ...] = ()
    """The repaired line, empty where nothing was damaged."""

    @property
    def is_removed(self) -> bool:
        """Whether a rule removed the line; False where it was read."""
        return self.outcome != "kept" and self.outcome not in _FIELDS


@dataclass(frozen=True, slots=True)
class TextDiff:
    """A text and what cleaning makes of it."""

    cleaned: Cleaned
    lines: tuple[DiffLine, ...]


def compare(text: str) -> TextDiff:
    """Clean a text, and return which of its lines change or go."""
    cleaned = clean(text)
    return TextDiff(cleaned, tuple(_changed_lines(text, cleaned)))


def _changed_lines(text: str, cleaned: Cleaned) -> Iterator[DiffLine]:
    old_changes, new_changes = _changes(text, cleaned.repairs)
    outcomes = _Outcomes(cleaned)
    old_start = new_start = 0
    lines = zip(text.split("\n"), cleaned.repairs.text.split("\n"), strict=True)
    for number, (before, after) in enumerate(lines, 1):
        old = old_changes[old_start : old_start + len(before)]
        new = new_changes[new_start : new_start + len(after)]
        old_start += len(before) + 1
        new_start += len(after) + 1
        if not after.strip():
            continue
        outcome, cut = outcomes.of(after)
        new[cut.start : cut.stop] = ["cut"] * len(cut)
        if before != after:
            yield DiffLine(number, outcome, _pieces(before, old), _pieces(after, new))
        elif outcome != "kept" or cut:
            yield DiffLine(number, outcome, _pieces(before, new))


class _Changes(NamedTuple):
    """The change of each character of a text, and of the repaired text."""

    old: list[ChangeKind]
    new: list[ChangeKind]


def _changes(text: str, repaired: Repaired) -> _Changes:
    old: list[ChangeKind] = [""] * len(text)
    new: list[ChangeKind] = [""] * len(repaired.text)
    shift = 0
    for start, end, kind, before, after in repaired.edits:
        change = _CHANGES[kind]
        same = {i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a == b}
        old[start:end] = ["" if i in same else change for i in range(len(before))]
        new[start + shift : start + shift + len(after)] = ["" if i in same else change for i in range(len(after))]
        shift += len(after) - len(before)
    for start, end in repaired.places:
        new[start:end] = ["unresolved"] * (end - start)
    return _Changes(old, new)


class _Outcome(NamedTuple):
    """What became of a line and, where it was kept, which of its characters were cut from it."""

    name: str
    cut: range = range(0)


class _Outcomes:
    """Finds what became of the lines of a text; they are asked for in their order."""

    def __init__(self, cleaned: Cleaned) -> None:
        self.cleaned = cleaned
        self.story = deque(filter(None, (" ".join(line.split()) for line in cleaned.text.split("\n"))))
        self.pending = Counter(self.story)  # paragraphs whose line has not come yet
        self.kinds = {line: piece.kind for piece in cleaned.removed for line in piece.text.split("\n")}

    def of(self, line: str) -> _Outcome:
        """Return the outcome of a line."""
        folded = " ".join(line.split())
        if self.pending[folded]:
            self.pending[folded] -= 1
            return _Outcome("kept")
        if kind := self.kinds.get(folded):
            return _Outcome(kind)
        if folded == self.cleaned.title:
            return _Outcome("title")
        if folded == self.cleaned.subtitle:
            return _Outcome("subtitle")
        if cut := _cut(line, self._next_paragraph()):
            self.pending[self.story.popleft()] -= 1
            return _Outcome("kept", cut)
        if self.cleaned.breadcrumbs and all(part in folded for part in self.cleaned.breadcrumbs):
            return _Outcome("breadcrumbs")
        return _Outcome("fields")

    def _next_paragraph(self) -> str:
        """Return the first paragraph whose line has not come yet, "" after the last."""
        while self.story and not self.pending[self.story[0]]:
            self.story.popleft()
        return self.story[0] if self.story else ""


def _cut(line: str, paragraph: str) -> range:
    """Return the characters of a line that the paragraph lacks, if all others are the paragraph."""
    indent = len(line) - len(line.lstrip())
    line = line.strip()
    pairs = enumerate(zip(line, paragraph, strict=False))
    first = next((i for i, (a, b) in pairs if a != b), min(len(line), len(paragraph)))
    remainder = paragraph[first:]
    if not (paragraph and line.endswith(remainder)):
        return range(0)
    return range(indent + first, indent + len(line) - len(remainder))


def _pieces(text: str, changes: Sequence[ChangeKind]) -> tuple[DiffPiece, ...]:
    runs = groupby(zip(text, changes, strict=True), key=lambda pair: pair[1])
    return tuple(DiffPiece("".join(character for character, _ in run), change) for change, run in runs)
