"""Turns traditional characters back into the simplified ones that a mirror converted.

OpenCC's t2s does it for all characters but 著, which mirrors also write for 着, and a few characters of names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tibetnews.text.data_files import read_text
from tibetnews.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from opencc import OpenCC

# 著 is meant in words for writing, works, well known, manifest.  Elsewhere it stands for 着.
_WRITE_OR_SUFFIX = lazy_pattern(
    "著(?P<meant>(?=[作名称者述书录]|有《|的《|于世)|(?<=[署名编专译原遗合巨所拙新旧撰主显卓昭土较]著)"
    "|(?<=论著)(?<![议谈讨争]论著)|(?<=微知著))?"
)

# 塚 stays in Japanese names, 锺 in the one Chinese name that everybody knows; t2s does not know 暱.
_NAMED = lazy_pattern("冢(?:(?<=[手大平石三中赤犬户宝饭君]冢)|(?=[本田原越]))|锺(?!书)|暱")
_IN_NAMES = {"冢": "塚", "锺": "钟", "暱": "昵"}

_LONE_SURROGATE = lazy_pattern("[\ud800-\udfff]")


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # at first use: the records' value types live in this package and must load without it

    return OpenCC("t2s")


@cache
def _variants() -> tuple[re.Pattern[str], dict[int, str]]:
    rare, common = read_text("data/variants.txt").splitlines()
    return re.compile(f"[{rare}]"), {ord(a): b for a, b in zip(rare, common, strict=True)}


def replace_variants(text: str) -> str:
    """Return the text with common characters for the rare variants that some mirrors put for them, one for one.

    >>> replace_variants("这昰高原的悳和氣槩")
    '这是高原的德和氣概'
    """
    pattern, common = _variants()
    return text.translate(common) if pattern.search(text) else text


def simplify(text: str) -> str:
    """Return the text in simplified characters, one for one: the length stays.

    >>> simplify("討論著名的論著")
    '讨论著名的论著'
    >>> simplify("看著鍾馗")
    '看着钟馗'
    """
    if _LONE_SURROGATE.search(text):  # OpenCC refuses them
        characters = list(simplify(_LONE_SURROGATE.sub("\uffff", text)))
        for match in _LONE_SURROGATE.finditer(text):
            characters[match.start()] = match[0]
        return "".join(characters)
    converted: str = _converter().convert(text)
    if "冢" in converted or "锺" in converted or "暱" in converted:
        converted = _NAMED.sub(lambda match: _IN_NAMES[match[0]], converted)
    return _WRITE_OR_SUFFIX.sub(lambda match: "着" if match["meant"] is None else "著", converted)
