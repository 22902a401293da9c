"""Decodes the runs that a mirror damaged by cutting between the two bytes of a character.

The shown text is a deterministic function of the original bytes, so the original is searched for: a beam search over
the shown text, whose hypotheses differ in the phase of the bytes and in what was lost, ranked by how likely their
Chinese is.  docs/repair.md works one example down to the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tibetnews.text.repair.beam import ALIGNED, Node, low_confidence_spans
from tibetnews.text.repair.parameters import (
    BEAM_WIDTH,
    CONTEXT_CHARACTERS,
    MAX_COST_ABOVE_BEST,
    MAX_SEARCH_CHARACTERS,
    MIN_CERTAIN_MARGIN_COST,
    MIN_CHARACTERS_PER_QUESTION_MARK,
    SPARE_QUESTION_MARKS,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, DAMAGE_START, SWALLOWED_ANNOTATION
from tibetnews.text.repair.punctuation import open_quotes
from tibetnews.text.repair.transitions import TransitionModel

UNEXPLAINED = re.compile(rf"{SWALLOWED_ANNOTATION.pattern}|\?[{CUT_MARKS}]\?")  # what no author writes


class Correction(NamedTuple):
    """A damaged run of the shown text, and what it was."""

    start: int
    end: int
    text: str
    """The original; where nothing explains the run, the shown text."""
    doubtful: list[tuple[int, int]]
    """Spans of ``text`` that are uncertain."""
    explained: bool = True


def decode_damaged_runs(text: str, annotated_characters: Mapping[str, str]) -> list[Correction]:
    """Return the corrections of a damaged page in order; an honest ``?!`` gets none.

    ``annotated_characters`` carry an annotation wherever they stand on this page.
    """
    corrections: list[Correction] = []
    crowded = MIN_CHARACTERS_PER_QUESTION_MARK
    if text.count("?") * crowded > len(text) + crowded * SPARE_QUESTION_MARKS or not DAMAGE_START.search(text):
        return corrections
    transitions = TransitionModel(text, annotated_characters)
    position = end = 0  # all before end is known, and unclosed says which quotation marks are open there
    before = unclosed = ""
    while (match := DAMAGE_START.search(text, position)) is not None:
        start, position = match.span()
        unclosed = open_quotes(text[end:start], unclosed)
        before = (before + ANNOTATION.sub("", text[max(end, start - CONTEXT_CHARACTERS) : start]))[-2:]
        end = start
        transitions.begin(start, before, unclosed)
        correction = _decode(transitions, text, start)
        if correction is None and (left := UNEXPLAINED.match(text, start)):
            correction = Correction(start, left.end(), left[0], [(0, len(left[0]))], explained=False)
        if correction is not None:
            corrections.append(correction)
            position = end = correction.end
            unclosed = open_quotes(correction.text, unclosed)
            before = (before + correction.text)[-2:]
    return corrections


def _decode(transitions: TransitionModel, text: str, start: int) -> Correction | None:
    """Return the correction of the run at ``start``, or None where nothing is better than what is shown."""
    end, outcomes = _search(transitions, start, min(len(text), start + MAX_SEARCH_CHARACTERS))
    if not outcomes:
        return None
    likeliest = outcomes[0][1].text()
    if likeliest == text[start:end]:
        return None
    return Correction(start, end, likeliest, low_confidence_spans(outcomes, MIN_CERTAIN_MARGIN_COST))


def _search(transitions: TransitionModel, start: int, limit: int) -> tuple[int, list[tuple[int, Node]]]:
    """Follow all hypotheses from ``start`` until they agree; return that position, and their costs, the best first."""
    beams = transitions.beams
    while beams:
        position = min(beams)
        beam = beams.pop(position)
        ranked = beam.ranked()
        agreed = len(ranked) == 1 and ranked[0][1][0] == ALIGNED and not beams and position > start
        if agreed or position >= limit:
            return position, [(cost, node) for cost, state, node in ranked if state[0] == ALIGNED]
        for cost, state, node in ranked[:BEAM_WIDTH]:
            if cost > beam.best + MAX_COST_ABOVE_BEST:
                break
            transitions.expand(cost, state, node, position, beam.best)
    return start, []
