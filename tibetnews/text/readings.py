"""Which characters of a text carry a pinyin reading that a mirror put there?

A reading is a Han character, ``(``, one of the character's readings with or without its tone, ``)``;
some mirrors put a space behind the reading or behind the bracket (網(wǎng), 會(huì ), 產(chan) 權).
Which readings a character has is told by data/readings.txt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tibetnews.text.gbk import pairs
from tibetnews.text.language_model import model
from tibetnews.text.script import simplify

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
HAN = "㐀-䶿一-鿿豈-﫿"
# All patterns begin with the bracket, which is looked for much faster than a character class.
ANNOTATED = re.compile(rf"\((?<=([{HAN}])\()([{LETTERS}]{{1,6}})( ?)\)( ?)")
TIGHT = re.compile(rf"\((?<=[{HAN}]\()[{LETTERS}]{{1,6}} ?\)")
LOOSE = re.compile(TIGHT.pattern + " ?")
KANA = re.compile("[ぁ-ヿ]")
NOT_HAN = re.compile(f"[^{HAN}]+")
INSIDE_WORD = re.compile(rf"\((?<=[{HAN}][{HAN}]\()[{LETTERS}]{{1,6}} ?\)")
ON_LETTER = re.compile(rf"\((?<=([{HAN}])([@-~])\()([{LETTERS}]{{1,6}}) ?\)")

READING = re.compile(rf"\(([{LETTERS}]{{1,6}}) ?\)")
CUT_MARKS = "！，？；。!,?;"
BREAK = re.compile(rf"\?(?=[{CUT_MARKS}]|[{LETTERS}]{{1,6}} ?\))")
"""A lone lead byte before a cut or before a reading."""
BROKEN_RUN = re.compile(BREAK.pattern + r"[^\n]{1,20}")


@cache
def having() -> dict[str, str]:
    """The characters that have a reading, by the reading, with its tone and without."""
    table = (Path(__file__).parent / "data" / "readings.txt").read_text("utf-8")
    toned = dict(line.split("\t") for line in table.splitlines())
    toneless: dict[str, str] = {}
    for reading, characters in toned.items():
        for bare in without_tone(reading):
            toneless[bare] = toneless.get(bare, "") + characters
    return {reading: toned.get(reading, "") + toneless.get(reading, "") for reading in toned.keys() | toneless.keys()}


def without_tone(reading: str) -> set[str]:
    """The spellings of a reading without its tone: lǜ is written lü, lu and lv."""
    letters = unicodedata.normalize("NFD", reading)
    bare = unicodedata.normalize("NFC", re.sub("[\\u0300\\u0301\\u0304\\u030c]", "", letters))
    return {bare, bare.replace("ü", "u"), bare.replace("ü", "v"), bare.replace("ê", "e")}


def valid(character: str, reading: str) -> bool:
    """True where the character has that reading, toned or toneless."""
    return character in having().get(reading, "")


@dataclass(frozen=True, slots=True)
class Survey:
    """The readings of a text, and what they say of it.

    damaged: a mirror put them there.  keys: the characters that carry one wherever they stand, with it.
    false: bracketed syllables that are no reading of the character before them.
    loose: a space follows each reading.
    """

    damaged: bool
    keys: Mapping[str, str]
    false: frozenset[tuple[str, str]]
    loose: bool
    japanese: bool = False

    def remove(self, text: str) -> tuple[str, int]:
        """The text without its readings, and how many there were."""
        text = ON_LETTER.sub(_without_letters_reading, text)
        pattern = LOOSE if self.loose else TIGHT
        if any(f"{character}({reading}" in text for character, reading in self.false):
            return pattern.subn(self._unless_false, text)
        return pattern.subn("", text)

    def _unless_false(self, found: re.Match[str]) -> str:
        pair = found.string[found.start() - 1], found[0].strip("() ")
        return found[0] if pair in self.false else ""


def _without_letters_reading(found: re.Match[str]) -> str:
    """溧l(xiāng)i: the trail byte of 溧 and the letter are the two bytes of 鄉."""
    lead = pairs().code.get(found[1], 0) & 0xFF
    key = pairs().character.get(lead << 8 | ord(found[2]), "")
    return "" if valid(key, found[3]) else found[0]


UNDAMAGED = Survey(False, {}, frozenset(), False)

LEAST = 3  # readings that make a damaged text
FEWEST = 2  # readings that do where everything else is beyond doubt
DENSITY = 0.004  # of its Han characters carry one
CONSTANCY = 0.6  # of all occurrences of the annotated characters carry one: a gloss stands at the first only
JAPANESE = 0.05  # of the characters of a Japanese text are kana, at least
CONVERTED = 0.6  # of the readings stand at forms that only traditional writing has
FAMILIAR, EVERYDAY = 115, 90  # the model's cost of a character that needs no gloss
IN_WORDS = 0.2  # of the readings stand behind two Han characters: a lesson annotates whole words
REPEATED = 5  # characters that stand more than once, always with a reading, where the forms tell nothing


def survey(text: str) -> Survey:
    """Look at all readings of a text, and judge from the whole whether a mirror put them there."""
    if text.count("(") < FEWEST:
        return UNDAMAGED
    found = Counter(ANNOTATED.findall(text))
    annotated: Counter[str] = Counter()
    reading_of: dict[str, str] = {}
    false = set()
    loose = 0
    for (character, reading, _, space), times in found.items():
        if valid(character, reading):
            annotated[character] += times
            reading_of[character] = reading
            loose += times * len(space)
        else:
            false.add((character, reading))
    total = annotated.total()
    if total < FEWEST:
        return UNDAMAGED
    occurrences = {character: text.count(character) for character in annotated}
    keys = {c: reading_of[c] for c, times in annotated.items() if times == occurrences[c]}
    japanese = len(KANA.findall(text)) > JAPANESE * len(text)
    damaged = _is_a_mirrors(text, annotated, occurrences, total, japanese)
    return Survey(damaged, keys, frozenset(false), loose > 0.8 * total, japanese)


def _is_a_mirrors(text: str, annotated: Counter[str], occurrences: dict[str, int], total: int, japanese: bool) -> bool:
    han = len(NOT_HAN.sub("", text))
    if total < DENSITY * han or total < CONSTANCY * sum(occurrences.values()):
        return False
    if japanese:  # nobody glosses Japanese in pinyin
        return total >= LEAST
    few = total < LEAST
    if len(INSIDE_WORD.findall(text)) < (1 if few else IN_WORDS) * total:
        return False
    simplified = dict(zip(annotated, simplify("".join(annotated)), strict=True))
    cost, number = model().single_cost, model().number
    familiar = sum(c in number and cost[number[c]] < (EVERYDAY if few else FAMILIAR) for c in simplified.values())
    converted = sum(times for c, times in annotated.items() if simplified[c] != c)
    if few:
        return familiar == len(annotated) and converted == total == sum(occurrences.values())
    if familiar < CONVERTED * len(annotated):
        return False
    repeated = sum(1 < times == occurrences[c] for c, times in annotated.items())
    return converted >= CONVERTED * total or repeated >= REPEATED
