"""Which lines of a page are link farms, or headers of keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from tibetnews.text.spam.gazetteer import provinces
from tibetnews.text.spam.vocabulary import strength
from tibetnews.text.spam.wordlist import is_farm, is_relevant, may_hold_farm

if TYPE_CHECKING:
    from opencc import OpenCC

# A line that is a list: short words, no sentence, no label. Words and separators exclude each other and are
# taken whole (possessive), so that every character is read once.
_SEPARATORS = r"\s|｜丨_、,，/·\-"
_LIST = re.compile(rf"[{_SEPARATORS}]*+(?:[^{_SEPARATORS}。！；：:]{{1,24}}+(?:[{_SEPARATORS}]++|$))++")
_WORD = re.compile(rf"[^{_SEPARATORS}]+")
_QUESTION = " ?？"

_FEWEST_WORDS = 5
_LONGEST_BRIEF = 3  # characters
_FEWEST_HEADER_WORDS = 3

# What introduces an honest list: 获奖名单如下：
_INTRODUCTION = re.compile(r"[：:]\s*$|名单|名录|如下|一览|排名|榜")

Column = list[tuple[int, list[str]]]
"""Neighbouring lines that are lists of a few words each, or one that is a list of many: numbers and words."""


def farm_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that are link farms, or headers of keywords with their question mark.

    A farm is a line of many words, or a column of lines with a few each. A header stands before the page's
    first line: keywords, then ` ?`, or a line below that holds only `?`.
    """
    farms = (_farm_in(column, introduction) for column, introduction in _columns(lines))
    return {*_header(lines), *chain.from_iterable(farms)}


def _columns(lines: Sequence[str]) -> Iterator[tuple[Column, str]]:
    """Yield what may be a farm, with the line before it."""
    column: Column = []
    held = 0  # words in the column
    introduction = last = ""
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        words = _WORD.findall(line) if "。" not in line and _LIST.fullmatch(line) else []
        if column and not 0 < len(words) < _FEWEST_WORDS:
            if held >= _FEWEST_WORDS:
                yield column, introduction
            column, held = [], 0
        if len(words) >= _FEWEST_WORDS:
            yield [(number, words)], last
        elif words:
            introduction = introduction if column else last
            column.append((number, words))
            held += len(words)
        last = line
    if held >= _FEWEST_WORDS:
        yield column, introduction


def _introduces(line: str) -> bool:
    return bool(_INTRODUCTION.search(line))


def _farm_in(column: Column, introduction: str) -> list[int]:
    """Return the lines of the farm in a column, if it holds one.

    The farm is the stretch in which lines with a farm's words outnumber the others by most: the short lines
    around it (a caption, an editor's line) stay out of it, a few other words among its own stay in.
    """
    words = _simplified([word for _, its in column for word in its])
    if not may_hold_farm(words):
        return []
    relevant = set(filter(is_relevant, set(words)))
    begins = list(accumulate((len(its) for _, its in column), initial=0))
    best, first, last = 0, 0, 0
    score, start = 0, 0
    for place, (begin, end) in enumerate(pairwise(begins)):
        if score <= 0:
            score, start = 0, place
        score += -1 if relevant.isdisjoint(words[begin:end]) else 1
        if score > best:
            best, first, last = score, start, place + 1
    farm = words[begins[first] : begins[last]]
    if first:
        introduction = " ".join(column[first - 1][1])
    if len(farm) < _FEWEST_WORDS or not is_farm(farm, introduced=_introduces(introduction)):
        return []
    while first > 0 and _is_brief(column[first - 1][1]):
        first -= 1
    while last < len(column) and _is_brief(column[last][1]):
        last += 1
    return [number for number, _ in column[first:last]]


def _is_brief(words: Sequence[str]) -> bool:
    """Tell whether a line beside a farm is one more word of it, though none of the tables': 美食."""
    return len(words) == 1 and len(words[0]) <= _LONGEST_BRIEF


def _header(lines: Sequence[str]) -> list[int]:
    """Return the lines of the keywords before the page's first line, and of the question mark after them."""
    filled = ((number, line.strip()) for number, line in enumerate(lines) if line and not line.isspace())
    first, line = next(filled, (0, ""))
    second, mark = next(filled, (0, ""))
    below = mark in ("?", "？")
    if not (below or line.endswith((" ?", " ？"))) or not _LIST.fullmatch(line):
        return []
    words = _WORD.findall(line.rstrip(_QUESTION))
    strengths = sum(map(strength, _simplified(words)))
    if len(words) < _FEWEST_HEADER_WORDS or strengths < len(words) / 2:
        return []
    return [first, second] if below else [first]


def _simplified(words: Sequence[str]) -> list[str]:
    """Return the words in the script of the tables, for deciding only."""
    joined = "\n".join(words).encode("utf-8", "replace").decode()  # OpenCC takes no lone surrogates
    simplified = _simplifier().convert(joined).split("\n")
    # 乾县 is a name in simplified script, though 乾 by itself would become 干
    return [word if provinces(word) else other for word, other in zip(words, simplified, strict=True)]


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC  # at first use: the records' value types live in this package and must load without it

    return OpenCC("t2s")
