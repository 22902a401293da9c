"""Reads the field of a byline that names the medium: 来源：《西藏日报》 记者 王媛."""

from __future__ import annotations

import re
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.dateline import AGENCY
from tibetnews.text.page.labels import FIELD_MARKS, strip_label
from tibetnews.text.page.names import (
    begins_with_role,
    is_control,
    is_organisation,
    is_person,
    is_province,
    read_names,
    split_names,
    without_roles,
)
from tibetnews.text.remembered import remembered

_CONTROLS_IN_BRACKETS = lazy_pattern(r"[【\[（(](?=\s?(?:字[号號体體]|大\b|打印))")
_AGENCY = lazy_pattern(AGENCY)
_LATIN_MEDIUM = lazy_pattern(
    r"Xinhua(?: News Agency)?|(?:CGTN|ECNS)(?:\.cn)?|China (?:Daily|Tibet (?:Online|Network)|News Service)"
    r"|People's Daily(?: Online)?|Global Times|(?:\w{1,10}\.)?china\.org\.cn|(?:www\.)?tibet\.cn",
    re.IGNORECASE,
)
_MAX_MEDIUM = 24  # characters of a line with a medium and its writers
_TITLE_MARK = lazy_pattern("[《》〈〉]")
_ISSUE = lazy_pattern(r"(?:19|20)\d\d(?:\s?[/.]|年第)\s?\d{1,2}期?$|第?\s?[A-Z]?\d{1,3}\s?版$")
_BETWEEN_TITLES = lazy_pattern(r"》[\s、]*《")
_WRITERS_BEHIND = lazy_pattern(r"[（(](?P<names>[^（）()]*)[）)]$")
_LAST_PART = lazy_pattern(r"[/（(·-](?P<part>[^/（()）·-]*)[）)]?$")  # 新华社/王媛
_QUOTED = dict(zip('《〈“「『【[(（"', '》〉”」』】])）"', strict=True))
_UNKNOWN = "无 無 暂无 暫無 未知 不详 不詳 其他 其它 / 空 null none undefined"
_NO_MEDIUM = frozenset(_UNKNOWN.split())


class SourceField(NamedTuple):
    """What the field of the medium says."""

    medium: str | None
    authors: tuple[str, ...]
    remainder: str
    """Controls of the page, such as 字号 and 打印, and the issue of a journal."""


def read_source(text: str) -> SourceField:
    """Return the medium in a field, and the authors whose names follow it.

    >>> read_source("来源：《西藏日报》 记者 王媛 字号：大 中 小")
    SourceField(medium='西藏日报', authors=('王媛',), remainder='字号：大 中 小')
    """
    return split_source(strip_label(text) or "")


@remembered(_MAX_MEDIUM)  # most stories come from a few media
def split_source(text: str) -> SourceField:
    """Return medium and authors in a field whose label is gone."""
    bracket = _CONTROLS_IN_BRACKETS.search(text)
    controls = text[bracket.start() :] if bracket else ""
    text = text[: bracket.start()] if bracket else text
    if (behind := _WRITERS_BEHIND.search(text)) and begins_with_role(behind["names"]):  # 河谷商报（记者 李雷）
        text = f"{text[: behind.start()]} {behind['names']}"
    words = text.split()
    index = next((i for i, word in enumerate(words) if is_control(word)), len(words))
    controls = " ".join([*words[index:], controls]).strip()
    words = words[:index]
    names: tuple[str, ...] = ()
    for i in range(1, len(words)):
        remainder = " ".join(words[i:])
        if begins_with_role(remainder) or all(map(is_person, split_names(remainder))):
            names, words = read_names(remainder), words[:i]
            break
    if len(words) == 2 and _AGENCY.fullmatch(words[0]) and is_province(words[1]):
        words, controls = words[:1], " ".join([*words[1:], controls]).strip()
    medium = " ".join(words)
    last = None if names else _LAST_PART.search(medium)
    if last and is_organisation(before := medium[: last.start()].strip()):
        writers = read_names(last["part"])
        if all(map(is_person, writers)) and (writers or not last["part"]):
            medium, names = before, writers
    if issue := _ISSUE.search(medium):  # 《求是》2024/05
        medium, controls = medium[: issue.start()], f"{issue[0].strip()} {controls}".strip()
    if medium.strip(" （）()[]").lower() in _NO_MEDIUM:
        medium, controls = "", f"{medium} {controls}".strip()
    return SourceField(_plain_medium(medium), names, controls)


def is_medium(line: str) -> bool:
    """Return whether a line is the name of a medium that needs no label, perhaps with its writers."""
    if len(line) > _MAX_MEDIUM or not _AGENCY.match(line):
        return _LATIN_MEDIUM.fullmatch(line) is not None
    medium, _, remainder = split_source(line)
    return not remainder and _AGENCY.fullmatch(without_roles(medium or "")) is not None


def _plain_medium(text: str) -> str | None:
    """Return a medium without the marks around its name: 《人民日报》 is 人民日报."""
    text = text.strip(FIELD_MARKS + "，,；;、").rstrip("（([【 ")  # of a bracket with the day or a control
    text = text.replace("<<", "《").replace(">>", "》")
    while (
        text and text[-1] in "】])）" and not any(text[-1] == close and mark in text for mark, close in _QUOTED.items())
    ):
        text = text[:-1].rstrip()
    while len(text) > 1 and _QUOTED.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    if _TITLE_MARK.search(text):
        text = _TITLE_MARK.sub("", _BETWEEN_TITLES.sub("、", text)).strip()
    return text or None
