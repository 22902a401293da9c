"""Which simplified character did a mirror turn into this traditional one?

OpenCC's t2s answers for all characters but 著, which mirrors write for 着 as well, and a few that it leaves
traditional or turns in names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# 著 is meant: to write, works, well known, manifest.  Elsewhere it stands for 着.
_WRITE_OR_SUFFIX = re.compile(
    "著(?P<meant>(?=[作名称者述书录]|有《|的《|于世)|(?<=[署名编专译原遗合巨所拙新旧撰主显卓昭土较]著)"
    "|(?<=论著)(?<![议谈讨争]论著)|(?<=微知著))?"
)

# 塚 is kept in Japanese names, 锺 in the one Chinese name that everybody knows; t2s does not know 暱.
_NAMED = re.compile("冢(?:(?<=[手大平石三中赤犬户宝饭君]冢)|(?=[本田原越]))|锺(?!书)|暱")
_IN_NAMES = {"冢": "塚", "锺": "钟", "暱": "昵"}

_LONE = re.compile("([\ud800-\udfff])")
"""Half of a surrogate pair, as broken decoders leave it."""


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # at first use: the records' value types live in this package and must load without it

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters turned into simplified ones, one by one: the length stays."""
    if _LONE.search(text):  # OpenCC takes whole characters alone
        return "".join(piece if _LONE.match(piece) else simplify(piece) for piece in _LONE.split(text))
    converted: str = _converter().convert(text)
    if "冢" in converted or "锺" in converted or "暱" in converted:
        converted = _NAMED.sub(lambda found: _IN_NAMES[found[0]], converted)
    return _WRITE_OR_SUFFIX.sub(lambda found: "着" if found["meant"] is None else "著", converted)
