"""A character trigram model of simplified Chinese, read from data/characters.lm.

training.py packs it.  The model knows symbols: characters, with one symbol for all digits and one
for all Latin letters.  A symbol is handled as its index.  A cost is minus the natural logarithm of a probability, in
tenths: costs add up, and the lowest is the likeliest.  What a context has not seen costs its back-off weight and the
cost after the shorter context.
"""

from __future__ import annotations

import errno
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from tibetnews.text.data_files import read_bytes
from tibetnews.text.repair.gbk import FULL_WIDTH

UTF_16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

BOUNDARY = "\n"
"""The symbol of a gap: the beginning of a text, a space, the end of a paragraph."""


def model_symbol(character: str) -> str:
    r"""Return the character's symbol: full-width marks, one 0 for all digits, one A for all letters.

    >>> [model_symbol(character) for character in "藏7７gＧ, "]
    ['藏', '0', '0', 'A', 'A', '，', '\n']
    """
    if character.isascii():
        if character.isdigit():
            return "0"
        if character.isalpha():
            return "A"
        if character.isspace():
            return BOUNDARY
        return FULL_WIDTH.get(character, character)
    if "０" <= character <= "９":
        return "0"
    if "Ａ" <= character <= "ｚ" and character.isalpha():  # ［＼］＾＿｀ stand between the letters
        return "A"
    return BOUNDARY if character.isspace() else character


class Context(NamedTuple):
    """What two symbols tell of the next one."""

    trigrams: Mapping[int, int]
    """The symbols seen after both, each with its cost."""
    bigram_backoff: int
    """Added to the costs of the symbols seen after the last one."""
    unigram_backoff: int
    """Added to the costs of all other symbols."""


_BLOCK = 64
"""Bigrams whose first trigram's place is kept together: to keep that of each would take longer to load."""
NO_TRIGRAMS: Mapping[int, int] = {}
UNSEEN_COST = 0xFF
"""Stands in a row of bigrams for what the model has not seen; no cost is as high."""


class LanguageModel:
    """The packed model; rows of bigrams are unpacked at first use."""

    def __init__(self, packed: bytes) -> None:
        data = memoryview(zlib.decompress(packed))
        offset = 0

        def take(kind: str, length: int) -> array[int]:
            nonlocal offset
            column = array(kind)
            column.frombytes(data[offset : offset + length * column.itemsize])
            offset += length * column.itemsize
            return column

        unigrams, bigrams, trigrams = take("I", 3)
        self.symbols = {chr(code): i for i, code in enumerate(take("H", unigrams))}
        self.unigram_cost = take("B", unigrams)
        self.unigram_backoff = take("B", unigrams)
        self._bigram_start = array("I", accumulate(take("H", unigrams), initial=0))
        self._bigram_last = take("H", bigrams)
        self._bigram_text = self._bigram_last.tobytes().decode(UTF_16)  # in which one symbol is found fast
        self.bigram_cost = take("B", bigrams)
        self.bigram_backoff = take("B", bigrams)
        self._trigrams = take("H", bigrams)
        blocks = range(0, bigrams, _BLOCK)
        self._block_start = array("I", accumulate((sum(self._trigrams[i : i + _BLOCK]) for i in blocks), initial=0))
        self._trigram_last = take("H", trigrams)
        self._trigram_cost = take("B", trigrams)
        self._bigrams_after: dict[int, bytearray] = {}

    def bigram(self, symbol: int, following: int) -> int:
        """Return the index of a pair of symbols, or -1 where the model has not seen it."""
        start = self._bigram_start[symbol]
        return self._bigram_text.find(chr(following), start, self._bigram_start[symbol + 1])

    def count_unseen(self, symbols: Iterable[int]) -> int:
        """Count the pairs of neighbours that the model has not seen; -1 stands for what it does not know."""
        return sum(first < 0 or second < 0 or self.bigram(first, second) < 0 for first, second in pairwise(symbols))

    def seen_after(self, symbol: int) -> Iterator[tuple[int, int]]:
        """Return the symbols seen after this one, each with its cost."""
        start, end = self._bigram_start[symbol], self._bigram_start[symbol + 1]
        return zip(self._bigram_last[start:end], self.bigram_cost[start:end], strict=True)

    def bigrams_after(self, symbol: int) -> bytearray:
        """Return what each symbol costs after this one, or UNSEEN_COST.

        The costs of a whole group of symbols are read from such a row in one call.
        """
        row = self._bigrams_after.get(symbol)
        if row is None:
            row = self._bigrams_after[symbol] = bytearray([UNSEEN_COST]) * len(self.unigram_cost)
            for following, cost in self.seen_after(symbol):
                row[following] = cost
        return row

    def trigrams_after(self, bigram: int) -> dict[int, int]:
        """Return the symbols seen after this bigram, each with its cost."""
        block, number = divmod(bigram, _BLOCK)
        start = self._block_start[block] + sum(self._trigrams[bigram - number : bigram])
        end = start + self._trigrams[bigram]
        return dict(zip(self._trigram_last[start:end], self._trigram_cost[start:end], strict=True))

    def context(self, before: int, last: int) -> Context:
        """Return what is known of the symbol after these two."""
        bigram, backoff = self.bigram(before, last), self.unigram_backoff[last]
        if bigram < 0:
            return Context(NO_TRIGRAMS, 0, backoff)
        longer = self.bigram_backoff[bigram]
        return Context(self.trigrams_after(bigram), longer, longer + backoff)


@cache
def language_model() -> LanguageModel:
    """Return the model that TIBETNEWS_LANGUAGE_MODEL names, or the shipped one; loaded once. Raises OSError."""
    if own := os.environ.get("TIBETNEWS_LANGUAGE_MODEL"):
        from pathlib import Path  # which few need, and which takes long to load

        try:
            return LanguageModel(Path(own).read_bytes())
        except (zlib.error, ValueError, OverflowError) as error:
            message = "TIBETNEWS_LANGUAGE_MODEL names no language model, which `tibetnews train` makes"
            raise OSError(errno.EINVAL, message, own) from error
    return LanguageModel(read_bytes("data/characters.lm"))


@lru_cache(maxsize=1 << 16)
def context(pair: int) -> Context:
    """Return what the model tells after a pair of symbols, ``last << 16 | before``."""
    return language_model().context(pair & 0xFFFF, pair >> 16)
