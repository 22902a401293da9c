"""GB18030's table of two-byte characters, and the pairs of bytes that disappear on a page.

The table is GBK with its user-defined and unassigned places filled.  Those decode to private-use characters (lead
bytes AA-AF and F8-FE, A1-A7 with a trail byte under A1, and some 250 more), which a page shows as nothing: they are
called vanishing pairs.  A code is ``lead << 8 | trail``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""ASCII marks that may stand for full-width ones: mirrors, or whoever stored the page, change the widths last."""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The table of two-byte characters, in both directions."""

    code: dict[str, int]
    character: dict[int, str]
    vanishing: dict[int, frozenset[int]]
    """Lead bytes of the vanishing pairs, each with the trail bytes."""


@cache
def code_table() -> CodeTable:
    """Return the table, made once from Python's own codec.

    >>> hex(code_table().code["学"]), 0xA1 in code_table().vanishing[0xF8]
    ('0xd1a7', True)
    """
    code: dict[str, int] = {}
    vanishing: dict[int, frozenset[int]] = {}
    for lead in LEADS:
        row = b"".join(bytes((lead, trail)) for trail in TRAILS).decode("gb18030")
        unshown = set()
        for trail, character in zip(TRAILS, row, strict=True):
            if "\ue000" <= character <= "\uf8ff":
                unshown.add(trail)
            else:
                code[character] = lead << 8 | trail
        if unshown:
            vanishing[lead] = frozenset(unshown)
    return CodeTable(code, {pair: character for character, pair in code.items()}, vanishing)
