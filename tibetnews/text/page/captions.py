"""Recognises lines that belong to a picture: its caption and the photographer's credit."""

from __future__ import annotations

import re
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import HAS_STOP
from tibetnews.text.page.names import (
    begins_with_role,
    is_organisation,
    is_person,
    read_names,
    split_names,
    without_roles,
)

_MAX_CAPTION = 300  # characters
_MAX_UNMARKED_CAPTION = 100  # of a sentence in front of the origin of a picture; a longer one is a paragraph
_CREDIT_WINDOW = 60  # characters at the end of a caption in which the credit stands

# Each form ends the line, and each of its parts is bounded, so that a long line costs one look at its end.
_CREDITS = (
    lazy_pattern(
        r"""
        [（(](?!图为|圖為)(?P<credit>[^（）()]{1,40}?)\s?
        (?:(?<![、，,和与及])摄影|拍?摄|拍?攝|供图|供圖)[）)]      # （李雷 摄影）, not （绘画、摄影）
        [。.]?$
        """,
        re.VERBOSE,
    ),
    lazy_pattern(r"[（(](?:摄影|攝影)\s{1,3}(?P<credit>[^（）()。：:，,]{2,20})[）)][。.]?$"),  # （摄影 李雷）
    # 摄影：李雷
    lazy_pattern(
        r"[（(]?(?:摄影|攝影|[图圖]片[来來]源|[图圖]源|供[图圖]|[图圖]片提供|摄)[：:/]\s?"
        r"(?P<credit>[^。：:（）()]{1,30}?)[）)]?[。.]?$"
    ),
    # 图为布达拉宫。新华社记者 李雷 摄
    lazy_pattern(
        r"(?<=[。！？”])\s{0,9}(?!图为|圖為)(?:[^。！？”，,：:（）()]{0,12}(?:记者|記者|通讯员)[：:/]\s?)?"
        r"(?P<credit>[^。！？”，,：:（）()]{1,24}?)\s?(?:摄影|摄|攝|供[图圖])$"
    ),
)
_CREDIT_BEHIND_BLANK = lazy_pattern(
    r"(?<=\w)\s{1,9}(?P<credit>(?:[^\s，。！？：:]{0,12}(?:记者|記者|通讯员)\s?)?[^\s，。！？：:（）()/／]{2,8})\s?[/／]?\s?(?:摄影|摄|攝)$"
)  # 大棚里的草莓 新华社记者 李雷 摄
_MENTIONS_CREDIT = lazy_pattern(
    r"[摄攝图圖](?:(?<=[摄攝])|(?<=供[图圖])|源|片[来來]源|片提供)"
)  # begins with a set, which is found faster
_POINTERS = "↑▲△▼↓"  # to the picture
_PHOTO = lazy_pattern("照(?:片|(?<=[料机機版拍]照))")  # and not 按照
_CAPTION_OPENING = lazy_pattern(
    r"[（(]?(?:图为(?!什么)|圖為(?!什麼)|图片为|圖片為|图[①-⑳一二三四五六七八九十\d]{1,2}[：:为]|(?:资料图|資料圖|题图|配图|图注|图说)[：:]"
    r"|(?:资料图片|資料圖片|图片说明|圖片說明)[：:]|[图圖][①-⑳\d]{1,2}\s(?=[^，。！？；]{2,40}$)"
    rf"|[{_POINTERS}]\s?(?=\d{{1,2}}[月日]|[这這]是|[图圖]))"
)
_ORIGIN = (
    r"(?:[^\s，。！？；：:（）()\[\]【】]{0,8}(?:资料|資料|[无無]人[机機]|拼版|航拍)(?:[图圖]片?|照片?)|[图圖](?:片与内容|文)无关|[图圖]文無關"
    r"|(?:[图圖]片|照片|配[图圖])?(?:均)?(?:来自|來自|源自|来源于)(?:网络|網絡|互联网)|(?:网络|網絡)(?:[图圖]片|配[图圖])"
    r"|(?:视频|視頻|网络|直播|录像)截[图圖]|(?:本[组組版文])?(?:[图圖]片|照片|配[图圖])均?由[^，。！？；：（）()]{1,16}提供"
    r"|[^\s，。！？；：（）()]{2,16}\s?供[图圖]|(?<=[（(])[图圖]\s?[/／]\s?[^，。！？；：（）()]{2,16}|[图圖]源\s[^，。！？；：（）()]{2,16}"
    r"|(?:[Ff]ile )?(?:[Pp]h|[Ff])otos?"
    r"(?:\s?[/:]\s?| by | from | courtesy of | provided (?:by|to) )[A-Z][\w.,'’/ &-]{1,30}"
    r"|Xinhua/[A-Z][\w.'’ -]{1,30})"
)
"""Where a picture comes from, if nobody is named who took it."""
_ORIGIN_ALONE = lazy_pattern(rf"[（(【\[]?\s?{_ORIGIN}(?:[，,、/；; ]\s?{_ORIGIN})?\s?[）)】\]]?[。.]?")
_ORIGIN_AT_END = lazy_pattern(
    rf"[（(【\[]\s?(?:{_ORIGIN}|[图圖](?:片[来來])?源\s?[：:]\s?[^。：:（）()]{{1,30}})\s?[）)】\]][。.]?$"
)
_CLOSED = tuple(bracket + stop for bracket in "）)】]" for stop in ("", "。", "."))
"""How all lines end that name the origin in a bracket."""
_DAY = r"(?=\d)(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:\s?(?:用?[无無]人[机機]|航))?"
_TAKEN_ON = lazy_pattern(
    rf"(?:[（(]|(?<=[。！？]))\s?{_DAY}\s?(?:拍?[摄攝])(?:[，,、]\s?[^（）()。]{{2,12}})?[）)]?[。.]?$"
)
"""When a picture was taken, if nobody is named who took it: （10月12日摄）."""
_IS_DAY = lazy_pattern(_DAY)
_TAKEN_BY = lazy_pattern(r"(?P<who>[^\s，。！？；：:（）()][^，。！？；：:（）()]{1,38}?)\s?[/／]?\s?(?:摄影|摄|攝)")
_OWNED_BY = lazy_pattern(
    r"[（(]?(?:[图圖]片?|照片)\s?[：:/／|｜丨]\s?(?P<who>[^，。！？；（）()]{1,20}?)\s?[摄攝]?[）)]?"
)
_MAX_ORIGIN = 40  # characters
_CAPTION_IN_LINE = lazy_pattern(
    r"[。！？”]\s*(?=[（(]?[上下左右]?[图圖](?:[①-⑳\d]{1,2}|片(?:拍摄[于於])?)?[为為：:于於])"
)
_NEXT_SENTENCE = lazy_pattern(
    r"""
    [。！？a-z]                                                    # begins with a set, which is found faster
    (?:
        (?<=[。！？]) [”’）)]?\s{0,4} (?=[^。！？”’）)\s])
        (?! [（(][^（）()]{1,40}[）)][。.]?$ | [^。！？…]{1,12}$ )    # 图为羊群。（资料图片）
        | (?<=[a-z]) [a-z][.!?]["”’)]?\s{1,3}(?=[A-ZÀ-Þ].{12})
    )
    """,
    re.VERBOSE,
)


class Caption(NamedTuple):
    """The parts of a caption; None for each that is not there."""

    text: str | None
    credit: str | None
    """Who took the picture."""


class CaptionedLine(NamedTuple):
    """The parts of a line; "" for each that is not there."""

    story: str
    caption: str
    parts: Caption = Caption(None, None)
    """Those of the caption."""


def split_credit(caption: str) -> Caption:
    """Return a caption without its photographer, and the photographer.

    >>> split_credit("图为布达拉宫。（李雷 摄）")
    Caption(text='图为布达拉宫。', credit='李雷')
    """
    window = max(0, len(caption) - _CREDIT_WINDOW)
    if _MENTIONS_CREDIT.search(caption, window):
        for pattern in _CREDITS:
            if match := pattern.search(caption, window):
                if _IS_DAY.fullmatch(match["credit"].strip()):
                    return Caption(caption, None)
                return Caption(caption[: match.start()].strip() or None, match["credit"].strip())
        if (taken := _TAKEN_BY.fullmatch(caption)) and _are_persons(taken["who"]):
            return Caption(None, taken["who"])
        match = None if HAS_STOP.search(caption) else _CREDIT_BEHIND_BLANK.search(caption, window)
        if match and (begins_with_role(match["credit"]) or is_person(match["credit"])):
            return Caption(caption[: match.start()].strip(), match["credit"])
    return Caption(caption or None, None)


def is_caption(line: str) -> bool:
    """Return whether a line says by its own words that it stands below a picture: one sentence with a caption's mark.

    >>> is_caption("图为布达拉宫。（李雷 摄）"), is_caption("雪停了。羊群下了山。新华社记者 李雷 摄")
    (True, False)
    """
    return may_be_caption(line) and _read_caption(line) is not None


def split_caption(line: str, *, is_below_picture: bool = False) -> CaptionedLine:
    """Return the story and the caption in a line; centred below a picture, any single sentence is a caption.

    >>> split_caption("雪停了。图为羊群下山。新华社记者 李雷 摄")[:2]
    ('雪停了。', '图为羊群下山。新华社记者 李雷 摄')
    """
    if is_below_picture and not _NEXT_SENTENCE.search((parts := split_credit(line)).text or ""):
        return CaptionedLine("", line, parts)
    if not may_be_caption(line):
        return CaptionedLine(line, "")
    if caption := _read_caption(line):
        is_long = len(line) > _MAX_UNMARKED_CAPTION and not _CAPTION_OPENING.match(line)
        if is_long and (origin := _ORIGIN_AT_END.search(line, len(line) - _MAX_ORIGIN)):
            return CaptionedLine(line[: origin.start()].rstrip(), origin[0], split_credit(origin[0]))
        return CaptionedLine("", line, caption)
    for stop in _CAPTION_IN_LINE.finditer(line, max(0, len(line) - _MAX_CAPTION - 1)):
        if caption := _read_caption(line[stop.end() :]):
            if _read_caption(story := line[: stop.start() + 1]):  # 图①：羊群。图②：渡口。李雷 摄
                return CaptionedLine("", line, split_credit(line))
            return CaptionedLine(story, line[stop.end() :], caption)
    return CaptionedLine(line, "")


def has_next_sentence(caption: str) -> bool:
    """Return whether a line has more than one sentence, besides who took the picture."""
    return _NEXT_SENTENCE.search(split_credit(caption).text or "") is not None


def _read_caption(line: str) -> Caption | None:
    """Return the parts of a line with a caption's mark that is a caption by its own words; None for any other."""
    if len(line) > _MAX_CAPTION:
        return None
    caption = split_credit(line)
    if caption.credit is None and not (_CAPTION_OPENING.match(line) or _names_origin(line)):
        return None
    return None if _NEXT_SENTENCE.search(caption.text or "") else caption


def may_hold_caption(text: str) -> bool:
    """Return whether a text has a caption's mark; False where none of its lines is or holds a caption."""
    return _has_mark(text) or any(pointer in text for pointer in _POINTERS)


def may_be_caption(line: str) -> bool:
    """Return whether a line has a caption's mark; False where it surely is no caption and holds none."""
    return _has_mark(line) or line[:1] in _POINTERS


def _has_mark(text: str) -> bool:
    """To look for single characters is much faster than for a set."""
    if "图" in text or "摄" in text or "圖" in text or "攝" in text or ("照" in text and _PHOTO.search(text)):
        return True
    # [Photo/Xinhua], (Foto: Xinhua), (Xinhua/Li Lei)
    return ("o" in text and "oto" in text) or ("/" in text and "nhua/" in text)


def _names_origin(line: str) -> bool:
    """Return whether a line says whose its picture is, where it comes from or when it was taken."""
    if len(line) <= _MAX_ORIGIN:
        if _ORIGIN_ALONE.fullmatch(line):
            return True
        taken = _TAKEN_BY.fullmatch(line)
        if taken and (begins_with_role(taken["who"]) or is_person(re.split(r"[\s/／]", taken["who"])[-1])):
            return True
        if (owned := _OWNED_BY.fullmatch(line)) and (is_person(owned["who"]) or is_organisation(owned["who"])):
            return True
    window = max(0, len(line) - _MAX_ORIGIN)
    if line.endswith(_CLOSED) and _ORIGIN_AT_END.search(line, window):
        return True
    return ("摄" in line or "攝" in line) and _TAKEN_ON.search(line, window) is not None


def _are_persons(text: str) -> bool:
    """Return whether a text names persons and nothing besides, but for their roles and media."""
    names = read_names(text) if begins_with_role(text) else split_names(without_roles(text))
    return any(map(is_person, names)) and all(is_person(name) or is_organisation(name) for name in names)
