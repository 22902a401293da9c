"""Index of GBK characters by their bytes, and the candidates for a character of which one byte is known.

The characters worth trying are listed by the byte that is known, as (code, symbol): the two bytes, and the language
model's symbol of the simplified form.  Each list of candidates is made once and kept: pages meet the same few
thousand again and again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.language_model import BOUNDARY, language_model, model_symbol
from tibetnews.text.repair.parameters import (
    MAX_CANDIDATE_COST,
    MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS,
    MAX_UNSEEN_CANDIDATE_COST,
)
from tibetnews.text.repair.pinyin import characters_by_reading
from tibetnews.text.repair.simplification import simplify


class Character(NamedTuple):
    """A character as its GBK code and the language model's symbol."""

    code: int
    symbol: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterIndex:
    """Characters by what is known of them; the lists by byte hold only those worth trying."""

    symbol_of_code: dict[int, int]
    by_lead: dict[int, list[Character]]
    """By lead byte, those whose trail byte is no ASCII character."""
    by_trail: dict[int, list[Character]]
    before_vanishing_pair: dict[int, list[Character]]
    """By lead byte, those whose trail byte can begin a vanishing pair."""
    codes_before_vanishing_pair: dict[int, list[int]]
    """The same by symbol."""
    symbol_of: dict[str, int]
    characters_of_symbol: dict[int, str]
    boundary_symbol: int
    unconverted: frozenset[int]
    """Codes that a mirror of traditional script shows only where it leaves a form as it is."""


@cache
def character_index() -> CharacterIndex:
    """Return the index, made once."""
    table, language = code_table(), language_model()
    simplified = simplify("\n".join(table.code)).split("\n")
    symbol_of_code: dict[int, int] = {}
    by_lead: dict[int, list[Character]] = defaultdict(list)
    by_trail: dict[int, list[Character]] = defaultdict(list)
    before_vanishing: dict[int, list[Character]] = defaultdict(list)
    codes_before_vanishing: dict[int, list[int]] = defaultdict(list)
    for code, form in zip(table.code.values(), simplified, strict=True):
        symbol = None if form.isspace() else language.symbols.get(model_symbol(form))
        if symbol is None:
            continue
        symbol_of_code[code] = symbol
        if language.unigram_cost[symbol] < MAX_CANDIDATE_COST:
            lead, trail = code >> 8, code & 0xFF
            character = Character(code, symbol)
            by_trail[trail].append(character)
            if trail > 0x80:
                by_lead[lead].append(character)
            if trail in table.vanishing:
                before_vanishing[lead].append(character)
                codes_before_vanishing[symbol].append(code)
    symbol_of = {character: symbol_of_code[code] for character, code in table.code.items() if code in symbol_of_code}
    ascii_symbols = ((chr(code), model_symbol(chr(code))) for code in range(128))
    symbol_of |= {character: language.symbols[form] for character, form in ascii_symbols if form in language.symbols}
    characters_of_symbol: dict[int, str] = defaultdict(str)
    for shown, symbol in symbol_of.items():
        characters_of_symbol[symbol] += shown
    return CharacterIndex(
        symbol_of_code=symbol_of_code,
        by_lead=by_lead,
        by_trail=by_trail,
        before_vanishing_pair=before_vanishing,
        codes_before_vanishing_pair=codes_before_vanishing,
        symbol_of=symbol_of,
        characters_of_symbol=dict(characters_of_symbol),
        boundary_symbol=language.symbols[BOUNDARY],
        unconverted=frozenset(code for character, code in table.code.items() if _is_unconverted(character)),
    )


def _is_unconverted(character: str) -> bool:
    """Return whether it is a wide letter or digit, a rare bracket, or of simplified writing only (not in Big5)."""
    if "一" <= character <= "鿿":
        return not character.encode("cp950", "ignore")
    return character in "「」『』〔〕【】‘’" or (character.isalnum() and "０" <= character <= "ｚ")


@lru_cache(maxsize=1 << 13)
def codes_with_reading(reading: str, lead: int) -> tuple[int, ...]:
    """Return the codes of the characters with this reading and lead byte, and a trail byte that can be lost alone."""
    codes = (code_table().code[character] for character in characters_by_reading().get(reading, ""))
    return tuple(code for code in codes if code >> 8 == lead and code & 0xFF > 0x80)


@lru_cache(maxsize=1 << 12)
def codes_with_reading_after_vanishing_pair(reading: str, first: int) -> tuple[int, ...]:
    """Return the same with any lead byte that can end a vanishing pair after ``first``."""
    leads = code_table().vanishing[first]
    return tuple(code for lead in sorted(leads) for code in codes_with_reading(reading, lead))


class Candidates(NamedTuple):
    """Characters that could follow a symbol, the likeliest first, in three columns."""

    costs: bytes
    """Cost of each after the symbol, 255 at most."""
    codes: tuple[int, ...]
    symbols: tuple[int, ...]


@lru_cache(maxsize=1 << 15)
def candidates_with_trail_byte(last: int, trail: int) -> Candidates:
    """Return the characters with this trail byte that could follow the last symbol."""
    return _plausible(last, character_index().by_trail.get(trail, ()))


@lru_cache(maxsize=1 << 13)
def candidates_with_lead_byte(last: int, lead: int) -> Candidates:
    """Return the characters with this lead byte and a trail byte that can be lost alone."""
    return _plausible(last, character_index().by_lead.get(lead, ()))


@lru_cache(maxsize=1 << 14)
def candidates_before_vanishing_pair(last: int, lead: int) -> Candidates:
    """Return the characters with this lead byte whose trail byte can begin a vanishing pair."""
    return _plausible(last, character_index().before_vanishing_pair.get(lead, ()))


@lru_cache(maxsize=1 << 15)
def candidates_after_vanishing_pair(last: int, first: int, trail: int) -> Candidates:
    """Return the characters with this trail byte whose lead byte can end a vanishing pair after ``first``."""
    return _with_leads(code_table().vanishing[first], candidates_with_trail_byte(last, trail))


@lru_cache(maxsize=1 << 13)
def candidates_between_vanishing_pairs(last: int, first: int) -> Candidates:
    """Return a few likely characters that end a vanishing pair after ``first``, and begin another one."""
    return _with_leads(code_table().vanishing[first], _likeliest_before_vanishing_pair(last))


@lru_cache(maxsize=1 << 13)
def candidates_lost_after_vanishing_pair(last: int, first: int) -> Candidates:
    """Return a few likely characters that end a vanishing pair after ``first`` and lose their trail byte."""
    index, code = character_index(), code_table().code
    likeliest = sorted((cost, symbol) for symbol, cost in language_model().followers(last).items())
    rows = [
        (cost, code[character], symbol)
        for cost, symbol in likeliest[:MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS]
        for character in index.characters_of_symbol.get(symbol, "")
        if code.get(character, 0) & 0xFF > 0x80
    ]
    return _with_leads(code_table().vanishing[first], _in_columns(rows))


@lru_cache(maxsize=1 << 12)
def _likeliest_before_vanishing_pair(last: int) -> Candidates:
    codes = character_index().codes_before_vanishing_pair
    followers = language_model().followers(last)
    likeliest = sorted((cost, symbol) for symbol, cost in followers.items() if symbol in codes)
    likeliest = likeliest[:MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS]
    return _in_columns([(cost, code, symbol) for cost, symbol in likeliest for code in codes[symbol]])


def _plausible(last: int, characters: Collection[Character]) -> Candidates:
    language = language_model()
    unigram_cost, backoff = language.unigram_cost, language.unigram_backoff[last]
    rows = []
    for code, symbol in characters:
        bigram = language.bigram(last, symbol)
        if bigram >= 0:
            rows.append((language.bigram_cost[bigram], code, symbol))
        elif unigram_cost[symbol] < MAX_UNSEEN_CANDIDATE_COST:
            rows.append((min(backoff + unigram_cost[symbol], 255), code, symbol))
    return _in_columns(sorted(rows))


def _with_leads(leads: Collection[int], candidates: Candidates) -> Candidates:
    return _in_columns([row for row in zip(*candidates, strict=True) if row[1] >> 8 in leads])


def _in_columns(rows: list[tuple[int, int, int]]) -> Candidates:
    return Candidates(bytes(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows))
