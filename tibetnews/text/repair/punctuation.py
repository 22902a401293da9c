"""Which ASCII marks of a damaged Chinese page were full-width?

Those that stand beside a Chinese character or mark; not the ones of times, numbers, addresses and Latin text.
"""

from __future__ import annotations

import re

_FULL = {
    ord(","): "，",
    ord(":"): "：",
    ord(";"): "；",
    ord("?"): "？",
    ord("!"): "！",
    ord("("): "（",
    ord(")"): "）",
}
_HAN = "㐀-䶿一-鿿"
_CHINESE = rf"{_HAN}〇、。〈-】”’“‘…—％，：；？！（）①-⑳Ⅰ-Ⅻ"
# The patterns begin with the mark, which is looked for much faster than what stands before it.
_BRACKETS = re.compile(
    rf"\((?:(?<=[{_CHINESE}]\()[^()\n]{{1,80}}\)|[^()\n]{{0,80}}?[{_HAN}、][^()\n]{{0,80}}\)"
    rf"|[^()\n]{{1,80}}\)(?=[{_CHINESE}]))"
)
_MARKS = re.compile(rf"[,:;?!()](?:(?<=[{_CHINESE}].)[,:;?!()]*|(?<=[,:;?!])(?<![,:;?!].)[,:;?!]*+(?=[{_CHINESE}]))")


def widen(text: str) -> str:
    """The text with its full-width marks restored; the length stays."""
    text = _BRACKETS.sub(lambda found: f"（{found[0][1:-1]}）", text)
    return _MARKS.sub(_full_width, text)


def _full_width(found: re.Match[str]) -> str:
    marks = found[0]
    return _FULL[ord(marks)] if len(marks) == 1 else marks.translate(_FULL)


_DOUBLED = re.compile(rf"[,，](?=[,，。])(?<=[{_HAN}].)")
_EMOJI = re.compile(f"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?(?=[{_HAN},，。；：！？;:!?])")


def thin(text: str) -> str:
    """The text without what mirrors put beside marks and into words: emoji, second commas."""
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):  # the fastest way to find astral characters
        text = _EMOJI.sub("", text)
    return _DOUBLED.sub("", text)
