"""Tells traditional Chinese from simplified, and folds the two into one for comparisons.

The fold is by character and frozen in data/script.txt, since stored hashes depend on it. It is no conversion for
readers: it knows no words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tibetnews.text.data_files import read_text
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.unicode_ranges import HAN

_MIN_TRADITIONAL_SHARE = 0.1
"""Share of a text's Han characters that only traditional writing has. Traditional news have 0.3 to 0.4; a simplified
text reaches 0.1 only where a quarter of it is quoted."""

_MIN_KANA_SHARE = 0.05
"""Share of a text's characters. Japanese has many traditional forms, which are not to be simplified; Chinese may
quote a word of it."""

_HAN = lazy_pattern(f"[{HAN}]+")
_KANA = lazy_pattern("[ぁ-ヿ]")
_HIGH_BYTE_OF_KANA = 0x30


def fold_script(text: str) -> str:
    """Return the text with simplified forms for traditional ones, one for one.

    >>> fold_script("中國西藏網"), fold_script("中国西藏网")
    ('中国西藏网', '中国西藏网')
    """
    pattern, simplified = _forms()
    return pattern.sub(lambda match: simplified[match[0]], text)


def has_traditional_form(text: str) -> bool:
    """Return whether a text holds any character that is written otherwise in simplified script."""
    return _forms().pattern.search(text) is not None


def is_traditional(text: str) -> bool:
    """Return whether the text is Chinese in traditional script.

    >>> is_traditional("西藏的春天來得晚，農牧民說雪下得正好。"), is_traditional("“中國”二字写在木板上，游客纷纷拍照。")
    (True, False)
    """
    pattern, part, forms = _forms().pattern, len(text) // 5 + 1, 0
    enough = _MIN_TRADITIONAL_SHARE * _most_han(text)
    for start in range(0, len(text), part):
        forms += len(pattern.findall(text, start, start + part))
        if forms and forms >= enough:
            return not is_japanese(text)
    if not forms or forms < _MIN_TRADITIONAL_SHARE * sum(map(len, _HAN.findall(text))):
        return False
    return not is_japanese(text)


def _most_han(text: str) -> int:
    """Return a number that the Han characters do not exceed: each has three bytes in UTF-8, and the others have one."""
    return (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2


def is_japanese(text: str) -> bool:
    """Return whether so much is kana that the Han characters around are no Chinese.

    >>> is_japanese("西蔵の春は遅い。"), is_japanese("他店里的招牌写着“西蔵の春”，来往的游客都要停下来拍一张照片。")
    (True, False)
    """
    most = _MIN_KANA_SHARE * len(text)
    high_bytes = text.encode("utf-16-be", "surrogatepass")[::2]
    if (
        high_bytes.count(_HIGH_BYTE_OF_KANA) <= most
    ):  # of Chinese marks, too: much faster than to look at each character
        return False
    return len(_KANA.findall(text)) > most


class _Forms(NamedTuple):
    pattern: re.Pattern[str]
    """Matches one traditional form; a set alone is found faster than a run of it."""
    simplified: dict[str, str]


@cache
def _forms() -> _Forms:
    traditional, simplified = read_text("data/script.txt").splitlines()
    return _Forms(re.compile(f"[{traditional}]"), dict(zip(traditional, simplified, strict=True)))
