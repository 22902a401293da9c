"""Decodes the runs that a mirror damaged by cutting between the two bytes of a character.

The shown text is a deterministic function of the original bytes, so the original is searched for: a beam search over
the shown text, whose hypotheses differ in the phase of the bytes and in what was lost, ranked by how likely their
Chinese is.  docs/repair.md works one example down to the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.beam import ALIGNED, Outcome
from tibetnews.text.repair.characters import count_unseen_pairs
from tibetnews.text.repair.parameters import (
    BEAM_WIDTH,
    CONTEXT_CHARACTERS,
    FIRST_BEAM_WIDTH,
    MAX_COST_ABOVE_BEST,
    MAX_SEARCH_CHARACTERS,
    MIN_SILENT_CUT_GAIN_COST,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, SWALLOWED_ANNOTATION
from tibetnews.text.repair.punctuation import open_quotes
from tibetnews.text.repair.scoring import NO_LIMIT
from tibetnews.text.repair.starts import Starts, find_starts
from tibetnews.text.repair.transitions import PageSearch

UNEXPLAINED = lazy_pattern(rf"{SWALLOWED_ANNOTATION.pattern}|\?[{CUT_MARKS}]\??|[{CUT_MARKS}]")
HONEST_MARKS = CUT_MARKS.replace("?", "")  # which an author may have written, behind a ? too
SHIFTED = lazy_pattern(r"[^\x00-\x7f，。、；：“”《》（）]{0,30}")  # a shifted run ends before an ASCII character


class Correction(NamedTuple):
    """A damaged run of the shown text, and what it was."""

    start: int
    end: int
    text: str
    """The original; where nothing explains the run, the shown text."""
    doubtful: list[tuple[int, int]]
    """Uncertain spans, counted from ``start``: where nothing explains the run, one may reach beyond its end."""
    explained: bool = True

    @property
    def first_mark(self) -> str:
        """The mark that the run begins with, before which a mirror may have put a comma; or nothing."""
        return self.text[:1] if self.text[:1] in HONEST_MARKS else ""


def decode_damaged_runs(
    text: str, annotated_characters: Mapping[str, str], false_annotations: Collection[str]
) -> list[Correction]:
    """Return the corrections of a damaged page in order; an honest ``?!`` gets none.

    Args:
        text: The page.
        annotated_characters: Characters that carry an annotation wherever they stand on it.
        false_annotations: Bracketed syllables that are no reading of the character before them, with that character.
    """
    corrections: list[Correction] = []
    starts = find_starts(text, false_annotations)
    if not starts.positions:
        return corrections
    search = PageSearch(text, annotated_characters, starts)
    end = 0  # all before end is known, and unclosed says which quotation marks are open there
    before = unclosed = ""
    for start in starts.positions:
        if start < end:
            continue
        unclosed = open_quotes(ANNOTATION.sub("", text[max(end, text.rfind("\n", end, start)) : start]), unclosed)
        before = (before + ANNOTATION.sub("", text[max(end, start - CONTEXT_CHARACTERS) : start]))[-2:]
        end = start
        search.begin(start, before, unclosed)
        correction = _decode(search, text, start, starts)
        if correction is None and (leftover := UNEXPLAINED.match(text, start)):
            correction = _unexplained(text, leftover)
        if correction is not None:
            corrections.append(correction)
            end = correction.end
            unclosed = open_quotes(correction.text, unclosed)
            before = (before + correction.text)[-2:]
    return corrections


def _decode(search: PageSearch, text: str, start: int, starts: Starts) -> Correction | None:
    """Return the correction of the run at ``start``, or None where nothing is better than what is shown."""
    outcome = _search(search, start, min(len(text), start + MAX_SEARCH_CHARACTERS))
    if not outcome.hypotheses:
        return None
    marks_cost, shown = search.cost_of_marks(outcome.end), text[start : outcome.end]
    cost, likeliest, doubtful = outcome.read(marks_cost)
    if likeliest == shown:
        return Correction(start, outcome.end, shown, doubtful, explained=False) if doubtful else None
    if start in starts.unlikely:  # the search may have dropped what is shown
        settled = len(outcome.hypotheses) > 1
        gain = search.shown_cost(outcome.end, settled=settled) + marks_cost(shown) - cost
        if gain <= 0:
            return None
        if gain < MIN_SILENT_CUT_GAIN_COST and not starts.drops_lone_bytes:
            return Correction(start, start + 1, text[start], [(0, 1)], explained=False)
    return Correction(start, outcome.end, likeliest, doubtful)


def _unexplained(text: str, leftover: re.Match[str]) -> Correction | None:
    """Return the correction that leaves all as it is, and doubts the mark and the shifted run after it."""
    run = SHIFTED.match(text, leftover.end())
    length = len(run[0]) if run else 0
    shifted = run is not None and 2 * count_unseen_pairs(run[0]) >= length > 1
    if (len(leftover[0]) == 1 or leftover[0][-1] in HONEST_MARKS) and not shifted:
        return None  # an author may have written ?!
    doubtful = [(0, len(leftover[0]) + length * shifted)]
    return Correction(leftover.start(), leftover.end(), leftover[0], doubtful, explained=False)


def _search(search: PageSearch, start: int, limit: int) -> Outcome:
    """Follow all hypotheses from ``start`` until they agree, or to ``limit``."""
    beams = search.beams
    dropped = MAX_COST_ABOVE_BEST
    while beams:
        position = min(beams)
        beam = beams.pop(position)
        if position >= limit:
            aligned = [(cost, node) for cost, state, node in beam.ranked(NO_LIMIT) if state >> 32 == ALIGNED]
            return Outcome(position, aligned, dropped)
        best = min(search.best_cost(), beam.best)  # costs only grow
        ranked = beam.ranked(best + MAX_COST_ABOVE_BEST)
        if not ranked:
            continue
        width = BEAM_WIDTH if position > start + 3 else FIRST_BEAM_WIDTH
        if len(ranked) > width:
            dropped = min(dropped, ranked[width][0] - best)
            del ranked[width:]
        if not beams and position > start and all(state >> 32 == ALIGNED for _, state, _ in ranked):
            hypotheses = [(ranked[0][0], ranked[0][2])] if len(ranked) == 1 else search.settled(ranked, position)
            if hypotheses:
                return Outcome(position, hypotheses, dropped)
        search.expand(ranked, position, best)
    return Outcome(start, [])
