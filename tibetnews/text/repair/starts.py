"""Where the damaged runs of a page may begin.

Most decoders show ``?`` for a lone byte.  Some drop it: then only what follows a mark tells that the mark may be a cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.characters import character_index, count_unseen_pairs
from tibetnews.text.repair.detection import ANNOTATION_AFTER_HAN, FEW_FALSE_ANNOTATIONS
from tibetnews.text.repair.gbk import FULL_WIDTH, code_table
from tibetnews.text.repair.language_model import language_model
from tibetnews.text.repair.parameters import (
    CONTEXT_CHARACTERS,
    MAX_EVERYDAY_COST,
    MAX_FAMILIAR_COST,
    MIN_CHARACTERS_PER_QUESTION_MARK,
    MIN_UNSEEN_PAIRS,
    MIN_UNSEEN_PAIRS_WITHOUT_LETTERS,
    SPARE_QUESTION_MARKS,
)
from tibetnews.text.repair.pinyin import ANNOTATION, DAMAGE_START, LETTERS
from tibetnews.text.spans import occurrences
from tibetnews.text.unicode_ranges import HAN

LOST_CHARACTERS = lazy_pattern(r"\?{4,}+")  # which the encoding of a page does not have
SECOND_ANNOTATION = lazy_pattern(rf"\)\(([{LETTERS}]{{1,6}}) ?\)")
SILENT_RUN = lazy_pattern(rf"[！，？；!,?;](?<!\?.)[{HAN}]{{0,20}}+[@-~]\([{LETTERS}]{{1,6}} ?\)")
LETTER_WITH_ANNOTATION = lazy_pattern(rf"[@-~]\([{LETTERS}]{{1,6}} ?\)(?![A-Za-z])")
# No author glues a single letter to the characters after a mark.
LONE_LETTER = lazy_pattern(rf"[{HAN}]{{1,3}}[@-~](?:\([{LETTERS}]{{1,6}} ?\)|(?![!-~]))")
LATIN_WORD = lazy_pattern("[A-Za-z]{2,}")  # which the language model has not seen, either
NEAR = 5  # characters from a mark on: a run that begins there is no run that begins at the mark
LINE_END_OR_MARK = {"", "\n", *"，。、；：,;:"}
AFTER_TEXT = rf"(?:(?<=[{HAN}”’》）),\n].)|(?<=\A.))"
# News has few of these marks, and commas on every line: of those only the ones before a letter.
RARE_MARK = lazy_pattern(rf"[！；？，!;?,](?:(?<![，,])|(?=[@-~])){AFTER_TEXT}")


class Starts(NamedTuple):
    """Where damaged runs may begin."""

    positions: list[int]
    """Positions in the shown text, in order."""
    unlikely: frozenset[int]
    """Those of them where the mark is likelier honest than a cut."""
    drops_lone_bytes: bool
    """Some other run says that the decoder of the page drops lone bytes."""


def find_starts(text: str, false_annotations: Collection[str]) -> Starts:
    """Return where damaged runs may begin; nowhere if there are so many places that the text is noise.

    Args:
        text: The page.
        false_annotations: Bracketed syllables that are no reading of the character before them, with that character.
    """
    nowhere = Starts([], frozenset(), drops_lone_bytes=False)
    max_places = len(text) // MIN_CHARACTERS_PER_QUESTION_MARK + SPARE_QUESTION_MARKS
    if text.count("?") > max_places:
        return nowhere
    runs = LOST_CHARACTERS.finditer(text) if "????" in text else ()
    lost = {position for match in runs for position in range(*match.span())}
    visible = {match.start() for match in DAMAGE_START.finditer(text)} - lost
    silent = set(_impossible_beginnings(text))
    shows_lone_bytes = len(visible) > max(len(silent), 1)  # an author writes ?! at times
    likely = {*visible, *silent}
    for start in _silent_annotations(text, false_annotations):
        likely.add(start)
        if len(likely) > max_places:
            return nowhere
    marks = () if shows_lone_bytes else islice(_unlikely_beginnings(text), max_places)
    unlikely = frozenset(mark for mark in marks if visible.isdisjoint(range(mark, mark + NEAR))) - likely
    return Starts(sorted(likely | unlikely), unlikely, bool(silent) and not shows_lone_bytes)


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


def _impossible_beginnings(text: str) -> Iterator[int]:
    """Yield the marks before what cannot be Chinese: they are cuts, before which a lone byte was dropped."""
    min_unseen = 0  # until the first of these marks: few pages have one, and the search for silent runs takes long
    for mark in _mark_before_rare_character().finditer(text):
        min_unseen = min_unseen or (MIN_UNSEEN_PAIRS if SILENT_RUN.search(text) else MIN_UNSEEN_PAIRS_WITHOUT_LETTERS)
        unseen = count_unseen_pairs(LATIN_WORD.sub("", _shown_after(text, mark.end())))
        if (
            unseen >= min_unseen
            or LETTER_WITH_ANNOTATION.match(text, mark.end())
            or (unseen and LONE_LETTER.match(text, mark.end()))
        ):
            yield mark.start()


def _unlikely_beginnings(text: str) -> Iterator[int]:
    """Yield the marks that may be cuts: what follows is rare, and its first byte makes a familiar character.

    At a line's end, or before another mark, all bytes after the cut may be lost.
    """
    codes, symbols, cost = code_table().code, character_index().symbol_of_code, language_model().unigram_cost
    for mark in RARE_MARK.finditer(text):
        shown = _shown_after(text, mark.end())
        if LATIN_WORD.match(shown):
            continue
        full_width = FULL_WIDTH.get(mark[0], mark[0])
        if shown[:1] in LINE_END_OR_MARK:
            if full_width == "！":  # 。” and 福。 show it, and nothing else does
                yield mark.start()
            continue
        trail = ord(shown[0]) if shown[0].isascii() else codes.get(shown[0], 0) >> 8
        original = symbols.get((codes[full_width] & 0xFF) << 8 | trail, -1)
        everyday = original >= 0 and cost[original] < MAX_EVERYDAY_COST
        glued = "@" <= shown[0] <= "~" < shown[1:2]  # a letter before a Chinese character
        if glued or count_unseen_pairs(full_width + shown) >= (1 if everyday else MIN_UNSEEN_PAIRS):
            yield mark.start()


@cache
def _mark_before_rare_character() -> re.Pattern[str]:
    """Match a mark with a rare character, a letter, or a sign such as ⑽ or び among the next four.

    Second bytes of 、 and of quotation marks make signs: 青！⑽鞑 for 青海、西.
    """
    index, cost = character_index(), language_model().unigram_cost
    familiar = "".join(
        c for c, symbol in index.symbol_of.items() if cost[symbol] < MAX_FAMILIAR_COST and not c.isascii()
    )
    rare = rf"[^\x00-?{re.escape(familiar)}]"
    return re.compile(rf"[！，？；!,?;](?<!\?.)(?=[{HAN}]{{0,3}}{rare}){AFTER_TEXT}")


def _shown_after(text: str, position: int) -> str:
    """Return the next four characters without annotations."""
    return ANNOTATION.sub("", text[position : position + CONTEXT_CHARACTERS])[:4]
