"""Which two bytes is a character in GBK, and which pairs does a mirror show as nothing?

GB18030's pairs are meant: GBK with its user-defined and unassigned places filled.  Those decode to
private-use characters (lead bytes AA-AF and F8-FE, A1-A7 with a trail byte under A1, and some 250 more),
which show as nothing.
A code is lead << 8 | trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
MARKS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""ASCII marks that may stand for full-width ones, since somebody changed the widths after the damage."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The table of pairs, both ways."""

    code: dict[str, int]
    character: dict[int, str]
    vanishing: dict[int, frozenset[int]]
    """First bytes of the pairs that show as nothing, with their second bytes."""


@cache
def pairs() -> Pairs:
    """The table, made once from Python's own codec."""
    code: dict[str, int] = {}
    vanishing: dict[int, frozenset[int]] = {}
    for lead in LEADS:
        row = b"".join(bytes((lead, trail)) for trail in TRAILS).decode("gb18030")
        nothing = set()
        for trail, character in zip(TRAILS, row, strict=True):
            if "\ue000" <= character <= "\uf8ff":
                nothing.add(trail)
            else:
                code[character] = lead << 8 | trail
        if nothing:
            vanishing[lead] = frozenset(nothing)
    return Pairs(code, {pair: c for c, pair in code.items()}, vanishing)
