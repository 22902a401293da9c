"""Which characters of a text carry a pinyin reading that a mirror put there?

A reading is a Han character, ``(``, one of the character's readings with or without its tone, ``)``;
some mirrors put a space behind the reading or behind the bracket (網(wǎng), 會(huì ), 產(chan) 權).
Which readings a character has is told by data/readings.txt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
HAN = "㐀-䶿一-鿿豈-﫿"
ANNOTATED = re.compile(rf"([{HAN}])\(([{LETTERS}]{{1,6}}) ?\)")


@cache
def having() -> dict[str, str]:
    """The characters that have a reading, by the reading, with its tone and without."""
    toned: dict[str, str] = {}
    for line in (Path(__file__).parent / "data" / "readings.txt").read_text("utf-8").splitlines():
        reading, characters = line.split("\t")
        toned[reading] = characters
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

    damaged: a mirror put them there.  keys: the characters that carry one wherever they stand, with the reading.
    """

    damaged: bool
    keys: dict[str, str]
    false: frozenset[tuple[str, str]]

    def remove(self, text: str) -> tuple[str, int]:
        """The text without its readings, and how many there were."""
        if not self.false:
            return ANNOTATED.subn(r"\1", text)
        return ANNOTATED.subn(lambda m: m[0] if (m[1], m[2]) in self.false else m[1], text)


LEAST = 3  # readings that make a damaged text
DENSITY = 0.004  # of its Han characters carry one
CONSTANCY = 0.6  # of all occurrences of the annotated characters carry one


def survey(text: str) -> Survey:
    """Look at all readings of a text."""
    if text.count("(") < LEAST:
        return Survey(False, {}, frozenset())
    found = Counter(ANNOTATED.findall(text))
    annotated: Counter[str] = Counter()
    reading_of: dict[str, str] = {}
    false = set()
    for (character, reading), times in found.items():
        if valid(character, reading):
            annotated[character] += times
            reading_of[character] = reading
        else:
            false.add((character, reading))
    total = annotated.total()
    occurrences = {character: text.count(character) for character in annotated}
    keys = {c: reading_of[c] for c, times in annotated.items() if times == occurrences[c]}
    damaged = (
        total >= LEAST
        and total >= DENSITY * len(text)
        and total >= CONSTANCY * sum(occurrences.values())
    )
    return Survey(damaged, keys, frozenset(false))
