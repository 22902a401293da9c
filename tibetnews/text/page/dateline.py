"""Reads datelines, the opening words of wire copy, in all languages of the outlet: 新华社北京10月12日电（记者张漫子）.

The pattern is tried at the start of a paragraph only, and each of its parts is bounded in length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.names import read_names
from tibetnews.text.page.time_forms import MONTH_NAME, number_of
from tibetnews.text.script import fold_script
from tibetnews.text.types import Dateline
from tibetnews.text.unicode_ranges import HAN_BASIC, TIBETAN

AGENCY = (
    r"新华社|新华网|人民网|人民日报|中新网|中新社|中国新闻网|中国西藏网|央视网|央广网|光明网|光明日报|经济日报"
    r"|中国网|中国日报网?|科技日报|法治日报|法制日报|工人日报|农民日报|解放军报|中国青年报|中青在线|国际在线"
    rf"|环球网|澎湃新闻|本报|本网|西藏日报|西藏商报|西藏广播电视台|(?:[{HAN_BASIC}]{{2,6}}(?:日报|晚报|商报|新闻网|在线))"
)
_SENT = lazy_pattern("[电電讯訊消](?:(?<!消)|息)")
"""What every dateline says, within _MAX_DATELINE characters."""
_MAX_DATELINE = 40
_MAX_WITH_REPORTERS = 160
_DATELINE = lazy_pattern(
    rf"""
    (?P<agency>(?:{AGENCY}|[{HAN_BASIC}]{{2,6}}网(?!络)|[{HAN_BASIC}]{{2}}社)(?:客户端|新媒体)?)\s?
    (?:
        (?P<place>[{HAN_BASIC}·]{{2,12}}?)?\s?
        (?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日
        (?:电(?![话视])|讯|消息)           # 12日电, not 12日电话采访
        | 讯(?![息号问])                   # 本报讯, not 本报讯息员
        | (?:消息|电)(?=[\s（(：:，,]|$)   # 新华社电, not 人民日报电子版 or 新华网消息灵通人士
    )
    (?:
        \s?[（(]\s?(?P<reporters>[^（）()]{{1,80}}?)\s?[）)]
        # 讯 记者李雷报道：
        | \s?(?P<telling>(?:本报|特约|见习|实习)?记者[^。！？：:，,（）()]{{1,40}}?)\s?报[道导]\s?(?=[：:，,\s])
    )?
    """,
    re.VERBOSE,
)
_TIBETAN_DATELINE = lazy_pattern(  # ཀྲུང་གོའི་བོད་ལྗོངས་དྲ་བའི་འཕྲིན།
    rf"""
    (?P<agency>(?:(?![།༑])[{TIBETAN}]){{2,48}}?(?:དྲ་བ|ཁང|ཚགས་པར))(?:འི|་(?:གི|ཀྱི|གྱི))?་
    (?:ཟླ་(?P<month>\d{{1,2}})[པབ]འི་ཚེས་(?P<day>\d{{1,2}})(?:[པབ]འི་)?ཉིན་(?:གྱི་)?)?
    (?:གློག་)?འཕྲིན[།༑]
    """,
    re.VERBOSE,
)
_LAST_TIBETAN = TIBETAN[-1]
_LATIN_DATELINE = lazy_pattern(  # LHASA, Oct. 12 (Xinhua) --, LHASA, 12 octobre (Xinhua) --
    rf"""
    (?P<place>[A-ZÀ-Þ][\w'’.\ -]{{1,30}}),\s
    (?:(?P<day_in_front>\d{{1,2}})(?:er|\.)?\s)?(?P<month>(?i:{MONTH_NAME}))\b\.?(?:\s(?P<day>\d{{1,2}}))?\s
    \((?P<agency>[A-Z][\w.\ ]{{1,30}})\)\s?[-–—]
    """,
    re.VERBOSE,
)


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


def find_dateline(paragraphs: Iterable[str]) -> ParsedDateline | None:
    """Return the dateline of a story, which opens one of its first two paragraphs."""
    for paragraph in islice(paragraphs, 2):
        if dateline := read_dateline(paragraph):
            return dateline
    return None


def read_dateline(paragraph: str) -> ParsedDateline | None:
    """Return the dateline that opens a paragraph; None where there is none.

    >>> read_dateline("新华社北京10月12日电（记者张漫子）今天").resolve("2023-10-13")
    Dateline(agency='新华社', place='北京', date='2023-10-12')
    >>> read_dateline("新華社拉薩10月12日電（記者劉暢）今天").resolve("2023-10-13")
    Dateline(agency='新華社', place='拉薩', date='2023-10-12')
    >>> read_dateline("本报拉萨10月12日讯 记者李雷 韩梅梅报道：今天").reporters
    ('李雷', '韩梅梅')
    >>> read_dateline("LHASA, Oct. 12 (Xinhua) -- Snow fell").resolve("2023-10-13")
    Dateline(agency='Xinhua', place='LHASA', date='2023-10-12')
    >>> read_dateline("ཀྲུང་གོའི་བོད་ལྗོངས་དྲ་བའི་འཕྲིན། དེ་རིང་").agency
    'ཀྲུང་གོའི་བོད་ལྗོངས་དྲ་བ'
    """
    if paragraph[:1] <= _LAST_TIBETAN:  # no Chinese character is
        if match := _TIBETAN_DATELINE.match(paragraph):
            return ParsedDateline(match["agency"], month=_number(match["month"]), day=_number(match["day"]))
        if match := _LATIN_DATELINE.match(paragraph):
            day = _number(match["day"] or match["day_in_front"])
            return ParsedDateline(match["agency"], match["place"], _number(match["month"]), day)
    if not _SENT.search(paragraph, 0, _MAX_DATELINE):
        return None
    match = _DATELINE.match(fold_script(paragraph[:_MAX_WITH_REPORTERS]))  # one character for one
    if match is None:
        return None
    return ParsedDateline(
        agency=paragraph[slice(*match.span("agency"))],
        place=paragraph[slice(*match.span("place"))] or None,
        month=_number(match["month"]),
        day=_number(match["day"]),
        reporters=read_names(paragraph[slice(*match.span("reporters" if match["reporters"] else "telling"))]),
    )


def _number(text: str | None) -> int | None:
    return number_of(text) if text else None
