"""What stood where a mirror cut between the two bytes of a character?

The shown text is a deterministic function of the original bytes, so the original is searched for: a beam over
the shown text, whose hypotheses differ in the phase of the bytes and in what was lost, ranked by how likely
their Chinese is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tibetnews.text.repair.beam import Node, doubts
from tibetnews.text.repair.pinyin import BREAK, CUT_MARKS, READING
from tibetnews.text.repair.quotes import still_open
from tibetnews.text.repair.transitions import ALIGNED, SWALLOWED_READING, TOLERANCE, Shifts

WIDTH = 10  # hypotheses that are followed from a place: more find nothing better
CROWDED, ENOUGH = 60, 150  # a text with a break in every so many characters, and so many more, is noise
LONGEST = 400  # characters of shown text that one search may cover
CONTEXT = 24  # characters of shown text that hold the two before a search
MARGIN = 60  # a character is certain where no different one comes closer to the best
UNEXPLAINED = re.compile(rf"{SWALLOWED_READING.pattern}|\?[{CUT_MARKS}]\?")  # what no author wrote


class Mended(NamedTuple):
    """The shown text from start to end was ``text``, with doubtful ranges; unexplained, it is as shown."""

    start: int
    end: int
    text: str
    doubtful: list[tuple[int, int]]
    explained: bool = True


def mend_breaks(text: str, keys: Mapping[str, str]) -> list[Mended]:
    """The breaks of a damaged page with what stood there, in order; an honest ``?!`` is none.

    keys: the characters that carry a reading wherever they stand on this page.
    """
    mended: list[Mended] = []
    if text.count("?") * CROWDED > len(text) + CROWDED * ENOUGH or not BREAK.search(text):
        return mended
    shifts = Shifts(text, keys)
    position = end = 0  # all before end is known, and unclosed says which quotation marks are open there
    before = unclosed = ""
    while (found := BREAK.search(text, position)) is not None:
        start, position = found.span()
        unclosed = still_open(text[end:start], unclosed)
        before = (before + READING.sub("", text[max(end, start - CONTEXT) : start]))[-2:]
        end = start
        shifts.begin(start, before, unclosed)
        result = _look(shifts, text, start)
        if result is None and (left := UNEXPLAINED.match(text, start)):
            result = Mended(start, left.end(), left[0], [(0, len(left[0]))], False)
        if result is not None:
            mended.append(result)
            position = end = result.end
            unclosed = still_open(result.text, unclosed)
            before = (before + result.text)[-2:]
    return mended


def _look(shifts: Shifts, text: str, start: int) -> Mended | None:
    """The outcome of one search, or None where nothing is better than what is shown."""
    end, outcomes = _search(shifts, start, min(len(text), start + LONGEST))
    if not outcomes:
        return None
    likeliest = "".join(node.piece for node in outcomes[0][1].chain())
    return None if likeliest == text[start:end] else Mended(start, end, likeliest, doubts(outcomes, MARGIN))


def _search(shifts: Shifts, start: int, limit: int) -> tuple[int, list[tuple[int, Node]]]:
    """Follow all hypotheses from ``start`` on until they agree again: there, with their costs, the best first."""
    beams = shifts.beams
    while beams:
        at = min(beams)
        beam = beams.pop(at)
        ranked = beam.ranked()
        agreed = len(ranked) == 1 and ranked[0][1][0] == ALIGNED and not beams and at > start
        if agreed or at >= limit:
            return at, [(cost, node) for cost, state, node in ranked if state[0] == ALIGNED]
        for cost, state, node in ranked[:WIDTH]:
            if cost > beam.best + TOLERANCE:
                break
            shifts.step(cost, state, node, at, beam.best)
    return start, []
