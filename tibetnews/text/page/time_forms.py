"""The forms in which pages, their meta tags and their mirrors write a time, and the moment that each tells.

docs/times.md lists the accepted forms. Every repetition in the patterns is bounded, so that a long line costs one look
at each of its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.remembered import remembered
from tibetnews.text.unicode_ranges import HAN_BASIC, TIBETAN

CHINA_STANDARD_TIME = timezone(timedelta(hours=8))
FIRST_POSSIBLE_DAY = date(1995, 1, 1)
"""No Chinese news outlet was on the web before this day."""

_MAX_OFFSET_HOURS = 14

# Each replaced character stays one character, so that positions stay the same.
_ASCII_DIGITS = str.maketrans("０１２３４５６７８９༠༡༢༣༤༥༦༧༨༩／－‐‑–．", "01234567890123456789/----.")
_OTHER_DIGITS = lazy_pattern("[０-９༠-༩／－‐‑–．]")

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
MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6}[.,]{0,2}\s{1,2}"
_YEAR = r"(?:19|20)\d\d"
_DIGITS_OF_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERALS = "〇一二三四五六七八九"
_YEAR_IN_WORDS = rf"[一二][九〇零○][{_NUMERALS}零○]{{2}}(?=\s?年)"
_NUMERAL_BEHIND = rf"(?<=[一二])[九〇零○][{_NUMERALS}零○]{{2}}(?=\s?年)"  # the rest of a year in words
_MARKS = r"/.／－‐‑–．\-"  # between the numbers of a day
YEAR_OF_DAY = lazy_pattern(  # in any digits; begins with a set, which is found faster
    rf"[12１２༡༢民一二](?:(?<![一二])[０９༠༩国國]\s?\d\d|{_NUMERAL_BEHIND}|(?<![民一二])[09]\d\d(?:"
    rf"[\s年?？{_MARKS}]{{1,5}}\d|\d\d/\d\d|(?<![A-Za-z_./-]....)(?:0[1-9]|1[0-2])[0-3]\d|\s?ལོ"  # the day follows
    rf"|(?<=\d[{_MARKS}]....)|(?<=[A-Za-zéû\d.,\s][\s?？]....)|(?<=[A-Za-z.,]-....)"  # it stands in front
    rf"|[\s年月日号:：{_MARKS}]{{0,6}}(?m:$)))"  # on the next line
)
"""A year beside which a month and a day may stand, as they do in every time that tells a year."""
_YEAR_DIGITS = lazy_pattern(rf"[12民一二](?:(?:(?<=1)9|(?<=2)0)\d\d|(?<=民)[国國](?=\s?\d)|{_NUMERAL_BEHIND})")
_DIGIT = lazy_pattern(r"\d")
_FIRST_YEAR_OF_TAIWAN = 1911  # the year before its first
_CENTURY = 2000  # of a year of two digits
_MAX_LINE = 120  # characters of a line whose times are remembered
_MAX_BEFORE_YEAR = 28  # characters of a time in front of its year: Wednesday,  September 13th,  2023
_PERIOD = (
    r"上午|早[上晨]?|清晨|凌晨|中午|正午|下午|午[后後]|傍晚|晚上|晚[间間]|夜[里间間]|深夜|午夜|晚"
    r"|[AP]\.?M(?![A-Za-z])\.?"
)
_CLOCK = rf"""
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
            \s?(?P<utc>Z\b|UTC|GMT)(?:\s?(?P<offset_from_utc>[+-]\d{{1,2}}(?::?\d\d)?)(?:\s?\([^()]{{2,30}}\))?)?
            | \s?(?P<offset>[+-]\d\d(?::?\d\d)?)(?!\d)
        )?
    )?
"""
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
        | (?:{_WEEKDAY})?(?P<name_first_month>{MONTH_NAME})\b\.?\s{{1,2}}(?P<name_first_day>\d{{1,2}})
          (?:st|nd|rd|th)?,?\s{{1,2}}(?P<name_first_year>{_YEAR})(?!\d)
        | (?P<day_first_day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s{{1,2}}|-)(?P<day_first_month>{MONTH_NAME})\b\.?,?
          (?:\s{{1,2}}|-)(?P<day_first_year>{_YEAR})(?!\d)
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
    {_CLOCK}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_USUAL_TIME = lazy_pattern(
    rf"(?<!\d)(?P<usual>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    rf"(?: (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?=$|\s[{HAN_BASIC}{TIBETAN}])|(?=$|\n[来作{TIBETAN}])))",
    re.ASCII,
)
"""The form of nearly all times, with nothing behind that could be a part of them: 2023-10-13 10:05."""
_PROGRAM_TIME = lazy_pattern(
    rf"""
    {_WEEKDAY}(?P<month>{MONTH_NAME})\.?\s{{1,2}}(?P<day>\d{{1,2}}),?\s{{1,2}}
    (?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?
    (?:\s?(?:CST|(?P<utc>GMT|UTC)(?P<offset_from_utc>[+-]\d\d:?\d\d)?|(?P<offset>[+-]\d{{4}})))?
    \s{{1,2}}(?P<year>{_YEAR})(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""As programs write a time that nobody formats: Fri Oct 13 10:05:00 CST 2023."""
_SHORT_TIME = lazy_pattern(
    rf"""
    (?<!\d[:：])(?<![\d./-])(?P<year>[012]\d)(?:(?P<mark>[-/.])|年)
    (?P<month>0?[1-9]|1[0-2])(?(mark)(?P=mark)|月)
    (?P<day>0?[1-9]|[12]\d|3[01])(?(mark)\s{{1,3}}|日\s{{0,3}})
    (?=\d{{1,2}}[:：]\d\d(?!\d)){_CLOCK}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""With a year of two digits, in front of a clock time: 23-10-13 10:05."""
DAY_AND_CLOCK = lazy_pattern(
    r"[\d今昨前时時](?:(?<=\d)(?:[-/.月]\d{1,2}日?\s{0,3}\d{1,2}[:：]\d\d|\s?(?:小时|小時|分钟|分鐘|天)前)"
    r"|(?<=[今昨前])[天日]\s{0,3}\d{1,2}[:：]\d\d|(?<=[时時])[间間][：:]\s?\d\d-\d\d(?![^\s人作浏阅点来]))"
)
"""What a time with a short year, or without one, holds."""
_MAX_CLOCK = 16  # characters of a clock time in front of its day
_CLOCK_BEFORE = lazy_pattern(
    r"(?<!\d)(?<!\d[:：])(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d))?\s?(?P<period>[AaPp]\.?[Mm]\.?)?,?\s{1,2}$"
)  # 10:05, 13 May 2023

_Groups = Mapping[str, str | None]
"""The groups of a match; those of the same name mean the same in all patterns."""
_DAY_FORMS = ("", "compact_", "name_first_", "day_first_", "german_", "tibetan_", "taiwan_", "word_")
"""What the groups of each form of a day begin with."""


class Moment(NamedTuple):
    """What a time on a page tells."""

    start: int
    end: int
    value: str
    """ISO 8601 with the outlet's offset; the date alone where the text has no clock time."""
    is_number: bool
    """Whether it is eight digits, which may be the number of anything."""


def find_moments(text: str) -> Sequence[Moment]:
    """Return the valid times of a text; a year of two digits counts where no other is."""
    if not YEAR_OF_DAY.search(text) and not DAY_AND_CLOCK.search(text):
        return ()
    return _moments(text)


@remembered(_MAX_LINE, texts=8)  # the line of a page that tells its time is asked about again and again
def _moments(text: str) -> Sequence[Moment]:
    moments: list[Moment] = []
    plain = text.translate(_ASCII_DIGITS) if _OTHER_DIGITS.search(text) else text
    if YEAR_OF_DAY.search(text):
        moments = list(_read(plain, _matches_near_years(plain))) or list(_read(plain, _PROGRAM_TIME.finditer(plain)))
    if not moments and DAY_AND_CLOCK.search(plain) and (match := _SHORT_TIME.search(plain)):
        moments = list(_read(plain, [match]))
    return moments


def _matches_near_years(plain: str) -> Iterator[re.Match[str]]:
    """Yield what the pattern of a time matches; each match holds a year, so only places near one are searched."""
    start = end = 0
    while year := _YEAR_DIGITS.search(plain, start):
        position = year.start()
        before = plain[position - 1 : position]
        front = max(end, position - _MAX_BEFORE_YEAR)
        if (before in (".", "/", "-") or before.isspace()) and _DIGIT.search(plain, front, position):
            match = _TIME.search(plain, front)  # a day and a month may stand in front
            if match is None:
                return
        else:
            match = _USUAL_TIME.match(plain, position) or _TIME.match(plain, position)
        start = position + 1
        if match:
            yield match
            start = end = match.end()


def _read(plain: str, matches: Iterable[re.Match[str]]) -> Iterator[Moment]:
    """Yield the moments of those matches that the calendar and the clock have."""
    end = 0
    for match in matches:
        start, groups = match.start(), match.groupdict()
        try:
            if usual := groups.get("usual"):
                value = _usual_moment(usual)
            else:
                before = max(end, start - _MAX_CLOCK)
                if not _has_clock(groups) and (clock := _CLOCK_BEFORE.search(plain, before, start)):
                    start = clock.start()
                    groups |= clock.groupdict()
                value = _moment(groups)
        except (ValueError, OverflowError):  # such as month 13: no date, so look further
            continue
        end = match.end()
        yield Moment(start, end, value, is_number="T" not in value and bool(groups.get("compact_year")))


def _has_clock(groups: _Groups) -> bool:
    return bool(groups["hour"] or groups.get("compact_hour"))


def _usual_moment(text: str) -> str:
    """Return the time of a match of the usual form; raise ValueError where the calendar has no such day."""
    moment = datetime.fromisoformat(text)
    return f"{moment.isoformat()}+08:00" if " " in text else text


def _moment(groups: _Groups) -> str:
    """Return the time of a match; raise ValueError where the calendar or the clock has no such time."""
    day = _day(groups)
    if not _has_clock(groups):
        return day.isoformat()
    minute = 30 if groups.get("half") else _number(groups, "minute", "minute_after", "compact_minute")
    period = groups.get("period") or groups.get("period_after") or ""
    hour = _hour(_number(groups, "hour", "compact_hour"), period.upper())
    if hour == 24 and (minute == 0 or groups.get("period")):  # the midnight that ends the day
        day, hour = day + timedelta(days=1), 0
    second = _number(groups, "second", "second_after", "compact_second")
    zone = _zone(groups)
    clock = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    return (clock if zone is CHINA_STANDARD_TIME else clock.astimezone(CHINA_STANDARD_TIME)).isoformat()


def _day(groups: _Groups) -> date:
    if groups.get("slash_year"):
        month, day = _number(groups, "slash_first"), _number(groups, "slash_second")
        if month > 12:
            month, day = day, month
        elif day <= 12 and month != day:
            raise ValueError("either may be the month")
        return date(_number(groups, "slash_year"), month, day)
    form = next(form for form in _DAY_FORMS if groups.get(f"{form}year"))
    year, month, day = (_number(groups, f"{form}{part}") for part in ("year", "month", "day"))
    if form == "taiwan_":
        year += _FIRST_YEAR_OF_TAIWAN
        if year < FIRST_POSSIBLE_DAY.year:
            raise ValueError("no day of a page, but of history")
    return date(year if year >= 100 else _CENTURY + year, month, day)


def _number(groups: _Groups, *names: str) -> int:
    """Return the number in the first of some groups that took part in the match; 0 for none."""
    return number_of(next(filter(None, map(groups.get, names)), "0"))


def number_of(digits: str) -> int:
    """Return a number in digits of any kind; names of months are numbers too.

    >>> number_of("二〇二三"), number_of("十三"), number_of("Oct"), number_of("07")
    (2023, 13, 10, 7)
    """
    if digits.isdecimal():
        return int(digits)
    if month := _MONTHS.get(digits.lower()):
        return month
    tens, ten, ones = digits.translate(_DIGITS_OF_NUMERALS).rpartition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(ones)


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


def _zone(groups: _Groups) -> timezone:
    """Return the zone that a match names; the outlet's where it names none."""
    offset = groups["offset_from_utc"] or groups["offset"]
    if offset is None:
        return UTC if groups["utc"] else CHINA_STANDARD_TIME
    # 10:05-11:30 is a span of time; an offset west of Greenwich follows seconds or the T of ISO 8601.
    if groups["offset"] and offset[0] == "-" and not (groups.get("iso") or groups["second"]):
        return CHINA_STANDARD_TIME
    hours, minutes = int(offset[1:3].rstrip(":")), int(offset[3:].lstrip(":") or 0)
    if hours > _MAX_OFFSET_HOURS:
        return CHINA_STANDARD_TIME
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if offset[0] == "-" else delta)
