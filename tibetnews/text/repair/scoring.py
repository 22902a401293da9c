"""What a character costs after a hypothesis, by the language model and by the page's own text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile
from math import log

from tibetnews.text.repair.beam import Hypothesis, Phase
from tibetnews.text.repair.characters import Candidates, character_index
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.language_model import language_model
from tibetnews.text.repair.parameters import (
    LONE_MARK_COST,
    MAX_PAGE_MODEL_CHARACTERS,
    MISSING_ANNOTATION_COST,
    PAGE_MODEL_COST,
    UNCONVERTED_FORM_COST,
    UNKNOWN_CHARACTER_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION

END = "\n"  # after the last character of a page
DAMAGED_RUN_CHARACTERS = 22  # as long as a run is, about
EMPTY_ROW: dict[int, int] = {}


class Scorer:
    """The costs on one damaged page: negative log-probabilities of the language model or, where less, of the page."""

    def __init__(self, text: str, annotated_characters: Mapping[str, str], starts: Sequence[int]) -> None:
        """Take the page's text, the characters that always carry an annotation in it, and where damage may start."""
        self._form_cost = FormCosts(text, annotated_characters)
        self._split_form_cost = FormCosts(text, {})
        self._page = PageBigramModel(text, starts)
        self._model = language_model()
        self._paired = {self._model.symbols[mark] for mark in "…"}

    def form_cost(self, phase: Phase) -> FormCosts:
        """Return what the forms cost without an annotation; a character that is split cannot carry its own."""
        return self._split_form_cost if phase.split else self._form_cost

    def score(self, h: Hypothesis, symbol: int) -> int:
        """Return the cost of one more symbol; -1 stands for what the model does not know."""
        if symbol < 0:
            return UNKNOWN_CHARACTER_COST
        _, _, last, before, bigram, _ = h
        cost = self._model.cost(last, bigram, symbol)
        if last in self._paired and before != last != symbol:
            cost += LONE_MARK_COST
        if cost <= PAGE_MODEL_COST:  # no row of the page model is looked up that could not be cheaper
            return cost
        page_costs = self._page[last]
        return min(cost, page_costs.get(symbol, cost)) if page_costs else cost

    def score_all(self, h: Hypothesis, candidates: Candidates, limit: int) -> list[tuple[int, int, int]]:
        """Return the candidates that keep the hypothesis within a limit, as its new cost, their code and symbol.

        The new cost is ``h.cost`` + ``score`` + the cost of the form; what the candidates share is looked up once.

        Args:
            h: The hypothesis that a candidate would lengthen.
            candidates: The candidates after its last symbol.
            limit: The highest new cost.
        """
        before, phase, last, before_last, bigram, _ = h
        costs, codes, symbols = candidates
        if last in self._paired and before_last != last:
            before += LONE_MARK_COST
        trigrams, backed_off = EMPTY_ROW, before
        if bigram >= 0:
            trigrams = self._model.trigrams_after(bigram)
            backed_off += self._model.bigram_backoff[bigram]
        page_costs = self._page[last] if before + PAGE_MODEL_COST < limit else EMPTY_ROW
        form_cost = self.form_cost(phase)
        within = bisect_right(costs, limit - backed_off)
        scored = []
        if trigrams or page_costs:
            for i, symbol in enumerate(symbols):
                if symbol in trigrams:
                    cost = before + trigrams[symbol]
                elif i < within or symbol in page_costs:
                    cost = backed_off + costs[i]
                else:
                    continue
                if symbol in page_costs and before + page_costs[symbol] < cost:
                    cost = before + page_costs[symbol]
                cost += form_cost[codes[i]]
                if cost <= limit:
                    scored.append((cost, codes[i], symbol))
        else:
            for i in range(within):
                cost = backed_off + costs[i] + form_cost[codes[i]]
                if cost <= limit:
                    scored.append((cost, codes[i], symbols[i]))
        return scored

    def all_exceed(self, before: int, bigram: int, candidates: Candidates, limit: int) -> bool:
        """Return whether the language model lets no candidate keep within the limit.

        Args:
            before: The cost before the candidate.
            bigram: The model's index of the two symbols before it, or -1.
            candidates: At least one.
            limit: The highest cost with the candidate.
        """
        backoff = self._model.bigram_backoff[bigram] if bigram >= 0 else 0
        if before + backoff + candidates.costs[0] <= limit:
            return False
        return bigram < 0 or self._model.trigrams_after(bigram).keys().isdisjoint(candidates.symbols)


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
        followers: Counter[int] = Counter()
        symbol_of, boundary = self._index.symbol_of, self._index.boundary_symbol
        for character in self._index.characters_of_symbol.get(last, ""):
            if character in self._page:
                for piece in self._page.split(character)[1:]:
                    followers[symbol_of.get(piece[:1] or character, boundary)] += 1
        row = EMPTY_ROW
        if followers:
            total = _log_tenths(followers.total()) + PAGE_MODEL_COST
            row = {symbol: total - _log_tenths(times) for symbol, times in followers.items()}
        self[last] = row
        return row


class FormCosts(dict[int, int]):
    """Cost of each code where it stands without an annotation: would this mirror have shown it so?"""

    def __init__(self, text: str, annotated_characters: Mapping[str, str]) -> None:
        super().__init__()
        self._text = text
        self._character = code_table().character
        self._unconverted = character_index().unconverted
        self |= {code_table().code[character]: MISSING_ANNOTATION_COST for character in annotated_characters}

    def __missing__(self, code: int) -> int:
        unseen = code in self._unconverted and self._character[code] not in self._text
        cost = UNCONVERTED_FORM_COST if unseen else 0
        self[code] = cost
        return cost


@cache
def _log_tenths(times: int) -> int:
    return round(10 * log(times))
