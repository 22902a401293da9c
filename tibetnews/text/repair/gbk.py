"""GB18030's table of two-byte characters, and the pairs of bytes that disappear on a page.

The table is GBK with its user-defined and unassigned places filled.  Those decode to private-use characters (lead
bytes AA-AF and F8-FE, A1-A7 with a trail byte under A1, and some 250 more), which a page shows as nothing: they are
called vanishing pairs.  A code is ``lead << 8 | trail``.
"""

from __future__ import annotations

import struct
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
    pairs = [lead << 8 | trail for lead in LEADS for trail in TRAILS]
    characters = struct.pack(f">{len(pairs)}H", *pairs).decode("gb18030")
    code = dict(zip(characters, pairs, strict=True))
    vanishing: dict[int, list[int]] = {}
    for character in [character for character in characters if "\ue000" <= character <= "\uf8ff"]:
        pair = code.pop(character)
        vanishing.setdefault(pair >> 8, []).append(pair & 0xFF)
    return CodeTable(
        code,
        dict(zip(code.values(), code, strict=True)),
        {lead: frozenset(trails) for lead, trails in vanishing.items()},
    )
