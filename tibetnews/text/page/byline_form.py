"""Tells a byline from other lines: what a line must be to hold the time of publication, and no more than fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import HAS_STOP
from tibetnews.text.page.byline import (
    FIELD_BREAK,
    blank_times,
    editor_at_end,
    read_byline,
    readable,
    times_of_byline,
    without_links,
)
from tibetnews.text.page.labels import NAME_MARKS, find_labels, match_label
from tibetnews.text.page.names import (
    begins_with_role,
    is_control,
    is_foreign_name,
    is_organisation,
    is_person,
    is_province,
    read_names,
)
from tibetnews.text.page.source import is_medium
from tibetnews.text.unicode_ranges import TIBETAN

_PAPER_PAGE = lazy_pattern(r"第?[A-Z\d]{1,4}版[：:]\S{1,16}")  # 第6版：要闻
_MAX_BYLINE = 120  # characters; longer lines are paragraphs
_MAX_REMAINDER = 60  # characters besides labels and time, such as a medium and names
_MAX_BARE_MEDIUM = 12  # characters of a medium that no label announces
_TIBETAN_PER_HAN = 3  # characters of Tibetan script that say as much as one Chinese character


def is_byline(line: str) -> bool:
    """Return whether a line holds a time of publication and little besides labels, names and a medium."""
    if len(line) > _MAX_BYLINE * _TIBETAN_PER_HAN:
        return False
    shown = line
    line = readable(line)
    if HAS_STOP.search(line):
        return False
    times = times_of_byline(line)
    if not times or _width(shown) > _MAX_BYLINE or (line[0] == "<" and line[-1] == ">"):  # source code of a page
        return False
    blank = blank_times(line, times)
    found = list(find_labels(blank))
    remainder = _without_labels(blank, found)
    labels = {label.lastgroup for label in found if label.lastgroup != "unknown" or not is_control(label[0].strip())}
    if not remainder:
        return labels != {"unknown"}  # 活动时间：2023-10-13 is a line of a notice
    if labels & {"source", "published", "posted", "editor", "author", "slash", "by", "tibetan"}:
        return _width(remainder) <= _MAX_REMAINDER
    # A medium without its label stands apart from the time; in a headline the date is one of the words.
    time = times[0]
    around = line[: time.start][-1:] + line[time.end :][:1]
    if not (time.has_clock or not around.strip(" |｜丨")) or "，" in remainder or "unknown" in labels:
        return False
    fields = (field.strip() for field in FIELD_BREAK.split(remainder))
    words = (word for field in fields for word in ([field] if _is_latin_name(field) else field.split()))
    pieces = [piece for word in words if not is_control(word) for piece in word.split("、")]
    if time.has_clock and len(pieces) > 1 and is_province(pieces[-1]):
        del pieces[-1]
    if not time.value:
        return any(map(is_medium, pieces))
    # A letter ends with its writer and the day: without a clock time a person is no author, but for an agency's.
    may_name = time.has_clock or any(is_medium(piece) or begins_with_role(piece) for piece in pieces)
    if all(
        is_organisation(piece)
        or is_medium(piece)
        or _PAPER_PAGE.fullmatch(piece)
        or (may_name and _names_person(piece))
        for piece in pieces
    ):
        return _width(remainder) <= _MAX_REMAINDER
    controls = sum(len(piece) + 1 for piece in remainder.split() if is_control(piece))
    return (
        time.has_clock and "年" not in line[time.start : time.end] and _width(remainder) - controls <= _MAX_BARE_MEDIUM
    )


def _is_latin_name(field: str) -> bool:
    return field.isascii() and (is_organisation(field) or is_foreign_name(field))


def _names_person(piece: str) -> bool:
    return is_person(piece) or begins_with_role(piece) or editor_at_end(piece) is not None


def is_byline_part(line: str) -> bool:
    """Return whether a line next to a byline belongs to it: a label of a byline and its value, or controls.

    >>> is_byline_part("来源：新华网"), is_byline_part("作者：李雷"), is_byline_part("记者：您为什么来西藏？")
    (True, True, False)
    """
    line = without_links(line.lstrip(f"{NAME_MARKS} "))
    if len(line) > _MAX_REMAINDER * _TIBETAN_PER_HAN or _width(line) > _MAX_REMAINDER or HAS_STOP.search(line):
        return False
    if match_label(line) is None:
        line = without_medium_in_front(line)
    label = match_label(line)
    if label is None or label.lastgroup in ("tibetan", "unknown", "picture"):
        return is_control(line) or (bool(line) and all(map(is_control, line.split())))
    if label.lastgroup in ("author", "slash", "by"):
        names = read_names(line)
        return all(is_person(name) or is_foreign_name(name) for name in names) and not read_byline(line).remainder
    return "，" not in line


def without_medium_in_front(line: str) -> str:
    """Return a line from its first label on, if nothing but a medium stands in front of that.

    >>> without_medium_in_front("河谷网 时间："), without_medium_in_front("雪山的记者：")
    ('时间：', '雪山的记者：')
    """
    label = next(find_labels(line), None)
    return line[label.start() :].strip() if label and is_organisation(line[: label.start()].strip()) else line


def is_time_of_form(line: str) -> bool:
    """Return whether a line is the time of an event below its day, as announcements and minutes have: 时间：09:30."""
    label = match_label(line)
    return label is not None and label.lastgroup == "when"


def _without_labels(text: str, labels: Sequence[re.Match[str]]) -> str:
    """Return a text with a space in the place of each of its labels."""
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True)).strip()


def _width(text: str) -> int:
    """Return the length of a text in Chinese characters: Tibetan script needs more for the same words."""
    tibetan = len(re.findall(f"[{TIBETAN}]", text))
    return len(text) - tibetan + tibetan // _TIBETAN_PER_HAN
