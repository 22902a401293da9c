"""Which simplified character did a mirror turn into this traditional one?

OpenCC's t2s answers for all characters but 著, which mirrors write for 着 as well.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

# Words in which 著 is meant: to write, works, manifest, well known.
_WRITTEN = "署名编论专译原遗合巨所拙新旧撰主显卓昭土较遍"
_VERB_SUFFIX = re.compile(rf"(?<![{_WRITTEN}])著(?![作名称者述书录有])")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters turned into simplified ones, one by one: the length stays."""
    converted: str = _converter().convert(text)
    return _VERB_SUFFIX.sub("着", converted) if "著" in converted else converted
