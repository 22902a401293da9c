"""What a text is without some of its pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tibetnews.text.types import Removed, Stripped

Span = tuple[int, int, str]
"""A piece that goes: where it begins, where it ends, its kind. Whole lines, or a part of one."""


def without(text: str, spans: Iterable[Span]) -> Stripped:
    """Return what stays of the text without the spans, and what went.

    Spans come in the text's order and do not overlap. Neighbours of one kind become one piece, their lines
    trimmed. Where whole lines went, the wider of the gaps around them stays (one blank line where there
    was one), and none at the ends of the text. No spans: the same text.
    """
    went: list[tuple[str, list[str]]] = []
    kept: list[str] = []
    end = 0
    for begin, stop, kind in spans:
        between = text[end:begin]
        blank = bool(went) and not between.strip()
        if not blank:
            kept.append(between)
        if not blank or went[-1][0] != kind:
            went.append((kind, []))
        went[-1][1].extend(filter(None, map(str.strip, text[begin:stop].split("\n"))))
        end = stop
    if not went:
        return Stripped(text)
    kept.append(text[end:])
    return Stripped("".join(_joined(kept)), tuple(Removed(kind, "\n".join(lines)) for kind, lines in went))


def _joined(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces and the gaps between them; only the first and the last piece may be blank."""
    before = gap = ""
    for number, piece in enumerate(pieces):
        core = piece.rstrip()
        if number and not core:
            yield piece if before else ""  # the cut reaches the end, so the gap before it goes too
            return
        front = _blank_lines(core) if number else ""
        yield max(gap, front, key=_newlines) if before else gap
        yield core[len(front) :]
        before, gap = core, piece[len(core) :]
    yield gap


def _blank_lines(piece: str) -> str:
    """Return the blank lines that the piece begins with."""
    return piece[: piece.rfind("\n", 0, len(piece) - len(piece.lstrip())) + 1]


def _newlines(gap: str) -> int:
    return gap.count("\n")
