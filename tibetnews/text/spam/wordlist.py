"""Whether a list of words is a link farm: place names from everywhere, adult or gambling keywords."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tibetnews.text.spam.gazetteer import provinces
from tibetnews.text.spam.vocabulary import any_suspect, strength

_FEWEST_PLACES = 3
_FEWEST_STRONG = 2
_FEWEST_TOGETHER = 2  # pairs; one may be chance
_FEWEST_RISING = 4
_MOST_PROVINCES = 2
_MOST_WORDS = 1000  # what a longer list is can be told from its first thousand
_COUNTIES = ("县", "区", "旗")  # the suffixes of most divisions; lists of well-known cities have none


def is_relevant(word: str) -> bool:
    """Tell whether a word is one that link farms are made of."""
    return bool(provinces(word) or strength(word))


def is_farm(words: Sequence[str], *, introduced: bool = False) -> bool:
    """Tell whether words that stand in a list, and in no sentence, are there for search engines only.

    words are in simplified script; introduced says that the line before announces a list (名单如下：).

    Place names make a farm where they are the most of it and follow no order. An honest list (of a weather
    warning, of winners) keeps to one region or goes through the country province by province, and its reader
    is told what it lists; a farm draws its names at random. Keywords make one where they are the most of it
    and a quarter of the words is beyond doubt.
    """
    words = words[:_MOST_WORDS]
    if not may_hold_farm(words):
        return False
    places = [codes for codes in map(provinces, words) if codes]
    strengths = [strength(word) for word in words if not provinces(word)]
    if len(places) >= _FEWEST_PLACES and len(places) > strengths.count(0):
        counties = sum(word.endswith(_COUNTIES) for word in words if provinces(word))
        return not introduced and counties > len(places) / 6 and not _in_order(places)
    strong, unknown = strengths.count(2), strengths.count(0)
    return strong >= max(_FEWEST_STRONG, len(words) / 4) and unknown < len(words) / 2


def may_hold_farm(words: Sequence[str]) -> bool:
    """Tell, quickly, whether a part of a list may be a farm."""
    return sum(map(bool, map(provinces, words))) >= _FEWEST_PLACES or any_suspect(words)


def _in_order(places: Sequence[tuple[int, ...]]) -> bool:
    """Tell whether neighbours share a province, or follow the codes, more often than by chance.

    Of two names drawn at random the second has the higher code in one case of two, and both are of one
    province in one of twenty. Names that many provinces have tell nothing, and few names rise by chance.
    """
    clear = [codes for codes in places if len(codes) <= _MOST_PROVINCES]
    pairs = list(pairwise(clear))
    together = sum(not set(first).isdisjoint(second) for first, second in pairs)
    rising = sum(first[0] <= second[-1] for first, second in pairs)
    if together >= max(_FEWEST_TOGETHER, 0.3 * len(pairs)):
        return True
    return len(pairs) > _FEWEST_RISING and rising > 0.85 * len(pairs)
