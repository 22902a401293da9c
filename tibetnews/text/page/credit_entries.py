"""Splits a line of credits at its labels: who wrote, edited, checked or pictured a story, each with names."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import STORY_ENDS
from tibetnews.text.page.labels import EDITOR, REVIEW
from tibetnews.text.page.names import STAFF_NUMBER, begins_with_role, is_organisation, is_person, split_names
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_WRITER = (
    "文字|文|综合|整理|编译|撰文|撰稿|供稿|采写|(?:本文)?作者|(?:本[报報网網刊社]|特约|见习|实习|全媒体|首席|参与)?(?:记者|記者)|通讯员|通訊員|实习生"
    "|特约撰稿人?|执笔人?|参与(?:采写|报道)|རྩོམ་(?:པ་པོ|འབྲི་པ)|འབྲི་མཁན"
)
_PICTURE = "图片|图|圖|摄影|攝影|摄像|摄|攝|视频|拍摄"
_OTHER = (
    "审核|审校|校对|审稿|审签|编审|监制|总监制|统筹|策划|总策划|制作|制图|剪辑|美编|设计|排版|翻译|编导|播音|配音|出品人?|制片人?|鸣谢|主编"
    "|值班编委|值班主任|签发|审定|海报|素材|[来來]源|供[图圖]|ཞུ་དག(?:་པ|་མཁན)?"
)
_LABEL = lazy_pattern(
    rf"""
    (?:
        (?P<writer>(?:(?:{_PICTURE})[、/／&和及 ]?)?(?:{_WRITER})(?:[、/／&和及 ]?(?:{_PICTURE}|{_WRITER})){{0,2}})
        | (?P<editor>{EDITOR}) | (?P<review>{REVIEW}) | (?P<other>{_OTHER}|{_PICTURE})
    )
    (?P<mark>
        \s?[།༎༑༔]?\s?[：:/／|｜丨] | (?<=[{TIBETAN}])\s?[།༎༑༔] | (?<=ག)\s{{1,3}}   # no shad is written behind ག
        | (?<=[者員员生])\s? | (?<=[、/／&和及][图圖文])\s{{1,3}} | (?<=图文|文图)\s{{1,3}}   # 文/图 卓玛
        | (?<=[编編][辑輯])\s{{1,3}} | (?<=[责責][编編])\s{{1,3}} | (?<=[一二三][审審校])\s{{1,3}}   # 责编 卓玛
    )
    \s{{0,4}}
    """,
    re.VERBOSE,
)
_MAY_BE_LABEL = lazy_pattern(r"[：:/／|｜丨།༎༑༔者員员生]|[图圖文编編辑輯审審校]\s")  # in the end of any label
_UNKNOWN_LABEL = lazy_pattern(rf"(?<!\S)[{HAN}]{{2,6}}\s?[：:]\s{{0,4}}")
MEDIUM_IN_FRONT = lazy_pattern(
    rf"([{HAN}《》]{{2,16}}?)(?:综合(?:报道)?)?\s{{0,4}}"
    rf"(?=(?:{_WRITER}|{_PICTURE}|{_OTHER}|编辑|編輯|责编|責編)[ /／：:、{HAN}])"
)
"""The medium that stands in front of the first label: 中国西藏网 文/卓玛."""
RANK = lazy_pattern("[（(](?:实习|實習|见习|見習)[^（）()]{0,4}(?:[）)]|$)")
"""Of a person in training, behind a name."""
_NAME_BREAK = "、，,;；|·•・- "
STROKES = "/／丨｜"
"""Marks after a label that no speaker's name has."""


class Entry(NamedTuple):
    """A label of a line of credits, and whom it names."""

    kind: str
    """writer, editor, review or other; unknown for a label that no credit has."""
    label: str
    """With its mark."""
    mark: str
    """What ends the label, such as a colon; "" where only a blank does."""
    names: list[str]


def begins_with_label(line: str) -> bool:
    """Return whether a line begins with the label of a credit, and a mark: 编导：杨钰晨."""
    label = _LABEL.match(line)
    return label is not None and bool(label["mark"].strip()) and not line.endswith(STORY_ENDS)


def split_entries(core: str) -> list[Entry]:
    """Split a line at its labels; empty where it does not begin with one or a label has no names."""
    first = _LABEL.match(core)
    if first and not _MAY_BE_LABEL.search(core, first.end()):
        return [_entry(first, core[first.end() :])] if first.end() < len(core) else []
    labels = [match for match in _LABEL.finditer(core) if _stands_apart(core, match)]
    is_certain = any(label["editor"] and label["mark"].strip() for label in labels)
    unknown = list(_UNKNOWN_LABEL.finditer(core)) if is_certain else []
    starts = {match.start(): match for match in [*unknown, *labels]}
    if 0 not in starts:
        return []
    bounds = [*sorted(starts), len(core)]
    entries = [_entry(starts[start], core[starts[start].end() : end]) for start, end in pairwise(bounds)]
    if len(entries) > 1 and not entries[0].names and entries[0].kind == entries[1].kind == "writer":
        return [entries[0]._replace(names=entries[1].names), *entries[2:]]  # 文/本报记者 卓玛
    return entries


def _entry(label: re.Match[str], text: str) -> Entry:
    if "（" in text or "(" in text:
        text = RANK.sub("", text)
    names = split_names(STAFF_NUMBER.sub("", text.strip(_NAME_BREAK)))
    if len(names) > 1 and _names_medium(names[0]) and all(map(is_person, names[1:])):
        names = names[1:]  # 供稿：县融媒体中心 其米, 采写：河谷网记者 李雷
    if label.lastgroup is None:  # of an unknown label
        return Entry("unknown", label[0].strip(), "", names)
    kind = next(filter(label.group, ("editor", "writer", "review", "other")))
    if kind == "writer" and names and all(map(is_organisation, names)):
        kind = "other"  # 供稿：县融媒体中心
    return Entry(kind, label[0].strip(), label["mark"].strip(), names)


def _names_medium(text: str) -> bool:
    """Return whether a text in front of names is a medium, perhaps with the role of its writers."""
    return is_organisation(text) or begins_with_role(text)


def _stands_apart(core: str, match: re.Match[str]) -> bool:
    """Return whether a label is no part of a word: a blank or a mark is in front of it."""
    before = core[match.start() - 1 : match.start()]
    glued_editor = match["mark"].strip() and not match["writer"] and len(match[0]) > 2  # 责编：甲审核：乙
    return not before or before in f" 　\t\n、，,;；）)|{STROKES}" or bool(glued_editor)
