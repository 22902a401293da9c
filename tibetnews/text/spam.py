"""What spam mirrors add to a page: link farms, keyword headers, brands glued to honest words, empty tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.cutting import Span, without
from tibetnews.text.linkfarm import is_farm, words_of
from tibetnews.text.results import Stripped

# A sentence, or a label with what it introduces: neither is part of a link farm.
_SENTENCE = re.compile(r"[。！；：:]|[？?](?!\s*$)")

_LONGEST_WORD = 16
_FEWEST_WORDS = 5
_FEWEST_HEADER_WORDS = 3


def strip_spam(text: str) -> Stripped:
    """Take what spam mirrors added out of a text; return the same text where nothing is found.

    Decides from form: lines that are lists of words and no sentences, separators, names that follow no
    order, places on the page. See linkfarm.py for what makes a list spam.
    """
    return without(text, _spans(text))


def _spans(text: str) -> Iterator[Span]:
    lines = text.split("\n")
    spam = set(_farms(lines)) | set(_header(lines))
    begin = 0
    for number, line in enumerate(lines):
        if number in spam:
            yield begin, begin + len(line), "spam"
        begin += len(line) + 1


def _farms(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are link farms: one long line, or many with a word or two each."""
    short: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*lines, "."]):
        if not line or line.isspace():
            continue
        words = [] if _SENTENCE.search(line) else words_of(line)
        if len(words) >= _FEWEST_WORDS and len(line) < _LONGEST_WORD * len(words) and is_farm(words):
            yield number
        if words and len(words) < _FEWEST_WORDS and len(line) < _LONGEST_WORD * len(words):
            short.append((number, words))
        else:
            yield from _column(short)
            short = []


def _column(short: list[tuple[int, list[str]]]) -> Iterator[int]:
    """Yield the lines of a farm that puts each word on a line of its own."""
    words = [word for _, its in short for word in its]
    if len(words) >= _FEWEST_WORDS and is_farm(words):
        yield from (number for number, _ in short)


def _header(lines: list[str]) -> Iterator[int]:
    """Yield the lines before the page's first: keywords, then ` ?` or a line that holds only `?`."""
    filled = [(number, line.strip()) for number, line in enumerate(lines[:6]) if line.strip()][:2]
    if not filled:
        return
    number, line = filled[0]
    marked = line.endswith((" ?", " ？")) or (len(filled) > 1 and filled[1][1] in ("?", "？"))
    words = words_of(line.rstrip(" ?？"))
    if len(words) < _FEWEST_HEADER_WORDS or _SENTENCE.search(line):
        return
    if marked or is_farm(words):
        yield number
        if len(filled) > 1 and filled[1][1] in ("?", "？"):
            yield filled[1][0]
