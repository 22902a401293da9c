"""The facts of a story, figures and places, by which news of one form are told from copies of one story."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tibetnews.text.gazetteer import place_names
from tibetnews.text.lazy_pattern import lazy_pattern

MAX_FIGURES = 32
MAX_PLACES = 16
"""Facts in a sketch: of more, those with the smallest hashes, which a copy has too."""

ENOUGH_FIGURES = 4
"""Figures from which a sketch does without places, which cost more time than all else."""

MIN_KEPT = 0.4
"""Share of the facts that a copy keeps, as a multiple of the share of the wording that it keeps: who rewrites a third
of a story leaves most of its figures; news of the same form has its own."""

ONE_FACT_COUNTS = 0.8
"""Share of the wording from which one changed fact, the only one, tells two stories."""


def sketch(folded: str) -> bytes:
    """Return a sketch of the facts of a text, whose width, case and script are folded, and stops are blanks.

    Returns:
        A byte with the number of figures, then two bytes a fact: figures, then places.
    """
    figures = _hashes(_FIGURE.findall(folded), MAX_FIGURES)
    places = _hashes(_places(folded), MAX_PLACES) if len(figures) < ENOUGH_FIGURES else []
    return struct.pack(f"<B{len(figures) + len(places)}H", len(figures), *figures, *places)


def agree(a: bytes, b: bytes, wording: float) -> bool:
    """Return whether two texts may tell one story, by the sketches of their facts.

    Figures decide. Of texts with fewer than two, the places count too; texts without facts agree.

    Args:
        a: the sketch of one text.
        b: the sketch of the other.
        wording: the share of the shorter text's wording that the other has, from 0 to 1.
    """
    ours, theirs = _unpack(a), _unpack(b)
    compared, common = _compare(ours.figures, theirs.figures, MAX_FIGURES)
    if compared < 2:
        places = _compare(ours.places, theirs.places, MAX_PLACES)
        compared, common = compared + places.compared, common + places.common
    if compared == 0 or (compared == 1 and wording < ONE_FACT_COUNTS):
        return True
    return common >= MIN_KEPT * wording * compared


class _Facts(NamedTuple):
    figures: set[int]
    places: set[int]


class _Comparison(NamedTuple):
    compared: int
    """How many facts of the text that has fewer can be compared."""
    common: int
    """How many of those the other text has."""


def _unpack(facts: bytes) -> _Facts:
    hashes = struct.unpack_from(f"<{len(facts) // 2}H", facts, 1)
    return _Facts(set(hashes[: facts[0]]), set(hashes[facts[0] :]))


def _compare(ours: set[int], theirs: set[int], most: int) -> _Comparison:
    """Compare two sets; a full one holds the smallest hashes alone, so nothing above its largest says anything."""
    limit = min((max(facts) for facts in (ours, theirs) if len(facts) == most), default=0xFFFF)
    return _Comparison(
        compared=min(sum(fact <= limit for fact in facts) for facts in (ours, theirs)),
        common=sum(fact <= limit for fact in ours & theirs),
    )


def _places(folded: str) -> Iterator[str]:
    """Yield the places of a text that the gazetteer knows, written with or without their suffix."""
    names = place_names()
    for match in _beginnings().finditer(folded):
        for width in (2, 3, 4):
            if (name := folded[match.start() : match.start() + width]) in names:
                yield name


@cache
def _beginnings() -> re.Pattern[str]:
    """Match where a name may begin, by its first two characters; a pattern of all names is twenty times slower."""
    first, second = ("".join({name[place] for name in place_names()}) for place in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


def _hashes(facts: Iterable[str], most: int) -> list[int]:
    return sorted({zlib.crc32(fact.encode("utf-8", "surrogatepass")) & 0xFFFF for fact in facts})[:most]


_FIGURE = lazy_pattern(r"\d+(?:\.\d+)?[%‰]?\w?")
"""A number with the character that follows: 3月 and 3人 are two facts."""
