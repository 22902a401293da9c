"""What a character costs after a hypothesis, by the language model and by the page's own text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from math import log
from typing import TypeAlias

from tibetnews.text.repair.characters import Group, character_index, followers
from tibetnews.text.repair.cut_evidence import CUT
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.language_model import UNSEEN_COST, context, language_model
from tibetnews.text.repair.parameters import (
    LONE_MARK_COST,
    MAX_PAGE_MODEL_CHARACTERS,
    MISSING_ANNOTATION_COST,
    PAGE_MODEL_COST,
    UNCONVERTED_FORM_COST,
    UNCUT_MARK_COST,
    UNKNOWN_CHARACTER_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION
from tibetnews.text.script import is_traditional

END = "\n"  # after the last character of a page
DAMAGED_RUN_CHARACTERS = 22  # as long as a run is, about
NO_LIMIT = 1 << 30


Scored: TypeAlias = tuple[int, int, int]
"""A character that keeps a hypothesis within its limit: the new cost, its code and symbol.  No NamedTuple, since the
search makes some hundred a page."""


class Scorer:
    """The costs on one damaged page: negative log-probabilities of the language model or, where less, of the page."""

    def __init__(self, text: str, annotated_characters: Mapping[str, str], starts: Sequence[int]) -> None:
        """Take the page's text, the characters that always carry an annotation in it, and where damage may start."""
        unconverted = character_index().unconverted if is_traditional(text) else frozenset()
        whole, split = FormCosts(text, annotated_characters, unconverted), FormCosts(text, {}, unconverted)
        self._form_costs = whole, split, whole  # of the phases LEAD, SPLIT and AFTER_VANISHED
        self._page = PageBigramModel(text, starts)
        self._model = language_model()
        self._unigram_cost, self._unigram_backoff = self._model.unigram_cost, self._model.unigram_backoff
        self.written_in_twos = {language_model().symbols[mark] for mark in "…—"}

    def form_cost(self, phase: int) -> FormCosts:
        """Return what the forms cost without an annotation; a character that is split cannot carry its own."""
        return self._form_costs[phase >> 8]

    def score(self, pair: int, symbol: int) -> int:
        """Return the cost of one more symbol after a pair; -1 stands for what the model does not know."""
        if symbol < 0:
            return UNKNOWN_CHARACTER_COST
        trigrams, backoff, unigram_backoff = context(pair)
        last = pair >> 16
        if symbol in trigrams:
            cost = trigrams[symbol]
        elif (bigram := self._model.bigram(last, symbol)) >= 0:
            cost = backoff + self._model.bigram_cost[bigram]
        else:
            cost = unigram_backoff + self._unigram_cost[symbol]
        if last in self.written_in_twos and pair & 0xFFFF != last != symbol:
            cost += LONE_MARK_COST
        if cost <= PAGE_MODEL_COST:  # no row of the page model is looked up that could not be cheaper
            return cost
        of_page = self._page[last].get(symbol, NO_LIMIT)
        return of_page if of_page < cost else cost

    def score_group(self, before: int, pair: int, group: Group, forms: Mapping[int, int], limit: int) -> list[Scored]:
        """Return the characters of a group that keep a hypothesis within a limit.

        The new cost is ``before`` + ``score`` + the cost of the form.

        Args:
            before: The cost of the hypothesis that a character would lengthen.
            pair: Its last two symbols.
            group: The characters.
            forms: The cost of each form.
            limit: The highest new cost.
        """
        room = limit - before
        return [
            (before + formed, code, symbol)
            for symbol, cost in self.costs_in(group, pair, room).items()
            if cost <= room
            for code in group.codes[symbol]
            if (formed := cost + forms[code]) <= room
        ]

    def costs_in(self, group: Group, pair: int, room: int) -> dict[int, int]:
        """Return the scores after a pair of the symbols of a group: all that are within the room, and a few others."""
        codes = group.codes
        if room < 0 or not codes:
            return {}
        trigrams, backoff, unigram_backoff = context(pair)
        last = pair >> 16
        extra = LONE_MARK_COST if last in self.written_in_twos and pair & 0xFFFF != last else 0
        backoff += extra
        unigram_backoff += extra
        bigrams, lowest = followers(last, group)
        costs: dict[int, int] = {}
        highest = min(room - backoff, UNSEEN_COST - 1)
        if lowest <= highest:
            costs = {symbol: backoff + cost for symbol, cost in zip(codes, bigrams, strict=False) if cost <= highest}
        for symbol in trigrams.keys() & codes.keys():
            costs[symbol] = trigrams[symbol] + extra
        highest = room - unigram_backoff
        if group.frequent and group.frequent[0][0] <= highest:
            row = self._model.bigrams_after(last)
            for cost, symbol in group.frequent:
                if cost > highest:
                    break
                if row[symbol] == UNSEEN_COST and symbol not in costs:
                    costs[symbol] = unigram_backoff + cost
        if room > PAGE_MODEL_COST and (of_page := self._page[last]):
            for symbol in of_page.keys() & codes.keys():
                if of_page[symbol] + extra < costs.get(symbol, NO_LIMIT):
                    costs[symbol] = of_page[symbol] + extra
        return costs

    def may_follow(self, symbol: int, group: Group, limit: int) -> bool:
        """Return whether a character of the group may follow the symbol at a cost within the limit."""
        frequent = group.frequent
        if frequent and self._unigram_backoff[symbol] + frequent[0][0] <= limit:
            return True
        lowest = followers(symbol, group).lowest
        return lowest <= limit and lowest < UNSEEN_COST


class PageBigramModel(dict[int, dict[int, int]]):
    """A cache language model: costs of the pairs of symbols on this page; rows are made when asked for.

    It helps with names and topics.  Damaged runs are left out: what they seem to say would support itself.
    """

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        super().__init__()
        honest = []
        end = 0
        for start in takewhile(MAX_PAGE_MODEL_CHARACTERS.__gt__, starts):
            honest.append(text[end:start])
            end = max(end, start + DAMAGED_RUN_CHARACTERS)
        honest.append(text[end:MAX_PAGE_MODEL_CHARACTERS])
        self._page = ANNOTATION.sub("", "".join(honest)) + END
        self._index = character_index()

    def __missing__(self, last: int) -> dict[int, int]:
        page, symbol_of, boundary = self._page, self._index.symbol_of, self._index.boundary_symbol
        followers: dict[int, int] = {}
        for character in self._index.characters_of_symbol.get(last, ""):
            if character in page:
                for rest in page.split(character)[1:]:
                    symbol = symbol_of.get(rest[0] if rest else character, boundary)
                    followers[symbol] = followers.get(symbol, 0) + 1
        if followers:
            trust = _log_tenths(sum(followers.values())) + PAGE_MODEL_COST
            followers = {symbol: trust - _log_tenths(times) for symbol, times in followers.items()}
        self[last] = followers
        return followers


class FormCosts(dict[int, int]):
    """Cost of each code where it stands in a damaged run without an annotation: would this mirror have shown it so?"""

    def __init__(self, text: str, annotated_characters: Mapping[str, str], unconverted: frozenset[int]) -> None:
        super().__init__()
        self._text = text
        self._character = code_table().character
        self._unconverted = unconverted
        self._annotated = annotated_characters
        self._cut = "！，？；" if CUT.search(text) else ""

    def __missing__(self, code: int) -> int:
        character = self._character[code]
        cost = 0
        if character in self._annotated:
            cost = MISSING_ANNOTATION_COST
        elif code in self._unconverted and character not in self._text:
            cost = UNCONVERTED_FORM_COST
        elif character in self._cut:
            cost = UNCUT_MARK_COST
        self[code] = cost
        return cost


@cache
def _log_tenths(times: int) -> int:
    return round(10 * log(times))
