"""Reads the lines around a story that say who wrote and edited it: （中国西藏网 文/卓玛）, （责编：李雨潼）.

Such a line is made of labels and names and nothing else. It is taken apart at its labels, so that no pattern runs over
names of unknown length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from tibetnews.text.boilerplate.phrases import part_of_patterns
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import STORY_ENDS
from tibetnews.text.page.brackets import BRACKETS, CLOSING, bracketed_pieces, without_bracket
from tibetnews.text.page.credit_entries import MEDIUM_IN_FRONT, RANK, STROKES, Entry, split_entries
from tibetnews.text.page.labels import BARS, EDITING, NAME_MARKS, is_label
from tibetnews.text.page.names import (
    is_foreign_name,
    is_organisation,
    is_person,
    may_be_person,
)
from tibetnews.text.page.times import without_invisible
from tibetnews.text.remembered import remembered
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_MAX_CREDIT = 160  # characters; longer lines are paragraphs
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
_LABEL_ENDS = f"文字合理译稿写者人笔道图圖片影摄攝像频{TIBETAN}"
MAY_NAME_WRITER = lazy_pattern(
    rf"[：:/／|｜丨](?:(?<=[{_LABEL_ENDS}].)|(?<=[{_LABEL_ENDS}]\s.)|(?=\s?(?:文|图文|撰文)))"
    rf"|[者员員生](?<=[作记記讯訊习].)|[图圖文](?<=[、/／&和及图文].)[\s{BARS}]|[{TIBETAN}](?:(?<=[།༎༑༔])|(?<=ག)\s)|By "
)
"""What a line that names a writer holds: the end of a label, with its mark; begins with a set, for speed."""
_LABEL_WITHOUT_NAMES = lazy_pattern("[^：:/／།|｜丨]*+[：:]")
_DAY_BEHIND = lazy_pattern(rf"(?<=[）)]){STAFF_DAY}$")
_EDITOR_OR_EDIT = lazy_pattern(r"编\s?辑|編\s?輯")  # a person of a dialogue, too
_EDITOR_WITHOUT_MARK = lazy_pattern(r"(?:编\s?辑|編\s?輯)\s{1,3}(?![\s：:/／|｜丨])")  # 编辑 李雷 is no line of credits
_EDITOR_NAME = lazy_pattern(rf"[{HAN}·•・]{{1,6}}|(?!_)[\w .'’-]{{2,40}}")  # and no blank to fill in
_NAME_MARK = lazy_pattern(rf"[{NAME_MARKS}]\s*")
_NO_NAME = lazy_pattern(r"[。！？!?…“”]")
_TOOK_PICTURE = lazy_pattern(r"(?:记者|記者|通讯员|通訊員)[^/／：:并並]{0,12}[摄攝]影?$")
_ENGLISH = lazy_pattern(
    r"\(?By (?P<names>[A-ZÀ-Þ][\w.'’-]{1,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}(?:(?:, | and )[A-ZÀ-Þ][\w.'’-]{1,30}"
    r"(?: [A-ZÀ-Þ][\w.'’-]{0,30}){1,3}){0,3})\)?"
)


class Credit(NamedTuple):
    """Who a line of credits names."""

    kind: Literal["byline", "editor"]
    """The kind under which the line goes to ``removed``."""
    authors: tuple[str, ...] = ()
    editor: str | None = None
    is_field: bool = False
    """Whether the record's fields hold all that the line says."""


@remembered()
def read_credit(line: str) -> Credit | None:
    """Return whom a line of credits names; None where the line says anything else.

    >>> read_credit("（中国西藏网 文/卓玛 摄影/李雷）")
    Credit(kind='byline', authors=('卓玛',), editor=None, is_field=False)
    >>> read_credit("责编：李雨潼 审核：王芳")
    Credit(kind='editor', authors=(), editor='李雨潼', is_field=False)
    """
    if line.endswith(STORY_ENDS) or len(line) > _MAX_CREDIT:
        return None
    line = without_invisible(line)
    if not (EDITING.search(line) or MAY_NAME_WRITER.search(line)):
        return None
    if line.endswith(("：", ":")) and _LABEL_WITHOUT_NAMES.fullmatch(line):
        return None
    line = line.removesuffix(" |").strip()  # of a table
    marked = line[:1] in NAME_MARKS and EDITING.search(line) is not None
    if marked or line[:1] in BARS:  # ▍编辑 李雨潼 ▍审核 王芳
        line = _NAME_MARK.sub(" ", line).strip()
    if "By " in line and (english := _ENGLISH.fullmatch(line)):
        return Credit("byline", tuple(re.split(r", | and ", english["names"])))
    pieces = bracketed_pieces(line)
    if len(pieces) > 1:
        return _join([credit for piece in pieces if (credit := read_credit(piece))])
    shown = pieces[0]
    core, bracketed = without_bracket(_DAY_BEHIND.sub("", shown)), marked or shown[:1] in BRACKETS
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
    if (organisation := MEDIUM_IN_FRONT.match(core)) and is_organisation(organisation[1].strip("《》")):
        core, by_organisation = core[organisation.end() :], True
    entries = split_entries(core)
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
            and not RANK.search(core)
            and shown is line
            and core.endswith(editors[0][-1])
            and not line[-1].isdigit()
        )
        return Credit("editor", (), editors[0], is_field)
    return Credit("editor") if any(entry.kind == "review" for entry in entries) else None


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
    if not line.endswith(("：", ":", "།")) or len(line) > _MAX_CREDIT or i + 1 == len(lines):
        return line
    if not EDITING.search(line):
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


def _is_credit(entries: Sequence[Entry], *, bracketed: bool, by_organisation: bool) -> bool:
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
        certain = bool(mark) and (among_others or mark[-1] in STROKES)
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


def _are_reviews(entries: Sequence[Entry]) -> bool:
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
