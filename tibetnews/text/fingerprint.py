"""What two copies of one story have in common."""

from __future__ import annotations

import hashlib
import unicodedata


def content_hash(title: str, text: str) -> str:
    """``sha256:`` and the digest of title and text without what two prints of one story may differ in.

    Width, case, white space and punctuation do not count; letters, digits and signs that carry meaning do.
    """
    digest = hashlib.sha256(f"{_normal(title)}\n{_normal(text)}".encode())
    return f"sha256:{digest.hexdigest()}"


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] not in "ZPC")
