"""How likely is a character after two others?

A trigram model of simplified Chinese, packed by scripts/build_repair_tables.py.  Characters are
numbers; what a model does not tell apart (all digits, all Latin letters) has one number.  A cost is
minus the natural logarithm of a probability, in tenths: costs add up, and the lowest is the likeliest.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from functools import cache
from importlib.resources import files
from itertools import accumulate

UNSEEN = 160
"""Cost of a character that the model has never met."""

UTF_16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

START = "\n"
"""The character that stands for a gap: the beginning of a text, a space, the end of a paragraph."""

_FULL_WIDTH = {chr(c): chr(c + 0xFEE0) for c in b",:;?!()"}


def normal_form(character: str) -> str:
    """The character as the model sees it: full-width marks, one 0 for all digits, one A for all letters."""
    if character.isascii():
        if character.isdigit():
            return "0"
        if character.isalpha():
            return "A"
        if character.isspace():
            return START
        return _FULL_WIDTH.get(character, character)
    if "０" <= character <= "９":
        return "0"
    if "Ａ" <= character <= "ｚ":
        return "A"
    return START if character.isspace() else character


class LanguageModel:
    """The packed model; rows of followers are unpacked when first asked for."""

    def __init__(self, packed: bytes) -> None:
        data = memoryview(zlib.decompress(packed))
        offset = 0

        def take(kind: str, length: int) -> array[int]:
            nonlocal offset
            column = array(kind)
            column.frombytes(data[offset : offset + length * column.itemsize])
            offset += length * column.itemsize
            return column

        singles, pairs, trigrams = take("I", 3)
        self.number = {chr(code): i for i, code in enumerate(take("H", singles))}
        self.single_cost = take("B", singles)
        self.single_rest = take("B", singles)
        self._pair_start = array("I", accumulate(take("H", singles), initial=0))
        self._pair_last = take("H", pairs).tobytes().decode(UTF_16)
        self.pair_cost = take("B", pairs)
        self.pair_rest = take("B", pairs)
        self._trigram_start = array("I", accumulate(take("H", pairs), initial=0))
        self._trigram_last = take("H", trigrams)
        self._trigram_cost = take("B", trigrams)
        self._thirds: dict[int, dict[int, int]] = {}

    def pair(self, character: int, following: int) -> int:
        """The number of a pair of characters, or -1."""
        start = self._pair_start[character]
        return self._pair_last.find(chr(following), start, self._pair_start[character + 1])

    def followers(self, character: int) -> dict[int, int]:
        """Characters seen after this one, each with its cost."""
        start, end = self._pair_start[character], self._pair_start[character + 1]
        return dict(zip(map(ord, self._pair_last[start:end]), self.pair_cost[start:end], strict=True))

    def thirds(self, pair: int) -> dict[int, int]:
        """Characters seen after this pair, each with its cost."""
        row = self._thirds.get(pair)
        if row is None:
            start, end = self._trigram_start[pair], self._trigram_start[pair + 1]
            row = dict(zip(self._trigram_last[start:end], self._trigram_cost[start:end], strict=True))
            self._thirds[pair] = row
        return row

    def cost(self, character: int, pair: int, following: int) -> int:
        """Cost of ``following`` after a character that ends a pair; ``pair`` is -1 where the model has not met it."""
        rest = 0
        if pair >= 0:
            thirds = self._thirds.get(pair)
            if thirds is None:
                thirds = self.thirds(pair)
            cost = thirds.get(following)
            if cost is not None:
                return cost
            rest = self.pair_rest[pair]
        start = self._pair_start[character]
        next_pair = self._pair_last.find(chr(following), start, self._pair_start[character + 1])
        if next_pair >= 0:
            return rest + self.pair_cost[next_pair]
        return rest + self.single_rest[character] + self.single_cost[following]


@cache
def model() -> LanguageModel:
    """The model that the library ships, loaded once."""
    return LanguageModel(files("tibetnews.text").joinpath("data/characters.lm").read_bytes())
