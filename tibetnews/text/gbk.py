"""Which two bytes is a character in GBK, and which pairs does a mirror show as nothing?

GB18030's pairs are meant: GBK with its user-defined area filled.  What decodes to a private-use
character (lead bytes AA-AF and F8-FE, A1-A7 with a trail byte under A1, unassigned places) is shown as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
MARKS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""ASCII marks that stand for full-width ones, since somebody changed the widths after the damage."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The table of pairs, both ways.  A code is lead << 8 | trail."""

    code: dict[str, int]
    character: dict[int, str]
    with_trail: dict[int, list[int]]
    with_lead: dict[int, list[int]]
    vanishing: dict[int, range]
    """First bytes of pairs that show as nothing, with the range of the second byte."""


@cache
def pairs() -> Pairs:
    """The table, made once from Python's own codec."""
    code: dict[str, int] = {}
    with_trail: dict[int, list[int]] = {}
    with_lead: dict[int, list[int]] = {}
    for lead in LEADS:
        row = b"".join(bytes((lead, trail)) for trail in TRAILS).decode("gb18030")
        for trail, character in zip(TRAILS, row, strict=True):
            if not "\ue000" <= character <= "\uf8ff":
                pair = lead << 8 | trail
                code[character] = pair
                with_trail.setdefault(trail, []).append(pair)
                with_lead.setdefault(lead, []).append(pair)
    vanishing = dict.fromkeys([*range(0xAA, 0xB0), *range(0xF8, 0xFF)], range(0xA1, 0xFF))
    vanishing |= dict.fromkeys(range(0xA1, 0xA8), range(0x40, 0xA1))
    return Pairs(code, {pair: c for c, pair in code.items()}, with_trail, with_lead, vanishing)
