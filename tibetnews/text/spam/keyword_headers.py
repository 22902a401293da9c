"""Recognises the line of keywords that mirrors put in front of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tibetnews.text.spam.list_words import STARS, WORD, is_list, simplified
from tibetnews.text.spam.vocabulary import SpamWeight, spam_weight

_KEYWORDS = re.compile(f"[_,，/|｜{STARS}-]")  # what joins the words of a header
_QUESTION = " ?？"

# Tuned as the numbers of link_farms.py, where the brackets are explained.
MIN_HEADER_WORDS = 3  # before a question mark; two could be a headline [4: 76 pages; 2: nothing]
_MIN_MARKED_WEIGHT = (
    1 / 2
)  # of a word on average, where there is a question mark: 1 for a weak word, 2 for a strong one
_MIN_STRONG = 2  # words beyond doubt without one
_MAX_UNKNOWN_SHARE = 1 / 4  # words of no table without one


def header_lines(lines: Sequence[str]) -> list[int]:
    """Return the numbers of the line of keywords before the page's first line, and of the question mark after it.

    The mark stands behind the keywords, or alone on the next line; without it the words must be beyond doubt.
    """
    filled = ((number, line.strip()) for number, line in enumerate(lines) if line and not line.isspace())
    first, line = next(filled, (0, ""))
    second, mark = next(filled, (0, ""))
    is_mark_below = mark in ("?", "？")
    is_marked = is_mark_below or line.endswith((" ?", " ？"))
    if not (is_marked or _KEYWORDS.search(line)) or not is_list(line):
        return []
    words = WORD.findall(line.rstrip(_QUESTION))
    if len(words) < MIN_HEADER_WORDS:
        return []
    weights = [spam_weight(word) for word in simplified(words)]
    if is_marked:
        is_header = sum(weights) >= len(words) * _MIN_MARKED_WEIGHT
    else:
        strong, unknown = weights.count(SpamWeight.STRONG), weights.count(SpamWeight.NONE)
        is_certain = strong >= _MIN_STRONG or (strong > 0 and not unknown and "_" in line)
        is_header = is_certain and unknown <= len(words) * _MAX_UNKNOWN_SHARE
    if not is_header:
        return []
    return [first, second] if is_mark_below else [first]
