"""Recognises link farms, lists of place names or spam words that are there for search engines, and keyword headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, compress, islice, pairwise
from typing import NamedTuple

from tibetnews.text.gazetteer import place_names, provinces
from tibetnews.text.line_forms import NO_LIST_ENDS
from tibetnews.text.spam.keyword_headers import MIN_HEADER_WORDS, header_lines
from tibetnews.text.spam.list_words import WORD, simplified, words_of_row
from tibetnews.text.spam.vocabulary import SpamWeight, may_hold_strong, spam_weight, weighty_words

_INTRODUCTION = re.compile(r"[：:]\s*$|名单|名录|如下|一览|排名|榜")  # 获奖名单如下：

# Tuned on the generated pages of replica/spam_pages.py, seeds 20231013 and 7: of 4,480 pages with spam 12 keep any of
# it, and 2,666 honest pages lose nothing. In brackets: what changes there when the number alone changes; where
# nothing does, the number is a margin for honest pages that nobody generated.
_MIN_WORDS = 5  # words of a list; fewer could be a caption's [6: 206 pages keep spam; 4: 10]
_MAX_BRIEF_LENGTH = 3  # characters of a word that no table has, beside a farm [2: 17 pages; 5: 11]
_MIN_PLACES = 3  # place names; two do not show an order [4: 25 pages; 2: nothing]
_MIN_COUNTY_SHARE = 1 / 6  # of the places; lists of well-known cities hold no counties [1/3: 13 pages; 0: nothing]
_MIN_STRONG = 2  # words beyond doubt; one could be a report's topic [3: 15 pages; 1: nothing]
_MIN_STRONG_SHARE = 1 / 4  # of all words [1/2: 16 pages; 1/8: nothing]
_MAX_UNKNOWN_SHARE = 1 / 2  # words of no table in a list of spam words [1/3 and 3/4: nothing]
_MIN_SAME_PROVINCE_PAIRS = 2  # neighbours of one province; one pair may be chance [1: 16 pages; 3: 10]
_MIN_SAME_PROVINCE_SHARE = 0.3  # of all neighbours; 0.05 by chance [0.2: 15 pages; 0.4: nothing]
_MIN_ORDERED_PAIRS = 5  # neighbours that can show rising codes; few rise by chance [4: 13 pages; 8: 10]
_MIN_RISING_SHARE = 0.85  # of all neighbours; 0.5 by chance [0.75: 20 pages; 0.95: 10]
_MAX_PROVINCES = 2  # provinces of a name that counts as evidence [1: 8 honest pages lose a list; 4: nothing]
_MAX_WORDS = 1000  # words that are looked at, a limit of time [100 and no limit: nothing]
_MAX_DISTANCE = 2  # between some two places or spam words of five or more words of which they are more than half
_COUNTY_SUFFIXES = ("县", "区", "旗")  # of most divisions


class _Column(NamedTuple):
    """Neighbouring lines that are lists of a few words each, or one that is a list of many."""

    numbers: list[int]
    words: list[str]
    """Those of all its lines; a list for each line would keep the collector of garbage busy."""
    ends: list[int]
    """Where the words of each line end."""
    introduction: str
    """The line before them."""


def farm_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that are link farms, or headers of keywords with their question mark.

    A farm is a line of many words, or a column of lines with a few each. A header stands before the page's
    first line: keywords, then `` ?``, or a line below that holds only ``?``; without a question mark its words
    must be beyond doubt. What stands below a header is the page's own, and no part of a column.
    """
    may_be_lists = [
        line
        for line in lines
        if line and not ("。" in line or "：" in line or "；" in line or "！" in line or ":" in line)
    ]
    words = WORD.findall("\n".join(may_be_lists))
    if len(words) < MIN_HEADER_WORDS:
        return set()
    header = header_lines(lines)
    if len(words) < _MIN_WORDS:
        return set(header)
    words = simplified(words)
    if not (_may_hold_farm(words) and _has_close_pair(words)):
        return set(header)
    start = max(header, default=-1) + 1
    return {*header, *(start + number for number in chain.from_iterable(map(_farm_in, _columns(lines[start:]))))}


def is_link_farm(words: Sequence[str], *, introduced: bool = False) -> bool:
    """Return whether the words of a list are there for search engines only.

    Place names make a farm where they are most of the list and follow no order. An honest list (of a weather
    warning, of winners) keeps to one region or goes through the country province by province, and a line before
    it says what it lists; a farm draws its names at random. Spam words make a farm where they are most of the
    list and a quarter of the words is beyond doubt.

    Args:
        words: the list, in simplified characters.
        introduced: whether the line before announces a list (名单如下：).
    """
    words = words[:_MAX_WORDS]
    if not _may_hold_farm(words):
        return False
    places = [codes for codes in map(provinces, words) if codes]
    weights = [spam_weight(word) for word in words if not provinces(word)]
    unknown = weights.count(SpamWeight.NONE)
    if len(places) >= _MIN_PLACES and len(places) > unknown:
        counties = sum(word.endswith(_COUNTY_SUFFIXES) for word in words if provinces(word))
        return not introduced and counties > len(places) * _MIN_COUNTY_SHARE and not _are_in_order(places)
    strong = weights.count(SpamWeight.STRONG)
    return strong >= max(_MIN_STRONG, len(words) * _MIN_STRONG_SHARE) and unknown < len(words) * _MAX_UNKNOWN_SHARE


def _may_hold_farm(words: Sequence[str]) -> bool:
    """Return, quickly, whether a part of a list may be a farm."""
    places = filter(place_names().__contains__, words)
    return any(islice(places, _MIN_PLACES - 1, None)) or may_hold_strong(set(words))


def _has_close_pair(words: list[str]) -> bool:
    """Return whether two words of the tables stand as close as two of a farm must: more than half of it are such."""
    return any(second - first <= _MAX_DISTANCE for first, second in pairwise(_relevant(words)))


def _relevant(words: list[str]) -> Iterator[int]:
    """Return where words stand that are places or speak for spam."""
    different = set(words)
    relevant = (place_names() & different) | weighty_words(different)
    return compress(range(len(words)), map(relevant.__contains__, words))


def _are_in_order(places: Sequence[tuple[int, ...]]) -> bool:
    """Return whether neighbours share a province, or follow the codes, more often than by chance.

    Of two names drawn at random the second has the higher code in one case of two, and both are of one
    province in one of twenty. Names that many provinces have prove nothing, and few names rise by chance.
    """
    clear = [codes for codes in places if len(codes) <= _MAX_PROVINCES]
    pairs = list(pairwise(clear))
    same_province = sum(not set(first).isdisjoint(second) for first, second in pairs)
    rising = sum(first[0] <= second[-1] for first, second in pairs)
    if same_province >= max(_MIN_SAME_PROVINCE_PAIRS, _MIN_SAME_PROVINCE_SHARE * len(pairs)):
        return True
    return len(pairs) >= _MIN_ORDERED_PAIRS and rising > _MIN_RISING_SHARE * len(pairs)


def _columns(lines: Sequence[str]) -> Iterator[_Column]:
    """Yield what may be a farm."""
    numbers: list[int] = []  # the column's
    words: list[str] = []
    ends: list[int] = []
    introduction = previous = ""
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        is_sentence = line[-1] in NO_LIST_ENDS
        if is_sentence and not numbers:  # as most lines of a story
            previous = line
            continue
        row = [] if is_sentence else words_of_row(line)
        if numbers and not 0 < len(row) < _MIN_WORDS:
            if len(words) >= _MIN_WORDS:
                yield _Column(numbers, words, ends, introduction)
            numbers, words, ends = [], [], []
        if len(row) >= _MIN_WORDS:
            yield _Column([number], row, [len(row)], previous)
        elif row:
            introduction = introduction if numbers else previous
            numbers.append(number)
            words += row
            ends.append(len(words))
        previous = line
    if len(words) >= _MIN_WORDS:
        yield _Column(numbers, words, ends, introduction)


def _farm_in(column: _Column) -> list[int]:
    """Return the numbers of the lines of the farm in a column, if it holds one.

    The farm is the stretch in which lines with a farm's words outnumber the others by most (Kadane's maximum
    subarray): the short lines around it (a caption, an editor's line) stay out of it, a few other words among
    its own stay in.
    """
    numbers, shown, ends, introduction = column
    words = simplified(shown)
    if not _may_hold_farm(words):
        return []
    best_score = first = end = 0
    score = start = after_last = 0
    for index in dict.fromkeys(bisect_right(ends, position) for position in _relevant(words)):
        score -= index - after_last  # the lines between
        if score <= 0:
            score, start = 0, index
        score, after_last = score + 1, index + 1
        if score > best_score:
            best_score, first, end = score, start, after_last
    bounds = [0, *ends]
    farm = words[bounds[first] : bounds[end]]
    if first:
        introduction = " ".join(shown[bounds[first - 1] : bounds[first]])
    if len(farm) < _MIN_WORDS or not is_link_farm(farm, introduced=bool(_INTRODUCTION.search(introduction))):
        return []
    while first > 0 and _is_brief(shown[bounds[first - 1] : bounds[first]]):
        first -= 1
    while end < len(ends) and _is_brief(shown[bounds[end] : bounds[end + 1]]):
        end += 1
    return numbers[first:end]


def _is_brief(words: Sequence[str]) -> bool:
    """Return whether a line beside a farm is one more word of it that no table has: 美食."""
    return len(words) == 1 and len(words[0]) <= _MAX_BRIEF_LENGTH
