"""Reads the byline below a title: time, medium, authors and editor, with labels and without, in any order.

One grammar serves pages with markup and plain text. Every pattern is bounded in length, so that none can backtrack
over a long line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import HAS_STOP
from tibetnews.text.page.labels import EDITOR, FIELD_MARKS, find_labels, match_label, strip_label
from tibetnews.text.page.names import (
    STAFF_NUMBER,
    begins_with_role,
    is_control,
    is_foreign_name,
    is_organisation,
    is_person,
    is_province,
    may_be_person,
    read_names,
    split_names,
    without_roles,
)
from tibetnews.text.page.source import SourceField, is_medium, split_source
from tibetnews.text.page.times import (
    TimeMatch,
    find_time_without_year,
    find_times,
    publication_time,
    without_invisible,
)
from tibetnews.text.types import Removed
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_MAX_BYLINE = 120  # characters; longer lines are paragraphs
_MAX_READ = 1000  # characters of a line that are searched for fields
_MAX_REMAINDER = 60  # characters besides labels and time, such as a medium and names
_MAX_BARE_MEDIUM = 12  # characters of a medium that no label announces
_TIBETAN_PER_HAN = 3  # characters of Tibetan script that say as much as one Chinese character
_LETTER = lazy_pattern(r"[^\W_]")
_EDITOR_AT_END = lazy_pattern(rf"(?<!\S)(?:{EDITOR})\s{{0,4}}(?P<name>[{HAN}·]{{2,6}})$", re.VERBOSE)  # 编辑 王媛
_ROLE_BEHIND = lazy_pattern(r"\s?[/／]\s?(?:文|图|圖|摄|攝|摄影|图文|文图)$")  # 王小明/文
_WRITES_FROM = lazy_pattern(r" (?:in|from) [A-ZÀ-Þ][\w,. -]{1,40}$")  # By Palden Nyima in Lhasa
_FIELD_ENDS = FIELD_MARKS + "、，,；;/（）()"
_EDITOR_ENDS = "】])） "
_FIELD_BREAK = lazy_pattern(r"[\n|｜丨]|(?<!\S)/(?!\S)")


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
    line, beyond = without_invisible(line[:_MAX_READ]), line[_MAX_READ:]
    times = _times_of_byline(line)
    time = publication_time(times)
    marked = ((kind, strip_label(text)) for kind, text in (("author", author), ("source", source)))
    fields = [*(_Field(kind, text) for kind, text in marked if text), *_fields(line, times)]
    announced = {field.kind for field in fields}
    medium, editor = None, None
    authors: list[str] = []
    told = time.value if time else ""
    remainder = [*(line[other.start : other.end] for other in times if not told or other.value != told), beyond]
    for kind, text in [field for field in fields if field.text]:
        if kind != "editor" and editor is None and (named := _editor_at_end(text)):
            editor, text = named["name"], text[: named.start()].strip()
        unread = text
        if kind == "source" and medium is None:
            medium, names, unread = split_source(text)
            authors += names
        elif kind in ("author", "slash", "by"):
            writer = _WRITES_FROM.sub("", text) if kind == "by" else text
            names = read_names(writer)
            authors += names
            unread = _without(writer, names) or text[len(writer) :].strip()
        elif kind == "editor" and editor is None:
            text = text.rstrip(_EDITOR_ENDS)
            names = tuple(piece for piece in split_names(STAFF_NUMBER.sub("", text)) if not is_control(piece))
            editor = " ".join(names) or None
            unread = _without(text, names)
        elif kind in ("", "published", "posted", "when", "source", "editor"):
            if medium is None and "source" not in announced and (field := _medium_and_names(text)):
                medium, names, unread = field
                authors += names
            elif medium is None and "source" not in announced and is_organisation(text):
                medium, unread = text.rstrip(",，"), ""
            else:
                text = _ROLE_BEHIND.sub("", text)
                names = _bare_names(text)
                authors += names
                unread = _without(text, names)
        remainder.append(unread)
    return Byline(
        published_at=told or None,
        source=medium,
        authors=tuple(dict.fromkeys(authors)),
        editor=editor,
        remainder=" ".join(piece for piece in remainder if piece.strip(_FIELD_ENDS)),
    )


def removed_byline(line: str, byline: Byline, editor: str | None) -> list[Removed]:
    """Return the line of a byline as a removed piece, unless the fields, and the record's editor, hold all it says."""
    return [Removed("byline", line)] if byline.remainder or byline.editor not in (None, editor) else []


def is_byline(line: str) -> bool:
    """Return whether a line holds a time of publication and little besides labels, names and a medium."""
    if len(line) > _MAX_BYLINE * _TIBETAN_PER_HAN:
        return False
    shown = line
    line = without_invisible(line)
    times = _times_of_byline(line)
    if not times or _width(shown) > _MAX_BYLINE or (line[0] == "<" and line[-1] == ">"):  # source code of a page
        return False
    blank = _blank_times(line, times)
    found = list(find_labels(blank))
    remainder = _without_labels(blank, found)
    labels = {label.lastgroup for label in found if label.lastgroup != "unknown" or not is_control(label[0].strip())}
    if not remainder or HAS_STOP.search(remainder):
        return not remainder and labels != {"unknown"}  # 活动时间：2023-10-13 is a line of a notice
    if labels & {"source", "published", "posted", "editor", "author", "slash", "by", "tibetan"}:
        return _width(remainder) <= _MAX_REMAINDER
    # A medium without its label stands apart from the time; in a headline the date is one of the words.
    time = times[0]
    around = line[: time.start][-1:] + line[time.end :][:1]
    if not (time.has_clock or not around.strip(" |｜丨")) or "，" in remainder or "unknown" in labels:
        return False
    fields = (field.strip() for field in _FIELD_BREAK.split(remainder))
    words = (word for field in fields for word in ([field] if _is_latin_name(field) else field.split()))
    pieces = [word for word in words if not is_control(word)]
    if time.has_clock and len(pieces) > 1 and is_province(pieces[-1]):
        del pieces[-1]
    if not time.value:
        return any(map(is_medium, pieces))
    # A letter ends with its writer and the day: without a clock time a person is no author, but for an agency's.
    may_name = time.has_clock or any(is_medium(piece) or begins_with_role(piece) for piece in pieces)
    if all(is_organisation(piece) or (may_name and _names_person(piece)) for piece in pieces):
        return _width(remainder) <= _MAX_REMAINDER
    controls = sum(len(piece) + 1 for piece in remainder.split() if is_control(piece))
    return (
        time.has_clock and "年" not in line[time.start : time.end] and _width(remainder) - controls <= _MAX_BARE_MEDIUM
    )


def _times_of_byline(line: str) -> list[TimeMatch]:
    return find_times(line) or [time for time in [find_time_without_year(line)] if time]


def _is_latin_name(field: str) -> bool:
    return field.isascii() and (is_organisation(field) or is_foreign_name(field))


def _names_person(piece: str) -> bool:
    return is_person(piece) or begins_with_role(piece) or _editor_at_end(piece) is not None


def is_byline_part(line: str) -> bool:
    """Return whether a line next to a byline belongs to it: a label of a byline and its value, or controls.

    >>> is_byline_part("来源：新华网"), is_byline_part("作者：李雷"), is_byline_part("记者：您为什么来西藏？")
    (True, True, False)
    """
    if len(line) > _MAX_REMAINDER * _TIBETAN_PER_HAN or _width(line) > _MAX_REMAINDER or HAS_STOP.search(line):
        return False
    label = match_label(line)
    if label is None or label.lastgroup in ("tibetan", "unknown", "picture"):
        return bool(line) and all(map(is_control, line.split()))
    if label.lastgroup in ("author", "slash", "by"):
        names = read_names(line)
        return all(is_person(name) or is_foreign_name(name) for name in names) and not read_byline(line).remainder
    return "，" not in line


def is_time_of_form(line: str) -> bool:
    """Return whether a line is the time of an event below its day, as announcements and minutes have: 时间：09:30."""
    label = match_label(line)
    return label is not None and label.lastgroup == "when"


def _fields(line: str, times: Iterable[TimeMatch]) -> Iterator[_Field]:
    """Split a byline at its labels, its times and bars."""
    blank = _blank_times(line, times)
    kind, words, start = "", "", 0
    for label in (*find_labels(blank), None):
        value, *bare = _FIELD_BREAK.split(blank[start : label.start() if label else None])
        value = value.strip(FIELD_MARKS)
        if kind in ("unknown", "tibetan"):  # not a field: the label goes with its value
            yield _Field(kind, f"{words} {value}".strip())
        elif value or kind:
            yield _Field(kind, value)
        yield from (_Field("", text) for piece in bare if (text := piece.strip(FIELD_MARKS)))
        if label:
            kind, words, start = label.lastgroup or "", label[0].strip(), label.end()


def _without_labels(text: str, labels: Sequence[re.Match[str]]) -> str:
    """Return a text with a space in the place of each of its labels."""
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True)).strip()


def _blank_times(line: str, times: Iterable[TimeMatch]) -> str:
    """Return a line with a newline in the place of each of its times."""
    pieces, end = [], 0
    for time in times:
        pieces.append(line[end : time.start])
        end = time.end
    return "\n".join([*pieces, line[end:]])


def _editor_at_end(text: str) -> re.Match[str] | None:
    """Return the editor that a piece ends with, whose label has no colon."""
    named = _EDITOR_AT_END.search(text)
    return named if named and is_person(named["name"]) else None


def _bare_names(text: str) -> tuple[str, ...]:
    """Return the names in a piece without a label, if it holds nothing but names and roles."""
    if begins_with_role(text):
        return tuple(filter(may_be_person, read_names(text)))
    pieces = split_names(text)
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
    controls = " ".join(word for word in text.split() if is_control(word))
    if len(words) < 2:
        return None
    if is_organisation(words[-1]) and all(map(is_person, words[:-1])):
        return SourceField(words[-1], tuple(words[:-1]), controls)
    field = split_source(" ".join(words))
    is_both = field.authors and field.medium and is_organisation(field.medium)
    return field._replace(remainder=f"{field.remainder} {controls}".strip()) if is_both else None


def _without(text: str, names: Iterable[str]) -> str:
    """Return what a field says besides names and roles."""
    if _spread(text, names):
        return ""
    rest = without_roles(text)
    for name in names:
        rest = rest.replace(name, "", 1)
    return rest if _LETTER.search(rest) else ""


def _spread(text: str, names: Iterable[str]) -> bool:
    """Return whether a text is nothing but the names, in their order, with blanks anywhere: 李 雷 is 李雷."""
    return "".join(text.split()) == "".join(names)


def _width(text: str) -> int:
    """Return the length of a text in Chinese characters: Tibetan script needs more for the same words."""
    tibetan = len(re.findall(f"[{TIBETAN}]", text))
    return len(text) - tibetan + tibetan // _TIBETAN_PER_HAN
