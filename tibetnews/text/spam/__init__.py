"""What spam mirrors add to a page: link farms, keyword headers, brands glued to honest words, empty tags."""

from __future__ import annotations

from collections.abc import Iterator

from tibetnews.text.spam.injected import badges
from tibetnews.text.spam.link_farms import farm_lines
from tibetnews.text.spam.tags import empty_tags
from tibetnews.text.spans import Span, without
from tibetnews.text.types import Stripped


def strip_spam(text: str) -> Stripped:
    r"""Take what spam mirrors added out of a text; return the same text where nothing is found.

    Decides from form, not from words: lines that are lists and no sentences, names in no order that a story
    would have, places on the page, one id on many tags. Each of the modules named here is about one kind.

    >>> strip_spam("西藏春来早。\n\n黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|").text
    '西藏春来早。'
    """
    lines = text.split("\n")
    farms = farm_lines(lines)
    if not farms and "【官" not in text and ' id="' not in text:
        return Stripped(text)
    return without(text, _spans(lines, farms))


def _spans(lines: list[str], farms: set[int]) -> Iterator[Span]:
    """Yield the farms, neighbouring lines as one, and what is glued to the other lines."""
    begin = 0
    farm: tuple[int, int] | None = None
    for number, line in enumerate(lines):
        end = begin + len(line)
        if number in farms:
            farm = (farm[0] if farm else begin, end)
        elif line:
            if farm:
                yield *farm, "spam"
                farm = None
            done = 0
            for start, stop in sorted((*badges(line), *empty_tags(line))):
                yield begin + max(start, done), begin + stop, "spam"
                done = stop
        begin = end + 1
    if farm:
        yield *farm, "spam"
