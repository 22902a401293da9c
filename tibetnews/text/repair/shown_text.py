"""The shown text of a damaged page, as the bytes and symbols that the search reads."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.characters import character_index
from tibetnews.text.repair.gbk import FULL_WIDTH, code_table
from tibetnews.text.repair.pinyin import ANNOTATION, CUT_MARKS, has_reading

FULL_WIDTH_ASCII = lazy_pattern("[！-～]")
SWALLOWED_TAG = lazy_pattern(r"\?/?[A-Za-z][A-Za-z0-9]{0,9}(?: [^<>\n]{0,200})?/?>")
YEAR = lazy_pattern("9[0-9][0-9]年|0[0-9][0-9]年")
FIRST_DIGIT_OF_YEAR = {"9": "1", "0": "2"}


class ShownBytes(NamedTuple):
    """The two bytes of a shown character, 0 if it has not two, and the end of its annotation.

    In a shifted run the first byte is the trail byte of an original character, and the second the next lead byte.
    """

    first: int
    second: int
    end: int


class Swallowed(NamedTuple):
    """What a lone lead byte took along."""

    end: int
    unknown: bool
    """An ASCII character that nothing tells."""
    ends_paragraph: bool
    before_ascii: bool
    digit: str
    """The first digit of a year, where that is what it was."""


class ShownText:
    """A page's text, read at positions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._code = code_table().code
        self._symbol_of = character_index().symbol_of
        self._bytes: dict[int, ShownBytes] = {}
        self._swallowed: dict[int, Swallowed] = {}

    @cached_property
    def narrowed(self) -> bool:
        """No full-width ASCII character is left, so that ASCII ones may have been full-width."""
        return not FULL_WIDTH_ASCII.search(self.text)

    def symbol(self, character: str) -> int:
        """Return the model's symbol of a shown character, or -1."""
        return self._symbol_of.get(character, -1)

    def bytes_at(self, position: int) -> ShownBytes:
        """Return the bytes of the character at the position."""
        known = self._bytes.get(position)
        if known is None:
            character = self.text[position]
            code = self._code.get(FULL_WIDTH.get(character, character), 0)
            end = self.after_annotation(character, position + 1) if code else position + 1
            known = self._bytes[position] = ShownBytes(code >> 8, code & 0xFF, end)
        return known

    def trail_at(self, position: int) -> int:
        """Return the byte that may be the trail byte of the character before: the first one, or an ASCII letter."""
        character = self.text[position]
        return ord(character) if "@" <= character <= "~" else self.bytes_at(position).first

    def after_annotation(self, character: str, position: int) -> int:
        """Return the end of the character's annotation, if one begins at this position; else the position."""
        if (
            self.text[position : position + 1] == "("
            and (match := ANNOTATION.match(self.text, position))
            and has_reading(character, match[1])
        ):
            return match.end()
        return position

    def swallowed_at(self, position: int) -> Swallowed:
        """Return what the lone lead byte at the position took along."""
        known = self._swallowed.get(position)
        if known is None:
            known = self._swallowed[position] = self._read_swallowed(position)
        return known

    def _read_swallowed(self, position: int) -> Swallowed:
        tag = SWALLOWED_TAG.match(self.text, position)
        end = tag.end() if tag else position + (self.text[position] == "?")
        following = self.text[end : end + 1]
        unknown = not tag and following not in f"{CUT_MARKS}\n"
        digit = FIRST_DIGIT_OF_YEAR[following] if unknown and YEAR.match(self.text, end) else ""
        return Swallowed(end, unknown, tag is not None or following in "\n", following.isascii(), digit)

    def next_symbols(self, position: int, number: int) -> list[int] | None:
        """Return the symbols of the next characters, or None where damage or a paragraph's end may follow."""
        symbols: list[int] = []
        while len(symbols) < number and position < len(self.text):
            character = self.text[position]
            end = self.after_annotation(character, position + 1)
            if character in "?(\n" or self.text[end : end + 1] == "(":
                return None
            symbols.append(self.symbol(character))
            position = end
        return symbols
