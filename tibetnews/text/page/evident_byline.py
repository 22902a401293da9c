"""Finds the line with the time of publication, which it or the lines beside it must show to be part of a byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from tibetnews.text.boilerplate import notice_lines
from tibetnews.text.boilerplate.evidence import has_boilerplate
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import SPEAKER, STORY_ENDS, is_prose, shows_example
from tibetnews.text.page.byline import read_byline
from tibetnews.text.page.byline_form import is_byline, is_byline_part, is_time_of_form
from tibetnews.text.page.byline_lines import find_byline_lines, labels_below, time_end
from tibetnews.text.page.foreign_labels import is_foreign_label
from tibetnews.text.page.headline import MAX_CONTROLS, MAX_HEAD_LINES, ORDINAL, is_headline
from tibetnews.text.page.labels import match_label
from tibetnews.text.page.names import (
    begins_with_role,
    is_control,
    is_organisation,
    is_person,
    read_names,
    split_names,
    without_roles,
)
from tibetnews.text.page.source import is_medium
from tibetnews.text.page.story_end import has_editor
from tibetnews.text.page.times import lines_with_time, read_time

_QUOTED_SOURCE = lazy_pattern(r"[源處处]\s?[：:]\s{0,4}[^“”。！？，\s]{0,12}“[^“”。！？，]{2,20}”$")  # 来源：“学习强国”
_PUBLICATION = lazy_pattern(
    r"来源|來源|稿源|^(?:《.{8,50}版[）)]|\S{2,10}[报報]\s+\d{8}\s.{1,5}版)$|^第?[A-Z\d]{1,4}版[：:]"
    r"|[发發刊](?:布|佈|表|稿|于|於)|出版：\S{8,10} \d\d:"
    "|Source|Quelle|Publi(?:shed|é)|Posted on|Veröffentlicht|ཁུངས|སྤེལ",
    re.IGNORECASE,
)
_ORIGIN = lazy_pattern(r"(?:出[处處]|[转轉][载載]?自|[来來]自)\s?[：:]")
"""Labels of a source, which tell of a page where a medium and a clock time stand on the line."""
_AUTHOR = lazy_pattern(r"作者|Author|\bBy [A-Z]|རྩོམ་པ་པོ")
_POSTED = lazy_pattern("[发發](?:表|布|佈)[于於](?![：:])|[Pp]osted on")
_WORK = lazy_pattern(r"\.(?!\s?\d)|[。《“]|\[(?=[A-Z/]{1,4}\])")  # in front of the label: an entry of a bibliography
_CLOCK = lazy_pattern(r"\d[:：]\d\d")
_COUNTER = lazy_pattern(
    r"(?:[阅閱][读讀]|[浏瀏][览覽]|[点點][击擊]|人[气氣])(?:次?[数數]|量)?\s?[：:]\s?\d{1,9}\s?[次人]?(?!\S)|(?<!\S)\d{1,7}\s?(?:次|人)?(?:[阅閱][读讀]|[浏瀏][览覽])(?!\S)"
)
"""How often a page was read."""
_FIELDS = lazy_pattern(r"[\s|｜丨]+")
_BARS = lazy_pattern(r" ?[|｜丨] ?| / ")
_MAX_TITLE_LINES = 2  # above a time that no label announces: a title, a subtitle
_MAX_BYLINES = 2  # lines with a time; more of them are a log, a chat or a list


def find_byline(
    lines: Sequence[str],
    own_title: int | None,
    breadcrumbs: int | None = None,
    *,
    is_page: bool,
    known: KnownPhrases | None = None,
) -> int | None:
    """Return the line that tells time and source of the story, which stands below it and not above.

    Args:
        lines: The page.
        own_title: The line that the page's own title repeats; near to it, a byline is surely the story's.
        breadcrumbs: The line in which they begin; a time above them may be that of the visit.
        is_page: Whether other lines show that this is a page.
        known: The phrases that its lines fit, as far as they were looked for.
    """
    with_time = set(lines_with_time("\n".join(lines[:MAX_HEAD_LINES])))
    candidates = [
        i
        for i, line in enumerate(lines[:MAX_HEAD_LINES])
        if (line in with_time and _may_be_byline(line) and is_byline(line))
        or (line[:1].isdigit() and time_end(lines, i) > i + 1)
    ]
    if len(candidates) > _MAX_BYLINES and not is_page:
        candidates = candidates[:1] if _others_are_below_story(lines, candidates) else []
    if not candidates:
        return None
    if posted := [i for i in candidates if _POSTED.search(lines[i])]:  # what a forum says stands above the copy's own
        candidates = [i for i in candidates if i not in posted] or candidates
    if breadcrumbs is not None:
        candidates = [i for i in candidates if i > breadcrumbs] or candidates
    if own_title is not None:  # a list of news may stand above it
        near = [i for i in candidates if own_title < i <= own_title + MAX_CONTROLS]
        candidates = [i for i in near if not any(map(is_prose, lines[own_title:i]))] or candidates
    first = candidates[0]
    if is_page and not any(map(is_prose, lines[:first])) and _filled(lines[:first]) <= _filled(lines[first + 1 :]):
        return first  # as on nearly all pages
    notices = notice_lines(lines, known)
    prose = set(filter(is_prose, dict.fromkeys(lines)))  # equal lines are looked at once
    sizes = (len(line) if line in prose and i not in notices else 0 for i, line in enumerate(lines))
    stops = list(accumulate(sizes, initial=0))
    if not is_page:
        if stops[-1] == stops[first + 1]:  # no story: a receipt
            return None
        candidates = [i for i in candidates if not _is_example(lines, i, below_prose=stops[i] > 0)]

    @cache
    def shows_page() -> bool:
        return has_boilerplate(lines, known) or has_editor(lines)

    for i in candidates:
        above, below = stops[i], stops[-1] - stops[i + 1]
        if above > below or (not below and _filled(lines[:i]) > _filled(lines[i + 1 :])):
            continue  # verses, or a list: nothing shows which side of the line is the story
        may_be_evident = below and (not above or "T" in (read_time(lines[i]) or ""))  # else the day below a letter
        is_evident = may_be_evident and _is_evident_byline(lines, i, is_only=len(candidates) == 1)
        if is_page or is_evident or shows_page():
            return i
    return None


def _may_be_byline(line: str) -> bool:
    """Return whether a line does not end as a sentence does, or with the name of a medium in quotation marks."""
    return not line.endswith(STORY_ENDS) or (line[-1] == "”" and _QUOTED_SOURCE.search(line) is not None)


def _others_are_below_story(lines: Sequence[str], candidates: Sequence[int]) -> bool:
    """Return whether a headline, a time and a medium stand above a story, and the other times below all of it.

    So they do above a list of news, or comments.
    """
    first, second = candidates[:2]
    byline = read_byline(lines[first]) if first and _PUBLICATION.search(lines[first]) else None
    return (
        byline is not None
        and byline.source is not None
        and "T" in (byline.published_at or "")
        and is_headline(lines[first - 1])
        and any(map(is_prose, lines[first:second]))
        and not any(map(is_prose, lines[second:]))
    )


def _filled(lines: Sequence[str]) -> int:
    """Return how many lines are not empty."""
    return sum(map(bool, lines))


def _is_example(lines: Sequence[str], i: int, *, below_prose: bool) -> bool:
    """Return whether a text about pages shows a byline: a colon, or the heading of a point, stands above it."""
    while i and is_byline_part(lines[i - 1]):
        i -= 1
    above = lines[i - 1] if i else ""
    nearest = lines[max(0, i - (2 if below_prose else 1)) : i]  # a title may stand between them
    is_colon = any(line.endswith(("：", ":")) and not is_control(line) for line in nearest)
    is_point = ORDINAL.match(above) and (below_prose or any(map(ORDINAL.match, lines[i + 1 : i + 2])))
    return is_colon or shows_example(lines, i) or bool(is_point)


def _is_evident_byline(lines: Sequence[str], i: int, *, is_only: bool) -> bool:
    """Return whether a byline shows by itself, or by the lines around it, that it is one."""
    line = lines[i]
    label = _PUBLICATION.search(line) or _AUTHOR.search(line)
    byline_lines = find_byline_lines(lines, i)
    end = time_end(lines, i)
    further = [lines[n] for n in byline_lines if not i <= n < end]
    said = [line, *further]
    above = [line for line in lines[: byline_lines.start] if line][-_MAX_TITLE_LINES:]
    if len(above) == _MAX_TITLE_LINES and all(map(is_foreign_label, above)):  # a form, a specimen's card
        return False
    has_clock = "T" in (read_time(line) or "")
    if has_clock and _COUNTER.search(line):
        return True
    if label and not has_clock and _WORK.search(line, 0, label.start()):
        return False
    if any(map(_PUBLICATION.search, said)) or (any(map(_AUTHOR.search, said)) and has_clock):
        return has_clock or len(said) > 1 or not _is_entry_of_form(lines, i)
    names_medium = has_clock and _ORIGIN.search(line) and is_organisation(read_byline(line).source or "")
    if label or names_medium or not all(map(is_time_of_form, further)):
        # a recipe has an author and a day, too, and labels of its own
        return not any(map(is_foreign_label, lines[byline_lines.stop : MAX_HEAD_LINES]))
    below = byline_lines.stop
    if below < len(lines) and is_headline(lines[below]) and labels_below(lines, below):
        return True
    if not (is_only and 0 < i <= _MAX_TITLE_LINES) or (SPEAKER.match(line) and not _tells_medium(line)):
        return False
    if i > 1 and (read_time(lines[i - 2]) or _CLOCK.search(lines[i - 2])):  # what somebody else said, and when
        return False
    if _names_follow_medium(lines, i, end):
        return True
    around = [*lines[i - 1 : i], *lines[i + 1 : i + 2]]
    return (
        is_prose(around[-1])
        and is_headline(lines[i - 1])
        and not any(map(SPEAKER.match, around))
        and (
            _has_clock_and_known_words(line)
            or any(is_medium(field) or begins_with_role(field) for field in {*_FIELDS.split(line), *_BARS.split(line)})
        )
    )


def _names_follow_medium(lines: Sequence[str], start: int, end: int) -> bool:
    """Return whether a time has a medium above it and the names of reporters below, on lines of their own."""
    if start < 2 or end >= len(lines) or not is_organisation(lines[start - 1]) or not is_headline(lines[start - 2]):
        return False
    is_role = begins_with_role(lines[end])
    names = read_names(lines[end]) if is_role else split_names(lines[end])
    names_medium = is_role or is_medium(lines[start - 1])
    return names_medium and bool(names) and all(map(is_person, names)) and any(map(is_prose, lines[end + 1 : end + 2]))


def _is_entry_of_form(lines: Sequence[str], i: int) -> bool:
    """Return whether a day of publication stands among the entries of an official document, such as 文号：."""
    byline = read_byline(lines[i])
    if byline.source or byline.authors or byline.editor:
        return False
    neighbour = lines[i - 1] if i else next(filter(None, lines[1:]), "")
    return is_foreign_label(neighbour)


def _tells_medium(line: str) -> bool:
    """Return whether a line begins with a label of a page's time and names a medium: Updated: 2023-10-13 (Xinhua)."""
    label = match_label(line)
    return label is not None and label.lastgroup == "published" and read_byline(line).source is not None


def _has_clock_and_known_words(line: str) -> bool:
    """Return whether a byline without labels tells a clock time, and is no note of where or with whom one met."""
    byline = read_byline(line)
    words = byline.remainder.split()
    return "T" in (byline.published_at or "") and all(is_control(w) or is_organisation(without_roles(w)) for w in words)
