"""Did a mirror put a text's readings there, or did its author?

An author glosses a rare character, or the first of its kind, or every character of a lesson.  A mirror
annotates every occurrence of some everyday characters in the middle of words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import islice
from math import ceil
from typing import NamedTuple

from tibetnews.text.repair.language_model import model
from tibetnews.text.repair.pinyin import HAN, LETTERS, usual
from tibetnews.text.repair.simplification import simplify

LEAST = 3  # readings that make a damaged text; fewer do where everything else is beyond doubt
DENSITY = 0.004  # of its Han characters carry one
CONSTANCY = 0.6  # of all occurrences of the annotated characters carry one: a gloss stands at the first only
JAPANESE = 0.05  # of the characters of a Japanese text are kana, at least
CONVERTED = 0.6  # of the readings stand at forms that only traditional writing has
FAMILIAR, EVERYDAY = 115, 90  # the model's cost of a character that needs no gloss
ONE_READING = 1.5  # readings of a character at most, on average: a mirror knows one, and some stand there by chance
IN_WORDS = 0.2  # of the readings stand behind two Han characters: a lesson annotates whole words
REPEATED = 5  # characters that stand more than once, always with a reading, where the forms tell nothing
GLOSSED = frozenset("長還樂調重傳彈單參幾間將覺盡寧興種轉載難")  # everyday characters with two everyday readings
WIDE = "，：；！？（"  # marks that have an ASCII form
LEFT_ALONE, TURNED = "于并么", "於並麼"  # in simplified script and in traditional; mirrors leave the former alone

# The patterns begin with the bracket or the comma, which is looked for much faster than a character class.
INSIDE_WORD = re.compile(rf"\((?<=[{HAN}][{HAN}]\()[{LETTERS}]{{1,6}} ?\)")
IN_A_SENTENCE = re.compile(rf"\((?<![\"'“”‘’「」『』《》（(：:][{HAN}]\()[{LETTERS}]{{2,6}}\)(?=[{HAN}0-9,，、。(])")
NARROW_MARK = re.compile(rf"[,:;!?()](?<=[{HAN}].)(?![{LETTERS}]{{1,6}} ?\)| |$)")
NEIGHBOURS = re.compile(rf"\([{LETTERS}]{{1,6}} ?\) ?[{HAN}]\([{LETTERS}]{{1,6}} ?\)")
KANA = re.compile("[ぁ-ヿ]")
NOT_HAN = re.compile(f"[^{HAN}]+")


class Annotations(NamedTuple):
    """How often each annotated character carries a reading, how often it stands in the text, and which readings."""

    times: Mapping[str, int]
    occurrences: Mapping[str, int]
    pairs: Collection[tuple[str, str]]


def is_japanese(text: str) -> bool:
    """True where so much is kana that the Han characters around are no Chinese."""
    return len(KANA.findall(text)) > JAPANESE * len(text)


def is_a_mirrors(text: str, annotations: Annotations, japanese: bool) -> bool:
    """True where the readings of the text are a mirror's."""
    times, occurrences, pairs = annotations
    total = sum(times.values())
    if len(pairs) > ONE_READING * len(times):
        return False
    if total < DENSITY * len(text) and total < DENSITY * len(NOT_HAN.sub("", text)):
        return False
    if total < CONSTANCY * sum(occurrences.values()):
        return False
    if japanese:  # nobody glosses Japanese in pinyin
        return total >= LEAST
    simplified = {character: _simple(character) for character in times}
    inside = ceil(IN_WORDS * total)
    if total < LEAST or len(list(islice(INSIDE_WORD.finditer(text), inside))) < inside:
        return _few_are(text, annotations, simplified)
    if _familiar(simplified, FAMILIAR) < CONVERTED * len(times):
        return False
    converted = sum(n for c, n in times.items() if simplified[c] != c)
    repeated = sum(1 < n == occurrences[c] for c, n in times.items())
    return converted >= CONVERTED * total or repeated >= REPEATED


def _few_are(text: str, annotations: Annotations, simplified: Mapping[str, str]) -> bool:
    """The same where they are few, or few stand inside words: no honest text has them at these characters and places."""
    times, occurrences, pairs = annotations
    everyday = _familiar(simplified, EVERYDAY) == len(times)
    if not everyday or times != occurrences or any(form == c for c, form in simplified.items()):
        return False
    total = sum(times.values())
    if total > 1 and len(INSIDE_WORD.findall(text)) >= total:
        return True
    needless = len(pairs) == len(times) and GLOSSED.isdisjoint(times) and all(usual(*pair) for pair in pairs)
    if not needless or len(IN_A_SENTENCE.findall(text)) < total or NEIGHBOURS.search(text):  # a lesson's whole words
        return False
    return _has_narrow_marks(text) or _is_mixed(text)


def _has_narrow_marks(text: str) -> bool:
    """True where the marks are ASCII, as most mirrors leave them and few authors of traditional script write them."""
    return not any(mark in text for mark in WIDE) and NARROW_MARK.search(text) is not None


def _is_mixed(text: str) -> bool:
    """True where words that every sentence of traditional script may hold are left in simplified script."""
    return any(c in text for c in LEFT_ALONE) and not any(c in text for c in TURNED)


@lru_cache(maxsize=1 << 13)
def _simple(character: str) -> str:
    return simplify(character)


def _familiar(simplified: Mapping[str, str], most: int) -> int:
    """How many of the characters, in their simplified forms, are frequent."""
    cost, number = model().single_cost, model().number
    return sum(form in number and cost[number[form]] < most for form in simplified.values())
