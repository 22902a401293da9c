"""Reads times of publication in all forms that the outlet's pages, their meta tags and their mirrors use.

docs/times.md lists the accepted forms. Every repetition in the patterns is bounded, so that a long line costs one look
at each of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.unicode_ranges import INVISIBLE

CHINA_STANDARD_TIME = timezone(timedelta(hours=8))
FIRST_POSSIBLE_DAY = date(1995, 1, 1)
"""No Chinese news outlet was on the web before this day."""

_CLOCK_TOLERANCE = timedelta(days=1)  # the outlet's clock may be ahead of ours
_LABEL_WINDOW = 24  # characters in front of a time in which its label stands
_MAX_OFFSET_HOURS = 14

# Each replaced character stays one character, so that positions stay the same.
_ASCII_DIGITS = str.maketrans("０１２３４５６７８９༠༡༢༣༤༥༦༧༨༩／－‐‑–．", "01234567890123456789/----.")
_OTHER_DIGITS = lazy_pattern("[０-９༠-༩／－‐‑–．]")
_INVISIBLE = lazy_pattern(f"[{INVISIBLE}]")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar",
            "february feb février fevrier februar",
            "march mar mars märz",
            "april apr avril",
            "may mai",
            "june jun juin juni",
            "july jul juillet juli",
            "august aug août aout",
            "september sept sep septembre",
            "october oct octobre oktober",
            "november nov novembre",
            "december dec décembre decembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DIGITS_OF_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERALS = "〇一二三四五六七八九"
_YEAR_IN_WORDS = rf"[一二][九〇零○][{_NUMERALS}零○]{{2}}(?=\s?年)"
YEAR_BEGINNING = lazy_pattern(
    rf"[12１２༡༢民][09０９༠༩国國]\s?\d\d|{_YEAR_IN_WORDS}"
)  # in any digits; faster than to change the digits first
_YEAR_DIGITS = lazy_pattern(rf"{_YEAR}|民[国國](?=\s?\d)|{_YEAR_IN_WORDS}")
_FIRST_YEAR_OF_TAIWAN = 1911  # the year before its first
_MAX_BEFORE_YEAR = 20  # characters of a time in front of its year: 13th  September.,  2023
_PERIOD = (
    r"上午|早[上晨]?|清晨|凌晨|中午|正午|下午|午[后後]|傍晚|晚上|晚[间間]|夜[里间間]|深夜|午夜|晚"
    r"|[AP]\.?M(?![A-Za-z])\.?"
)
_TIME = lazy_pattern(
    rf"""
    (?<!\d)
    (?:
        (?P<year>{_YEAR})
        (?: \s{{0,2}}[-/.年]\s{{0,2}} | \s{{1,3}}(?=\d\d\s?[-/.月]) | (?=\d\d/\d\d) )     # mirrors write 2023 06/ 16
        (?P<month>\d{{1,2}}) \s{{0,2}}[-/.月]\s{{0,2}}
        (?P<day>\d{{1,2}})(?!\d(?!\d:\d\d))(?:\s?[日号號])?                      # not the beginning of a longer number
        | (?<![A-Za-z_./-])
          (?P<compact_year>{_YEAR})(?P<compact_month>0[1-9]|1[0-2])(?P<compact_day>0[1-9]|[12]\d|3[01])
          (?:(?P<compact_hour>[01]\d|2[0-3])(?P<compact_minute>[0-5]\d)(?P<compact_second>[0-5]\d)?)?
          (?![\dA-Za-z_-]|\.\w)
        | (?P<name_first>{_MONTH_NAME})\b\.?\s{{1,2}}(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}
          (?P<year_third>{_YEAR})(?!\d)
        | (?P<day_first>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s{{1,2}}|-)(?P<name_second>{_MONTH_NAME})\b\.?,?
          (?:\s{{1,2}}|-)(?P<year_last>{_YEAR})(?!\d)
        | (?P<german_day>\d{{1,2}})\.(?P<german_month>\d{{1,2}})\.(?P<german_year>{_YEAR})(?!\d)
        | (?<![/-])(?P<slash_first>\d{{1,2}})(?P<slash>[/-])(?P<slash_second>\d{{1,2}})(?P=slash)(?P<slash_year>{_YEAR})
          (?![\d/]|-\d(?!\d?:))
        | 民[国國]\s?(?P<taiwan_year>\d{{2,3}})\s?年\s?(?P<taiwan_month>\d{{1,2}})\s?月\s?(?P<taiwan_day>\d{{1,2}})
          (?:\s?[日号號])?
        | (?P<word_year>{_YEAR_IN_WORDS})\s?年\s?(?P<word_month>[{_NUMERALS}十]{{1,2}})\s?月\s?
          (?P<word_day>[{_NUMERALS}十]{{1,3}})\s?[日号號]
        | (?P<tibetan_year>{_YEAR})\s?ལོའི?[་༌]?\s?ཟླ[་༌]?\s?(?P<tibetan_month>\d{{1,2}})\s?(?:པའི)?[་༌]?\s?
          (?:ཚེས|ཉིན)[་༌]?\s?(?P<tibetan_day>\d{{1,2}})(?!\d)(?:\s?་?ཉིན[་།]?)?
    )
    (?:
        (?:
            (?P<iso>T)
            | \s?[-_/.]\s?(?=\d{{1,2}}[:：]\d\d(?!\d))
            | (?:&nbsp;|[\s,，、|｜]){{0,4}}
              (?:
                  [（(]?\s?
                  (?:
                      (?:星期|礼拜|禮拜|周|週)[一二三四五六日天]
                      | (?<=[（(])[一二三四五六日天](?=[)）])
                      | (?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?\b\.?
                  )
                  \s?[)）]?[\s,，]{{0,4}}
              )?
              (?:(?:北京时间|北京時間|at|um|à)\s?)?
        )
        (?:(?P<period>{_PERIOD})\s?)?
        (?P<hour>\d{{1,2}})
        (?:
            \s?[:：]\s?(?P<minute>\d\d)(?!\d)(?:[:：](?P<second>\d\d)(?:[.,]\d{{1,9}})?)?
            | \s?[时時点點h]
              (?:\s?(?P<minute_after>\d{{1,2}})(?!\d)\s?分?(?:\s?(?P<second_after>\d{{1,2}})\s?秒)?|(?P<half>半)|[整钟鐘])?
            | (?<=\d\d)(?=[\s)）]{{0,4}}(?:$|[|｜]|Z|[+-]\d\d:?\d\d))     # the hour alone, where the line or field ends
        )
        (?:\s?(?P<period_after>[AP]\.?M\b\.?))?
        (?:
            \s?(?P<utc>Z\b|UTC|GMT)(?:\s?(?P<offset_from_utc>[+-]\d{{1,2}}(?::?\d\d)?))?
            | \s?(?P<offset>[+-]\d\d(?::?\d\d)?)(?!\d)
        )?
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

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
Role = Literal["published", "other", "unlabelled"]
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("published", lazy_pattern(rf"(?:{_PUBLISHED}){_LABEL_END}", re.IGNORECASE)),
    ("other", lazy_pattern(rf"(?:{_NOT_PUBLISHED}){_LABEL_END}", re.IGNORECASE)),
)


_MAX_CLOCK = 16  # characters of a clock time in front of its day
_CLOCK_BEFORE = lazy_pattern(
    r"(?<!\d)(?<!\d[:：])(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d))?\s?(?P<period>[AaPp]\.?[Mm]\.?)?,?\s{1,2}$"
)  # 10:05, 13 May 2023
_LABEL_BEHIND = lazy_pattern(
    r"\s{0,3}[（(]?(?:(?P<published>[发發刊](?:[布佈表稿]|发|發))|更新|修改)(?!\s?(?:时间|時間|日期|[于於]|[：:]))"
)
"""2023-10-13 10:05 发布 2023-10-14 08:00 更新."""


_WEEKDAY_FIRST = lazy_pattern(
    rf"""
    \b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{{0,6}}[.,]{{0,2}}\s{{1,2}}(?P<month>{_MONTH_NAME})\.?\s{{1,2}}(?P<day>\d{{1,2}}),?\s{{1,2}}
    (?:(?P<year>{_YEAR})\s{{1,2}})?(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)
    (?:\s?(?:CST|(?P<zone>(?:GMT|UTC)(?:[+-]\d\d:?\d\d)?|[+-]\d{{4}})))?
    (?(year)(?:\s?\([^()]{{2,30}}\))?|\s{{1,2}}(?P<year_last>{_YEAR})(?!\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""As programs write a time that nobody formats: Fri Oct 13 10:05:00 CST 2023."""
_SHORT_YEAR = lazy_pattern(
    r"(?<!\d[:：])(?<![\d./-])[012]\d(?=(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])\s{1,3}\d{1,2}[:：]\d\d(?!\d)"
    r"|年\d{1,2}月\d{1,2}日\s{0,3}\d{1,2}[:：]\d\d(?!\d))"
)
"""In front of a month, a day and a clock time: 23-10-13 10:05."""
DAY_AND_CLOCK = lazy_pattern(
    r"\d(?:(?:-|/|\.|月)\d{1,2}日?\s{0,3}\d{1,2}[:：]\d\d|\s?(?:小时|小時|分钟|分鐘|天)前)|[今昨前][天日]\s{0,3}\d{1,2}[:：]\d\d"
)
"""What a time with a short year, or without one, holds."""
_NO_YEAR = lazy_pattern(
    r"(?<![\d年/.-])(?:0?[1-9]|1[0-2])(?:[-/](?:0?[1-9]|[12]\d|3[01])\s{1,3}|月(?:0?[1-9]|[12]\d|3[01])日\s{0,3})"
    r"(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)"
    r"|(?<!\w)(?:[今昨前][天日]\s{0,3}(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d)|\d{1,2}\s?(?:小时|小時|分钟|分鐘|天)前(?!\w))"
)


class TimeMatch(NamedTuple):
    """A time and where it stands in a text without invisible characters."""

    start: int
    end: int
    value: str
    """ISO 8601 with the outlet's offset; the date alone where the text has no clock time; "" without a year."""

    has_clock: bool
    role: Role
    """By the label in front: the time of publication, another one such as the update's, or a time without label."""


def find_times(text: str) -> list[TimeMatch]:
    """Return all valid times of a text, which must have no invisible characters, in its order."""
    if not YEAR_BEGINNING.search(text):
        return _times_with_short_year(text)
    if unformatted := _WEEKDAY_FIRST.search(text):
        month, day, clock, zone = unformatted.group("month", "day", "clock", "zone")
        year = unformatted["year"] or unformatted["year_last"]
        day_first = f"{year}-{_MONTHS[month.lower()]}-{day} {clock} {zone or ''}".rstrip()
        return _times_rewritten(text, unformatted, day_first)
    return _usual_times(text) or _times_with_short_year(text)


def _usual_times(text: str) -> list[TimeMatch]:
    plain = text.translate(_ASCII_DIGITS) if _OTHER_DIGITS.search(text) else text
    times: list[TimeMatch] = []
    end = 0
    for match in _time_matches(plain):
        try:
            value = _moment(match)
        except (ValueError, OverflowError):  # such as month 13: no date, so look further
            continue
        start, has_clock = match.start(), "T" in value
        if not has_clock and (clock := _CLOCK_BEFORE.search(plain, max(end, start - _MAX_CLOCK), start)):
            start, has_clock = clock.start(), True
            hour = _hour(int(clock["hour"]), (clock["period"] or "").upper())
            value = f"{value}T{hour:0>2}:{clock['minute']}:{clock['second'] or '00'}+08:00"
        end = match.end()
        before = plain[max(0, start - _LABEL_WINDOW) : start]
        role: Role = "unlabelled"
        if before.strip():
            role = next((role for role, label in _ROLES if label.search(before)), "unlabelled")
        if has_clock or match["compact_year"] is None or not before.strip() or _ANNOUNCES_DAY.search(before):
            times.append(TimeMatch(start, end, value, has_clock, role))
    if times and times[0].role == "unlabelled" and _LABEL_BEHIND.match(plain, times[0].end):
        behind = [_LABEL_BEHIND.match(plain, time.end) for time in times]
        return [time._replace(role=_role_of(label)) for time, label in zip(times, behind, strict=True)]
    return times


def find_time_without_year(text: str) -> TimeMatch | None:
    """Return a day and a clock time without a year, which shows where a byline is but not when the story came out."""
    match = _NO_YEAR.search(text) if DAY_AND_CLOCK.search(text) else None
    return TimeMatch(match.start(), match.end(), "", has_clock=True, role="unlabelled") if match else None


def _times_with_short_year(text: str) -> list[TimeMatch]:
    short = _SHORT_YEAR.search(text) if DAY_AND_CLOCK.search(text) else None
    return _times_rewritten(text, short, f"20{short[0]}") if short else []


def _times_rewritten(text: str, match: re.Match[str], usual: str) -> list[TimeMatch]:
    """Return the times of a text that has one of them in an unusual form, at their places."""
    start, longer = match.start(), len(usual) - len(match[0])
    times = _usual_times(f"{text[:start]}{usual}{text[match.end() :]}")
    return [
        time._replace(
            start=time.start - (longer if time.start > start else 0), end=time.end - (longer if time.end > start else 0)
        )
        for time in times
    ]


def _role_of(label: re.Match[str] | None) -> Role:
    """Return the role that a label behind a time tells."""
    return "unlabelled" if label is None else "published" if label["published"] else "other"


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
    return text if text.isascii() else _INVISIBLE.sub("", text)


def is_possible(published_at: str, now: datetime) -> bool:
    """Return whether an article can have been published at a time: not before the web, and not after tomorrow."""
    moment = datetime.fromisoformat(published_at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA_STANDARD_TIME)
    return moment.date() >= FIRST_POSSIBLE_DAY and moment <= now + _CLOCK_TOLERANCE


def _time_matches(plain: str) -> Iterator[re.Match[str]]:
    """Yield what the pattern of a time matches; each match holds a year, so only places near one are searched."""
    start = end = 0
    while year := _YEAR_DIGITS.search(plain, start):
        position = year.start()
        before = plain[position - 1 : position]
        if before in (".", "/", "-") or before.isspace():  # a day and a month may stand in front
            match = _TIME.search(plain, max(end, position - _MAX_BEFORE_YEAR))
            if match is None:
                return
        else:
            match = _TIME.match(plain, position)
        start = position + 1
        if match:
            yield match
            start = end = match.end()


def _moment(match: re.Match[str]) -> str:
    """Return the time of a match; raise ValueError where the calendar or the clock has no such time."""
    if match["year"]:  # most pages
        day = date(*map(int, match.group("year", "month", "day")))
    elif match["compact_year"]:
        day = date(*map(int, match.group("compact_year", "compact_month", "compact_day")))
    elif match["word_year"]:
        day = date(*map(_in_digits, match.group("word_year", "word_month", "word_day")))
    elif match["slash_year"]:
        month, day_of_month = map(int, match.group("slash_first", "slash_second"))
        if month > 12:
            month, day_of_month = day_of_month, month
        elif day_of_month <= 12 and month != day_of_month:
            raise ValueError("either may be the month")
        day = date(int(match["slash_year"]), month, day_of_month)
    else:
        name = match["name_first"] or match["name_second"]
        month = _MONTHS[name.lower()] if name else _first(match, "german_month", "tibetan_month", "taiwan_month")
        year = _first(match, "year_third", "year_last", "german_year", "tibetan_year")
        year = year or _FIRST_YEAR_OF_TAIWAN + _first(match, "taiwan_year")
        if match["taiwan_year"] and year < FIRST_POSSIBLE_DAY.year:
            raise ValueError("no day of a page, but of history")
        day = date(year, month, _first(match, "day_second", "day_first", "german_day", "tibetan_day", "taiwan_day"))
    digits = match["hour"] or match["compact_hour"]
    if digits is None:
        return day.isoformat()
    minute = 30 if match["half"] else int(match["minute"] or match["minute_after"] or match["compact_minute"] or 0)
    hour = _hour(int(digits), (match["period"] or match["period_after"] or "").upper())
    if hour == 24 and (minute == 0 or match["period"]):  # the midnight that ends the day
        day, hour = day + timedelta(days=1), 0
    second = int(match["second"] or match["second_after"] or match["compact_second"] or 0)
    zone = _zone(match)
    clock = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    return (clock if zone is CHINA_STANDARD_TIME else clock.astimezone(CHINA_STANDARD_TIME)).isoformat()


def _in_digits(words: str) -> int:
    """Return the number in Chinese numerals: 二〇二三 is 2023, 十三 is 13, 二十 is 20."""
    tens, ten, ones = words.translate(_DIGITS_OF_NUMERALS).rpartition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(ones)


def _first(match: re.Match[str], *groups: str) -> int:
    """Return the number in the first group that took part in the match; 0 for none."""
    return int(next(filter(None, map(match.group, groups)), 0))


def _hour(hour: int, period: str) -> int:
    """Return the hour of a 24-hour clock; 下午2 is 14, 上午12 is 0, 中午12 is 12, 晚上12 is 24."""
    period = period.replace(".", "")
    if hour > 12 or not period:
        return hour
    if period in ("上午", "早上", "早晨", "早", "清晨", "凌晨", "AM"):
        return 0 if hour == 12 else hour
    if period in ("中午", "正午"):
        return hour + 12 if hour <= 3 else hour
    if period in ("下午", "午后", "午後", "傍晚", "PM"):
        return hour if hour == 12 else hour + 12
    return hour + 12 if hour >= 5 else hour  # in the night: 晚上8点 is 20, 深夜1点 is 1


def _zone(match: re.Match[str]) -> timezone:
    """Return the zone that a match names; the outlet's where it names none."""
    offset = match["offset_from_utc"] or match["offset"]
    if offset is None:
        return UTC if match["utc"] else CHINA_STANDARD_TIME
    # 10:05-11:30 is a span of time; an offset west of Greenwich follows seconds or the T of ISO 8601.
    if match["offset"] and offset[0] == "-" and not (match["iso"] or match["second"]):
        return CHINA_STANDARD_TIME
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > _MAX_OFFSET_HOURS:
        return CHINA_STANDARD_TIME
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if offset[0] == "-" else delta)
