"""Decides whether a mirror annotated or cut a text, and removes its annotations.

An author glosses a rare character, or the first of its kind, or every character of a lesson.  A mirror annotates
every occurrence of some everyday characters in the middle of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import ceil
from operator import and_

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.cut_evidence import NOT_HAN, shows_cuts
from tibetnews.text.repair.gbk import FULL_WIDTH, code_table
from tibetnews.text.repair.language_model import language_model
from tibetnews.text.repair.parameters import (
    MAX_ALONE_SHARE,
    MAX_EVERYDAY_COST,
    MAX_FAMILIAR_COST,
    MAX_READINGS_PER_CHARACTER,
    MIN_ANNOTATED_SHARE,
    MIN_ANNOTATIONS,
    MIN_ANNOTATIONS_PER_CHARACTER,
    MIN_CHARACTERS_OF_PAGE,
    MIN_FAMILIAR_SHARE,
    MIN_INSIDE_SHARE_OF_FEW,
    MIN_INSIDE_WORD_SHARE,
    MIN_REPEATED_CHARACTERS,
    MIN_SPACED_SHARE,
    MIN_TRADITIONAL_SHARE,
    MIN_WORD_GAIN,
    UNKNOWN_CHARACTER_COST,
)
from tibetnews.text.repair.pinyin import LETTERS, characters_by_reading, has_reading, is_primary_reading
from tibetnews.text.repair.simplification import simplify
from tibetnews.text.script import is_japanese, is_traditional
from tibetnews.text.unicode_ranges import HAN_WITH_COMPATIBILITY as HAN

FEW_FALSE_ANNOTATIONS = 50
"""As many are found faster one by one than all annotations are looked at."""
HETERONYMS = frozenset("長還樂調重傳彈單參幾間將覺盡寧興種轉載難")
"""Everyday characters with two everyday readings, which authors gloss."""
FULL_WIDTH_MARKS = "，：；！？（"
MARKS = f"{FULL_WIDTH_MARKS}）,:;!?()"
LEFT_ALONE, CONVERTED = "于并么", "於並麼"
"""Frequent characters that mirrors leave as they are, and what authors of traditional script write."""

ANNOTATED = lazy_pattern(rf"([{HAN}]\([{LETTERS}]{{1,6}} ?\) ?)")
# The other patterns begin with the bracket or the mark, which is found much faster than a character class.
ANNOTATION_AFTER_HAN = lazy_pattern(rf"\((?<=([{HAN}])\()([{LETTERS}]{{1,6}}+) ?+\)(?:(?! ?\()|(?: ?\(\2 ?\))*)")
SPACED_ANNOTATION = lazy_pattern(ANNOTATION_AFTER_HAN.pattern + " ?")
ANNOTATION_AFTER_ASCII = lazy_pattern(rf"\((?<=([{HAN}{MARKS}])([@-~])\()([{LETTERS}]{{1,6}}) ?\)(?:\(\3 ?\))*")
WORD_OR_NUMBER = lazy_pattern("[0-9A-Za-z]")
INSIDE_WORD = lazy_pattern(rf"\((?<=[{HAN}][{HAN}]\()[{LETTERS}]{{1,6}} ?\)")
INSIDE_SENTENCE = lazy_pattern(
    rf"\((?<![\"'“”‘’「」『』《》（(：:][{HAN}]\()[{LETTERS}]{{2,6}}\)(?=[{HAN}0-9,，、。(])"
)
ASCII_MARK = lazy_pattern(rf"[,:;!?()](?<=[{HAN}].)(?![{LETTERS}]{{1,6}} ?\)| |$)")
ADJACENT = lazy_pattern(rf"([{HAN}])\([{LETTERS}]{{1,6}} ?\) ?([{HAN}])\([{LETTERS}]{{1,6}} ?\)")

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Detection:
    """The annotations of a text, and whether a mirror put them there."""

    damaged: bool
    annotated_characters: Mapping[str, str]
    """Characters that carry an annotation wherever they stand, with it."""
    false_annotations: frozenset[str]
    """Bracketed syllables that are no reading of the character before them, with that character: ``網(fa``."""
    spaced: bool
    """A space follows each annotation."""
    japanese: bool = False
    script_turned: bool = True
    """The mirror made simplified characters traditional."""

    def substitution(self, text: str) -> tuple[re.Pattern[str], Replacement]:
        """Return the pattern of annotations and what is put for a match."""
        pattern = SPACED_ANNOTATION if self.spaced else ANNOTATION_AFTER_HAN
        false = self.false_annotations
        may_hold_one = len(false) > FEW_FALSE_ANNOTATIONS or any(part in text for part in false)
        return pattern, self._unless_false if may_hold_one else ""

    def remove_annotations(self, text: str) -> tuple[str, int]:
        """Return the text without its annotations, and how many there were."""
        text = ANNOTATION_AFTER_ASCII.sub(without_annotation_after_ascii, text)
        pattern, replacement = self.substitution(text)
        return pattern.subn(replacement, text)

    def _unless_false(self, match: re.Match[str]) -> str:
        return match[0] if f"{match[1]}({match[2]}" in self.false_annotations else ""


def without_annotation_after_ascii(match: re.Match[str]) -> str:
    """Return what is left of an annotation after an ASCII letter.

    溧l(xiāng)i: the trail byte of 溧 and the letter are the two bytes of 鄉.  A mark may be a cut instead, unless a
    word or a number follows: ,F(xiàn)M is ，FM.
    """
    if match[1] in MARKS and not WORD_OR_NUMBER.match(match.string, match.end()):
        return match[0]
    lead = code_table().code.get(FULL_WIDTH.get(match[1], match[1]), 0) & 0xFF
    character = code_table().character.get(lead << 8 | ord(match[2]), "")
    return "" if has_reading(character, match[3]) else match[0]


UNDAMAGED = Detection(False, {}, frozenset(), False)


@dataclass(frozen=True, slots=True)
class Annotations:
    """The valid annotations of a text."""

    times: Mapping[str, int]
    """How often each character carries one."""
    occurrences: Mapping[str, int]
    """How often each of these characters stands in the text."""
    pairs: set[tuple[str, str]]
    """The characters with their readings."""
    alone: int
    """How many annotated characters, with a reading or not, stand next to no other one."""


def detect(text: str) -> Detection:
    """Look at all annotations of a text, and judge from the whole whether a mirror put them there."""
    if not ANNOTATION_AFTER_HAN.search(text):
        if not shows_cuts(text):
            return UNDAMAGED
        return Detection(True, {}, frozenset(), False, script_turned=is_traditional(text))
    times: dict[str, int] = {}
    falsely: dict[str, int] = {}
    pairs: set[tuple[str, str]] = set()
    false_annotations: set[str] = set()
    spaced = 0
    pieces = ANNOTATED.split(text)
    numbers = Counter(pieces[1::2])
    for shown, number in numbers.items():
        character, pair, is_reading, is_spaced = _read_annotation(shown)
        if is_reading:
            times[character] = times.get(character, 0) + number
            pairs.add(pair)
            if is_spaced:
                spaced += number
        else:
            falsely[character] = falsely.get(character, 0) + number
            false_annotations.add("(".join(pair))
    if not times:
        return UNDAMAGED
    between = pieces[::2]
    bare = "".join(between)  # which holds few of them, and is quickly searched
    occurrences = times.copy()
    for character in [character for character in times if character in bare]:
        occurrences[character] += bare.count(character)
    for character in times.keys() & falsely.keys():
        occurrences[character] += falsely[character]
    apart = [True, *map(bool, between[1:-1]), True]
    annotations = Annotations(times, occurrences, pairs, alone=sum(map(and_, apart, apart[1:])))
    always = {c: reading for c, reading in pairs if times[c] == occurrences[c]}
    japanese = is_japanese(text)
    return Detection(
        looks_machine_annotated(text, annotations, japanese),
        always,
        frozenset(false_annotations),
        spaced > MIN_SPACED_SHARE * sum(times.values()),
        japanese,
    )


@lru_cache(maxsize=1 << 13)
def _read_annotation(shown: str) -> tuple[str, tuple[str, str], bool, bool]:
    """Return an annotated character, it and what the brackets hold, whether it is read so, and whether a space follows.

    A plain tuple, since a page may have a hundred thousand of them.
    """
    character, annotation = shown[0], shown[2:]
    reading = annotation[: annotation.index(")")].rstrip(" ")
    is_reading = character in characters_by_reading().get(reading, "")
    return character, (character, reading), is_reading, shown[-1] == " "


def looks_machine_annotated(text: str, annotations: Annotations, japanese: bool) -> bool:
    """Return whether a mirror put the annotations of the text there."""
    times, occurrences = annotations.times, annotations.occurrences
    total = sum(times.values())
    if len(annotations.pairs) > MAX_READINGS_PER_CHARACTER * len(times):
        return False
    minimum = MIN_ANNOTATIONS_PER_CHARACTER
    if total < minimum * len(text) and total < minimum * len(NOT_HAN.sub("", text)):
        return False
    simplified = dict(zip(times, map(_simplified, times), strict=True))
    traditional = sum([n for c, n in times.items() if simplified[c] != c])
    bare = sum(occurrences.values()) - total
    if total < MIN_ANNOTATED_SHARE * (total + bare):
        # What the page is about may carry its author's gloss or an unaligned annotation once, and stand bare elsewhere.
        bare -= max(occurrences[c] - n for c, n in times.items())
        outlier = total >= MIN_ANNOTATED_SHARE * (total + bare) and traditional >= MIN_TRADITIONAL_SHARE * total
        if japanese or not outlier or _count_repeated(annotations) < MIN_REPEATED_CHARACTERS:
            return False
    elif japanese:  # no author glosses Japanese in pinyin
        return total >= MIN_ANNOTATIONS
    if total >= MIN_ANNOTATIONS and annotations.alone <= MAX_ALONE_SHARE * total:
        return False  # as in a lesson: a mirror knows no words
    inside = ceil(MIN_INSIDE_WORD_SHARE * total)
    if total < MIN_ANNOTATIONS or len(list(islice(INSIDE_WORD.finditer(text), inside))) < inside:
        return is_confident_with_few_annotations(text, annotations, simplified)
    if _count_cheaper(simplified, MAX_FAMILIAR_COST) < MIN_FAMILIAR_SHARE * len(times):
        return False
    return traditional >= MIN_TRADITIONAL_SHARE * total or _count_repeated(annotations) >= MIN_REPEATED_CHARACTERS


def _count_repeated(annotations: Annotations) -> int:
    """Count the characters that carry an annotation at each of several places."""
    return sum(1 < times == annotations.occurrences[c] for c, times in annotations.times.items())


def is_confident_with_few_annotations(text: str, annotations: Annotations, simplified: Mapping[str, str]) -> bool:
    """Return whether few annotations are a mirror's: no author puts any at these characters and places.

    Args:
        text: The whole text.
        annotations: Its annotations.
        simplified: The simplified form of each annotated character.
    """
    times, pairs = annotations.times, annotations.pairs
    everyday = _count_cheaper(simplified, MAX_EVERYDAY_COST) == len(times)
    if not everyday or times != annotations.occurrences or any(form == c for c, form in simplified.items()):
        return False
    total = sum(times.values())
    inside = {match.start() for match in INSIDE_WORD.finditer(text)}
    if total > 1 and len(inside) >= total:
        return True
    needless = len(pairs) == len(times) and HETERONYMS.isdisjoint(times) and all(is_primary_reading(*p) for p in pairs)
    if not needless or any(is_word(*pair) for pair in ADJACENT.findall(text)):
        return False
    inside.update(match.start() for match in INSIDE_SENTENCE.finditer(text))
    if len(text) >= MIN_CHARACTERS_OF_PAGE and is_traditional(text):
        return len(inside) >= MIN_INSIDE_SHARE_OF_FEW * total
    return len(inside) >= total and (_has_only_ascii_marks(text) or _mixes_scripts(text))


@lru_cache(maxsize=1 << 13)
def is_word(character: str, following: str) -> bool:
    """Return whether the second character is much likelier after the first than elsewhere, as inside a word."""
    model = language_model()
    first, second = (model.symbols.get(_simplified(each), -1) for each in (character, following))
    if first < 0 or second < 0:
        return False
    return model.bigrams_after(first)[second] + MIN_WORD_GAIN <= model.unigram_cost[second]


def _has_only_ascii_marks(text: str) -> bool:
    """Return whether the marks are ASCII, as most mirrors leave them and few authors of traditional script write."""
    return not any(mark in text for mark in FULL_WIDTH_MARKS) and ASCII_MARK.search(text) is not None


def _mixes_scripts(text: str) -> bool:
    """Return whether characters that almost every traditional text has are left in simplified script."""
    return any(c in text for c in LEFT_ALONE) and not any(c in text for c in CONVERTED)


@lru_cache(maxsize=1 << 13)
def _simplified(character: str) -> str:
    return simplify(character)


def _count_cheaper(simplified: Mapping[str, str], limit: int) -> int:
    """Count the characters whose simplified form costs the model less than the limit."""
    return sum(map(limit.__gt__, map(_unigram_cost, simplified.values())))


@lru_cache(maxsize=1 << 13)
def _unigram_cost(character: str) -> int:
    """Return what the model takes a character to cost by itself; a stranger costs more than any limit."""
    symbol = language_model().symbols.get(character)
    return UNKNOWN_CHARACTER_COST if symbol is None else language_model().unigram_cost[symbol]
