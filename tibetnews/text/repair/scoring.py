"""What does a hypothesis cost with one more character?

What the model says of it or, where that is less, what the page's own text says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from tibetnews.text.repair.beam import Hypothesis
from tibetnews.text.repair.candidates import Candidates
from tibetnews.text.repair.language_model import UNSEEN, model
from tibetnews.text.repair.traits import Traits

NO_THIRDS: Mapping[int, int] = {}


class Prices:
    """The costs on one damaged page; form_cost: of each code, where no reading stands behind it."""

    def __init__(self, text: str, keys: Mapping[str, str]) -> None:
        """keys: the characters that carry a reading wherever they stand on this page."""
        traits = Traits(text, keys)
        self.form_cost, self._habits = traits.form_cost, traits.habits
        self._model = model()

    def of(self, h: Hypothesis, number: int) -> int:
        """Cost of one more character for the model or, where that is less, for the page."""
        if number < 0:
            return UNSEEN
        _, _, last, _, pair, _ = h
        cost = self._model.cost(last, pair, number)
        habits = self._habits[last]
        return min(cost, habits.get(number, cost)) if habits else cost

    def of_each(self, h: Hypothesis, candidates: Candidates, limit: int) -> list[tuple[int, int, int]]:
        """What the hypothesis costs with each of the candidates that keep within the limit, their codes and numbers.

        The same as ``of`` of each and the cost of its form, with what they share looked up once.
        """
        before, _, last, _, pair, _ = h
        costs, codes, numbers = candidates
        thirds, rest = NO_THIRDS, before
        if pair >= 0:
            thirds = self._model.thirds(pair)
            rest += self._model.pair_rest[pair]
        habits, form_cost = self._habits[last], self.form_cost
        within = bisect_right(costs, limit - rest)
        priced = []
        if thirds or habits:
            for i, number in enumerate(numbers):
                if number in thirds:
                    cost = before + thirds[number]
                elif i < within or number in habits:
                    cost = rest + costs[i]
                else:
                    continue
                if number in habits and before + habits[number] < cost:
                    cost = before + habits[number]
                cost += form_cost[codes[i]]
                if cost <= limit:
                    priced.append((cost, codes[i], number))
        else:
            for i in range(within):
                cost = rest + costs[i] + form_cost[codes[i]]
                if cost <= limit:
                    priced.append((cost, codes[i], numbers[i]))
        return priced

    def exceed(self, before: int, pair: int, candidates: Candidates, limit: int) -> bool:
        """True where the model lets no candidate, the likeliest first, keep within the limit."""
        rest = self._model.pair_rest[pair] if pair >= 0 else 0
        if before + rest + candidates.costs[0] <= limit:
            return False
        return pair < 0 or self._model.thirds(pair).keys().isdisjoint(candidates.numbers)
