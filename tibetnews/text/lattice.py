"""Which characters of the likeliest hypothesis are certain?

Hypotheses that go on alike are merged.  The one that is dropped stays known with its distance, so that at
the end every character of the best text has a margin: how much worse the best text without it is.
"""

from __future__ import annotations

from typing import NamedTuple


class Node:
    """A piece of a hypothesis' text, behind the pieces before it, and what was dropped in its favour."""

    __slots__ = ("doubtful", "dropped", "piece", "previous")

    def __init__(self, previous: Node | None, piece: str, doubtful: bool = False) -> None:
        self.previous = previous
        self.piece = piece
        self.doubtful = doubtful
        self.dropped: list[tuple[int, Node]] | None = None

    def chain(self) -> list[Node]:
        """The nodes from the first one, which stands for the text before the search and is left out."""
        nodes = []
        node = self
        while node.previous is not None:
            nodes.append(node)
            node = node.previous
        return nodes[::-1]


class Hypothesis(NamedTuple):
    """What the original may have been up to some place of the shown text."""

    cost: int
    phase: int
    """0 between characters; the original lead byte that waits for its trail byte; minus the first byte of a
    vanished pair, whose second byte is a lead byte that nobody knows."""
    last: int
    """The model's number of the last character."""
    pair: int
    """The model's number of the last pair of characters, or -1."""
    node: Node


class Beam:
    """The hypotheses at one place of the shown text, one for each way to go on."""

    __slots__ = ("best", "states")

    def __init__(self) -> None:
        self.states: dict[tuple[int, int, int], Hypothesis] = {}
        self.best = 1 << 30

    def add(self, hypothesis: Hypothesis) -> None:
        """Keep the better of two hypotheses that go on alike."""
        if hypothesis.cost < self.best:
            self.best = hypothesis.cost
        state = hypothesis[1:4]
        other = self.states.get(state)
        if other is None:
            self.states[state] = hypothesis
            return
        if hypothesis.cost < other.cost:
            self.states[state] = hypothesis
            hypothesis, other = other, hypothesis
        node = other.node
        if node.dropped is None:
            node.dropped = []
        node.dropped.append((hypothesis.cost - other.cost, hypothesis.node))


def doubts(hypotheses: list[Hypothesis], margin: int) -> list[tuple[int, int]]:
    """The ranges of the first hypothesis' text that a different text comes closer to than ``margin``."""
    best, *rivals = hypotheses
    chain = best.node.chain()
    text = "".join(node.piece for node in chain)
    doubtful = []
    end = 0
    for node in chain:
        end += len(node.piece)
        if node.doubtful:
            doubtful.append((end - len(node.piece), end))
        for distance, rival in node.dropped or ():
            if distance < margin:
                doubtful += _difference(text[:end], rival)
    for hypothesis in rivals:
        if hypothesis.cost - best.cost < margin:
            doubtful += _difference(text, hypothesis.node)
    return doubtful


def _difference(text: str, rival: Node) -> list[tuple[int, int]]:
    """The range of ``text`` that the rival's text has otherwise, or nothing where it has the same."""
    other = "".join(node.piece for node in rival.chain())
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
