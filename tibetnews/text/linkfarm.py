"""Which lines of a page are link farms, or headers of keywords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from opencc import OpenCC

from tibetnews.text.gazetteer import provinces
from tibetnews.text.wordlist import is_farm, is_relevant

# A line that is a list: short words, no sentence, no label. Words and separators exclude each other and are
# taken whole (possessive), so that every character is read once.
_SEPARATORS = r"\s|｜丨_、,，/·\-"
_LIST = re.compile(rf"[{_SEPARATORS}]*+(?:[^{_SEPARATORS}。！；：:]{{1,24}}+(?:[{_SEPARATORS}]++|$))++")
_SEPARATOR = re.compile(rf"[{_SEPARATORS}]+")
_QUESTION = " ?？"

_FEWEST_WORDS = 5
_FEWEST_HEADER_WORDS = 3

# What introduces an honest list: 获奖名单如下：
_INTRODUCTION = re.compile(r"[：:]\s*$|名单|名录|如下|一览|排名|榜")


Column = list[tuple[int, list[str]]]
"""Neighbouring lines with a few words each: their numbers and words."""


def farm_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that are link farms, or headers of keywords with their question mark.

    A farm is a line of many words, or a column of lines with a few each. A header stands before the page's
    first line: keywords, then ` ?`, or a line below that holds only `?`.
    """
    farms = set(_header(lines))
    column: Column = []
    introduction = last = ""
    for number, line in enumerate(lines):
        if not line or line.isspace() or number in farms:
            continue
        words = _words(line) if "。" not in line and _LIST.fullmatch(line) else []
        if 0 < len(words) < _FEWEST_WORDS:
            introduction = introduction if column else last
            column.append((number, words))
        else:
            if column:
                farms.update(_farm_in(column, introduction))
                column = []
            if words and _is_farm(words, last):
                farms.add(number)
        last = line
    farms.update(_farm_in(column, introduction))
    return farms


def _words(line: str) -> list[str]:
    return [word for word in _SEPARATOR.split(line) if word and word != "I"]


def _is_farm(words: Sequence[str], introduction: str) -> bool:
    return is_farm(_simplified(words), introduced=bool(_INTRODUCTION.search(introduction)))


def _farm_in(column: Column, introduction: str) -> list[int]:
    """Return the lines of the farm in a column, if it holds one.

    The farm is the stretch in which lines with a farm's words outnumber the others by most: the short lines
    around it (a caption, an editor's line) stay out of it, a few other words among its own stay in.
    """
    if sum(len(words) for _, words in column) < _FEWEST_WORDS:
        return []
    best, begin, end = 0, 0, 0
    score, start = 0, 0
    for place, (_, words) in enumerate(column):
        if score <= 0:
            score, start = 0, place
        score += 1 if any(map(is_relevant, _simplified(words))) else -1
        if score > best:
            best, begin, end = score, start, place + 1
    farm = column[begin:end]
    words = [word for _, its in farm for word in its]
    if begin:
        introduction = " ".join(column[begin - 1][1])
    if len(words) < _FEWEST_WORDS or not _is_farm(words, introduction):
        return []
    return [number for number, _ in farm]


def _header(lines: Sequence[str]) -> list[int]:
    """Return the lines of the keywords before the page's first line, and of the question mark after them."""
    filled = ((number, line.strip()) for number, line in enumerate(lines) if line and not line.isspace())
    first, line = next(filled, (0, ""))
    second, mark = next(filled, (0, ""))
    words = _words(line.rstrip(_QUESTION))
    if len(words) < _FEWEST_HEADER_WORDS or not _LIST.fullmatch(line):
        return []
    relevant = sum(map(is_relevant, _simplified(words)))
    if mark in ("?", "？"):
        return [first, second] if relevant else []
    if line.endswith((" ?", " ？")):
        return [first] if relevant else []
    return []


def _simplified(words: Sequence[str]) -> list[str]:
    """Return the words in the script of the tables, for deciding only."""
    simplified = _simplifier().convert("\n".join(words)).split("\n")
    # 乾县 is a name in simplified script, though 乾 by itself would become 干
    return [word if provinces(word) else other for word, other in zip(words, simplified, strict=True)]


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
