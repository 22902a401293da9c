"""Hypotheses of the beam search, and which characters of the best one are certain.

Hypotheses with the same successors are merged.  The pruned one stays known with its distance, so that at the end
every character of the best text has a margin: how much more the best text without it costs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from tibetnews.text.repair.parameters import (
    CROWDED_MARGIN_SHARE,
    MAX_COST_ABOVE_BEST,
    MIN_CERTAIN_ADDITION_MARGIN_COST,
    MIN_CERTAIN_BESIDE_FULL_STOP_MARGIN_COST,
    MIN_CERTAIN_FULL_STOP_MARGIN_COST,
    MIN_CERTAIN_MARGIN_COST,
)
from tibetnews.text.repair.simplification import simplify

FULL_STOP = "。"

# Phases: where in an original character the shown text goes on.
ALIGNED = 0
"""Between two characters."""
LEAD = range(0x100)
"""After a lead byte, whose trail byte comes next."""
SPLIT = range(0x100, 0x200)
"""The same where another character's annotation stands between the two bytes, so that the mirror found none to put
after them."""
AFTER_VANISHED = range(0x200, 0x300)
"""After a vanishing pair that began with this byte; its second byte is an unknown lead byte."""


WAITING_LEAD = [*LEAD, *LEAD, *[0] * len(AFTER_VANISHED)]
"""By phase, the lead byte that waits for its trail byte, or 0."""
VANISHED_LEAD = [*[0] * AFTER_VANISHED.start, *LEAD]
"""By phase, the first byte of the vanishing pair before, or 0."""


class Node:
    """A piece of a hypothesis' text after the pieces before it, and the alternatives that were pruned there."""

    __slots__ = ("doubtful", "piece", "previous", "pruned_alternatives")

    def __init__(self, previous: Node | None, piece: str, doubtful: bool = False) -> None:
        self.previous = previous
        self.piece = piece
        self.doubtful = doubtful
        self.pruned_alternatives: list[tuple[int, Node]] | None = None

    def chain(self) -> list[Node]:
        """Return the nodes of the hypothesis without the root, which stands for the text before the search."""
        nodes = []
        node = self
        while node.previous is not None:
            nodes.append(node)
            node = node.previous
        return nodes[::-1]

    def text(self) -> str:
        """Return the text of the hypothesis."""
        return "".join([node.piece for node in self.chain()])


class Hypothesis(NamedTuple):
    """What the original may have been up to some position of the shown text."""

    cost: int
    phase: int
    pair: int
    """The language model's last two symbols, ``last << 16 | before``."""
    node: Node


Ranked: TypeAlias = tuple[int, int, Node]
"""A hypothesis of a beam: its cost, state and last node.  The state is ``phase << 32 | pair``: hypotheses of one state
have the same successors.  No NamedTuple, since the search makes some hundred a page."""


class Beam:
    """The hypotheses at one position of the shown text, one a state: its cost and its last node."""

    __slots__ = ("best", "states")

    def __init__(self) -> None:
        self.states: dict[int, tuple[int, Node]] = {}
        self.best = 1 << 30

    def add(self, cost: int, state: int, node: Node) -> None:
        """Keep the better of two hypotheses of one state; the other one becomes its alternative."""
        if cost < self.best:
            self.best = cost
        other = self.states.get(state)
        if other is None:
            self.states[state] = cost, node
            return
        kept, distance = other[1], cost - other[0]
        if distance < 0:
            self.states[state] = cost, node
            kept, node, distance = node, kept, -distance
        if kept.pruned_alternatives is None:
            kept.pruned_alternatives = []
        kept.pruned_alternatives.append((distance, node))

    def ranked(self, highest: int) -> list[Ranked]:
        """Return the hypotheses that cost no more, the best first."""
        ranked = [(cost, state, node) for state, (cost, node) in self.states.items() if cost <= highest]
        if len(ranked) > 1:
            ranked.sort()
        return ranked


class Reading(NamedTuple):
    """What a search makes of a damaged run."""

    cost: int
    text: str
    doubtful: list[tuple[int, int]]
    """Spans of the text where another text costs little more, or nothing tells."""


class Outcome(NamedTuple):
    """How a search ended."""

    end: int
    """The position in the shown text."""
    hypotheses: list[tuple[int, Node]]
    """The aligned hypotheses there: their costs and last nodes, the best first."""
    dropped: int = MAX_COST_ABOVE_BEST
    """How much more than the best the likeliest hypothesis cost that found no room in a beam."""

    def read(self, marks_cost: Callable[[str], int]) -> Reading:
        """Return the likeliest reading.

        Where good hypotheses found no room, the right one may be among them, and the others are trusted less.

        Args:
            marks_cost: Returns what the marks of a text cost besides, by what follows the run.
        """
        crowded = round(CROWDED_MARGIN_SHARE * (MAX_COST_ABOVE_BEST - self.dropped))
        margin = MIN_CERTAIN_MARGIN_COST + crowded
        (best_cost, best), *others = self.hypotheses
        text = best.text()
        rivals = [(cost - best_cost, rival, len(text)) for cost, rival in others]
        spans = []
        end = 0
        for node in best.chain():
            end += len(node.piece)
            if node.doubtful:
                spans.append((end - len(node.piece), end))
            rivals += [(distance, rival, end) for distance, rival in node.pruned_alternatives or ()]
        own = marks_cost(text)
        texts = [(distance, rival.text() + text[end:]) for distance, rival, end in rivals if distance < margin + own]
        weighed = [(distance + marks_cost(other) - own, other) for distance, other in texts]
        lowest, likeliest = min(weighed, default=(0, text))
        if lowest < 0:  # neither is certain: the one is likelier in itself, the other before what follows
            weighed = [(distance - lowest, other) for distance, other in weighed] + [(0, text)]
            best_cost, text = best_cost + lowest, likeliest
        for distance, other in weighed:
            if distance < margin:
                spans += _difference(text, other, distance - crowded)
        return Reading(best_cost + own, text, spans)


def _difference(text: str, other: str, distance: int) -> list[tuple[int, int]]:
    """Return the span of ``text`` that differs in another text; nothing where the difference says nothing.

    Forms of one character become the same in the end.
    """
    if other == text:
        return []
    shorter = min(len(text), len(other))
    start = 0
    while start < shorter and text[start] == other[start]:
        start += 1
    tail = 0
    while tail < shorter - start and text[-1 - tail] == other[-1 - tail]:
        tail += 1
    ours, theirs = text[start : len(text) - tail], other[start : len(other) - tail]
    if distance >= _least_margin(ours, theirs) or (len(ours) == len(theirs) and simplify(ours) == simplify(theirs)):
        return []
    return [(start, start + len(ours))]


def _least_margin(ours: str, theirs: str) -> int:
    """Return how much more another text must cost at least where ours is certain.

    No other character loses its lead byte to a cut as often as the full stop, so that it stays likely beside one that
    fits as well.  A character more would have to leave no trace.
    """
    if not ours:
        return MIN_CERTAIN_ADDITION_MARGIN_COST
    if len(ours) != 1 or len(theirs) != 1 or FULL_STOP not in {ours, theirs}:
        return MIN_CERTAIN_MARGIN_COST
    if ours == FULL_STOP and theirs.isalpha():
        return MIN_CERTAIN_FULL_STOP_MARGIN_COST
    return MIN_CERTAIN_BESIDE_FULL_STOP_MARGIN_COST
