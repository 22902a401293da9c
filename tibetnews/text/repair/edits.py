"""Traces what a repair did, as edits of the text that it was given.

All steps of the repair but the decoding only delete characters or replace them one for one, so that a position in the
repaired text belongs to one position of the damaged text or to one decoded run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tibetnews.text.repair.decoder import Correction
from tibetnews.text.repair.detection import (
    ANNOTATION_AFTER_ASCII,
    Detection,
    Replacement,
    without_annotation_after_ascii,
)
from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.punctuation import injected_marks
from tibetnews.text.types import Edit, EditKind


def trace_edits(shown: str, repaired: str, detection: Detection, corrections: Sequence[Correction]) -> tuple[Edit, ...]:
    """Return the edits that make the repaired text of the shown one, in order."""
    edits: list[Edit] = []
    position = length = 0
    for correction in (*corrections, None):
        end = correction.start if correction else len(shown)
        following = correction.first_mark if correction else ""
        kept, deletions = _trace_deletions(shown, position, end, detection, following)
        edits += [*deletions, *_replacements(shown, kept, repaired[length : length + len(kept)])]
        length += len(kept)
        if correction:
            position = correction.end
            after = repaired[length : length + len(correction.text)]
            length += len(after)
            if correction.explained:
                edits.append(Edit(correction.start, position, "break", shown[correction.start : position], after))
            else:
                edits += _replacements(shown, range(correction.start, position), after)
    return tuple(sorted(edits))


def _trace_deletions(
    shown: str, start: int, end: int, detection: Detection, following: str
) -> tuple[list[int], list[Edit]]:
    """Return the positions of the characters that stay before ``following``, and the edits that delete the others."""
    kept = [*range(start, end)]
    deleted: dict[int, EditKind] = {}

    def text() -> str:
        return "".join([shown[i] for i in kept])

    def delete(kind: EditKind, pattern: re.Pattern[str], replacement: Replacement = "", following: str = "") -> None:
        for match in pattern.finditer(text() + following):
            if isinstance(replacement, str) or not replacement(match):
                deleted.update(dict.fromkeys(kept[match.start() : match.end()], kind))
        kept[:] = [i for i in kept if i not in deleted]

    delete("annotation", ANNOTATION_AFTER_ASCII, without_annotation_after_ascii)
    delete("annotation", *detection.substitution(text()))
    for pattern in [] if detection.japanese else injected_marks(text()):
        delete("mark", pattern, following=following)
    return kept, [Edit(i, j, kind, shown[i:j], "") for i, j, kind in _runs(sorted(deleted.items()))]


def _replacements(shown: str, positions: Sequence[int], after: str) -> Iterator[Edit]:
    """Yield the edits that replace the characters at these positions, one for one."""
    changed: list[tuple[int, EditKind]] = []
    replaced: dict[int, str] = {}
    for position, character in zip(positions, after, strict=True):
        if shown[position] != character:
            replaced[position] = character
            changed.append((position, "punctuation" if shown[position] in FULL_WIDTH else "script"))
    for start, end, kind in _runs(changed):
        yield Edit(start, end, kind, shown[start:end], "".join([replaced[i] for i in range(start, end)]))


def _runs(changes: list[tuple[int, EditKind]]) -> Iterator[tuple[int, int, EditKind]]:
    """Yield start, end and kind of neighbouring positions that have one kind."""
    for (_, kind), run in groupby(enumerate(changes), key=lambda item: (item[1][0] - item[0], item[1][1])):
        positions = [position for _, (position, _) in run]
        yield positions[0], positions[-1] + 1, kind
