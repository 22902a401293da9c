"""Reads the byline below a title: time, medium, authors and editor, with labels and without, in any order.

One grammar serves pages with markup and plain text. Every pattern is bounded in length, so that none can backtrack
over a long line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.brackets import BRACKETS, without_bracket
from tibetnews.text.page.labels import EDITING, EDITOR, FIELD_MARKS, NAME_MARKS, find_labels, strip_label
from tibetnews.text.page.names import (
    STAFF_NUMBER,
    begins_with_role,
    is_control,
    is_foreign_name,
    is_organisation,
    is_person,
    may_be_person,
    read_names,
    split_names,
    without_roles,
)
from tibetnews.text.page.source import SourceField, split_source
from tibetnews.text.page.times import (
    TimeMatch,
    find_time_without_year,
    find_times,
    may_hold_time,
    publication_time,
    without_invisible,
)
from tibetnews.text.types import Removed
from tibetnews.text.unicode_ranges import HAN

_MAX_READ = 1000  # characters of a line that are searched for fields
_LETTER = lazy_pattern(r"[^\W_]")
_EDITOR_AT_END = lazy_pattern(rf"(?<!\S)(?:{EDITOR})\s{{0,4}}(?P<name>[{HAN}·]{{2,6}})$", re.VERBOSE)  # 编辑 王媛
_ROLE_BEHIND = lazy_pattern(r"\s?[/／]\s?(?:文|图|圖|摄|攝|摄影|图文|文图)$")  # 王小明/文
_WRITES_FROM = lazy_pattern(r" (?:in|from) [A-ZÀ-Þ][\w,. -]{1,40}$")  # By Palden Nyima in Lhasa
_LINK = lazy_pattern(r"(?<!!)\[([^\[\]]{1,40})\]\([^()\s]{1,200}\)")  # of Markdown
_SAID_TWICE = lazy_pattern(r"(?<!\S)(\S{2,24})\s{1,4}\1(?!\S)")  # an account and its name: 河谷日报 河谷日报
_PUBLISHED_BY = lazy_pattern(
    r"(?:发布于|發布於|发表于|發表於|刊发于|刊發於|刊于|刊於|载于|載於)\s?"
)  # 10:05 发布于 河谷网
_ADDRESS = lazy_pattern(r"(?:https?://|www\.)\S+")
_UNLABELLED = ("", "published", "posted", "when", "source", "editor")
"""Kinds of pieces whose words no label explains: behind a time, or where the label was there already."""
_FIELD_ENDS = FIELD_MARKS + "、，,；;/（）()"
_EDITOR_ENDS = "】])） "
_NEWSPAPER = lazy_pattern(  # 《 人民日报 》（ 2023年10月13日 04 版）, 河谷商报 20231013 A06版
    r"(?:《\s?)?(?P<medium>[^《》。！？\s]{2,14})(?:\s?》\s?[（(]|\s{1,4}(?=\d{8}\s))\s?"
    r"(?P<day>(?:19|20)[\d年月日./-]{6,9})[\s，,]{0,4}(?P<page>第?\s?[\dA-Z]{1,3}\s?版)\s?[）)]?$"
)
_LOST_BLANK = lazy_pattern(  # a blank that GBK does not have became a question mark: ?2023-10-13 10:05? 来源：新华网
    r"[?？](?=\s?(?:(?:19|20)\d\d[-年/.]|[来來]源|作者|字[号號]|我[来來]))|(?<=\d)[?？](?=\s|$)"
)
FIELD_BREAK = lazy_pattern(r"[\n|｜丨/](?:(?<!/)|(?<!\S/)(?!\S))")  # a stroke only between blanks


class Byline(NamedTuple):
    """What the byline below a title says, each part as far as it is there."""

    published_at: str | None = None
    """ISO 8601 with the outlet's offset; the date alone where no clock time is given."""
    source: str | None = None
    """The medium that the article was taken from."""
    authors: tuple[str, ...] = ()
    editor: str | None = None
    remainder: str = ""
    """What the line says besides, such as 字号 and 打印; "" where the fields hold it all."""


class _Field(NamedTuple):
    """A piece of a byline between two labels or times."""

    kind: str
    """The group of the label; "" for a piece without one."""
    text: str


def read_byline(line: str, *, source: str = "", author: str = "") -> Byline:
    """Read a byline whose parts may stand in any order.

    Args:
        line: The line below the title.
        source: The field of the medium, where the page's markup tells it from the line.
        author: The field of the authors, likewise.

    >>> read_byline("发布时间：2023-10-13 来源： 新华网 作者：李雷 韩梅梅")
    Byline(published_at='2023-10-13', source='新华网', authors=('李雷', '韩梅梅'), editor=None, remainder='')
    >>> read_byline("王小明   时间：2023-10-13  来源：  字号： 打印")
    Byline(published_at='2023-10-13', source=None, authors=('王小明',), editor=None, remainder='字号： 打印')
    """
    line, beyond = readable(line[:_MAX_READ]), line[_MAX_READ:]
    times = times_of_byline(line)
    time = publication_time(times)
    fields = list(_fields(line, times))
    if source or author:
        marked = ((kind, strip_label(text)) for kind, text in (("author", author), ("source", source)))
        fields[:0] = [_Field(kind, text) for kind, text in marked if text]
    if any(map(_is_address, fields)):  # a portal's, which stands before the medium
        fields.sort(key=_is_address)
    told = time.value if time else ""
    other_times = (line[other.start : other.end] for other in times if not told or other.value != told)
    reading = _Reading(medium_is_labelled=any(field.kind == "source" for field in fields))
    remainder = [*other_times, beyond, *[reading.read(field) for field in fields if field.text]]
    return Byline(
        published_at=told or None,
        source=reading.medium,
        authors=tuple(dict.fromkeys(reading.authors)),
        editor=reading.editor,
        remainder=" ".join(piece for piece in remainder if piece.strip(_FIELD_ENDS)),
    )


def _is_address(field: _Field) -> bool:
    return field.text.startswith(("http", "www.")) and _ADDRESS.fullmatch(field.text) is not None


@dataclass(slots=True)
class _Reading:
    """What the fields of a byline say that were read so far."""

    medium_is_labelled: bool
    medium: str | None = None
    authors: list[str] = field(default_factory=list)
    editor: str | None = None

    def read(self, part: _Field) -> str:
        """Read a field and return what it says besides names."""
        kind, text = part
        if " " in text and (kind == "source" or kind in _UNLABELLED):
            text = _SAID_TWICE.sub(r"\1", text)
        if kind != "editor" and self.editor is None and (named := editor_at_end(text)):
            self.editor, text = named["name"], text[: named.start()].strip()
        if kind == "source" and self.medium is None:
            return self._take_medium(split_source(text))
        if kind in ("author", "slash", "by"):
            writer = _WRITES_FROM.sub("", text) if kind == "by" else text
            return self._take_authors(writer, read_names(writer)) or text[len(writer) :].strip()
        if kind == "editor" and self.editor is None:
            text = text.rstrip(_EDITOR_ENDS)
            names = tuple(piece for piece in split_names(STAFF_NUMBER.sub("", text)) if not is_control(piece))
            self.editor = " ".join(names) or None
            return _without(text, names)
        return self._read_unlabelled(text) if kind in _UNLABELLED else text

    def _read_unlabelled(self, text: str) -> str:
        """Read a piece that may be a medium, names or both."""
        if (label := _PUBLISHED_BY.match(text)) and is_organisation(text[label.end() :]):
            text = text[label.end() :]
        if self.medium is None and not self.medium_is_labelled:
            if both := _medium_and_names(text):
                return self._take_medium(both)
            if is_organisation(text) and not is_control(text):
                medium = text.rstrip(",，")
                medium = medium.strip("《》") if medium[0] == "《" else medium
                self.medium = without_bracket(medium) if medium[0] in BRACKETS else medium
                return ""
        text = _ROLE_BEHIND.sub("", text)
        return self._take_authors(text, _bare_names(text))

    def _take_medium(self, source: SourceField) -> str:
        self.medium = source.medium
        self.authors += source.authors
        return source.remainder

    def _take_authors(self, text: str, names: Sequence[str]) -> str:
        self.authors += names
        return _without(text, names)


def removed_byline(line: str, byline: Byline, editor: str | None) -> list[Removed]:
    """Return the line of a byline as a removed piece, unless the fields, and the record's editor, hold all it says."""
    has_address = without_links(line) != line
    says_more = byline.remainder or has_address or byline.editor not in (None, editor)
    says_more = says_more or any(map(begins_with_role, line.split("\n")))
    return [Removed("byline", line)] if says_more else []


def readable(line: str) -> str:
    """Return a line with its fields apart and told, as most pages have them."""
    line = without_links(without_invisible(line).lstrip(f"{NAME_MARKS} "))
    if line.endswith(("版", "版）", "版)")) and (newspaper := _NEWSPAPER.match(line)):
        return f"{newspaper['day']} 来源：{newspaper['medium']} {newspaper['page']}"
    return _LOST_BLANK.sub(" ", line) if "?" in line or "？" in line else line


def without_links(line: str) -> str:
    """Return a line with the words of Markdown's links alone.

    >>> without_links("来源：[新华网](http://www.example.com/)")
    '来源：新华网'
    """
    return _LINK.sub(r"\1", line) if "](" in line else line


def times_of_byline(line: str) -> list[TimeMatch]:
    """Return the times of a line, else its day and clock time without a year."""
    if not may_hold_time(line):  # as most lines
        return []
    return find_times(line) or [time for time in [find_time_without_year(line)] if time]


def _fields(line: str, times: Iterable[TimeMatch]) -> Iterator[_Field]:
    """Split a byline at its labels, its times and bars."""
    blank = blank_times(line, times)
    kind, words, start = "", "", 0
    for label in (*find_labels(blank), None):
        value, *bare = FIELD_BREAK.split(blank[start : label.start() if label else None])
        value = value.strip(FIELD_MARKS)
        if kind in ("unknown", "tibetan"):  # not a field: the label goes with its value
            yield _Field(kind, f"{words} {value}".strip())
        elif value or kind:
            yield _Field(kind, value)
        for piece in bare:
            if text := piece.strip(FIELD_MARKS):
                yield _Field("", text)
        if label:
            kind, words, start = label.lastgroup or "", label[0].strip(), label.end()


def blank_times(line: str, times: Iterable[TimeMatch]) -> str:
    """Return a line with a newline in the place of each of its times."""
    pieces, end = [], 0
    for time in times:
        pieces.append(line[end : time.start])
        end = time.end
    return "\n".join([*pieces, line[end:]])


def editor_at_end(text: str) -> re.Match[str] | None:
    """Return the editor that a piece ends with, whose label has no colon."""
    named = _EDITOR_AT_END.search(text) if EDITING.search(text) else None
    return named if named and is_person(named["name"]) else None


def _bare_names(text: str) -> tuple[str, ...]:
    """Return the names in a piece without a label, if it holds nothing but names and roles."""
    if begins_with_role(text):
        return tuple(filter(may_be_person, read_names(text)))
    pieces = [piece for piece in split_names(text) if not is_control(piece)]
    return tuple(pieces) if all(is_person(piece) or is_foreign_name(piece) for piece in pieces) else ()


def is_medium_with_names(line: str) -> bool:
    """Return whether a line without a label is a medium and the names of its writers."""
    return _medium_and_names(line) is not None


def _medium_and_names(text: str) -> SourceField | None:
    """Return what a piece without a label says, if it is a medium and the names after it."""
    name, *media = re.split(r"\s?[/／]\s?", text, maxsplit=1)
    if media and is_person(name) and is_organisation(media[0]):  # 李雷/商报
        return SourceField(media[0], (name,), "")
    field = split_source(text)
    if field.remainder and field.medium and is_organisation(field.medium):
        return field
    words = [word for word in text.split() if not is_control(word)]
    if len(words) < 2:
        return None
    controls = " ".join(word for word in text.split() if is_control(word))
    if is_organisation(words[-1]) and all(map(is_person, words[:-1])):
        return SourceField(words[-1], tuple(words[:-1]), controls)
    if controls:
        field = split_source(" ".join(words))
    is_both = field.authors and field.medium and is_organisation(field.medium)
    return field._replace(remainder=f"{field.remainder} {controls}".strip()) if is_both else None


def _without(text: str, names: Iterable[str]) -> str:
    """Return what a field says besides names and roles."""
    if "".join(text.split()) == "".join(names):  # 李 雷 is 李雷
        return ""
    rest = without_roles(text)
    for name in names:
        rest = rest.replace(name, "", 1)
    return rest if _LETTER.search(rest) else ""
