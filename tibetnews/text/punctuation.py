"""Which ASCII marks of a damaged Chinese page were full-width?

Those that stand beside a Chinese character or mark; not the ones of times, numbers, addresses and Latin text.
"""

from __future__ import annotations

import re

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_CHINESE = "㐀-䶿一-鿿〇、。〈-】”’…—％，：；？！）"
_CLOSING = re.compile(rf"(?<=[{_CHINESE}])[,:;?!)]")
_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)")
_HAN = re.compile("[㐀-䶿一-鿿]")


def widen(text: str) -> str:
    """The text with its full-width marks restored; the length stays."""
    text = _BRACKETS.sub(_widen_bracket, text)
    return _CLOSING.sub(lambda mark: _FULL[mark.group()], text)


def _widen_bracket(match: re.Match[str]) -> str:
    return f"（{match[1]}）" if _HAN.search(match[1]) else match[0]
