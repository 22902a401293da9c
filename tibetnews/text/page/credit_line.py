"""Reads the lines around a story that say who wrote and edited it: （中国西藏网 文/卓玛）, （责编：李雨潼）.

Such a line is made of labels and names and nothing else. It is taken apart at its labels, so that no pattern runs over
names of unknown length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from tibetnews.text.boilerplate.phrases import part_of_patterns
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import STORY_ENDS
from tibetnews.text.page.brackets import BRACKETS, CLOSING, bracketed_pieces, without_bracket
from tibetnews.text.page.labels import EDITING, EDITOR, REVIEW, is_label
from tibetnews.text.page.names import (
    STAFF_NUMBER,
    is_foreign_name,
    is_organisation,
    is_person,
    may_be_person,
    split_names,
)
from tibetnews.text.page.times import without_invisible
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_MAX_CREDIT = 160  # characters; longer lines are paragraphs
_WRITER = (
    "文字|文|综合|整理|编译|撰文|撰稿|供稿|采写|(?:本文)?作者|(?:本[报報网網刊社]|特约|见习|实习|全媒体|首席|参与)?(?:记者|記者)|通讯员|通訊員|实习生"
    "|特约撰稿人?|执笔人?|参与(?:采写|报道)|རྩོམ་(?:པ་པོ|འབྲི་པ)|འབྲི་མཁན"
)
_PICTURE = "图片|图|圖|摄影|攝影|摄像|摄|攝|视频|拍摄"
_OTHER = (
    "审核|审校|校对|审稿|审签|编审|监制|总监制|统筹|策划|总策划|制作|制图|剪辑|美编|设计|排版|翻译|编导|播音|配音|出品|主编"
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
_ORGANISATION = lazy_pattern(
    rf"([{HAN}《》]{{2,16}}?)(?:综合(?:报道)?)?\s{{0,4}}"
    rf"(?=(?:{_WRITER}|{_PICTURE}|{_OTHER}|编辑|編輯|责编|責編)[ /／：:、{HAN}])"
)
_WRITTEN_BY = lazy_pattern(
    "撰|供|采|文字|རྩོམ|འབྲི|[图圖]|文[、&和及]?[图圖]|文[/／]"
)  # labels that no line of a dialogue begins with
_NAME_FIRST = lazy_pattern(
    rf"(?<![^\s])([{HAN}·•・]{{2,12}})(?:\s?[/／]\s?(文|图|圖|摄|摄影|攝影|图文|文图|撰文)|\s{{1,3}}(文[/／][图圖摄]))(?!\S)"
)  # 卓玛/文 or 卓玛 文/图
_POSITION = lazy_pattern(
    r"(?:[，,；;]\s?(?:分别)?任|[，,；; ]\s?(?:分别)?(?:系|为|现任|现为|单位[：:])).{2,80}$"  # 任 is a family name, too
    r"|[，,；;\s]\s?(?:部分|文中)?(?:图片|照片|配图)(?:均?由.{1,30}提供|(?:均?来自|来?源[自于]).{1,20})$"
)
"""What a bracket says besides names: （作者：甲，系某大学教授） （文/甲 图片由受访者提供）."""
REPORTED = lazy_pattern(r"\s?(?:摄影|攝影|图文|圖文|采访|採訪)?(?:报道|報道|报导|報導)$|\s?文[并並][摄攝]$")
"""What they did, behind the names."""
STAFF_DAY = r"1[01]\d(?:0[1-9]|1[0-2])[0-3]\d"
"""A day of Taiwan's calendar, behind credits: （編輯：李雷）1121013."""
_MAY_BE_CREDIT = lazy_pattern(
    "[：:/／།༔|｜丨]|[编編辑輯审審校ག][ \u3000]|[者員员生][ \u3000\\w]|[图圖文][ \u3000]|By "
)  # a mark or a role in each form
_LABEL_WITHOUT_NAMES = lazy_pattern("[^：:/／།|｜丨]*+[：:]")
_DAY_BEHIND = lazy_pattern(rf"(?<=[）)]){STAFF_DAY}$")
_RANK = lazy_pattern("[（(](?:实习|實習|见习|見習)[^（）()]{0,4}(?:[）)]|$)")
_NAME_BREAK = "、，,;；|·•・- "
_STROKES = "/／丨｜"  # marks after a label that no speaker's name has
_EDITOR_OR_EDIT = lazy_pattern(r"编\s?辑|編\s?輯")  # a person of a dialogue, too
_EDITOR_WITHOUT_MARK = lazy_pattern(r"(?:编\s?辑|編\s?輯)\s{1,3}(?![\s：:/／|｜丨])")  # 编辑 李雷 is no line of credits
_EDITOR_NAME = lazy_pattern(rf"[{HAN}·•・]{{1,6}}|[\w .'’-]{{2,40}}")
_NO_NAME = lazy_pattern(r"[。！？!?…“”]")
_TOOK_PICTURE = lazy_pattern(r"(?:记者|記者|通讯员|通訊員)[^/／：:并並]{0,12}[摄攝]影?$")
_ENGLISH = lazy_pattern(
    r"\(?By (?P<names>[A-ZÀ-Þ][\w.'’-]{1,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}(?:(?:, | and )[A-ZÀ-Þ][\w.'’-]{1,30}"
    r"(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}){0,3})\)?"
)


class Credit(NamedTuple):
    """Who a line of credits names."""

    kind: Literal["byline", "editor"]
    authors: tuple[str, ...] = ()
    editor: str | None = None
    is_field: bool = False
    """Whether the editor's name is all that the line says."""


class _Entry(NamedTuple):
    kind: str
    label: str
    mark: str
    names: list[str]


@lru_cache(maxsize=1024)  # the finders of a page's parts ask about the same lines
def read_credit(line: str) -> Credit | None:
    """Return whom a line of credits names; None where the line says anything else.

    >>> read_credit("（中国西藏网 文/卓玛 摄影/李雷）")
    Credit(kind='byline', authors=('卓玛',), editor=None, is_field=False)
    >>> read_credit("责编：李雨潼 审核：王芳")
    Credit(kind='editor', authors=(), editor='李雨潼', is_field=False)
    """
    if line.endswith(STORY_ENDS) or len(line) > _MAX_CREDIT or not _MAY_BE_CREDIT.search(line):
        return None
    if line.endswith(("：", ":")) and _LABEL_WITHOUT_NAMES.fullmatch(line):
        return None
    line = without_invisible(line).strip()
    if "By " in line and (english := _ENGLISH.fullmatch(line)):
        return Credit("byline", tuple(re.split(r", | and ", english["names"])))
    pieces = bracketed_pieces(line)
    if len(pieces) > 1:
        return _join([credit for piece in pieces if (credit := read_credit(piece))])
    shown = pieces[0]
    core, bracketed = without_bracket(_DAY_BEHIND.sub("", shown)), shown[:1] in BRACKETS
    if bracketed:
        core = REPORTED.sub("", _POSITION.sub("", core))
    if (
        not core
        or _NO_NAME.search(core)
        or _TOOK_PICTURE.search(core)
        or (not bracketed and _EDITOR_WITHOUT_MARK.match(core))
    ):
        return None
    by_organisation = False
    if "/" in core or "／" in core:
        core = _NAME_FIRST.sub(r"\2\3/\1", core)
    if (organisation := _ORGANISATION.match(core)) and is_organisation(organisation[1].strip("《》")):
        core, by_organisation = core[organisation.end() :], True
    entries = _entries(core)
    if not entries or not _is_credit(entries, bracketed=bracketed, by_organisation=by_organisation):
        return None
    authors = {name: None for entry in entries if entry.kind == "writer" for name in entry.names}
    editors = [" ".join(entry.names) for entry in entries if entry.kind == "editor"]
    if authors:
        return Credit("byline", tuple(authors), editors[0] if editors else None)
    if editors:
        is_field = (
            len(entries) == 1
            and not by_organisation
            and not _RANK.search(core)
            and shown is line
            and core.endswith(editors[0][-1])
            and not line[-1].isdigit()
        )
        return Credit("editor", (), editors[0], is_field)
    return Credit("editor") if any(entry.kind == "review" for entry in entries) else None


def begins_with_label(line: str) -> bool:
    """Return whether a line begins with the label of a credit, and a mark: 编导：杨钰晨."""
    label = _LABEL.match(line)
    return label is not None and bool(label["mark"].strip()) and not line.endswith(STORY_ENDS)


def _join(credits: Sequence[Credit]) -> Credit | None:
    """Return whom the brackets of a line name; what other brackets say beside them is the page's, too: （完）."""
    if not credits:
        return None
    authors = tuple(dict.fromkeys(name for credit in credits for name in credit.authors))
    editor = next((credit.editor for credit in credits if credit.editor), None)
    return Credit("byline" if authors else "editor", authors, editor)


def read_editor(line: str) -> str | None:
    """Return the responsible editor's name where a line says nothing but credits, in any spelling.

    >>> read_editor("（责编：李雨潼）")
    '李雨潼'
    """
    credit = read_editor_credit(line)
    return credit.editor if credit else None


def read_editor_credit(line: str) -> Credit | None:
    """Return whom a line of credits names, if the responsible editor is among them."""
    credit = read_credit(line) if EDITING.search(line) else None
    return credit if credit and credit.editor else None


def with_value(lines: Sequence[str], i: int) -> str:
    """Return a line, and the next one if that is the person whom an editor's label at its end announces."""
    line = lines[i]
    if not line.endswith(("：", ":", "།")) or i + 1 == len(lines) or not EDITING.search(line):
        return line
    is_name = is_foreign_name if line[-1] == "།" and is_label(line) else is_person
    return f"{line}\n{lines[i + 1]}" if is_name(lines[i + 1].rstrip(CLOSING)) else line


def is_order(text: str) -> bool:
    """Return whether what stands behind an editor's label tells the editor what to do.

    >>> is_order("删去此段"), is_order("李雨潼")
    (True, False)
    """
    return _order().match(text) is not None


@cache
def _order() -> re.Pattern[str]:
    return part_of_patterns("order")


def _entries(core: str) -> list[_Entry]:
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


def _entry(label: re.Match[str], text: str) -> _Entry:
    if "（" in text or "(" in text:
        text = _RANK.sub("", text)
    names = split_names(STAFF_NUMBER.sub("", text.strip(_NAME_BREAK)))
    if len(names) > 1 and is_organisation(names[0]) and all(map(is_person, names[1:])):
        names = names[1:]  # 供稿：县融媒体中心 其米
    if label.lastgroup is None:  # of an unknown label
        return _Entry("unknown", label[0].strip(), "", names)
    kind = next(filter(label.group, ("editor", "writer", "review", "other")))
    return _Entry(kind, label[0].strip(), label["mark"].strip(), names)


def _stands_apart(core: str, match: re.Match[str]) -> bool:
    """Return whether a label is no part of a word: a blank or a mark is in front of it."""
    before = core[match.start() - 1 : match.start()]
    glued_editor = match["mark"].strip() and not match["writer"] and len(match[0]) > 2  # 责编：甲审核：乙
    return not before or before in f" 　\t\n、，,;；）)|{_STROKES}" or bool(glued_editor)


def _is_credit(entries: Sequence[_Entry], *, bracketed: bool, by_organisation: bool) -> bool:
    """Return whether labels and names are credits and not a line of a story."""
    if {entry.kind for entry in entries}.isdisjoint(("writer", "editor")):
        return _are_reviews([entry for entry in entries if entry.kind == "review"])
    if entries[0].kind == "unknown" and not all(map(_is_name, entries[0].names)):
        return False
    among_others = bracketed or by_organisation or len(entries) > 1
    for kind, label, mark, names in entries:
        if kind == "unknown":
            continue
        if not names or len(names) > 8:
            return False
        certain = bool(mark) and (among_others or mark[-1] in _STROKES)
        form: Callable[[str], bool] = _may_be_editor
        if kind == "writer":
            if not (certain or bracketed or by_organisation or mark == "|" or _WRITTEN_BY.match(label)):
                return False
            form = may_be_person if certain else _is_name
        elif kind == "editor" and not certain and _EDITOR_OR_EDIT.fullmatch(label.rstrip("：: ")):
            if not (mark or bracketed):
                return False
            form = _is_name
        if not all(map(form, names)) or not (mark or bracketed or form is _is_name or all(map(_is_name, names))):
            return False
    return True


def _are_reviews(entries: Sequence[_Entry]) -> bool:
    """Return whether entries name who checked a story; the instances of a court have the same names."""
    if len(entries) < 2 and not any(len(re.findall("[审審校]", entry.label)) == 2 for entry in entries):
        return False
    return all(entry.names and all(map(_is_name, entry.names)) for entry in entries)


def _is_name(name: str) -> bool:
    return is_person(name) or is_foreign_name(name)


def _may_be_editor(name: str) -> bool:
    """Return whether a name may follow a label of the editorial office: also one character, or an office."""
    if is_order(name):
        return False
    return _EDITOR_NAME.fullmatch(name) is not None or may_be_person(name) or is_organisation(name)
