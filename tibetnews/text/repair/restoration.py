"""Undoes the damage of a page that a mirror damaged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.decoder import Correction, decode_damaged_runs
from tibetnews.text.repair.detection import Detection, is_word
from tibetnews.text.repair.edits import trace_edits
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.parameters import MAX_PAGE_MODEL_CHARACTERS, MIN_MIRROR_EXCEPTIONS
from tibetnews.text.repair.pinyin import ANNOTATION, LETTERS, characters_by_reading
from tibetnews.text.repair.punctuation import (
    LABEL_COLON,
    injected_commas,
    keeps_full_width,
    remove_injected_marks,
    restore_full_width,
    restore_indents,
)
from tibetnews.text.repair.simplification import doubtful_forms, simplify_page
from tibetnews.text.types import Repaired
from tibetnews.text.unicode_ranges import HAN

STRAY_READING = lazy_pattern(rf"[(（](?<=(?<![A-Za-z])([@-~])[(（])([{LETTERS}]{{1,6}}) ?[)）]")
WORD = lazy_pattern(f"[{HAN}]{{2,}}")
LETTER_OR_DIGIT = lazy_pattern("[0-9A-Za-z]")
BLANK_AFTER_ANNOTATION = lazy_pattern(rf"(?<=[{LETTERS}]\)) ")


def restore(text: str, detection: Detection) -> Repaired:
    """Return a damaged page with its damage undone; ``detection`` says what the mirror did."""
    if detection.japanese:
        without, readings = detection.remove_annotations(text)
        return Repaired(without, readings, trace=partial(trace_edits, text, without, detection, ()))
    corrections = decode_damaged_runs(text, detection.annotated_characters, detection.false_annotations)
    if detection.spaced:
        corrections = [_with_blank(text, correction) for correction in corrections]
    decoded, readings, places = _assemble(text, detection, corrections)
    decoded = restore_indents(decoded)
    repaired = simplify_page(decoded) if detection.script_turned else decoded
    places = [*_unconfirmed(repaired, _merged(places)), *doubtful_forms(decoded, repaired)]
    if not keeps_full_width(text):
        repaired = restore_full_width(repaired)
        places += [match.span() for match in LABEL_COLON.finditer(repaired)]
    places = _merged([*places, *_stray_readings(repaired)])
    return Repaired(
        repaired,
        readings=readings,
        breaks=sum(correction.explained for correction in corrections),
        unresolved=len(places),
        script="t2s" if detection.script_turned else None,
        places=tuple(places),
        trace=partial(trace_edits, text, repaired, detection, corrections),
    )


def _with_blank(text: str, correction: Correction) -> Correction:
    """Return the correction with the blank that follows its last annotation, as it follows all others of the page."""
    if correction.explained and BLANK_AFTER_ANNOTATION.match(text, correction.end):
        return correction._replace(end=correction.end + 1)
    return correction


def _assemble(text: str, detection: Detection, corrections: list[Correction]) -> tuple[str, int, list[tuple[int, int]]]:
    """Return the text corrected and without annotations and injected marks, their number, and its doubtful places."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    commas: list[tuple[int, int]] = []
    readings = length = end = 0
    for correction in (*corrections, None):
        piece, times = detection.remove_annotations(text[end : correction.start if correction else len(text)])
        following = correction.first_mark if correction else ""
        pieces.append(remove_injected_marks(piece + following).removesuffix(following))
        readings += times
        if len(pieces[-1]) != len(piece):
            commas += [(length + position, length + position + 1) for position in injected_commas(piece + following)]
        length += len(pieces[-1])
        if correction:
            pieces.append(correction.text)
            places += [(length + start, length + stop) for start, stop in _merged(correction.doubtful)]
            length += len(correction.text)
            inside = len(ANNOTATION.findall(text, correction.start, correction.end))
            readings += inside * correction.explained
            end = correction.end
    if len(commas) < MIN_MIRROR_EXCEPTIONS:  # the author may have written them
        places += commas
    return "".join(pieces), readings, places


def _stray_readings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the letters that keep a reading: each was the trail byte of the character that has it."""
    for match in STRAY_READING.finditer(text):
        codes = map(code_table().code.__getitem__, characters_by_reading().get(match[2], ""))
        if any(code & 0xFF == ord(match[1]) for code in codes):
            yield match.span()


def _unconfirmed(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places whose word does not stand elsewhere in the text, where it is certain.

    The word of a single character is the one with the next character: by the one before, the search has chosen it.
    Beside a digit or a letter another one may be lost.
    """
    edges = [0, *(edge for place in places for edge in place), len(text)]
    certain = "\n".join([text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)])
    certain = certain[:MAX_PAGE_MODEL_CHARACTERS]
    for start, end in places:
        stop = max(end, start + 2)
        word = text[start:stop]
        known = end > start and WORD.fullmatch(word) and word in certain and is_word(word[-2], word[-1])
        if not known or LETTER_OR_DIGIT.match(text, stop):
            yield start, end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
