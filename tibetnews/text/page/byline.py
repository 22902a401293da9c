"""Reads bylines: the time, medium and authors of an article, its dateline, and its responsible editor.

One grammar serves pages with markup and plain text. Its forms are those of the outlet's pages: the byline below the
title (发布时间：2023-10-13 来源：新华网), the dateline that opens wire copy, the editor line below the text. Every
pattern is anchored or bounded in length, so that none can backtrack over a long line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from tibetnews.text.types import Dateline
from tibetnews.text.unicode_ranges import HAN, HAN_BASIC, TIBETAN

_CHINA_STANDARD_TIME = timezone(timedelta(hours=8))

_MAX_BYLINE = 120  # characters; longer lines are paragraphs
_MAX_REMAINDER = 60  # characters besides labels and time, such as a medium and names
_MAX_BARE_MEDIUM = 12  # characters of a medium that no label announces
_EDITOR_TAIL_WINDOW = 80  # characters at the end of a paragraph in which the editor's bracket is looked for

_TIME = re.compile(
    r"""
    (?<!\d)(?P<year>(?:19|20)\d\d) \s?[-/.年]\s?
    (?P<month>\d{1,2}) \s?[-/.月]\s?
    (?P<day>\d{1,2})(?!\d)日?                    # not the beginning of a longer number
    (?:
        [\sT]{0,3}                               # blanks, the T of ISO 8601, or nothing: 10月13日10:05
        (?P<hour>\d{1,2})[:：](?P<minute>\d\d)
        (?:[:：](?P<second>\d\d))?
    )?
    """,
    re.VERBOSE,
)

_SOURCE = r"来源|稿源|來源|文章来源|信息来源|(?:འབྱུང|ཡོང)་ཁུངས།?|Source"
_AUTHOR = r"作者|记者|記者|撰文|文字|文|རྩོམ་པ་པོ།?|Author|By"
_WHEN = r"发布时间|發布時間|发表时间|发稿时间|时间|日期|འགྲེམས་སྤེལ་དུས་ཚོད།?|Time|Date|Updated"
_EDITOR = (
    r"责任编辑|責任編輯|本期编辑|网络编辑|值班编辑|责任编审|责\s?编|責\s?編|编\s?辑|編\s?輯"
    r"|རྩོམ་སྒྲིག་འགན་འཁུར་པ།?|རྩོམ་སྒྲིག་པ།?|རྩོམ་སྒྲིག|Editor"
)
_LABEL = re.compile(
    rf"""
    \s{{0,4}}
    (?P<label>
        {_SOURCE}|{_AUTHOR}|{_WHEN}|{_EDITOR}
        # labels of the Tibetan edition differ from page to page, but a colon ends them all
        | (?<![{TIBETAN}])[{TIBETAN}]{{2,32}}
    )
    \s?[：:]\s*
    # a known label may end with a shad, as a Tibetan sentence does, instead of a colon
    | \s{{0,4}}(?P<shad_label>{_SOURCE}|{_AUTHOR}|{_WHEN}|{_EDITOR})(?<=།)\s+
    """,
    re.VERBOSE,
)
_FIELDS = {"source": re.compile(_SOURCE), "author": re.compile(_AUTHOR)}

_WORD = r"[^\s：:（）()【】\[\]。！？，,；;|]"
# A label and at most five words after it: no sentence is so short, and no repetition is unbounded.
_EDITOR_LABEL_AND_NAMES = rf"(?:{_EDITOR})\s?[：:]\s*(?P<names>{_WORD}{{1,40}}(?:[ 、，,]{_WORD}{{1,20}}){{0,4}})"
_EDITOR_LINE = re.compile(rf"[（(\[【]?\s?{_EDITOR_LABEL_AND_NAMES}\s?[）)\]】]?")
_EDITOR_TAIL = re.compile(rf"\s*[（(]\s?{_EDITOR_LABEL_AND_NAMES}\s?[）)]\s*$")

_AGENCY = (
    r"新华社|新华网|人民网|人民日报|中新网|中新社|中国新闻网|中国西藏网|央视网|央广网|光明网|光明日报|经济日报"
    r"|中国网|中国日报网?|科技日报|法治日报|法制日报|工人日报|农民日报|解放军报|中国青年报|中青在线|国际在线"
    rf"|环球网|澎湃新闻|本报|本网|西藏日报|西藏商报|西藏广播电视台|(?:[{HAN_BASIC}]{{2,6}}(?:日报|晚报|商报|新闻网|在线))"
)
_DATELINE = re.compile(
    rf"""
    (?P<agency>{_AGENCY})\s?
    (?:
        (?P<place>[{HAN_BASIC}·]{{2,12}}?)?\s?
        (?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日
        (?:电(?![话视])|讯|消息)           # 12日电, not 12日电话采访
        | 讯(?![息号问])                   # 本报讯, not 本报讯息员
        | (?:消息|电)(?=[\s（(：:，,]|$)   # 新华社电, not 人民日报电子版 or 新华网消息灵通人士
    )
    (?:\s?[（(]\s?(?P<reporters>[^（）()]{{1,80}}?)\s?[）)])?
    """,
    re.VERBOSE,
)
_ROLE = re.compile(
    r"(?:见习|实习|特约|本报|本网|新华社|全媒体|[^\s、，,]{0,6}网)?(?:记者|通讯员|实习生|特派员|摄影师)[：:]?\s?"
)
_SENTENCE_END = re.compile(r"[。！？]")
_BETWEEN_NAMES = re.compile(r"[、，,;；/|]\s?|\s+(?=\S)")
_NAME = re.compile(
    rf"""
    [{HAN}·•]{{2,20}}                                        # 次仁·多吉
    | [{TIBETAN}\ ]{{2,60}}
    | (?:(?![{HAN}\d_])\w)(?:(?![{HAN}])[\w .'’·-]){{0,60}}  # any other script: Anna Lee
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What the byline below a title says, each part as far as it is there."""

    published_at: str | None = None
    """ISO 8601 with the outlet's offset; the date alone where no clock time is given."""

    source: str | None = None
    """The medium that the article was taken from."""

    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDateline:
    """Opening words of a report: 新华社北京10月12日电（记者张漫子）. Its day has no year, and often no month."""

    agency: str
    place: str | None = None
    month: int | None = None
    day: int | None = None
    reporters: tuple[str, ...] = ()

    def resolve(self, published_at: str | None) -> Dateline:
        """Return the dateline with its full date; the year, and a missing month, are those of the publication.

        A report is filed before it is published, so a day later than the publication belongs to the
        year (or month) before: 12月31日 on a page of 1 January. No date without a day and a publication.
        """
        return Dateline(self.agency, self.place, self._date(published_at) if published_at else None)

    def _date(self, published_at: str) -> str | None:
        if self.day is None:
            return None
        year, month, day = (int(part) for part in published_at[:10].split("-"))
        filed_month = self.month or month
        if self.month is None and self.day > day:
            year, filed_month = (year, month - 1) if month > 1 else (year - 1, 12)
        elif (filed_month, self.day) > (month, day):
            year -= 1
        try:
            return date(year, filed_month, self.day).isoformat()
        except ValueError:
            return None


def read_time(text: str) -> str | None:
    """Return the first valid time in ``text`` as ISO 8601 with the outlet's offset, or the date alone.

    >>> read_time("发布时间：2023年10月13日 10:05"), read_time("2023-10-13 来源：新华网")
    ('2023-10-13T10:05:00+08:00', '2023-10-13')
    """
    for match in _TIME.finditer(text):
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        try:
            if match["hour"] is None:
                return date(year, month, day).isoformat()
            hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
            return datetime(year, month, day, hour, minute, second, tzinfo=_CHINA_STANDARD_TIME).isoformat()
        except ValueError:  # such as month 13: no date, so look further
            continue
    return None


def has_label(text: str) -> bool:
    """Return whether a piece of a byline begins with a label, such as 来源：."""
    return _LABEL.match(text) is not None


def strip_label(text: str) -> str | None:
    """Return a field's value without the label in front of it; None where nothing is left.

    >>> strip_label("来源： 新华网")
    '新华网'
    """
    text = text.strip()
    label = _LABEL.match(text)
    return (text[label.end() :] if label else text).strip(" \u3000\xa0：:") or None


def read_names(text: str | None) -> tuple[str, ...]:
    """Return the names in ``text``, without labels and roles, in its order and each once.

    >>> read_names("本报记者 李雷 通讯员 韩梅梅")
    ('李雷', '韩梅梅')
    """
    if not text or not (value := strip_label(text)):
        return ()
    pieces = [piece for part in _ROLE.split(value) for piece in _split_names(part.strip())]
    return tuple(dict.fromkeys(name for name in pieces if _NAME.fullmatch(name)))


def read_byline(line: str) -> Byline:
    """Read a byline whose parts may stand in any order.

    >>> read_byline("发布时间：2023-10-13 来源： 新华网 作者：李雷 韩梅梅")
    Byline(published_at='2023-10-13', source='新华网', authors=('李雷', '韩梅梅'))
    """
    values: dict[str, str] = {}
    without_time = _TIME.sub("\n", line)
    labels = list(_LABEL.finditer(without_time))
    ends = [*(label.start() for label in labels[1:]), len(without_time)]
    for label, end in zip(labels, ends, strict=False):
        value = without_time[label.end() : end].split("\n")[0]
        for name, pattern in _FIELDS.items():
            if pattern.fullmatch(label["label"] or label["shad_label"]):
                values.setdefault(name, value.strip(" \u3000\xa0|"))
    return Byline(read_time(line), values.get("source") or None, read_names(values.get("author")))


def is_byline(line: str) -> bool:
    """Return whether a line holds a time of publication and little besides labels, names and a medium."""
    time = _TIME.search(line)
    if time is None or len(line) > _MAX_BYLINE:
        return False
    remainder = _LABEL.sub("", _TIME.sub("", line)).strip()
    if not remainder or _SENTENCE_END.search(remainder):
        return not remainder
    if _LABEL.search(line):
        return len(remainder) <= _MAX_REMAINDER
    # A medium without its label stands apart from the time; in a headline the date is one of the words.
    around = line[: time.start()][-1:] + line[time.end() :][:1]
    stands_apart = time["hour"] is not None or not around.strip()
    return len(remainder) <= _MAX_BARE_MEDIUM and "，" not in remainder and stands_apart


def read_editor(line: str) -> str | None:
    """Return the responsible editor's name where a line says nothing else, in any spelling.

    >>> read_editor("（责编：李雨潼）")
    '李雨潼'
    """
    match = _EDITOR_LINE.fullmatch(line.strip())
    if match is None:
        return None
    return " ".join(_split_names(match["names"])) or None


def split_editor(paragraph: str) -> tuple[str, str | None]:
    """Return a paragraph without the editor's bracket at its end, and the editor's name.

    >>> split_editor("西藏的春天来得晚。（责编：李雨潼）")
    ('西藏的春天来得晚。', '李雨潼')
    """
    match = _EDITOR_TAIL.search(paragraph[-_EDITOR_TAIL_WINDOW:])
    if match is None:
        return paragraph, None
    return paragraph[: len(paragraph) - len(match[0])], " ".join(_split_names(match["names"]))


def read_dateline(paragraph: str) -> ParsedDateline | None:
    """Return the dateline that opens a paragraph; None where there is none.

    >>> read_dateline("新华社北京10月12日电（记者张漫子）今天").resolve("2023-10-13")
    Dateline(agency='新华社', place='北京', date='2023-10-12')
    """
    match = _DATELINE.match(paragraph)
    if match is None:
        return None
    month, day = match["month"], match["day"]
    return ParsedDateline(
        agency=match["agency"],
        place=match["place"],
        month=int(month) if month else None,
        day=int(day) if day else None,
        reporters=read_names(match["reporters"]),
    )


def _split_names(text: str) -> list[str]:
    """Split at marks, and at spaces where the names are Chinese; 张 三 is one name, spread for looks."""
    if not re.search(f"[{HAN_BASIC}]", text):
        return [piece.strip() for piece in re.split(r"[、，,;；/|]\s?", text) if piece.strip()]
    pieces: list[str] = []
    for piece in _BETWEEN_NAMES.split(text):
        if len(piece) == 1 and pieces and len(pieces[-1]) == 1:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece.strip())
    return pieces
