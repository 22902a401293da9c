"""Finds the places of a part in a text, and removes spans from a text without leaving gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tibetnews.text.types import Removed, Stripped

_SECOND_CHARACTER = re.compile(r"(?:\\.|[^\\\[(.?*+{|])(?![?*+{])")  # of a word; else a set, a group, or perhaps none


class Span(NamedTuple):
    """A piece of a text to be removed: whole lines, or a part of one."""

    start: int
    end: int
    kind: str


def remove_spans(text: str, spans: Iterable[Span]) -> Stripped:
    r"""Return what stays of a text without the spans, and what went.

    The spans stand in the text's order, without overlaps.

    Returns:
        The same ``text`` where there are no spans. Where whole lines went, the wider of the gaps around them stays
        (one blank line where there was one), and no gap at the ends of the text. Neighbours of one kind become one
        piece, their lines trimmed.

    >>> remove_spans("a\n\nb\n\nc", [Span(3, 4, "spam")])
    Stripped(text='a\n\nc', removed=(Removed(kind='spam', text='b'),))
    """
    removed: list[tuple[str, list[str]]] = []
    kept: list[str] = []
    end = 0
    for span in spans:
        between = text[end : span.start]
        is_neighbour = bool(removed) and not between.strip()
        if not is_neighbour:
            kept.append(between)
        elif "\n" in between and kept[-1].rpartition("\n")[2].strip():  # the line before is not gone whole
            kept[-1] += between
        if not is_neighbour or removed[-1][0] != span.kind:
            removed.append((span.kind, []))
        piece = text[span.start : span.end].strip()
        if "\n" in piece:
            removed[-1][1].extend(filter(None, map(str.strip, piece.split("\n"))))
        elif piece:
            removed[-1][1].append(piece)
        end = span.end
    if not removed:
        return Stripped(text)
    kept.append(text[end:])
    return Stripped("".join(_join(kept)), tuple(Removed(kind, "\n".join(lines)) for kind, lines in removed))


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    r"""Yield the lines of a text in which what a pattern finds begins.

    To search the whole text is much faster than to search each line.

    >>> [*lines_with(re.compile("[藏雪]|河\\s"), "西藏\n河谷\n雪山\n河\n谷")]
    ['西藏', '雪山', '河']
    """
    end = 0
    while match := pattern.search(text, end):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        if end < 0:
            yield text[start:]
            return
        yield text[start:end]


def pattern_of_words(words: Iterable[str]) -> re.Pattern[str]:
    """Compile what finds any of some words, of which each may be a pattern behind its first character.

    The search skips to a first character that has some second one behind it, where it tries the words with that one.

    >>> pattern_of_words(["雪山", "雪", "草[原地]"]).findall("雪山下的草原")
    ['雪山', '草原']
    """
    firsts: dict[str, None] = {}
    by_second: dict[str, list[str]] = {}
    others: list[str] = []
    for word in words:
        first, second = re.escape(word[0]), _SECOND_CHARACTER.match(word, 1)
        firsts[first] = None
        if second:
            by_second.setdefault(second[0], []).append(f"(?<={first}{second[0]}){word[second.end() :]}")
        else:
            others.append(f"(?<={first}){word[1:]}")
    common = "|".join(f"{second}(?:{'|'.join(rests)})" for second, rests in by_second.items())
    known = f"(?=[{''.join(by_second)}])(?:{common})"
    return re.compile(f"[{''.join(firsts)}](?:{'|'.join([known, *others])})")


def occurrences(text: str, part: str) -> Iterator[int]:
    """Yield where a part of the text begins, overlaps among them.

    >>> [*occurrences("西藏的西藏", "西藏")]
    [0, 3]
    """
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _join(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces and the gaps between them; only the first and the last piece may be blank."""
    before = gap = ""
    for number, piece in enumerate(pieces):
        core = piece.rstrip()
        if number and not core:
            yield piece if before else ""  # the span reaches the end, so the gap before it goes too
            return
        front = core[: core.rfind("\n", 0, len(core) - len(core.lstrip())) + 1] if number else ""  # blank lines
        yield front if before and front.count("\n") > gap.count("\n") else gap
        yield core[len(front) :]
        before, gap = core, piece[len(core) :]
    yield gap
