"""The files of the outlet's pictures: small JPEGs, each other than all others."""

from __future__ import annotations

_START = b"\xff\xd8"
_GREY = bytes.fromhex(
    "ffe000104a46494600010100000100010000ffdb004300"
    + "ff" * 64
    + "ffc0000b080001000101011100ffc40014000100000000000000000000000000000000ffc400"
    "14100100000000000000000000000000000000ffda0008010100003f003fffd9"
)
"""One grey point; 64 bytes of it are the table of a coarse quantisation."""


def jpeg(comment: str) -> bytes:
    """Return a picture with a comment of its own."""
    data = comment.encode()
    return _START + b"\xff\xfe" + (len(data) + 2).to_bytes(2, "big") + data + _GREY
