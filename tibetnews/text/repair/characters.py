"""Index of GBK characters by their bytes: which ones may stand where one byte is known.

The characters worth trying are grouped by the byte that is known.  A group finds its characters by the language model's
symbol of their simplified form, so that a search looks only at those that can follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from tibetnews.text.repair.gbk import LEADS, code_table
from tibetnews.text.repair.language_model import BOUNDARY, UNSEEN_COST, language_model, model_symbol
from tibetnews.text.repair.parameters import (
    MAX_CANDIDATE_COST,
    MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS,
    MAX_UNSEEN_CANDIDATE_COST,
)
from tibetnews.text.repair.pinyin import characters_by_reading
from tibetnews.text.repair.simplification import simplify


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Characters of which something is known in common."""

    codes: dict[int, tuple[int, ...]]
    """The GBK codes of each symbol."""
    costs_in: Callable[[bytearray], Sequence[int]]
    """Returns what these symbols cost in a row of bigrams, in their order."""
    frequent: tuple[tuple[int, int], ...]
    """Unigram cost and symbol of those that are tried where the model has not seen them; the likeliest first."""


class Followers(NamedTuple):
    """What the model tells of a group's symbols after another symbol."""

    costs: Sequence[int]
    """What each of them costs there, in the group's order, or UNSEEN_COST; the back-off weight is added."""
    lowest: int
    """The lowest of these costs; of all symbols, where the group has none."""


@lru_cache(maxsize=1 << 14)
def followers(last: int, group: Group) -> Followers:
    """Return what the model tells of the group after this symbol: the hypotheses of all pages ask for the same."""
    model = language_model()
    if not group.codes:
        return Followers((), min([cost for _, cost in model.seen_after(last)], default=UNSEEN_COST))
    costs = group.costs_in(model.bigrams_after(last))
    return Followers(costs, min(costs))


class Groups(dict[int, Group]):
    """Groups by the byte that is known, each made when it is first asked for."""

    def __init__(self, codes: Mapping[int, list[int]], symbol_of_code: Mapping[int, int]) -> None:
        super().__init__()
        self._codes = codes
        self._symbol_of_code = symbol_of_code

    def __missing__(self, byte: int) -> Group:
        group = self[byte] = _group(self._codes.get(byte, ()), self._symbol_of_code)
        return group


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterIndex:
    """Characters by what is known of them; the groups by byte hold only those worth trying."""

    symbol_of_code: dict[int, int]
    by_lead: Groups
    """By lead byte, those whose trail byte is no ASCII character."""
    by_trail: Groups
    before_vanishing_pair: Groups
    """By lead byte, those whose trail byte can begin a vanishing pair."""
    codes_before_vanishing_pair: dict[int, tuple[int, ...]]
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
    by_lead: dict[int, list[int]] = defaultdict(list)
    by_trail: dict[int, list[int]] = defaultdict(list)
    before_vanishing: dict[int, list[int]] = defaultdict(list)
    for code, form in zip(table.code.values(), simplified, strict=True):
        if "一" <= form <= "鿿":  # as nearly all
            symbol = language.symbols.get(form)
        else:
            symbol = None if form.isspace() else language.symbols.get(model_symbol(form))
        if symbol is None:
            continue
        symbol_of_code[code] = symbol
        if language.unigram_cost[symbol] < MAX_CANDIDATE_COST:
            lead, trail = code >> 8, code & 0xFF
            by_trail[trail].append(code)
            if trail > 0x80:
                by_lead[lead].append(code)
            if trail in table.vanishing:
                before_vanishing[lead].append(code)
    symbol_of = {character: symbol_of_code[code] for character, code in table.code.items() if code in symbol_of_code}
    ascii_symbols = ((chr(code), model_symbol(chr(code))) for code in range(128))
    symbol_of |= {character: language.symbols[form] for character, form in ascii_symbols if form in language.symbols}
    characters_of_symbol: dict[int, str] = defaultdict(str)
    for shown, symbol in symbol_of.items():
        characters_of_symbol[symbol] += shown
    before_any = _group((code for codes in before_vanishing.values() for code in codes), symbol_of_code)
    return CharacterIndex(
        symbol_of_code=symbol_of_code,
        by_lead=Groups(by_lead, symbol_of_code),
        by_trail=Groups(by_trail, symbol_of_code),
        before_vanishing_pair=Groups(before_vanishing, symbol_of_code),
        codes_before_vanishing_pair=before_any.codes,
        symbol_of=symbol_of,
        characters_of_symbol=dict(characters_of_symbol),
        boundary_symbol=language.symbols[BOUNDARY],
        unconverted=frozenset(_unconverted(table.code)),
    )


def count_unseen_pairs(shown: str) -> int:
    """Count the neighbours, in whatever script, that the language model has not seen one after the other."""
    symbol_of = character_index().symbol_of
    return language_model().count_unseen(symbol_of.get(character, -1) for character in shown)


def _group(codes: Iterable[int], symbol_of_code: Mapping[int, int]) -> Group:
    by_symbol: dict[int, tuple[int, ...]] = {}
    for code in codes:
        symbol = symbol_of_code[code]
        by_symbol[symbol] = (*by_symbol[symbol], code) if symbol in by_symbol else (code,)
    cost = language_model().unigram_cost
    frequent = sorted((cost[symbol], symbol) for symbol in by_symbol if cost[symbol] < MAX_UNSEEN_CANDIDATE_COST)
    return _made(by_symbol, tuple(frequent))


def _made(codes: dict[int, tuple[int, ...]], frequent: tuple[tuple[int, int], ...]) -> Group:
    """Return the group; a getter of fewer than two items returns no sequence, so that the first is read twice."""
    return Group(codes, itemgetter(*codes, next(iter(codes))) if codes else bytes, frequent)


NOTHING = _made({}, ())


def _unconverted(code: Mapping[str, int]) -> Iterator[int]:
    """Yield the codes of wide letters and digits, rare brackets, and what only simplified writing has (not in Big5)."""
    traditional = set("".join(code).encode("cp950", "ignore").decode("cp950"))
    for character in code.keys() - traditional:
        if "一" <= character <= "鿿":
            yield code[character]
    for character in "「」『』〔〕【】‘’":
        yield code[character]
    for character in map(chr, range(ord("０"), ord("ｚ") + 1)):
        if character.isalnum():
            yield code[character]


@lru_cache(maxsize=1 << 11)
def _codes_with_reading(reading: str) -> dict[int, tuple[int, ...]]:
    """Return the codes of the characters with this reading and a trail byte that can be lost alone, by lead byte."""
    by_lead: dict[int, tuple[int, ...]] = {}
    for character in characters_by_reading().get(reading, ""):
        code = code_table().code[character]
        if code & 0xFF > 0x80:
            by_lead[code >> 8] = (*by_lead.get(code >> 8, ()), code)
    return by_lead


def codes_with_reading(reading: str, lead: int) -> tuple[int, ...]:
    """Return the codes of the characters with this reading and lead byte, and a trail byte that can be lost alone."""
    return _codes_with_reading(reading).get(lead, ())


@lru_cache(maxsize=1 << 13)
def codes_with_reading_after_vanishing_pair(reading: str, first: int) -> list[int]:
    """Return the same with any lead byte that can end a vanishing pair after ``first``."""
    leads = code_table().vanishing[first]
    return [code for lead, codes in _codes_with_reading(reading).items() if lead in leads for code in codes]


@cache
def _leads_after(first: int) -> frozenset[int]:
    """Return the lead bytes that can end a vanishing pair after this byte."""
    return code_table().vanishing[first].intersection(LEADS)


@cache
def after_vanishing_pair(first: int, trail: int) -> Group:
    """Return the characters with this trail byte whose lead byte can end a vanishing pair after ``first``."""
    return _with_trail(_leads_after(first), trail)


@cache
def _with_trail(leads: frozenset[int], trail: int) -> Group:
    group = character_index().by_trail[trail]
    return _with_leads(leads, group.codes, group.frequent)


@lru_cache(maxsize=1 << 12)
def between_vanishing_pairs(last: int, first: int) -> Group:
    """Return a few likely characters that end a vanishing pair after ``first``, and begin another one."""
    codes = character_index().codes_before_vanishing_pair
    return _with_leads(_leads_after(first), {symbol: codes[symbol] for symbol in _likeliest_before(last)})


@lru_cache(maxsize=1 << 12)
def lost_after_vanishing_pair(last: int, first: int) -> Group:
    """Return a few likely characters that end a vanishing pair after ``first`` and lose their trail byte."""
    code, characters = code_table().code, character_index().characters_of_symbol
    followers = dict(language_model().seen_after(last))
    likeliest = sorted(followers, key=followers.__getitem__)[:MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS]
    codes = {symbol: tuple(code.get(character, 0) for character in characters.get(symbol, "")) for symbol in likeliest}
    losing = {symbol: tuple(code for code in forms if code & 0xFF > 0x80) for symbol, forms in codes.items()}
    return _with_leads(_leads_after(first), losing)


@lru_cache(maxsize=1 << 12)
def _likeliest_before(last: int) -> list[int]:
    """Return the likeliest symbols after this one that can begin a vanishing pair."""
    followers = dict(language_model().seen_after(last))
    likeliest = sorted(followers.keys() & character_index().codes_before_vanishing_pair, key=followers.__getitem__)
    return likeliest[:MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS]


def _with_leads(
    leads: frozenset[int], codes: dict[int, tuple[int, ...]], frequent: tuple[tuple[int, int], ...] = ()
) -> Group:
    kept: dict[int, tuple[int, ...]] = {}
    for symbol, forms in codes.items():
        if len(forms) == 1:  # as most
            if forms[0] >> 8 in leads:
                kept[symbol] = forms
        elif left := tuple([code for code in forms if code >> 8 in leads]):
            kept[symbol] = left
    return _made(kept, tuple([one for one in frequent if one[1] in kept]))
