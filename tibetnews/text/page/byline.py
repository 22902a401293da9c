"""Who, when and from where: one grammar of bylines for pages with markup and for plain text.

The forms are those of the outlet's pages: the info line below the title, the dateline that opens
wire copy, the editor line below the text. Every pattern is anchored or bounded in length, so that
none can backtrack over a long line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tibetnews.text.types import Dateline

OFFSET = "+08:00"
"""The outlet's clock: China has one time zone."""

_TIME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
    r"(?:[\sT]{0,3}(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：](?P<second>\d\d))?)?"
)

_SOURCE = r"来源|稿源|來源|文章来源|信息来源|(?:འབྱུང|ཡོང)་ཁུངས།?|Source"
_AUTHOR = r"作者|记者|記者|撰文|文字|文|རྩོམ་པ་པོ།?|Author|By"
_WHEN = r"发布时间|發布時間|发表时间|发稿时间|时间|日期|འགྲེམས་སྤེལ་དུས་ཚོད།?|Time|Date|Updated"
_EDITOR = (
    r"责任编辑|責任編輯|本期编辑|网络编辑|值班编辑|责任编审|责\s?编|責\s?編|编\s?辑|編\s?輯"
    r"|རྩོམ་སྒྲིག་འགན་འཁུར་པ།?|རྩོམ་སྒྲིག་པ།?|རྩོམ་སྒྲིག|Editor"
)
_TIBETAN = r"(?<![ༀ-࿿])[ༀ-࿿]{2,32}"  # the Tibetan edition's labels differ from page to page; a colon ends them all
_LABEL = re.compile(
    rf"\s{{0,4}}(?P<label>{_SOURCE}|{_AUTHOR}|{_WHEN}|{_EDITOR}|{_TIBETAN})\s?[：:]\s*"
    rf"|\s{{0,4}}(?P<shad>{_SOURCE}|{_AUTHOR}|{_WHEN}|{_EDITOR})(?<=།)\s+"  # a known label that ends as a sentence does
)
_LABELS = {"source": re.compile(_SOURCE), "author": re.compile(_AUTHOR), "when": re.compile(_WHEN)}

_WORD = r"[^\s：:（）()【】\[\]。！？，,；;|]"
_EDITOR_NAMES = rf"(?P<names>{_WORD}{{1,40}}(?:[ 、，,]{_WORD}{{1,20}}){{0,4}})"
_EDITOR_LINE = re.compile(rf"[（(\[【]?\s?(?:{_EDITOR})\s?[：:]\s*{_EDITOR_NAMES}\s?[）)\]】]?")
_EDITOR_TAIL = re.compile(rf"\s*[（(]\s?(?:{_EDITOR})\s?[：:]\s*{_EDITOR_NAMES}\s?[）)]\s*$")

_AGENCY = (
    r"新华社|新华网|人民网|人民日报|中新网|中新社|中国新闻网|中国西藏网|央视网|央广网|光明网|光明日报|经济日报"
    r"|中国网|中国日报网?|科技日报|法治日报|法制日报|工人日报|农民日报|解放军报|中国青年报|中青在线|国际在线"
    r"|环球网|澎湃新闻|本报|本网|西藏日报|西藏商报|西藏广播电视台|(?:[一-鿿]{2,6}(?:日报|晚报|商报|新闻网|在线))"
)
_DATELINE = re.compile(
    rf"(?P<agency>{_AGENCY})\s?"
    r"(?:(?P<place>[一-鿿·]{2,12}?)?\s?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:电(?![话视])|讯|消息)"
    r"|讯(?![息号问])|(?:消息|电)(?=[\s（(：:，,]|$))"  # no 12日电话, no 讯息员, no 电子版
    r"(?:\s?[（(]\s?(?P<who>[^（）()]{1,80}?)\s?[）)])?"
)
_ROLE = re.compile(
    r"(?:见习|实习|特约|本报|本网|新华社|全媒体|[^\s、，,]{0,6}网)?(?:记者|通讯员|实习生|特派员|摄影师)[：:]?\s?"
)
_SENTENCE_END = re.compile(r"[。！？]")
_BETWEEN_NAMES = re.compile(r"[、，,;；/|]\s?|\s+(?=\S)")
_NAME = re.compile(r"[一-鿿㐀-䶿·•]{2,20}|[ༀ-࿿ ]{2,60}|(?:(?![一-鿿㐀-䶿\d_])\w)(?:(?![一-鿿㐀-䶿])[\w .'’·-]){0,60}")


@dataclass(frozen=True, slots=True)
class Info:
    """What an info line says: time, medium and authors, each as far as it is there."""

    published_at: str | None = None
    source: str | None = None
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
    """The first time in ``text`` as ISO 8601 with the outlet's offset; the date alone where no clock time follows."""
    for found in _TIME.finditer(text):
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
        try:
            if found["hour"] is None:
                return date(year, month, day).isoformat()
            second = int(found["second"] or 0)
            return datetime(year, month, day, int(found["hour"]), int(found["minute"]), second).isoformat() + OFFSET
        except ValueError:  # such as month 13: no date, so look on
            continue
    return None


def has_label(text: str) -> bool:
    """True for a piece of an info line that says what it is: 来源：…"""
    return _LABEL.match(text) is not None


def read_value(text: str) -> str | None:
    """A field's value without the label in front of it; None where nothing is left."""
    text = text.strip()
    label = _LABEL.match(text)
    return (text[label.end() :] if label else text).strip(" \u3000\xa0：:") or None


def read_names(text: str | None) -> tuple[str, ...]:
    """The names in ``text``, without labels and roles, in its order and each once."""
    if not text or not (value := read_value(text)):
        return ()
    pieces = [piece for part in _ROLE.split(value) for piece in _split_names(part.strip())]
    return tuple(dict.fromkeys(name for name in pieces if _NAME.fullmatch(name)))


def read_info(line: str) -> Info:
    """An info line of any order, such as 发布时间：2023-10-13 10:05:00 来源： 新华网 作者：甲 乙."""
    published_at = read_time(line)
    values: dict[str, str] = {}
    rest = _TIME.sub("\n", line)
    labels = list(_LABEL.finditer(rest))
    ends = [*(label.start() for label in labels[1:]), len(rest)]
    for label, end in zip(labels, ends, strict=False):
        value = rest[label.end() : end].split("\n")[0]
        for name, pattern in _LABELS.items():
            if pattern.fullmatch(label["label"] or label["shad"]):
                values.setdefault(name, value.strip(" \u3000\xa0|"))
    return Info(published_at, values.get("source") or None, read_names(values.get("author")))


def is_info_line(line: str) -> bool:
    """True for a line that holds a publication time and little besides labels, names and a medium."""
    found = _TIME.search(line)
    if found is None or len(line) > 120:
        return False
    rest = _LABEL.sub("", _TIME.sub("", line)).strip()
    if not rest or _SENTENCE_END.search(rest):
        return not rest
    if _LABEL.search(line):
        return len(rest) <= 60
    # A medium without its label stands apart from the time; in a headline the date is one of the words.
    around = line[: found.start()][-1:] + line[found.end() :][:1]
    return len(rest) <= 12 and "，" not in rest and (found["hour"] is not None or not around.strip())


def read_editor(line: str) -> str | None:
    """The name on a line that holds nothing but the responsible editor, in any of its spellings."""
    found = _EDITOR_LINE.fullmatch(line.strip())
    if found is None:
        return None
    return " ".join(_split_names(found["names"])) or None


def split_editor(paragraph: str) -> tuple[str, str | None]:
    """A paragraph without the editor's bracket at its end, and the editor's name."""
    found = _EDITOR_TAIL.search(paragraph[-80:])
    if found is None:
        return paragraph, None
    return paragraph[: len(paragraph) - len(found[0])], " ".join(_split_names(found["names"]))


def read_dateline(paragraph: str) -> ParsedDateline | None:
    """Return the dateline that opens a paragraph: 新华社北京10月12日电（记者张漫子）; None where there is none."""
    found = _DATELINE.match(paragraph)
    if found is None:
        return None
    month, day = found["month"], found["day"]
    return ParsedDateline(
        agency=found["agency"],
        place=found["place"],
        month=int(month) if month else None,
        day=int(day) if day else None,
        reporters=read_names(found["who"]),
    )


def _split_names(text: str) -> list[str]:
    """Split at marks, and at spaces where the names are Chinese; 张 三 is one name, spread for looks."""
    if not re.search(r"[一-鿿]", text):
        return [piece.strip() for piece in re.split(r"[、，,;；/|]\s?", text) if piece.strip()]
    pieces: list[str] = []
    for piece in _BETWEEN_NAMES.split(text):
        if len(piece) == 1 and pieces and len(pieces[-1]) == 1:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece.strip())
    return pieces
