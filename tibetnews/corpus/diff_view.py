"""A comparison as a person sees it: in colour, or with brackets where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from tibetnews.console import printable
from tibetnews.corpus.diff import Comparison, Line, Mark, Piece
from tibetnews.text import Cleaned

_STYLES: dict[Mark, str] = {
    "reading": "strike red",
    "break": "black on yellow",
    "form": "cyan",
    "unresolved": "bold white on magenta",
    "cut": "strike red",
}
_BRACKETS: dict[Mark, tuple[str, str]] = {
    "reading": ("[-", "-]"),
    "break": ("{", "}"),
    "form": ("<", ">"),
    "unresolved": ("!!", "!!"),
    "cut": ("[-", "-]"),
}
_LEGEND: dict[Mark, str] = {
    "reading": "reading taken out",
    "break": "byte break mended",
    "form": "script or width changed",
    "unresolved": "damaged and left as it is",
    "cut": "removed from the line",
}


def legend(colour: bool) -> Text:
    """What the marks mean."""
    return Text("  ").join(_text([Piece(words, mark)], colour) for mark, words in _LEGEND.items())


def paint(place: str, comparison: Comparison, colour: bool) -> Iterator[Text]:
    """The lines to print for one text; none where cleaning leaves it as it is."""
    if not comparison.lines:
        return
    yield Text(printable(place), "bold")
    yield from (Text(f"  {note}", "dim") for note in _summary(comparison.cleaned))
    for line in comparison.lines:
        yield from _line(line, colour)


def _line(line: Line, colour: bool) -> Iterator[Text]:
    gone = "red" if line.is_removed else "dim" if line.fate != "kept" else ""
    label = {"kept": ""}.get(line.fate, f"{'removed' if line.is_removed else 'read'}: {line.fate}  ")
    sign = "-" if line.is_removed or line.after else "~"
    yield Text.assemble((f"{line.number:>5} {sign} ", "dim"), (label, f"bold {gone}"), _text(line.before, colour, gone))
    if line.after and not line.is_removed:  # the line above shows which forms changed
        after = [Piece(piece.text, "" if piece.mark == "form" else piece.mark) for piece in line.after]
        yield Text.assemble(("      + ", "dim"), _text(after, colour, gone))


def _text(pieces: Iterable[Piece], colour: bool, style: str = "") -> Text:
    text = Text(style=style)
    for piece in pieces:
        before, after = ("", "") if colour or not piece.mark else _BRACKETS[piece.mark]
        text.append(f"{before}{printable(piece.text)}{after}", _STYLES.get(piece.mark, ""))
    return text


def _summary(cleaned: Cleaned) -> Iterator[str]:
    repairs = cleaned.repairs
    if repairs.changed:
        script = "; traditional turned to simplified" if repairs.script else ""
        yield f"repaired: readings {repairs.readings}, byte breaks {repairs.breaks}, unresolved {repairs.unresolved}{script}"
    told = {
        "title": cleaned.title,
        "published": cleaned.published_at,
        "source": cleaned.source,
        "editor": cleaned.editor,
    }
    if read := [f"{name} {printable(value)}" for name, value in told.items() if value]:
        yield f"read: {'; '.join(read)}"
