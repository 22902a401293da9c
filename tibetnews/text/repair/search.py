"""The search under way on a damaged page: its beams by position, and how a longer hypothesis is added to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from tibetnews.text.repair.beam import ALIGNED, Beam, Hypothesis, Node, Ranked
from tibetnews.text.repair.characters import Group, character_index
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.parameters import MAX_COST_ABOVE_BEST
from tibetnews.text.repair.scoring import NO_LIMIT, Scorer
from tibetnews.text.repair.shown_text import ShownText

PAIR = (1 << 32) - 1


class Search:
    """The searches on one damaged page, one after the other, and the beams of the one under way, by position."""

    def __init__(self, text: str, annotated_characters: Mapping[str, str], starts: Sequence[int]) -> None:
        """Take the page's text, the characters that always carry an annotation in it, and where damage may start."""
        self._text = text
        self._shown = ShownText(text)
        self._annotated = annotated_characters
        self._scorer = Scorer(text, annotated_characters, starts)
        self._table = code_table()
        self._index = character_index()
        self._boundary = self._index.boundary_symbol
        self.beams: dict[int, Beam] = {}
        self._best = 0
        self._start = 0
        self._open_quotes = ""
        self._silent = False
        """The decoder of this run drops lone bytes and shows no ``?``."""

    def begin(self, start: int, before: str, unclosed: str) -> None:
        """Begin a new search.

        Args:
            start: Position in the shown text.
            before: The last two characters before it, or fewer.
            unclosed: The quotation marks that are open there.
        """
        self.beams = {}
        self._start = start
        self._open_quotes = unclosed
        self._silent = self._text[start] != "?"
        symbols = [symbol if symbol >= 0 else self._boundary for symbol in map(self._shown.symbol, before)]
        last, before_last = [*symbols[::-1], self._boundary, self._boundary][:2]
        self._beam(start).add(0, ALIGNED << 32 | last << 16 | before_last, Node(None, before[-1:]))

    def settled(self, ranked: list[Ranked], position: int) -> list[tuple[int, Node]] | None:
        """Return aligned hypotheses with what the next two characters cost after them, the best first.

        The characters after these cost all the same. None where something else than characters may follow.
        """
        symbols = self._shown.next_symbols(position, 2)
        if symbols is None:
            return None
        outcomes = []
        for cost, state, node in ranked:
            pair = state & PAIR
            for symbol in symbols:
                cost += self._scorer.score(pair, symbol)
                pair = (symbol if symbol >= 0 else self._boundary) << 16 | pair >> 16
            outcomes.append((cost, node))
        return sorted(outcomes, key=itemgetter(0))

    def _limit(self) -> int:
        """Return the highest cost that a longer hypothesis may have."""
        return min([beam.best for beam in self.beams.values()], default=NO_LIMIT) + MAX_COST_ABOVE_BEST

    def _add_group(self, end: int, h: Hypothesis, phase: int, group: Group) -> None:
        """Add the hypothesis with each character of a group, where it is not much worse than the best."""
        character, node, last = self._table.character, h.node, h.pair >> 16
        beam = self.beams.get(end) or self._beam(end)
        limit = beam.best + MAX_COST_ABOVE_BEST
        for cost, code, symbol in self._scorer.score_group(h, group, self._scorer.form_cost(h.phase), limit):
            if cost <= beam.best + MAX_COST_ABOVE_BEST:
                beam.add(cost, phase << 32 | symbol << 16 | last, Node(node, character[code]))

    def _add(self, end: int, h: Hypothesis, phase: int, symbol: int, piece: str, extra: int) -> None:
        """Add the hypothesis with one more character, where it is not much worse than the best."""
        before, _, pair, node = h
        cost = before + self._scorer.score(pair, symbol) + extra
        beam = self.beams.get(end) or self._beam(end)
        if cost <= beam.best + MAX_COST_ABOVE_BEST:
            if symbol < 0:
                symbol = self._boundary
            beam.add(cost, phase << 32 | symbol << 16 | pair >> 16, Node(node, piece))

    def _lengthened(self, h: Hypothesis, symbol: int, piece: str, extra: int) -> Hypothesis:
        """Return the hypothesis with one more character, aligned."""
        cost = h.cost + self._scorer.score(h.pair, symbol) + extra
        return Hypothesis(cost, ALIGNED, symbol << 16 | h.pair >> 16, Node(h.node, piece))

    def _beam(self, position: int) -> Beam:
        beam = self.beams.get(position)
        if beam is None:
            beam = self.beams[position] = Beam()
        return beam
