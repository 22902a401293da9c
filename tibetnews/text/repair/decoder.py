"""Decodes the runs that a mirror damaged by cutting between the two bytes of a character.

The shown text is a deterministic function of the original bytes, so the original is searched for: a beam search over
the shown text, whose hypotheses differ in the phase of the bytes and in what was lost, ranked by how likely their
Chinese is.  docs/repair.md works one example down to the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.beam import ALIGNED, Outcome
from tibetnews.text.repair.characters import character_index
from tibetnews.text.repair.detection import ANNOTATION_AFTER_HAN, FEW_FALSE_ANNOTATIONS
from tibetnews.text.repair.language_model import language_model
from tibetnews.text.repair.parameters import (
    BEAM_WIDTH,
    CONTEXT_CHARACTERS,
    FIRST_BEAM_WIDTH,
    MAX_COST_ABOVE_BEST,
    MAX_FAMILIAR_COST,
    MAX_SEARCH_CHARACTERS,
    MIN_CHARACTERS_PER_QUESTION_MARK,
    MIN_UNSEEN_PAIRS,
    MIN_UNSEEN_PAIRS_WITHOUT_LETTERS,
    SPARE_QUESTION_MARKS,
)
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, DAMAGE_START, LETTERS, SWALLOWED_ANNOTATION
from tibetnews.text.repair.punctuation import open_quotes
from tibetnews.text.repair.scoring import NO_LIMIT
from tibetnews.text.repair.transitions import TransitionModel
from tibetnews.text.spans import occurrences
from tibetnews.text.unicode_ranges import HAN

UNEXPLAINED = lazy_pattern(rf"{SWALLOWED_ANNOTATION.pattern}|\?[{CUT_MARKS}]\??")  # what few authors write
SHIFTED = lazy_pattern(r"[^\x00-\x7f，。、；：“”《》（）]{0,30}")  # a shifted run ends before an ASCII character

LOST_CHARACTERS = lazy_pattern(r"\?{4,}+")  # which the encoding of a page does not have
SECOND_ANNOTATION = lazy_pattern(rf"\)\(([{LETTERS}]{{1,6}}) ?\)")
SILENT_RUN = lazy_pattern(rf"[！，？；!,?;](?<!\?.)[{HAN}]{{0,20}}[@-~]\([{LETTERS}]{{1,6}} ?\)")
LETTER_WITH_ANNOTATION = lazy_pattern(rf"[@-~]\([{LETTERS}]{{1,6}} ?\)")
# No author glues a single letter to the characters after a mark.
LONE_LETTER = lazy_pattern(rf"[{HAN}]{{1,3}}[@-~](?:\([{LETTERS}]{{1,6}} ?\)|(?![!-~]))")


class Correction(NamedTuple):
    """A damaged run of the shown text, and what it was."""

    start: int
    end: int
    text: str
    """The original; where nothing explains the run, the shown text."""
    doubtful: list[tuple[int, int]]
    """Spans of ``text`` that are uncertain."""
    explained: bool = True


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
    starts = _starts(text, false_annotations)
    if not starts:
        return corrections
    transitions = TransitionModel(text, annotated_characters, starts)
    end = 0  # all before end is known, and unclosed says which quotation marks are open there
    before = unclosed = ""
    for start in starts:
        if start < end:
            continue
        unclosed = open_quotes(ANNOTATION.sub("", text[max(end, text.rfind("\n", end, start)) : start]), unclosed)
        before = (before + ANNOTATION.sub("", text[max(end, start - CONTEXT_CHARACTERS) : start]))[-2:]
        end = start
        transitions.begin(start, before, unclosed)
        correction = _decode(transitions, text, start)
        if correction is None and (leftover := UNEXPLAINED.match(text, start)):
            correction = _unexplained(text, leftover)
        if correction is not None:
            corrections.append(correction)
            end = correction.end
            unclosed = open_quotes(correction.text, unclosed)
            before = (before + correction.text)[-2:]
    return corrections


def _starts(text: str, false_annotations: Collection[str]) -> list[int]:
    """Return where damaged runs may begin, in order; nowhere if there are so many places that the text is noise."""
    max_places = len(text) // MIN_CHARACTERS_PER_QUESTION_MARK + SPARE_QUESTION_MARKS
    if text.count("?") > max_places:
        return []
    starts: set[int] = set()
    lost = {position for match in LOST_CHARACTERS.finditer(text) for position in range(*match.span())}
    visible = {match.start() for match in DAMAGE_START.finditer(text)} - lost
    for start in chain(visible, _silent_annotations(text, false_annotations), _silent_cuts(text)):
        starts.add(start)
        if len(starts) > max_places:
            return []
    return sorted(starts)


def _silent_annotations(text: str, false_annotations: Collection[str]) -> Iterator[int]:
    """Yield where an annotation is no reading of what stands before it: a lone byte was dropped without ``?``."""
    if len(false_annotations) > FEW_FALSE_ANNOTATIONS:
        annotations: Iterable[re.Match[str] | None] = ANNOTATION_AFTER_HAN.finditer(text)
    else:
        starts = (start for part in false_annotations for start in occurrences(text, part))
        annotations = (ANNOTATION_AFTER_HAN.match(text, start + 1) for start in starts)
    for match in annotations:
        if match and f"{match[1]}({match[2]}" in false_annotations:
            yield match.start()
    for match in SECOND_ANNOTATION.finditer(text):
        if not text.endswith(match[1], 0, match.start()):
            yield match.start() + 1


def _silent_cuts(text: str) -> Iterator[int]:
    """Yield the marks before what cannot be Chinese: a lone byte before the cut may have been dropped without ``?``."""
    language, symbol_of = language_model(), character_index().symbol_of
    min_unseen = 0
    for match in _silent_cut().finditer(text):
        shown = ANNOTATION.sub("", text[match.end() : match.end() + CONTEXT_CHARACTERS])[:4]
        unseen = language.count_unseen(symbol_of.get(character, -1) for character in shown)
        if unseen >= MIN_UNSEEN_PAIRS and not min_unseen:
            min_unseen = MIN_UNSEEN_PAIRS if SILENT_RUN.search(text) else MIN_UNSEEN_PAIRS_WITHOUT_LETTERS
        if (
            min_unseen <= unseen >= MIN_UNSEEN_PAIRS
            or LETTER_WITH_ANNOTATION.match(text, match.end())
            or (unseen and LONE_LETTER.match(text, match.end()))
        ):
            yield match.start()


@cache
def _silent_cut() -> re.Pattern[str]:
    """Match a mark after Chinese and before what a shifted run has among its first characters.

    That is a rare character, a letter, or a numbered sign, as the second byte of 、 makes: 青！⑽鞑 for 青海、西.
    """
    index, cost = character_index(), language_model().unigram_cost
    familiar = (c for c, symbol in index.symbol_of.items() if cost[symbol] < MAX_FAMILIAR_COST and not c.isascii())
    unlikely = f"(?:[@-~⒈-⒛⑴-⒇①-⑩㈠-㈩Ⅰ-Ⅻ]|[{HAN}](?<![{''.join(familiar)}]))"
    return re.compile(rf"[！，？；!,?;](?<!\?.)(?=[{HAN}]{{0,3}}{unlikely})(?<=[{HAN}”’》）)].)")


def _decode(transitions: TransitionModel, text: str, start: int) -> Correction | None:
    """Return the correction of the run at ``start``, or None where nothing is better than what is shown."""
    outcome = _search(transitions, start, min(len(text), start + MAX_SEARCH_CHARACTERS))
    if not outcome.hypotheses:
        return None
    likeliest = outcome.hypotheses[0][1].text()
    if likeliest == text[start : outcome.end]:
        return None
    return Correction(start, outcome.end, likeliest, outcome.doubtful_spans())


def _unexplained(text: str, leftover: re.Match[str]) -> Correction | None:
    """Return the correction that leaves all as it is, and doubts the mark and the shifted run after it."""
    language, symbol_of = language_model(), character_index().symbol_of
    run = SHIFTED.match(text, leftover.end())
    symbols = [symbol_of.get(character, -1) for character in run[0]] if run else []
    shifted = 2 * language.count_unseen(symbols) >= len(symbols) > 1
    if leftover[0][-1] in CUT_MARKS.replace("?", "") and not shifted:
        return None  # an author may have written ?!
    doubtful = [(0, len(leftover[0]) + len(symbols) * shifted)]
    return Correction(leftover.start(), leftover.end(), leftover[0], doubtful, explained=False)


def _search(transitions: TransitionModel, start: int, limit: int) -> Outcome:
    """Follow all hypotheses from ``start`` until they agree, or to ``limit``."""
    beams = transitions.beams
    dropped = MAX_COST_ABOVE_BEST
    while beams:
        position = min(beams)
        beam = beams.pop(position)
        if position >= limit:
            aligned = [(cost, node) for cost, state, node in beam.ranked(NO_LIMIT) if state >> 32 == ALIGNED]
            return Outcome(position, aligned, dropped)
        best = min([later.best for later in beams.values()], default=beam.best)  # costs only grow
        best = min(best, beam.best)
        ranked = beam.ranked(best + MAX_COST_ABOVE_BEST)
        width = BEAM_WIDTH if position > start + 3 else FIRST_BEAM_WIDTH
        if len(ranked) > width:
            dropped = min(dropped, ranked[width][0] - best)
            del ranked[width:]
        if not beams and position > start and ranked and all(state >> 32 == ALIGNED for _, state, _ in ranked):
            hypotheses = [(ranked[0][0], ranked[0][2])] if len(ranked) == 1 else transitions.settled(ranked, position)
            if hypotheses:
                return Outcome(position, hypotheses, dropped)
        transitions.expand(ranked, position, best)
    return Outcome(start, [])
