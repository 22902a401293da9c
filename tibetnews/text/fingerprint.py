"""What two copies of one story have in common: a hash for equal ones, a sketch for similar ones."""

from __future__ import annotations

import hashlib
import re
import struct
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable
from functools import cache
from operator import eq

SAME_STORY = 0.46
"""Similarity from which on two texts tell one story: in five draws of the replica's pairs, 1 in 600 reprints with
up to 15 % of their characters edited stays below it, and 1 in 600 pairs of bulletins of one form reaches it."""

CELLS = 128
"""Cells of a fingerprint, of two bytes each."""

SHORTEST = 32
"""Shingles that a text must have for a fingerprint: stock phrases make shorter ones similar."""


def content_hash(title: str, text: str) -> str:
    """``sha256:`` and the digest of title and text without what two prints of one story may differ in.

    Width, case, white space and punctuation do not count; letters, digits and signs that carry meaning do.
    """
    digest = hashlib.sha256(f"{_spoken(_folded(title))}\n{_spoken(_folded(text))}".encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()}"


def fingerprint(text: str) -> bytes:
    """A sketch of the text, by which similarity() estimates how much of it stands in another.

    In goes the story without its title, since reprints have their own; what content_hash() ignores does not count.
    Out come CELLS cells, the same in every process, or nothing for a text of fewer than SHORTEST shingles.
    Fingerprints are stored: who changes what they are made of must have them made anew.

    Each shingle is hashed once; the last bits of its hash choose a cell, which keeps the least of the other bits
    (P. Li, A. Owen, C.-H. Zhang: One Permutation Hashing, NIPS 2012).
    """
    units, width = _units(text)
    if len(units) - width + 1 < SHORTEST:
        return b""
    least = [_EMPTY * CELLS] * CELLS
    for value in _hashes(units, width):
        if value < least[value % CELLS]:
            least[value % CELLS] = value
    return _SKETCH.pack(*[value // CELLS for value in least])


def similarity(a: bytes, b: bytes) -> float:
    """The estimated Jaccard figure, from 0 to 1, of the texts whose fingerprints these are; 0 where one is empty.

    The share of equal cells among those that one of the texts has filled, which is unbiased; its standard
    deviation is at most 0.5 / sqrt(CELLS) = 0.044 (section 3 of the paper above).
    """
    if not a or not b:
        return 0.0
    ours, theirs = _SKETCH.unpack(a), _SKETCH.unpack(b)
    equal: int = sum(map(eq, ours, theirs))
    blank = list(zip(ours, theirs, strict=True)).count((_EMPTY, _EMPTY)) if _EMPTY in ours else 0
    return (equal - blank) / (CELLS - blank)


_EMPTY = 0xFFFF
_SKETCH = struct.Struct(f"<{CELLS}H")


def _units(text: str) -> tuple[str, int]:
    """The text as a row of units, a character each, and how many units make a shingle.

    Chinese characters are units themselves; where they are the minority, each Tibetan syllable between tsheg
    marks, or each word, is a unit, and a character that its checksum chooses stands for it.
    """
    folded = _folded(text)
    characters = _spoken(folded)
    if 2 * sum(map(len, _CHINESE.findall(folded))) >= len(characters):
        return characters, 6
    words = _WORD.findall(folded)
    units = "".join([chr(zlib.crc32(word.encode("utf-8", "surrogatepass")) % 0xD800) for word in words])
    return units, 3


def _hashes(units: str, width: int) -> Iterable[int]:
    """A hash of 23 bits for each shingle.

    It is the sum of the shingle's code points, each times 40 random bits of its place, of which bits 16 to 38 are
    taken: strongly universal for 16-bit units (M. Dietzfelbinger, STACS 1996).  One multiplication makes all the
    sums, since the text as one long number with 64 bits a unit is convolved with the places' numbers; a sum of
    six products of 21 and 40 bits never overflows into the next.
    """
    row = int.from_bytes("\0".join(units).encode("utf-32-le", "surrogatepass"), "little")
    taken = int.from_bytes(b"\x00\x00\xff\xff\x7f\x00\x00\x00" * len(units), "little")
    sums = (row * _places(width) & taken).to_bytes(8 * len(units), "little")
    halves = array("I", sums[8 * (width - 1) + 2 :] + b"\0\0")
    if sys.byteorder == "big":
        halves.byteswap()
    return halves[::2]


@cache
def _places(width: int) -> int:
    """40 bits for each place of a shingle, 64 bits apart; those of SHA-256, so that they are nobody's choice."""
    digests = (hashlib.sha256(b"place %d" % place).digest() for place in range(width))
    return sum(int.from_bytes(digest[:5], "little") << 64 * place for place, digest in enumerate(digests))


def _folded(text: str) -> str:
    safe = _marks().sub("\\g<0>\u034f", _WIDE.sub(" ", text))
    return _FULL_STOP.sub("", unicodedata.normalize("NFKC", safe).casefold())


@cache
def _marks() -> re.Pattern[str]:
    """Thirty combining marks in a row, which no language has; a joiner after them, as the Stream-Safe Text Format of
    Unicode's annex 15 has it, keeps NFKC from sorting without end. All beyond the first plane pass for marks."""
    marks = "".join(chr(code) for code in range(0x10000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}\U00010000-\U0010ffff]{{30}}")


def _spoken(folded: str) -> str:
    return _unspoken().sub("", folded)


@cache
def _unspoken() -> re.Pattern[str]:
    """Runs of blanks, punctuation and control characters."""
    marks = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in _UNSPOKEN)
    return re.compile(f"[{re.escape(''.join(mark for mark in marks if mark not in _SPOKEN))}]+")


_FULL_STOP = re.compile(r"\.(?!(?<=\d\.)\d)")
_SPOKEN = ".%‰"
"""Marks of numbers: 3.5亿 is not 35亿. A full stop that is none went before."""

_WIDE = re.compile("[！（），：；？\\u3000]")
"""The frequent marks of full width, which NFKC is slow to narrow; what it makes of them is unspoken, like a blank."""

_UNSPOKEN = frozenset({"Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Cc", "Cf"})

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_WORD = re.compile(r"[\w.%‰\u0f18-\u0f39\u0f3e-\u0fbc]+")
"""Letters, digits and the signs of the Tibetan script that are neither tsheg nor shad, which end a syllable."""
