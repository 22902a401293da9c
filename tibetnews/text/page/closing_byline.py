"""Reads what the removed lines below a story say of its publication: （来源：河谷网 2023-10-13 10:05）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from tibetnews.text.line_forms import has_sentence
from tibetnews.text.page.brackets import BRACKETS, without_bracket
from tibetnews.text.page.byline import Byline, read_byline
from tibetnews.text.page.byline_form import is_byline, is_byline_part
from tibetnews.text.types import Removed

_FOOT_KINDS = ("publication", "byline")
"""Of removed lines that may say where a story is from."""


def closing_byline(lines: Sequence[str], removed: Sequence[Removed]) -> Byline:
    """Return what the removed lines below a story say of its publication, the last one that tells anything.

    Args:
        lines: Those of the text.
        removed: What was taken out of it.
    """
    return next(_closing_bylines(_below_story(lines, removed)), Byline())


def closing_source(removed: Iterable[Removed]) -> str | None:
    """Return the medium that the lines below a story name, once they are removed.

    >>> closing_source([Removed("publication", "《河谷日报》（2023年05月01日 09版）")])
    '河谷日报'
    >>> closing_source([Removed("byline", "（河谷网 文/李雷）")])
    '河谷网'
    """
    return next(filter(None, (byline.source for byline in _closing_bylines(lines_of(removed, *_FOOT_KINDS)))), None)


def _closing_bylines(feet: Iterable[str]) -> Iterator[Byline]:
    """Yield what lines below a story say of its publication, from the last one up."""
    different = dict.fromkeys(reversed(list(feet)))  # equal lines are read once
    bare = (without_bracket(line) if line[:1] in BRACKETS else line for line in different)
    return (read_byline(line) for line in bare if is_byline(line) or is_byline_part(line))


def _below_story(lines: Sequence[str], removed: Sequence[Removed]) -> list[str]:
    """Return the removed lines about the publication that stand below the last sentence which is not gone."""
    feet = set(lines_of(removed, *_FOOT_KINDS))
    if not feet:
        return []
    gone = set(lines_of(removed))
    below = takewhile(lambda line: line in gone or not has_sentence(line), reversed(lines))
    return [line for line in below if line in feet][::-1]


def lines_of(removed: Iterable[Removed], *kinds: str) -> Iterator[str]:
    """Yield the lines of the pieces of these kinds, or of all."""
    pieces = (piece for piece in removed if not kinds or piece.kind in kinds)
    return (" ".join(line.split()) for piece in pieces for line in piece.text.split("\n"))
