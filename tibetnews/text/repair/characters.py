"""Which characters could stand in a damaged page, and what are they to the language model?

They are listed by the byte that is known of them, as (code, number): the two bytes, and the number that the
model gives to the character's simplified form.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tibetnews.text.repair.gbk import pairs
from tibetnews.text.repair.language_model import START, model, normal_form
from tibetnews.text.repair.simplification import simplify

RARE = 155  # cost of a character that is not worth trying where nothing points to it

Character = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """number: of each code the model's number.  The lists hold the characters worth trying."""

    number: dict[int, int]
    by_lead: dict[int, list[Character]]
    """with a trail byte that is no ASCII character, by their lead byte"""
    by_trail: dict[int, list[Character]]
    before_nothing: dict[int, list[Character]]
    """by their lead byte, those whose trail byte can begin a pair that shows as nothing"""
    codes_before_nothing: dict[int, list[int]]
    """the same by their number"""
    of: dict[str, int]
    """of each character the model's number"""
    spelled: dict[int, str]
    """of each number of the model its characters"""
    gap: int
    """the model's number of what it does not know"""
    unlikely: frozenset[int]
    """codes of what a mirror of traditional script shows only where the page says so"""


@cache
def forms() -> Forms:
    """The lists, made once."""
    table = pairs()
    simplified = simplify("\n".join(table.code)).split("\n")
    language = model()
    number: dict[int, int] = {}
    by_lead: dict[int, list[Character]] = defaultdict(list)
    by_trail: dict[int, list[Character]] = defaultdict(list)
    before_nothing: dict[int, list[Character]] = defaultdict(list)
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
    spelled: dict[int, str] = defaultdict(str)
    for character, known in of.items():
        spelled[known] += character
    unlikely = frozenset(code for character, code in table.code.items() if _is_unlikely(character))
    return Forms(number, by_lead, by_trail, before_nothing, codes, of, dict(spelled), language.number[START], unlikely)


def _is_unlikely(character: str) -> bool:
    """True for wide letters and digits, rare brackets, and what only simplified writing has (not in Big5)."""
    if "一" <= character <= "鿿":
        return not character.encode("cp950", "ignore")
    return character in "「」『』〔〕【】‘’" or "０" <= character <= "ｚ"
