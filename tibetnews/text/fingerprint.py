"""What two copies of one story have in common."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache


def content_hash(title: str, text: str) -> str:
    """``sha256:`` and the digest of title and text without what two prints of one story may differ in.

    Width, case, white space and punctuation do not count; letters, digits and signs that carry meaning do.
    """
    digest = hashlib.sha256(f"{_normal(title)}\n{_normal(text)}".encode())
    return f"sha256:{digest.hexdigest()}"


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _FULL_STOP.sub("", folded).translate(_unspoken())


@cache
def _unspoken() -> dict[int, None]:
    """Blanks, punctuation and control characters, for str.translate to take out."""
    marks = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in _UNSPOKEN)
    return {ord(mark): None for mark in marks if mark not in _SPOKEN}


_FULL_STOP = re.compile(r"(?<!\d)\.|\.(?!\d)")
_SPOKEN = ".%‰"
"""Marks of numbers: 3.5亿 is not 35亿. A full stop that is none went before."""

_UNSPOKEN = frozenset({"Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Cc", "Cf"})
