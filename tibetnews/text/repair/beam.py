"""Hypotheses of the beam search, and which characters of the best one are certain.

Hypotheses with the same successors are merged.  The pruned one stays known with its distance, so that at the end
every character of the best text has a margin: how much more the best text without it costs.
"""

from __future__ import annotations

from typing import NamedTuple


class Phase(int):
    """Where in an original character the shown text goes on.

    ``ALIGNED``: between two characters. ``LEAD[byte]``: after a lead byte whose trail byte comes next.
    ``SPLIT[byte]``: the same where another character's annotation stands between the two bytes, so that the mirror
    found none to put after them. ``AFTER_VANISHED[byte]``: after a vanishing pair that begins with this byte; its
    second byte is an unknown lead byte. It is an int so that states are hashed and sorted quickly.
    """

    lead: int
    """The lead byte, or 0."""
    vanished: int
    """The first byte of the vanishing pair, or 0."""

    split: bool
    """An annotation stands inside the character."""

    def __new__(cls, lead: int = 0, vanished: int = 0, *, split: bool = False) -> Phase:
        """Make the phase for one of the two bytes, or for none."""
        phase = super().__new__(cls, lead - vanished + (split << 8))
        phase.lead, phase.vanished, phase.split = lead, vanished, split
        return phase


ALIGNED = Phase()
LEAD = [Phase(lead=byte) for byte in range(0x100)]
SPLIT = [Phase(lead=byte, split=True) for byte in range(0x100)]
AFTER_VANISHED = [Phase(vanished=byte) for byte in range(0x100)]


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
    """What the original may have been up to some position of the shown text; symbols are the language model's."""

    cost: int
    phase: Phase
    last: int
    """The symbol of the last character."""
    before: int
    """The symbol of the character before the last one."""
    bigram: int
    """The model's index of the two, or -1."""
    node: Node


State = tuple[Phase, int, int]
"""The phase and the last two symbols, the last one first: hypotheses of one state have the same successors."""

Ranked = tuple[int, State, Node]
"""A hypothesis of a beam: its cost, state and last node."""


class Beam:
    """The hypotheses at one position of the shown text, one a state: its cost and its last node."""

    __slots__ = ("best", "states")

    def __init__(self) -> None:
        self.states: dict[State, tuple[int, Node]] = {}
        self.best = 1 << 30

    def add(self, cost: int, state: State, node: Node) -> None:
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

    def ranked(self) -> list[Ranked]:
        """Return the hypotheses, the best first."""
        return sorted([(cost, state, node) for state, (cost, node) in self.states.items()])


def low_confidence_spans(hypotheses: list[tuple[int, Node]], margin: int) -> list[tuple[int, int]]:
    """Return the spans of the best hypothesis' text where another text costs less than ``margin`` more.

    The hypotheses are costs and last nodes, the best first.
    """
    (best_cost, best), *rivals = hypotheses
    chain = best.chain()
    text = best.text()
    spans = []
    end = 0
    for node in chain:
        end += len(node.piece)
        if node.doubtful:
            spans.append((end - len(node.piece), end))
        for distance, rival in node.pruned_alternatives or ():
            if distance < margin:
                spans += _difference(text[:end], rival)
    for cost, rival in rivals:
        if cost - best_cost < margin:
            spans += _difference(text, rival)
    return spans


def _difference(text: str, rival: Node) -> list[tuple[int, int]]:
    """Return the span of ``text`` that differs in the rival's text; nothing where both are the same."""
    other = rival.text()
    if other == text:
        return []
    shorter = min(len(text), len(other))
    start = 0
    while start < shorter and text[start] == other[start]:
        start += 1
    tail = 0
    while tail < shorter - start and text[-1 - tail] == other[-1 - tail]:
        tail += 1
    return [(start, max(len(text) - tail, start))]
