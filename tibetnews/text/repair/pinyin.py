"""Pinyin readings of characters, and the patterns by which a mirror's annotations and breaks are found.

An annotation is a reading in brackets after its character, with or without the tone.  Some mirrors put a space after
the reading or after the bracket: 網(wǎng), 會(huì ), 產(chan) 權; some repeat it: 盆(pen)(pen).
data/readings.txt lists the readings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from tibetnews.text.data_files import read_text
from tibetnews.text.lazy_pattern import lazy_pattern

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"

_SYLLABLE = rf"([{LETTERS}]{{1,6}}+) ?+\)(?:(?! ?\()|(?: ?\(\1 ?\))*)"
"""The rest of an annotation after its bracket; some mirrors put it twice or three times.

To look for the next bracket first is faster than to try the repetition."""
ANNOTATION = lazy_pattern(rf"\({_SYLLABLE}")
SWALLOWED_ANNOTATION = lazy_pattern(rf"\?{_SYLLABLE}")
"""An annotation whose bracket a lone lead byte took along."""
CUT_MARKS = "！，？；。!,?;"
DAMAGE_START = lazy_pattern(rf"\?(?=[{CUT_MARKS}]|[{LETTERS}]{{1,6}} ?\))")
"""``?`` for a lone lead byte, before a cut or before an annotation whose bracket it took along."""


@cache
def characters_by_reading() -> dict[str, str]:
    """Return the characters that have a reading, by the reading with its tone and without.

    >>> "网" in characters_by_reading()["wǎng"], "网" in characters_by_reading()["wang"]
    (True, True)
    """
    toned = {reading: primary + others for reading, primary, others in _table()}
    toneless: dict[str, str] = {}
    for reading, characters in toned.items():
        for spelling in without_tone(reading):
            toneless[spelling] = toneless.get(spelling, "") + characters
    return {reading: toned.get(reading, "") + toneless.get(reading, "") for reading in toned.keys() | toneless.keys()}


@cache
def _characters_by_primary_reading() -> dict[str, str]:
    return {reading: primary for reading, primary, _ in _table()}


def _table() -> list[list[str]]:
    """Read each toned reading, the characters whose most frequent reading it is, and the others that have it."""
    return [line.split("\t") for line in read_text("data/readings.txt").splitlines()]


def without_tone(reading: str) -> set[str]:
    """Return the toneless spellings of a reading.

    >>> sorted(without_tone("lǜ"))
    ['lu', 'lv', 'lü']
    """
    letters = unicodedata.normalize("NFD", reading)
    bare = unicodedata.normalize("NFC", re.sub("[\\u0300\\u0301\\u0304\\u030c]", "", letters))
    return {bare, bare.replace("ü", "u"), bare.replace("ü", "v"), bare.replace("ê", "e")}


@lru_cache(maxsize=1 << 14)
def has_reading(character: str, reading: str) -> bool:
    """Return whether the character has that reading, with its tone or without.

    >>> has_reading("行", "háng"), has_reading("行", "xing"), has_reading("行", "ma")
    (True, True, False)
    """
    return character in characters_by_reading().get(reading, "")


def is_primary_reading(character: str, reading: str) -> bool:
    """Return whether this is the character's most frequent reading, with its tone, which readers know without help."""
    return character in _characters_by_primary_reading().get(reading, "")
