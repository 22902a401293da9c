"""Renders a comparison for a person: in colour, or with brackets where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import NamedTuple

from rich.text import Text

from tibetnews.console import printable
from tibetnews.corpus.diff import ChangeKind, DiffLine, DiffPiece, TextDiff
from tibetnews.corpus.json_lines import READ_FIELDS
from tibetnews.text import Cleaned


class _Mark(NamedTuple):
    """How a change is shown: in colour, and with brackets where there is none."""

    style: str
    before: str
    after: str
    meaning: str


_MARKS: dict[ChangeKind, _Mark] = {
    "annotation": _Mark("strike red", "[-", "-]", "reading removed"),
    "break": _Mark("black on yellow", "{", "}", "damaged run decoded"),
    "form": _Mark("cyan", "<", ">", "script or width changed"),
    "unresolved": _Mark("bold white on magenta", "!!", "!!", "damage not resolved"),
    "cut": _Mark("strike red", "|-", "-|", "removed from the line"),
}
_UNMARKED = _Mark("", "", "", "")


def legend(colour: bool) -> Text:
    """Return the meanings of the marks."""
    return Text("  ").join(_text([DiffPiece(mark.meaning, change)], colour) for change, mark in _MARKS.items())


def render(place: str, comparison: TextDiff, colour: bool) -> Iterator[Text]:
    """Yield the lines to print for one text; none where cleaning leaves it as it is.

    Without ``colour`` brackets tell the changes apart.
    """
    if not comparison.lines:
        return
    yield Text(printable(place), "bold")
    yield from (Text(f"  {note}", "dim") for note in _summary(comparison.cleaned))
    for line in comparison.lines:
        yield from _line(line, colour)


def _line(line: DiffLine, colour: bool) -> Iterator[Text]:
    style = "red" if line.is_removed else "dim" if line.outcome != "kept" else ""
    label = {"kept": ""}.get(line.outcome, f"{'removed' if line.is_removed else 'read'}: {line.outcome}  ")
    sign = "-" if line.is_removed or line.after else "~"
    before = _text(line.before, colour, style)
    yield Text.assemble((f"{line.number:>5} {sign} ", "dim"), (label, f"bold {style}"), before)
    if line.after and not line.is_removed:  # the line above shows which forms changed
        after = [DiffPiece(piece.text, "" if piece.change == "form" else piece.change) for piece in line.after]
        yield Text.assemble(("      + ", "dim"), _text(after, colour, style))


def _text(pieces: Iterable[DiffPiece], colour: bool, style: str = "") -> Text:
    text = Text(style=style)
    for piece in pieces:
        mark = _MARKS.get(piece.change, _UNMARKED)
        shown = printable(piece.text)
        text.append(shown if colour else f"{mark.before}{shown}{mark.after}", mark.style)
    return text


def _summary(cleaned: Cleaned) -> Iterator[str]:
    repairs = cleaned.repairs
    if repairs.changed:
        script = "; traditional turned to simplified" if repairs.script else ""
        counts = f"readings {repairs.readings}, byte breaks {repairs.breaks}, unresolved {repairs.unresolved}"
        yield f"repaired: {counts}{script}"
    fields = {name: getattr(cleaned, name) for name in READ_FIELDS}
    fields["dateline"] = cleaned.dateline and [part for part in astuple(cleaned.dateline) if part]
    shown = {name: value if isinstance(value, str) else ", ".join(value) for name, value in fields.items() if value}
    if shown:
        yield f"read: {'; '.join(f'{name} {printable(value)}' for name, value in shown.items())}"
