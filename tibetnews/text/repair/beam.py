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
    before: int
    """The model's number of the character before the last one."""
    pair: int
    """The model's number of the pair of them, or -1."""
    node: Node


State = tuple[int, int, int]
"""The phase and the numbers of the last two characters, the last one first: hypotheses that have them in common go
on alike."""


class Beam:
    """The hypotheses at one place of the shown text, one for each way to go on: its cost and its last node."""

    __slots__ = ("best", "states")

    def __init__(self) -> None:
        self.states: dict[State, tuple[int, Node]] = {}
        self.best = 1 << 30

    def add(self, cost: int, state: State, node: Node) -> None:
        """Keep the better of two hypotheses that go on alike."""
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
        if kept.dropped is None:
            kept.dropped = []
        kept.dropped.append((distance, node))

    def ranked(self) -> list[tuple[int, State, Node]]:
        """The hypotheses, the best first."""
        return sorted([(cost, state, node) for state, (cost, node) in self.states.items()])


def doubts(hypotheses: list[tuple[int, Node]], margin: int) -> list[tuple[int, int]]:
    """The ranges of the first hypothesis' text that a different text comes closer to than ``margin``."""
    (least, best), *rivals = hypotheses
    chain = best.chain()
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
    for cost, rival in rivals:
        if cost - least < margin:
            doubtful += _difference(text, rival)
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
