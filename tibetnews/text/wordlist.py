"""Whether a list of words is a link farm: place names from everywhere, adult or gambling keywords."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tibetnews.text.gazetteer import provinces
from tibetnews.text.vocabulary import strength

_FEWEST_PLACES = 3
_FEWEST_STRONG = 2
_MOST_WORDS = 1000  # what a longer list is can be told from its first thousand
_SUFFIXES = ("县", "区", "旗", "市", "州", "盟")


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
    places = [codes for codes in map(provinces, words) if codes]
    strengths = [strength(word) for word in words if not provinces(word)]
    if len(places) + sum(map(bool, strengths)) <= len(words) / 2:
        return False
    if strengths.count(2) >= max(_FEWEST_STRONG, len(words) / 4):
        return True
    if introduced or len(places) < _FEWEST_PLACES or len(places) <= len(words) / 2:
        return False
    named_in_full = sum(word.endswith(_SUFFIXES) for word in words if provinces(word))
    return named_in_full > len(places) / 3 and not _in_order(places)


def _in_order(places: Sequence[tuple[int, ...]]) -> bool:
    """Tell whether neighbours share a province, or follow the codes, more often than by chance.

    Of two names drawn at random the second has the higher code in one case of two, and both are of one
    province in one of twenty.
    """
    pairs = list(pairwise(places))
    together = sum(not set(first).isdisjoint(second) for first, second in pairs)
    rising = sum(first[0] <= second[-1] for first, second in pairs)
    return together > 0.3 * len(pairs) or rising > 0.85 * len(pairs)
