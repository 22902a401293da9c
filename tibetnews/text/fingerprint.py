"""What two copies of one story have in common."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache


def content_hash(title: str, text: str) -> str:
    """``sha256:`` and the digest of title and text without what two prints of one story may differ in.

    Width, case, white space and punctuation do not count; letters, digits and signs that carry meaning do.
    """
    digest = hashlib.sha256(f"{_normal(title)}\n{_normal(text)}".encode())
    return f"sha256:{digest.hexdigest()}"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_unspoken())


@cache
def _unspoken() -> dict[int, None]:
    """Blanks, punctuation and control characters, for str.translate to take out."""
    return {code: None for code in range(0x10000) if unicodedata.category(chr(code)) in _UNSPOKEN}


_UNSPOKEN = frozenset({"Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Cc", "Cf"})
