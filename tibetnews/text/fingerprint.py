"""Recognises copies of one story: a hash for equal ones, a fingerprint for similar ones."""

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
from typing import NamedTuple

from tibetnews.text import facts
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.script import fold_script
from tibetnews.text.unicode_ranges import HAN

SAME_STORY = 0.46
"""Similarity from which two texts tell one story, where a fingerprint of an earlier version holds no facts."""

MIN_CONTAINED = 0.54
"""Share of the shorter text's shingles that a copy has: a reprint with 30 % of its characters edited in runs has 0.6.

Tuned, with the figures of facts.py, on 1,000 television news of 2022 to 2024: halves, stories without their last
paragraph, and reprints edited in runs on the one side, the same stories with all figures and places changed on the
other. ``make bench`` measures such pairs of the replica's own."""

MIN_LENGTH_SHARE = 0.4
"""Length of the shorter text as a share of the longer one: a sentence that stands in a long story is no copy of it."""

CELLS = 128
"""Cells of a fingerprint, of two bytes each."""

MIN_SHINGLES = 32
"""Shingles that a text must have for a fingerprint: stock phrases make shorter ones similar."""


def content_hash(title: str, text: str) -> str:
    """Return ``sha256:`` and the digest of a story; copies that differ in its print only have the same.

    Width, case, script, white space and punctuation do not count; letters, digits and signs that carry meaning do.

    >>> content_hash("西藏春来早", "他说：“好！”") == content_hash("西藏 春来早", "他说:'好'")
    True
    """
    return _digest([fold_script(_folded(part)) for part in (title, text)])


def is_content_hash(digest: str | None, title: str, text: str) -> bool:
    """Return whether the digest is the story's :func:`content_hash`, now or as it was before script was folded.

    >>> is_content_hash(content_hash("西藏", "春天"), "西藏", "春天"), is_content_hash(None, "西藏", "春天")
    (True, False)
    """
    return digest in (content_hash(title, text), _digest([_folded(title), _folded(text)]))


def _digest(folded: Iterable[str]) -> str:
    normalised = "\n".join(map(_without_punctuation, folded))
    return f"sha256:{hashlib.sha256(normalised.encode('utf-8', 'surrogatepass')).hexdigest()}"


def fingerprint(text: str) -> bytes:
    """Return a sketch of a text, by which :func:`similarity` estimates how much of it stands in another.

    Fingerprints are stored in the ledger: a change of this function needs all of them computed again.

    Each shingle is hashed once; the last bits of its hash choose a cell, which keeps the smallest of the other bits
    (P. Li, A. Owen, C.-H. Zhang: One Permutation Hashing, NIPS 2012).

    Args:
        text: the story without its title, since reprints have their own. What content_hash() ignores is ignored.

    Returns:
        2 * CELLS bytes of the cells, two of the number of shingles, and the sketch of the text's facts. The same in
        every process; no bytes for a text of fewer than MIN_SHINGLES shingles.

    >>> len(fingerprint("西藏的春天来得晚，牧民们说，3天的雪下得正好。" * 3)), fingerprint("西藏春来早。")
    (263, b'')
    """
    narrow = _narrow(text)
    units, width = _units(_FULL_STOP.sub("", narrow))
    if len(units) - width + 1 < MIN_SHINGLES:
        return b""
    smallest = [_EMPTY * CELLS] * CELLS
    for value in _hashes(units, width):
        if value < smallest[value % CELLS]:
            smallest[value % CELLS] = value
    cells = _SKETCH.pack(*[value // CELLS for value in smallest])
    return (
        cells
        + _COUNT.pack(min(len(units) - width + 1, 0xFFFF))
        + facts.sketch(fold_script(_FULL_STOP.sub(" ", narrow)))
    )


def story_similarity(a: bytes, b: bytes) -> float | None:
    """Return the :func:`similarity` of two texts that tell one story, by their fingerprints; None for all others.

    A copy has most of the shorter text's shingles, and of its facts. Two weather reports share the former only.

    >>> report = "今天白天，拉萨多云，最高气温{}度，南部有小雨，请市民注意出行安全。明天最低气温{}度，风力{}级。"
    >>> today, tomorrow = (fingerprint(report.format(*figures)) for figures in ((21, 9, 3), (17, 6, 4)))
    >>> story_similarity(today, today), story_similarity(today, tomorrow)
    (1.0, None)
    """
    likeness = similarity(a, b)
    if len(a) <= _SKETCH.size or len(b) <= _SKETCH.size:
        return likeness if likeness >= SAME_STORY else None
    ours, theirs = (_COUNT.unpack_from(sketch, _SKETCH.size)[0] for sketch in (a, b))
    contained = min(1.0, likeness * (ours + theirs) / (1 + likeness) / min(ours, theirs))
    if contained < MIN_CONTAINED or min(ours, theirs) < MIN_LENGTH_SHARE * max(ours, theirs):
        return None
    behind = _SKETCH.size + _COUNT.size
    return likeness if facts.agree(a[behind:], b[behind:], contained) else None


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated Jaccard similarity, from 0 to 1, of two texts by their fingerprints; 0 where one is empty.

    It is the share of equal cells among those that one of the texts has filled, which is unbiased; its standard
    deviation is at most 0.5 / sqrt(CELLS) = 0.044 (section 3 of the paper above).

    >>> a = fingerprint("西藏的春天来得晚，牧民们说，今年的雪下得正好。" * 3)
    >>> similarity(a, a), similarity(a, b"")
    (1.0, 0.0)
    """
    if not a or not b:
        return 0.0
    ours, theirs = _SKETCH.unpack_from(a), _SKETCH.unpack_from(b)
    equal: int = sum(map(eq, ours, theirs))
    both_empty = list(zip(ours, theirs, strict=True)).count((_EMPTY, _EMPTY)) if _EMPTY in ours else 0
    return (equal - both_empty) / (CELLS - both_empty)


_EMPTY = 0xFFFF
_SKETCH = struct.Struct(f"<{CELLS}H")
_COUNT = struct.Struct("<H")


class _Units(NamedTuple):
    """A text as a string of units, a character each."""

    units: str
    shingle: int
    """How many units make a shingle."""


def _units(folded: str) -> _Units:
    """Return the units of a text.

    Chinese characters are units themselves; where they are the minority, each Tibetan syllable between tsheg
    marks, or each word, is a unit, and a character that its checksum chooses stands for it.
    """
    characters = _without_punctuation(folded)
    if 2 * sum(map(len, _CHINESE.findall(folded))) >= len(characters):
        return _Units(fold_script(characters).replace("著", "着"), 6)  # 着 has no other traditional form
    words = _WORD.findall(folded)
    units = "".join([chr(zlib.crc32(word.encode("utf-8", "surrogatepass")) % 0xD800) for word in words])
    return _Units(units, 3)


def _hashes(units: str, width: int) -> Iterable[int]:
    """Return a hash of 23 bits for each shingle.

    It is the sum of the shingle's code points, each times 40 random bits of its place, of which bits 16 to 38 are
    taken: strongly universal for 16-bit units (M. Dietzfelbinger, STACS 1996).  One multiplication makes all the
    sums, since the text as one long number with 64 bits a unit is convolved with the places' numbers; a sum of
    six products of 21 and 40 bits never overflows into the next.
    """
    number = int.from_bytes("\0".join(units).encode("utf-32-le", "surrogatepass"), "little")
    mask = int.from_bytes(b"\x00\x00\xff\xff\x7f\x00\x00\x00" * len(units), "little")
    sums = (number * _place_factors(width) & mask).to_bytes(8 * len(units), "little")
    halves = array("I", sums[8 * (width - 1) + 2 :] + b"\0\0")
    if sys.byteorder == "big":
        halves.byteswap()
    return halves[::2]


@cache
def _place_factors(width: int) -> int:
    """Return 40 bits for each place of a shingle, 64 bits apart; bits of SHA-256, so that nobody chose them."""
    digests = (hashlib.sha256(b"place %d" % place).digest() for place in range(width))
    return sum(int.from_bytes(digest[:5], "little") << 64 * place for place, digest in enumerate(digests))


def _folded(text: str) -> str:
    return _FULL_STOP.sub("", _narrow(text))


def _narrow(text: str) -> str:
    safe = _mark_runs().sub("\\g<0>\u034f", _WIDE.sub(" ", text))
    return unicodedata.normalize("NFKC", safe).casefold()


@cache
def _mark_runs() -> re.Pattern[str]:
    """Match thirty combining marks in a row, which no language has.

    A joiner after them, as in the Stream-Safe Text Format of Unicode's annex 15, keeps NFKC from sorting without
    end. All characters beyond the first plane count as marks.
    """
    marks = "".join(chr(code) for code in range(0x10000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}\U00010000-\U0010ffff]{{30}}")


def _without_punctuation(folded: str) -> str:
    return _punctuation().sub("", folded)


@cache
def _punctuation() -> re.Pattern[str]:
    """Match runs of blanks, punctuation and control characters."""
    marks = (chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in _PUNCTUATION_CATEGORIES)
    return re.compile(f"[{re.escape(''.join(mark for mark in marks if mark not in _MARKS_OF_NUMBERS))}]+")


_FULL_STOP = lazy_pattern(r"\.(?!(?<=\d\.)\d)")
_MARKS_OF_NUMBERS = ".%‰"
"""3.5亿 is not 35亿. A full stop that ends a sentence is removed before."""

_WIDE = lazy_pattern("[！（），：；？\\u3000]")
"""The frequent marks of full width, which NFKC is slow to narrow; what it makes of them is ignored, like a blank."""

_PUNCTUATION_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Cc", "Cf"})

_CHINESE = lazy_pattern(f"[{HAN}]+")
_WORD = lazy_pattern(r"[\w.%‰\u0f18-\u0f39\u0f3e-\u0fbc]+")
"""Letters, digits and the signs of the Tibetan script that are neither tsheg nor shad, which end a syllable."""
