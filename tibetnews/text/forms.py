"""Which characters could stand in a damaged page, and what are they to the language model?

Candidates are listed by the byte that is known of them, as (code, number): the two bytes, and the number
that the model gives to the character's simplified form.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from tibetnews.text.gbk import pairs
from tibetnews.text.language_model import model, normal_form
from tibetnews.text.script import simplify

COMMON = 95  # cost of a character that is tried even where the model has never seen it after the one before
RARE = 155  # cost of a character that is not worth trying where nothing points to it
FEW = 12  # likeliest characters that are tried where neither of their bytes is known

Candidate = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """number: of each code the model's number.  The lists hold the characters worth trying."""

    number: dict[int, int]
    by_lead: dict[int, list[Candidate]]
    """with a trail byte that is no ASCII character, by their lead byte"""
    by_trail: dict[int, list[Candidate]]
    before_nothing: dict[int, list[Candidate]]
    """by their lead byte, those whose trail byte can begin a pair that shows as nothing"""
    codes_before_nothing: dict[int, list[int]]
    """the same by their number"""
    of: dict[str, int]
    """of each character the model's number"""
    unlikely: frozenset[int]
    """codes of what a mirror of traditional script shows only where the page says so"""


@cache
def forms() -> Forms:
    """The lists, made once."""
    table = pairs()
    simplified = simplify("\n".join(table.code)).split("\n")
    language = model()
    number: dict[int, int] = {}
    by_lead: dict[int, list[Candidate]] = defaultdict(list)
    by_trail: dict[int, list[Candidate]] = defaultdict(list)
    before_nothing: dict[int, list[Candidate]] = defaultdict(list)
    codes: dict[int, list[int]] = defaultdict(list)
    for code, form in zip(table.code.values(), simplified, strict=True):
        known = None if form.isspace() else language.number.get(normal_form(form))
        if known is None:
            continue
        number[code] = known
        if language.single_cost[known] < RARE:
            lead, trail = code >> 8, code & 0xFF
            by_trail[trail].append((code, known))
            if trail > 0x80:
                by_lead[lead].append((code, known))
            if trail in table.vanishing:
                before_nothing[lead].append((code, known))
                codes[known].append(code)
    of = {character: number[code] for character, code in table.code.items() if code in number}
    of |= {chr(c): language.number[normal_form(chr(c))] for c in range(128) if normal_form(chr(c)) in language.number}
    unlikely = frozenset(code for character, code in table.code.items() if _is_unlikely(character))
    return Forms(number, by_lead, by_trail, before_nothing, codes, of, unlikely)


def _is_unlikely(character: str) -> bool:
    """True for wide letters and digits, rare brackets, and what only simplified writing has (not in Big5)."""
    if "一" <= character <= "鿿":
        return not character.encode("cp950", "ignore")
    return character in "「」『』〔〕【】‘’" or "０" <= character <= "ｚ"


@lru_cache(maxsize=1 << 16)
def following_with_trail(last: int, trail: int) -> list[tuple[int, int, int]]:
    """The characters with this trail byte that could follow the last one, each with its cost there."""
    language = model()
    return [
        (code, number, language.step(last, -1, number)[0])
        for code, number in _plausible(last, forms().by_trail.get(trail, ()))
    ]


@lru_cache(maxsize=1 << 16)
def following_before_nothing(last: int, lead: int) -> list[Candidate]:
    """The characters with this lead byte, before a vanished pair, that could follow the last one."""
    return _plausible(last, forms().before_nothing.get(lead, ()))


@lru_cache(maxsize=1 << 13)
def following_between_nothings(last: int) -> list[Candidate]:
    """The likeliest characters after the last one whose trail byte can begin a pair that shows as nothing."""
    followers, cost, codes = model().followers(last), model().pair_cost, forms().codes_before_nothing
    likeliest = sorted((number for number in followers if number in codes), key=lambda n: cost[followers[n]])
    return [(code, number) for number in likeliest[:FEW] for code in codes[number]]


def _plausible(last: int, candidates: list[Candidate] | tuple[()]) -> list[Candidate]:
    followers, cost = model().followers(last), model().single_cost
    return [c for c in candidates if c[1] in followers or cost[c[1]] < COMMON]
