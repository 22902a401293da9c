"""Finds times in a line, and by the labels around them the time of publication; time_forms.py has their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.time_forms import (
    CHINA_STANDARD_TIME,
    DAY_AND_CLOCK,
    FIRST_POSSIBLE_DAY,
    YEAR_OF_DAY,
    find_moments,
)
from tibetnews.text.spans import lines_with
from tibetnews.text.unicode_ranges import INVISIBLE

_CLOCK_TOLERANCE = timedelta(days=1)  # the outlet's clock may be ahead of ours
_LABEL_WINDOW = 24  # characters in front of a time in which its label stands
_INVISIBLE = lazy_pattern(f"[{INVISIBLE}]")

_PUBLISHED = (
    r"(?:发布|發布|發佈|发表|發表|刊发|刊發|发稿|發稿|刊登|上线)(?:时间|時間|日期|于|於)?"
    r"|Published(?: on)?|Posted(?: on)?"
    r"|(?:འགྲེམས[་༌])?སྤེལ[་༌]དུས(?:[་༌]ཚོད)?"
)
_NOT_PUBLISHED = (
    r"(?:最后|最後|最近)?(?:更新|修改|编辑|編輯)(?:时间|時間|日期|于|於)?|(?:打印|访问|訪問|采集|抓取|下载|拍摄|截止|截至)(?:时间|時間|日期|于)?"
    r"|今天是|Last (?:updated|modified)|Updated|Modified"
)
_LABEL_END = r"[་༌]?\s{0,3}[：:།༎]?\s{0,4}$"
_ANNOUNCES_DAY = lazy_pattern(
    r"(?:[时時][间間]|日期|[发發刊](?:布|佈|表|稿)[于於]?|Date|Time|[来來]源\s?[：:]\s{0,4}\S{1,20})[\s：:|｜/]{0,4}$",
    re.IGNORECASE,
)
"""What stands in front of eight digits that are a day, and not the number of anything."""
_LABEL_BEHIND = lazy_pattern(
    r"\s{0,3}[（(]?(?:(?P<published>[发發刊](?:[布佈表稿]|发|發))|更新|修改)(?!\s?(?:时间|時間|日期|[于於]|[：:]))"
)
"""2023-10-13 10:05 发布 2023-10-14 08:00 更新."""
_NO_YEAR = lazy_pattern(
    r"(?<![\d年/.-])(?:0?[1-9]|1[0-2])(?:[-/](?:0?[1-9]|[12]\d|3[01])\s{1,3}|月(?:0?[1-9]|[12]\d|3[01])日\s{0,3})"
    r"(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)"
    r"|(?<=[时時][间間][：:])\s?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=\s|$|[人作浏阅点来])"
    r"|(?<!\w)(?:[今昨前][天日]\s{0,3}(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d)|\d{1,2}\s?(?:小时|小時|分钟|分鐘|天)前(?!\w))"
)
"""A day, and mostly a clock time, without a year: 10-13 10:05, 时间：10-13, 昨天 10:05, 3小时前."""
Role = Literal["published", "other", "unlabelled"]
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("published", lazy_pattern(rf"(?:{_PUBLISHED}){_LABEL_END}", re.IGNORECASE)),
    ("other", lazy_pattern(rf"(?:{_NOT_PUBLISHED}){_LABEL_END}", re.IGNORECASE)),
)


class TimeMatch(NamedTuple):
    """A time and where it stands in a text without invisible characters."""

    start: int
    end: int
    value: str
    """ISO 8601 with the outlet's offset; the date alone where the text has no clock time; "" without a year."""
    role: Role
    """By the label in front: the time of publication, another one such as the update's, or a time without label."""

    @property
    def has_clock(self) -> bool:
        """Whether it tells the hour."""
        return "T" in self.value or not self.value


def find_times(text: str) -> list[TimeMatch]:
    """Return all valid times of a text, which must have no invisible characters, in its order."""
    times: list[TimeMatch] = []
    for moment in find_moments(text):
        before = text[max(0, moment.start - _LABEL_WINDOW) : moment.start]
        role: Role = "unlabelled"
        if before.strip():
            if moment.is_number and not _ANNOUNCES_DAY.search(before):
                continue
            role = _role_by_label_in_front(before)
        times.append(TimeMatch(moment.start, moment.end, moment.value, role))
    if times and times[0].role == "unlabelled" and _LABEL_BEHIND.match(text, times[0].end):
        return [time._replace(role=_role_by_label_behind(text, time.end)) for time in times]
    return times


def _role_by_label_in_front(before: str) -> Role:
    if before.endswith("发布时间："):  # as on most pages of the outlet
        return "published"
    return next((role for role, label in _ROLES if label.search(before)), "unlabelled")


def _role_by_label_behind(text: str, end: int) -> Role:
    label = _LABEL_BEHIND.match(text, end)
    return "unlabelled" if label is None else "published" if label["published"] else "other"


def may_hold_time(text: str) -> bool:
    """Return, quickly, whether a text may hold a time, with a year or without one."""
    return YEAR_OF_DAY.search(text) is not None or DAY_AND_CLOCK.search(text) is not None


def lines_with_time(text: str) -> Iterator[str]:
    """Yield, quickly, the lines of a text that may hold a time."""
    yield from lines_with(YEAR_OF_DAY, text)
    yield from lines_with(DAY_AND_CLOCK, text)


def find_time_without_year(text: str) -> TimeMatch | None:
    """Return a day and a clock time without a year, which shows where a byline is but not when the story came out."""
    match = _NO_YEAR.search(text) if DAY_AND_CLOCK.search(text) else None
    return TimeMatch(match.start(), match.end(), "", role="unlabelled") if match else None


def publication_time(times: list[TimeMatch]) -> TimeMatch | None:
    """Return the time of publication: by its label, else the first without a label, else the first."""
    for role in ("published", "unlabelled"):
        for time in times:
            if time.role == role:
                return time
    return times[0] if times else None


def read_time(text: str) -> str | None:
    """Return the time of publication in ``text`` as ISO 8601 with the outlet's offset, or the date alone.

    >>> read_time("发布时间：2023年10月13日 下午2:26"), read_time("2023-10-13 来源：新华网")
    ('2023-10-13T14:26:00+08:00', '2023-10-13')
    """
    time = publication_time(find_times(without_invisible(text)))
    return time.value if time else None


def without_invisible(text: str) -> str:
    """Return a text without the characters that take no room on a page, such as U+200B."""
    return text if text.isascii() or text.isprintable() else _INVISIBLE.sub("", text)


def is_possible(published_at: str, now: datetime) -> bool:
    """Return whether an article can have been published at a time: not before the web, and not after tomorrow."""
    moment = datetime.fromisoformat(published_at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA_STANDARD_TIME)
    return moment.date() >= FIRST_POSSIBLE_DAY and moment <= now + _CLOCK_TOLERANCE
