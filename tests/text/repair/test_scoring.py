"""A group of characters costs what each of them costs by itself."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise

import pytest

from tibetnews.text.repair.characters import Group, after_vanishing_pair, character_index, followers
from tibetnews.text.repair.language_model import UNSEEN_COST, language_model
from tibetnews.text.repair.scoring import Scorer

PAGE = "唐古拉山口的卓玛和央金，在雪线上巡护羌塘的藏羚羊。央金说，羌塘的雪线又高了。"
NO_FORMS: defaultdict[int, int] = defaultdict(int)
LIMITS = (0, 15, 40, 70, 115, 400)


def groups() -> list[Group]:
    index = character_index()
    by_byte = [groups[byte] for groups in (index.by_lead, index.by_trail) for byte in (0xA1, 0xA3, 0xB1, 0xD1)]
    return [*by_byte, index.before_vanishing_pair[0xB1], after_vanishing_pair(0xF8, 0xB1)]


def pairs() -> list[int]:
    """Pairs of the page, and others."""
    symbols = [character_index().symbol_of[character] for character in PAGE]
    dice = random.Random(5)
    together = [last << 16 | before for before, last in pairwise(symbols)]
    return together + [dice.choice(symbols) << 16 | dice.choice(symbols) for _ in range(40)]


@pytest.mark.parametrize("limit", LIMITS)
def test_a_group_costs_what_its_characters_cost(limit: int) -> None:
    scorer = Scorer(PAGE, {}, [])
    for group in groups():
        for pair in pairs():
            scored = {
                (code, symbol): cost for cost, code, symbol in scorer.score_group(0, pair, group, NO_FORMS, limit)
            }
            assert all(cost == scorer.score(pair, symbol) for (_, symbol), cost in scored.items())
            assert max(scored.values(), default=0) <= limit
            seen = {symbol for symbol, _ in language_model().seen_after(pair >> 16)}
            known = seen & group.codes.keys() | {symbol for _, symbol in group.frequent}
            within = {symbol for symbol in known if scorer.score(pair, symbol) <= limit}
            assert within <= {symbol for _, symbol in scored}


def test_followers_are_those_of_the_model() -> None:
    model = language_model()
    for group in groups():
        for last in {pair >> 16 for pair in pairs()}:
            bigrams, lowest = followers(last, group)
            costs = {symbol: cost for symbol, cost in model.seen_after(last) if symbol in group.codes}
            known = dict(zip(group.codes, bigrams, strict=False))
            assert known == {symbol: costs.get(symbol, UNSEEN_COST) for symbol in group.codes}
            assert lowest == min(costs.values(), default=UNSEEN_COST)
