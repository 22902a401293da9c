"""Which characters could follow another one, where one of their two bytes is known?

Each list is made once and kept: pages meet the same few thousand again and again.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from tibetnews.text.repair.characters import Character, forms
from tibetnews.text.repair.gbk import pairs
from tibetnews.text.repair.language_model import model

COMMON = 95  # cost of a character that is tried even where the model has never seen it after the one before
FEW = 12  # likeliest characters that are tried where neither of their bytes is known


class Candidates(NamedTuple):
    """Characters that could follow another one, the likeliest first."""

    costs: bytes
    """of each after the other one, 255 at most"""
    codes: tuple[int, ...]
    numbers: tuple[int, ...]


@lru_cache(maxsize=1 << 15)
def with_trail(last: int, trail: int) -> Candidates:
    """The characters with this trail byte that could follow the last one."""
    return _plausible(last, forms().by_trail.get(trail, ()))


@lru_cache(maxsize=1 << 13)
def with_lead(last: int, lead: int) -> Candidates:
    """The characters with this lead byte and a trail byte that can be lost alone."""
    return _plausible(last, forms().by_lead.get(lead, ()))


@lru_cache(maxsize=1 << 14)
def before_nothing(last: int, lead: int) -> Candidates:
    """The characters with this lead byte whose trail byte can begin a pair that shows as nothing."""
    return _plausible(last, forms().before_nothing.get(lead, ()))


@lru_cache(maxsize=1 << 15)
def after_nothing(last: int, first: int, trail: int) -> Candidates:
    """The characters with this trail byte whose lead byte can end a vanished pair with that first byte."""
    return _with_leads(pairs().vanishing[first], with_trail(last, trail))


@lru_cache(maxsize=1 << 13)
def between_nothings(last: int, first: int) -> Candidates:
    """A few likely characters that end one vanished pair, with that first byte, and begin another one."""
    return _with_leads(pairs().vanishing[first], _before_nothings(last))


@lru_cache(maxsize=1 << 12)
def _before_nothings(last: int) -> Candidates:
    followers, codes = model().followers(last), forms().codes_before_nothing
    likeliest = sorted((cost, number) for number, cost in followers.items() if number in codes)[:FEW]
    return _listed([(cost, code, number) for cost, number in likeliest for code in codes[number]])


def _plausible(last: int, characters: Collection[Character]) -> Candidates:
    language = model()
    cost, rest = language.single_cost, language.single_rest[last]
    known = []
    for code, number in characters:
        pair = language.pair(last, number)
        if pair >= 0:
            known.append((language.pair_cost[pair], code, number))
        elif cost[number] < COMMON:
            known.append((min(rest + cost[number], 255), code, number))
    return _listed(sorted(known))


def _with_leads(leads: Collection[int], candidates: Candidates) -> Candidates:
    return _listed([row for row in zip(*candidates, strict=True) if row[1] >> 8 in leads])


def _listed(rows: list[tuple[int, int, int]]) -> Candidates:
    return Candidates(bytes(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows))
