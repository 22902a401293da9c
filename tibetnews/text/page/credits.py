"""Finds the lines around a story that say who wrote and edited it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tibetnews.text.boilerplate import boilerplate_lines
from tibetnews.text.gazetteer import provinces
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import (
    PARAGRAPH_ENDS,
    SPEAKER,
    STORY_ENDS,
    breaks_off,
    has_sentence,
    introduces,
    is_prose,
)
from tibetnews.text.page.brackets import BRACKETS, closes_bracket
from tibetnews.text.page.byline_lines import are_names
from tibetnews.text.page.credit_entries import begins_with_label
from tibetnews.text.page.credit_line import REPORTED, Credit, is_order, read_credit, with_value
from tibetnews.text.page.credit_tail import read_credit_tail
from tibetnews.text.page.dateline import AGENCY, find_dateline
from tibetnews.text.page.foreign_labels import stands_above_foreign_label, stands_between_foreign_labels
from tibetnews.text.page.labels import NAME_MARKS, REVIEW
from tibetnews.text.page.names import (
    begins_with_role,
    is_foreign_name,
    is_organisation,
    is_person,
    may_be_person,
    read_names,
    split_names,
)
from tibetnews.text.types import Dateline, Removed
from tibetnews.text.unicode_ranges import HAN

MAX_DISTANCE = 8
"""Lines from the end of the story, up or down, within which its credits stand."""
_MAX_TOP_DISTANCE = 3  # lines from the top of the story within which its author's line stands
_MIN_STAFF = 3  # lines that name who made a story; an editor among them may have a pen name
_REVIEW = lazy_pattern(rf"(?:{REVIEW})\s?[：:/／|｜丨 ]")
_REPORTER_AND_HELPER = lazy_pattern(
    r"(?:\S{0,6}[记記]者|文字)\s?[：:/／][^：:。\n]{2,30}\s(?:通[讯訊][员員]|[实實][习習](?:生|[记記]者)|[摄攝]影|编导)\s?[：:/／]"
)
_HEADING = lazy_pattern(f"[{HAN}]{{1,10}}")  # between the paragraphs of a story
_REPORTERS = lazy_pattern(
    r"[（(]\s?(?P<names>[^\s（）()，。：:]{0,8}(?:记者|記者|通讯员|通訊員)[^（）()。！？]{2,30}?)(?<![摄攝影])\s?[）)]$"
)
_SIGNED = lazy_pattern(rf"[。！？…”]\s?[（(](?P<name>[{HAN}]{{3,4}})[）)]$")
_BRACKET = lazy_pattern(r"[（(【]\s?(?P<words>[^（）()【】。！？]{1,40}?)\s?[）)】]")
_AGENCY_ALONE = lazy_pattern(
    r"(?:据|據|综合自?|綜合自?|[转轉]自|摘自|原载|来源[：:]\s?)?"
    rf"《?(?:{AGENCY})》?(?:[、，和 ]《?(?:{AGENCY})》?){{0,4}}等?\s?(?:综合|專|专)?"
    "(?:发|發|电|電|讯|訊|消息|报道|報道|供稿|稿)?"
)
_ABOUT_AUTHOR = lazy_pattern(
    rf"(?:本文)?作者\s?(?P<name>[{HAN}·]{{2,6}}?)?[，,]?\s?(?:分别)?(?:系|为|為|单位|單位)[：:]?[^。！？]{{2,30}}"
)  # （作者系某大学教授）
_END_OF_PARAGRAPH = lazy_pattern(r"(?<=[。！？”’）)])\s{0,3}[（(【](?:全文|本文)?(?:完|终|終)[）)】]$")
_LABELLED_AUTHOR = lazy_pattern(r"(?:本文)?作者\s?[：:]\s?|(?:供稿|来稿|投稿)\s?[：:]\s?")
_POSITION_BEHIND = lazy_pattern(r"\s?[（(][^（）()。！？]{2,30}[）)]$")  # of the author: 陈伟（某大学教授）
_POSITION_IN_BRACKET = lazy_pattern(r"[，,]\s?[^（）()。！？]{2,30}$")  # （作者：陈伟，某大学教授）
_FULL_NAME = lazy_pattern(rf"(?![文全连于方])[{HAN}]{{2,3}}[^完改载续选稿版组台站示图]")  # and not （全文完）
_MAX_END = 9  # characters of （全文完） and the like
_MAX_NAMES = 40  # characters of a line of names
_RESPONSIBLE = lazy_pattern(r"\s*(?:责|責|རྩོམ་སྒྲིག(?!\s))")


class CreditLine(NamedTuple):
    """A line of a story with credits, or a paragraph with credits at its end."""

    start: int
    end: int
    """One after the last line; a bracket may be closed on the next one."""
    story: str
    """What the paragraph says before its credits; "" for a line of its own."""
    text: str
    """The credits as they stand on the page."""
    credit: Credit


class StoryNames(NamedTuple):
    """Whom the credits and the dateline of a story name."""

    authors: tuple[str, ...]
    editor: str | None
    dateline: Dateline | None


def names_of(credit_lines: Iterable[CreditLine], story: Sequence[str], published_at: str | None) -> StoryNames:
    """Return whom credits name, and else the dateline."""
    credits = [found.credit for found in credit_lines]
    authors = tuple(dict.fromkeys(name for credit in credits for name in credit.authors))
    dateline = find_dateline(story)
    return StoryNames(
        authors or (dateline.reporters if dateline else ()),
        next((credit.editor for credit in credits if credit.editor), None),
        dateline.resolve(published_at) if dateline else None,
    )


def find_credits(lines: Sequence[str], *, opens_with_names: bool = False, is_page: bool = False) -> list[CreditLine]:
    """Return the credits among the first and the last lines of a story, in its order; of editors, the first.

    Args:
        lines: The story.
        opens_with_names: Whether its first line may be the names that a byline above it lacks.
        is_page: Whether it is a page's, so that a bracket below it with names or an agency alone is a credit.

    >>> [found.text for found in find_credits(["西藏春来早。", "（中国西藏网 文/卓玛）", "（责编：李雨潼）"])]
    ['（中国西藏网 文/卓玛）', '（责编：李雨潼）']
    """
    found: list[CreditLine] = []
    if opens_with_names and (names := _names_above_story(lines)):
        is_field = not begins_with_role(lines[0].lstrip(f"{NAME_MARKS} "))
        found.append(CreditLine(0, 1, "", lines[0], Credit("byline", names, is_field=is_field)))
    top = min(_MAX_TOP_DISTANCE, len(lines))
    bottom = max(top, len(lines) - MAX_DISTANCE)
    index = len(found)
    editor: str | None = None
    while index < len(lines):
        is_story = not lines[index] or lines[index].endswith(STORY_ENDS)  # as nearly all lines; "" is a picture
        credit_line = None if is_story else _credit_line(lines, index, at_top=index < len(lines) - MAX_DISTANCE)
        if credit_line and stands_between_foreign_labels(lines, credit_line.start, credit_line.end):
            credit_line = None
        named = credit_line.credit.editor if credit_line else None
        if credit_line and not (editor and credit_line.credit.kind == "editor" and named not in (None, editor)):
            found.append(credit_line)
            editor = editor or named
            index = credit_line.end
        else:
            index += 1
        if top <= index < bottom:
            index = bottom
    if is_page and (closing := _closing_bracket(lines, found)):
        found.append(closing)
        found.sort(key=lambda credit_line: credit_line.start)
    return found


def certain_credits(lines: Sequence[str]) -> list[CreditLine]:
    """Return the credits of a text that shows nothing else of a page; 编辑： in a dialogue is a speaker.

    >>> certain_credits(["作者：稿子好了吗？", "编辑：李雷"]), len(certain_credits(["西藏春来早。", "编辑：李雨潼"]))
    ([], 1)
    """
    certain: list[CreditLine] = []
    stop = len(lines)  # where the credits begin that end the text
    candidates = find_credits(lines)
    starts = {found.start for found in candidates}
    for found in reversed(candidates):
        above = next((lines[i] for i in reversed(range(found.start)) if lines[i] and i not in starts), "")
        below = list(filter(None, lines[found.end : stop]))
        is_last = len(boilerplate_lines(below)) == len(below)
        is_above_credits = stop < len(lines)
        if _is_certain(
            found, above, is_last=is_last, is_above_credits=is_above_credits
        ) and not stands_above_foreign_label(lines, found.end - 1):
            certain.insert(0, found)
            stop = found.start if is_last and not found.story else stop
    return certain


def closing_reporters(paragraph: str) -> tuple[str, ...]:
    """Return the reporters in the bracket that ends a story; it stays there, as a part of the last sentence may.

    Who took its picture is none.

    >>> closing_reporters("赛马要进行七天。（记者次旺 德吉央宗）"), closing_reporters("他笑了。（记者提问）")
    (('次旺', '德吉央宗'), ())
    >>> closing_reporters("赛马要进行七天。（李雨潼）"), closing_reporters("车到了下一站（张掖）")
    (('李雨潼',), ())
    """
    match = (
        _REPORTERS.search(paragraph, max(0, len(paragraph) - _MAX_NAMES)) if paragraph.endswith(("）", ")")) else None
    )
    if match is None and (signed := _SIGNED.search(paragraph, max(0, len(paragraph) - _MAX_END))):
        name = signed["name"]
        return (name,) if _FULL_NAME.fullmatch(name) and is_person(name) and not provinces(name) else ()
    names = read_names(match["names"]) if match else ()
    return names if all(map(is_person, names)) else ()


def removed_credits(found: Iterable[CreditLine]) -> list[Removed]:
    """Return the lines of credits as removed pieces, but for those of which a field holds all."""
    return [Removed(line.credit.kind, line.text) for line in found if not line.credit.is_field]


def _names_editor(found: CreditLine) -> bool:
    """Return whether the editor, if there is one, has a name and no order: 编辑：此处加音乐 is a note for one."""
    editor = found.credit.editor or ""
    is_certain = found.text.lstrip()[:1] in BRACKETS and _RESPONSIBLE.match(found.text.lstrip()[1:])  # （责编：阿菌）
    is_name = may_be_person if is_certain or found.end - found.start >= _MIN_STAFF else is_person
    return not is_order(editor) and (
        is_foreign_name(editor) or is_organisation(editor) or all(map(is_name, editor.split()))
    )


def _is_certain(found: CreditLine, above: str, *, is_last: bool, is_above_credits: bool) -> bool:
    is_in_sentence = not is_last and breaks_off(found.story or above)
    if is_in_sentence or introduces(above) or not _names_editor(found):  # a story quotes them, or is a film's draft
        return False
    if found.story or found.text.lstrip()[:1] in BRACKETS or _RESPONSIBLE.match(found.text):
        return True
    names_staff = found.credit.kind == "editor" or (
        (found.credit.editor or is_above_credits or names_reporters(found.text))
        and all(map(is_person, found.credit.authors))
    )
    is_story = (
        is_above_credits
        or above.endswith(PARAGRAPH_ENDS)
        or (found.end - found.start >= _MIN_STAFF and has_sentence(above))
    )
    return is_last and bool(names_staff) and is_story and not SPEAKER.match(above)


def _names_above_story(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are all that the first line of a story says; with headings below, it may be one, too."""
    if not lines or len(lines[0]) > _MAX_NAMES:
        return ()
    text = lines[0].lstrip(f"{NAME_MARKS} ")
    names = read_names(text) if begins_with_role(text) else tuple(split_names(text))
    below = [line for line in lines[1:] if line]
    if not names or not all(map(is_person, names)) or not below or not is_prose(below[0]):
        return ()
    return () if any(map(_HEADING.fullmatch, below)) else names


def _closing_bracket(lines: Sequence[str], found: Sequence[CreditLine]) -> CreditLine | None:
    """Return the line below a story that holds names, what its author is, or an agency alone, in brackets; or （完）.

    Of the last paragraph （完） may be the end. The author's label, or the reporter's role, does without brackets.
    """
    stop = len(lines)
    for line in reversed(found):
        if line.end == stop and not line.story:
            stop = line.start
    last = lines[stop - 1] if stop else ""
    if end := _END_OF_PARAGRAPH.search(last, max(0, len(last) - _MAX_END)):
        return CreditLine(stop - 1, stop, last[: end.start()], end[0].strip(), Credit("byline"))
    if stop < 2 or len(last) > _MAX_NAMES or not lines[stop - 2].endswith(PARAGRAPH_ENDS):
        return None
    match = _BRACKET.fullmatch(last)
    said = match["words"] if match else last
    if author := _LABELLED_AUTHOR.match(said):
        position = _POSITION_IN_BRACKET if match else _POSITION_BEHIND
        names = tuple(split_names(position.sub("", said[author.end() :])))
        return CreditLine(stop - 1, stop, "", last, Credit("byline", names)) if all(map(is_person, names)) else None
    if not match and (not begins_with_role(last) or last.endswith(("摄", "攝"))):
        return None
    words = REPORTED.sub("", said)
    is_report = words != said or not match
    names = read_names(words) if is_report else tuple(split_names(words))
    if len(names) > 1 and is_organisation(names[0]):  # （中国西藏网 王媛）
        names, is_report = names[1:], True
    if about := _ABOUT_AUTHOR.fullmatch(words):
        names = tuple(filter(is_person, [about["name"] or ""]))
    elif not names or not (len(names) > 1 or is_report or _FULL_NAME.fullmatch(said)) or not all(map(is_person, names)):
        names = ()
        if not _AGENCY_ALONE.fullmatch(said):
            return None
    return CreditLine(stop - 1, stop, "", last, Credit("byline", names))


def names_reporters(line: str) -> bool:
    """Return whether a line names, with a label each, a reporter and who helped: 记者：李雷 通讯员：王芳."""
    return _REPORTER_AND_HELPER.match(line) is not None


def names_reviewer(line: str) -> bool:
    """Return whether a line begins as one that names who checked a story; a court's line may begin so, too."""
    return _REVIEW.match(line) is not None


def _staff_lines(lines: Sequence[str], start: int) -> tuple[int, str]:
    """Return where the lines end that name who made or checked a story, and what they say on one line.

    Each begins with a label. A name may stand below its label, and a label may have none.
    """
    stop, said = start, []
    while stop < len(lines) and (names_reviewer(lines[stop]) or begins_with_label(lines[stop])):
        line, below = lines[stop], lines[stop + 1 : stop + 2]
        stop += 1
        if not line.endswith(("：", ":")):
            said.append(line)
        elif any(is_organisation(value) or are_names(value) for value in below):
            said.append(line + below[0])
            stop += 1
    return stop, " ".join(said)


def _credit_line(lines: Sequence[str], index: int, *, at_top: bool) -> CreditLine | None:
    line, end = lines[index], index + 1
    if not at_top:
        stop, said = _staff_lines(lines, index)
        if stop - index > 1 and (credit := read_credit(said)):
            return CreditLine(index, stop, "", "\n".join(lines[index:stop]), credit)
    text = with_value(lines, index)
    end += text != line
    if end < len(lines) and line.lstrip()[:1] in BRACKETS and closes_bracket(lines[end]):
        text, end = f"{text}\n{lines[end]}", end + 1
    if credit := read_credit(text):
        return None if at_top and credit.kind != "byline" else CreditLine(index, end, "", text, credit)
    tail = None if at_top else read_credit_tail(line)
    return CreditLine(index, index + 1, *tail) if tail else None
