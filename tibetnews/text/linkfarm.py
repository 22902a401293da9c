"""Whether a list of words is a link farm: place names from everywhere, adult or gambling keywords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tibetnews.text.gazetteer import provinces
from tibetnews.text.vocabulary import strength

# What link farms put between their words: bars, underscores, commas, blanks, slashes, ` I `, hyphens.
_SEPARATOR = re.compile(r"[\s|｜丨_、,，/·]+|(?<=\s)I(?=\s)|(?<![A-Za-z0-9])-|-(?![A-Za-z0-9])")

_FEWEST_PLACES = 4
_FEWEST_KEYWORDS = 3


def words_of(line: str) -> list[str]:
    """Return the words that the separators of link farms leave of a line."""
    return [word for word in _SEPARATOR.split(line) if word]


def is_farm(words: Sequence[str]) -> bool:
    """Tell whether words that stand in a list, and in no sentence, are there for search engines only.

    Place names are, where most words are names and these follow no order: an honest list (of a weather
    warning, of winners) keeps to one region or goes through the country province by province, while a
    farm draws its names at random. Keywords are, where most words are adult or gambling terms.
    """
    places = [codes for codes in map(provinces, words) if codes]
    strengths = [strength(word) for word in words]
    relevant = len(places) + sum(map(bool, strengths))
    if relevant < 0.5 * len(words):
        return False
    if strengths.count(2) >= 2 and relevant >= _FEWEST_KEYWORDS:
        return True
    return len(places) >= _FEWEST_PLACES and not _in_order(places)


def _in_order(places: Sequence[tuple[int, ...]]) -> bool:
    """Tell whether neighbours share a province, or follow the codes, far more often than by chance.

    Of two random names the second has the higher code in one case of two, the same in one of twenty.
    """
    pairs = list(pairwise(places))
    together = sum(not set(first).isdisjoint(second) for first, second in pairs)
    rising = sum(first[0] <= second[-1] for first, second in pairs)
    return together > 0.3 * len(pairs) or rising > 0.85 * len(pairs)
