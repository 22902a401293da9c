"""Which characters could stand in a damaged page, and what are they to the language model?

Candidates are listed by the byte that is known of them, with the number that the model gives to their simplified form.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tibetnews.text.gbk import pairs
from tibetnews.text.language_model import model, normal_form
from tibetnews.text.script import simplify

RARE = 155  # cost of a character that is not worth trying where nothing points to it


@dataclass(frozen=True, slots=True)
class Forms:
    """number: of each code the model's number.  The lists hold (code, number) of the characters worth trying."""

    number: dict[int, int]
    by_lead: dict[int, list[tuple[int, int]]]
    """with a trail byte that is no ASCII character, by their lead byte"""
    by_trail: dict[int, list[tuple[int, int]]]
    before_nothing: dict[int, list[tuple[int, int]]]
    """by their lead byte, those whose trail byte can begin a pair that shows as nothing"""
    codes: dict[int, list[int]]
    """of each number"""
    _following: dict[int, dict[int, list[tuple[int, int]]]]

    def following(self, number: int) -> dict[int, list[tuple[int, int]]]:
        """The characters that the model has seen after this one, by their trail byte."""
        by_trail = self._following.get(number)
        if by_trail is None:
            by_trail = self._following[number] = defaultdict(list)
            for after in model().followers(number):
                for code in self.codes.get(after, ()):
                    by_trail[code & 0xFF].append((code, after))
        return by_trail


@cache
def forms() -> Forms:
    """The lists, made once."""
    table = pairs()
    simplified = simplify("\n".join(table.code)).split("\n")
    language = model()
    number: dict[int, int] = {}
    by_lead: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_trail: dict[int, list[tuple[int, int]]] = defaultdict(list)
    before_nothing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    codes: dict[int, list[int]] = defaultdict(list)
    for code, form in zip(table.code.values(), simplified, strict=True):
        known = None if form.isspace() else language.number.get(normal_form(form))
        if known is None:
            continue
        number[code] = known
        codes[known].append(code)
        if language.single_cost[known] < RARE:
            lead, trail = code >> 8, code & 0xFF
            by_trail[trail].append((code, known))
            if trail > 0x80:
                by_lead[lead].append((code, known))
            if trail in table.vanishing:
                before_nothing[lead].append((code, known))
    return Forms(number, by_lead, by_trail, before_nothing, codes, {})
