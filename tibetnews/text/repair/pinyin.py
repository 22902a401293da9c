"""Which readings has a character, and how do mirrors show them?

A reading in a text is a Han character, ``(``, one of the character's readings with or without its tone, ``)``;
some mirrors put a space behind the reading or behind the bracket (網(wǎng), 會(huì ), 產(chan) 權).
Which readings a character has is told by data/readings.txt.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

LETTERS = "a-zāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
HAN = "㐀-䶿一-鿿豈-﫿"

READING = re.compile(rf"\(([{LETTERS}]{{1,6}}) ?\)")
CUT_MARKS = "！，？；。!,?;"
BREAK = re.compile(rf"\?(?=[{CUT_MARKS}]|[{LETTERS}]{{1,6}} ?\))")
"""A lone lead byte before a cut or before a reading."""
BROKEN_RUN = re.compile(BREAK.pattern + r"[^\n]{1,20}")


@cache
def having() -> dict[str, str]:
    """The characters that have a reading, by the reading, with its tone and without."""
    toned = {reading: usually + also for reading, usually, also in _table()}
    toneless: dict[str, str] = {}
    for reading, characters in toned.items():
        for bare in without_tone(reading):
            toneless[bare] = toneless.get(bare, "") + characters
    return {reading: toned.get(reading, "") + toneless.get(reading, "") for reading in toned.keys() | toneless.keys()}


@cache
def _usual() -> dict[str, str]:
    return {reading: usually for reading, usually, _ in _table()}


def _table() -> list[list[str]]:
    """Each reading with its tone, the characters that have it as their most frequent one, and the others."""
    lines = files("tibetnews.text").joinpath("data/readings.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def without_tone(reading: str) -> set[str]:
    """The spellings of a reading without its tone: lǜ is written lü, lu and lv."""
    letters = unicodedata.normalize("NFD", reading)
    bare = unicodedata.normalize("NFC", re.sub("[\\u0300\\u0301\\u0304\\u030c]", "", letters))
    return {bare, bare.replace("ü", "u"), bare.replace("ü", "v"), bare.replace("ê", "e")}


def valid(character: str, reading: str) -> bool:
    """True where the character has that reading, toned or toneless."""
    return character in having().get(reading, "")


def usual(character: str, reading: str) -> bool:
    """True where this is the character's most frequent reading, with its tone: nobody needs to be told it."""
    return character in _usual().get(reading, "")
