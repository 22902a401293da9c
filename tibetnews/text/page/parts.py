"""Finds the parts of a page in its visible lines: breadcrumbs, title, subtitle, byline, body.

Without markup the evidence is in the lines and their order: breadcrumbs, title, subtitle, byline (time, source,
author), body, editor line, and then what every page of the outlet has below. A line is taken for a part only where
something shows that it is one; all others are the body's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tibetnews.text.boilerplate import boilerplate_lines, has_boilerplate
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import (
    LATIN_END,
    SPEAKER,
    STORY_ENDS,
    ends_with_sentence,
    is_prose,
    is_story_line,
    shows_example,
)
from tibetnews.text.page.breadcrumbs import find_breadcrumbs, read_breadcrumbs, read_weak_breadcrumbs
from tibetnews.text.page.byline import is_byline, is_byline_part, is_medium_with_names, is_time_of_form, read_byline
from tibetnews.text.page.byline_lines import (
    are_names,
    byline_end,
    find_byline_lines,
    time_end,
)
from tibetnews.text.page.credits import is_foreign_label
from tibetnews.text.page.headline import (
    MAX_HEAD_LINES,
    MIN_OWN_TITLE,
    find_own_title,
    is_headline,
    may_be_first_line_title,
)
from tibetnews.text.page.names import begins_with_role, is_control, is_organisation, without_roles
from tibetnews.text.page.source import is_medium
from tibetnews.text.page.story_end import has_editor, has_foot, story_end
from tibetnews.text.page.times import read_time

_QUOTED_SOURCE = lazy_pattern(r"[源處处]\s?[：:]\s{0,4}[^“”。！？，\s]{0,12}“[^“”。！？，]{2,20}”$")  # 来源：“学习强国”
_PUBLICATION = lazy_pattern(
    r"来源|來源|稿源|[发發刊](?:布|佈|表|稿|于|於)|出版：\S{8,10} \d\d:"
    "|Source|Quelle|Publi(?:shed|é)|Veröffentlicht|ཁུངས|སྤེལ",
    re.IGNORECASE,
)
_AUTHOR = lazy_pattern("作者|Author|རྩོམ་པ་པོ", re.IGNORECASE)
_POSTED = lazy_pattern("[发發](?:表|布|佈)[于於](?![：:])|[Pp]osted on")
_WORK = lazy_pattern(r"\.(?!\s?\d)|[。《“]|\[(?!(?:19|20)\d\d-)")  # in front of the label: an entry of a bibliography
_ORDINAL = lazy_pattern(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]|[-*•]\s")
_SUBTITLE = lazy_pattern("[-–—―─－]{1,3}")
_FIELDS = lazy_pattern(r"[\s|｜丨]+")
_BARS = lazy_pattern(r" ?[|｜丨] ?")
_MAX_CONTROLS = 8  # lines between a time and the title below it
_MIN_MENU = 3  # lines; a title stands below
_MAX_TITLE_LINES = 2  # above a time that no label announces: a title, a subtitle
_MAX_BYLINES = 2  # lines with a time; more of them are a log, a chat or a list


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """Where the parts of a page stand in its list of lines; None for a part that is not there."""

    body_start: int
    body_end: int
    """One after the last line of the body. An editor line is that last line or stands at its end."""

    breadcrumbs: int | None = None
    title: int | None = None
    subtitle: int | None = None
    byline: int | None = None
    """The line that tells the time."""

    byline_lines: Sequence[int] = ()
    """That line, and those with further parts of the byline next to it, or below a title that stands below it."""
    unplaced: tuple[int, ...] = ()
    """Lines above the body that are no part and nothing of the site's; they belong to the story."""

    @property
    def first(self) -> int:
        """The highest part on the page."""
        return min(i for i in (self.breadcrumbs, self.title, self.byline, self.body_start) if i is not None)

    @property
    def head(self) -> tuple[int, ...]:
        """The lines above the first part, which belong to the site."""
        return tuple(i for i in range(self.first) if i not in self.unplaced)

    @property
    def body(self) -> slice:
        """The lines of the story."""
        return slice(self.body_start, self.body_end)

    @property
    def tail(self) -> slice:
        """The lines below the story."""
        return slice(self.body_end, None)


def find_parts(lines: Sequence[str], head_title: str = "") -> PageParts:
    """Return where the parts of a page stand; for the arguments see :func:`.text_page.parse_text_page`."""
    own_title = find_own_title(lines, head_title)
    breadcrumbs = find_breadcrumbs(lines)
    byline = _find_byline(lines, is_page=bool(head_title) or breadcrumbs is not None or own_title is not None)
    if byline is None:
        return _parts_without_byline(lines, breadcrumbs, own_title)
    if breadcrumbs is not None and breadcrumbs > byline:
        breadcrumbs = None
    if breadcrumbs is None:
        breadcrumbs = next(
            (i for read in (read_breadcrumbs, read_weak_breadcrumbs) for i in range(byline) if read(lines[i])), None
        )
    start = 0 if breadcrumbs is None else breadcrumbs + 1
    byline_lines = _with_names_above(lines, find_byline_lines(lines, byline))
    above = lines[: byline_lines.start]
    menus = _menus(above)
    titles = [i for i in range(start, len(above)) if i not in menus and is_headline(lines[i])]
    if breadcrumbs is None:  # menus may stand above the title
        known = own_title if own_title in titles else None
        headlines = 2 if titles and _SUBTITLE.match(lines[titles[-1]]) else 1
        titles = titles[-headlines:] if known is None else titles[titles.index(known) :]
    elif not titles:
        titles = [i for i in range(breadcrumbs) if i not in menus and is_headline(lines[i])][-1:]
    body, numbers = byline_lines.stop, [*byline_lines]
    title = _title_below(lines, body, own_title, has_title=bool(titles))
    if title is not None:
        labels = _labels_below(lines, title)
        titles, body, numbers = [title], labels.stop, [*numbers, *range(body, title), *labels]
    placed = {breadcrumbs, *numbers, *titles[:2]}
    first = min(i for i in placed if i is not None)
    return PageParts(
        body_start=body,
        body_end=story_end(lines, body),
        breadcrumbs=breadcrumbs,
        title=titles[0] if titles else None,
        subtitle=titles[1] if len(titles) > 1 else None,
        byline=byline,
        byline_lines=numbers,
        unplaced=tuple(
            i for i in range(byline) if lines[i] and i not in placed and (i > first or is_story_line(lines[i]))
        ),
    )


def _parts_without_byline(lines: Sequence[str], breadcrumbs: int | None, own_title: int | None) -> PageParts:
    """Return the parts where only breadcrumbs, the page's own title or labels below the story can tell them."""
    start = 0 if breadcrumbs is None else breadcrumbs + 1
    title = own_title
    if title is None and _is_first_line_title(lines, start, by_labels=breadcrumbs is None):
        title = start
    if title is None:  # breadcrumbs without a headline may be any path
        return PageParts(body_start=0, body_end=len(lines))
    byline_lines = _labels_below(lines, title)
    body = byline_lines.stop
    placed = {breadcrumbs, title, *byline_lines}
    first = min(i for i in placed if i is not None)
    return PageParts(
        body_start=body,
        body_end=story_end(lines, body),
        breadcrumbs=breadcrumbs,
        title=title,
        byline_lines=byline_lines,
        unplaced=tuple(
            i for i in range(body) if lines[i] and i not in placed and (i > first or is_story_line(lines[i]))
        ),
    )


def _labels_below(lines: Sequence[str], title: int) -> range:
    """Return the lines of a byline without a time, which stand directly below the title."""
    return range(title + 1, byline_end(lines, title + 1, title + 1))


def _menus(above: Sequence[str]) -> set[int]:
    """Return the lines above a byline that are words of a menu, one a line; fewer lines are no menu."""
    if len(above) <= _MIN_MENU:
        return set()
    return {i for i, kind in boilerplate_lines(above).items() if kind == "navigation"}


def _title_below(lines: Sequence[str], body: int, own_title: int | None, *, has_title: bool) -> int | None:
    """Return the title if it stands below the byline, perhaps below controls of the page."""
    if own_title is not None and body <= own_title < body + _MAX_CONTROLS:
        return None if any(map(is_prose, lines[body:own_title])) else own_title
    return body if not has_title and _is_title_below(lines, body) else None


def _is_title_below(lines: Sequence[str], i: int) -> bool:
    """Return whether a line below a byline is its title: no sentence, above a story without headings."""
    if i >= len(lines) or not is_headline(lines[i]) or not may_be_first_line_title(lines[i]):
        return False
    if len(lines[i]) < MIN_OWN_TITLE or _ORDINAL.match(lines[i]) or are_names(lines[i]):
        return False
    start = _labels_below(lines, i).stop
    story = lines[start : story_end(lines, start)]
    return bool(story) and is_prose(story[0]) and all(is_prose(line) or not is_headline(line) for line in story)


def _find_byline(lines: Sequence[str], *, is_page: bool) -> int | None:
    """Return the line that tells time and source of the story, which stands below it and not above."""
    candidates = [
        i
        for i, line in enumerate(lines[:MAX_HEAD_LINES])
        if line
        and (not line.endswith(STORY_ENDS) or _QUOTED_SOURCE.search(line))
        and (is_byline(line) or (line[0].isdigit() and time_end(lines, i) > i + 1))
    ]
    if not candidates or (len(candidates) > _MAX_BYLINES and not is_page):
        return None
    if posted := [i for i in candidates if _POSTED.search(lines[i])]:  # what a forum says stands above the copy's own
        candidates = [i for i in candidates if i not in posted] or candidates
    sizes = [len(line) if is_prose(line) else 0 for line in lines]
    if not is_page:
        if not any(sizes[candidates[0] + 1 :]):  # no story: a receipt
            return None
        candidates = [i for i in candidates if not _is_example(lines, i, below_prose=any(sizes[:i]))]
    is_page = is_page or has_boilerplate(lines) or has_editor(lines)
    for i in candidates:
        above, below = sum(sizes[:i]), sum(sizes[i + 1 :])
        if above and not (is_page or "T" in (read_time(lines[i]) or "")):
            continue  # the day below a letter
        if not below and sum(map(bool, lines[:i])) > sum(map(bool, lines[i + 1 :])):
            continue  # verses, or a list: nothing shows which side of the line is the story
        if above <= below and (is_page or (below and _is_evident_byline(lines, i, is_only=len(candidates) == 1))):
            return i
    return None


def _is_example(lines: Sequence[str], i: int, *, below_prose: bool) -> bool:
    """Return whether a text about pages shows a byline: a colon, or the heading of a point, stands above it."""
    above = lines[i - 1] if i else ""
    nearest = lines[max(0, i - (2 if below_prose else 1)) : i]  # a title may stand between them
    is_colon = any(line.endswith(("：", ":")) and not is_byline_part(line) for line in nearest)
    return is_colon or shows_example(lines, i) or (below_prose and _ORDINAL.match(above) is not None)


def _with_names_above(lines: Sequence[str], byline_lines: range) -> range:
    """Return the lines of a byline with a line of authors, or a medium, that stands between a headline and them."""
    names = byline_lines.start - 1
    line = lines[names]
    if names < 1 or not (are_names(line) or is_organisation(line) or is_medium_with_names(line)):
        return byline_lines
    headline = next((i for i in reversed(range(names)) if lines[i]), 0)  # a picture may stand between them
    if not is_headline(lines[headline]):
        return byline_lines
    return range(names, byline_lines.stop) if len(lines[headline]) >= MIN_OWN_TITLE else byline_lines


def _is_evident_byline(lines: Sequence[str], i: int, *, is_only: bool) -> bool:
    """Return whether a byline shows by itself, or by the lines around it, that it is one."""
    line = lines[i]
    label = _PUBLICATION.search(line) or _AUTHOR.search(line)
    byline_lines = find_byline_lines(lines, i)
    end = time_end(lines, i)
    further = [lines[n] for n in byline_lines if not i <= n < end]
    said = [line, *further]
    if label and _WORK.search(line, 0, label.start()):
        return False
    if any(map(_PUBLICATION.search, said)) or (any(map(_AUTHOR.search, said)) and "T" in (read_time(line) or "")):
        return True
    if label or not all(map(is_time_of_form, further)):  # a recipe has an author and a day, too, and labels of its own
        return not any(map(is_foreign_label, lines[byline_lines.stop : MAX_HEAD_LINES]))
    below = byline_lines.stop
    if below < len(lines) and is_headline(lines[below]) and _labels_below(lines, below):
        return True
    if not (is_only and 0 < i <= _MAX_TITLE_LINES) or SPEAKER.match(line):
        return False
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


def _has_clock_and_known_words(line: str) -> bool:
    """Return whether a byline without labels tells a clock time, and is no note of where or with whom one met."""
    byline = read_byline(line)
    words = byline.remainder.split()
    return "T" in (byline.published_at or "") and all(is_control(w) or is_organisation(without_roles(w)) for w in words)


def _is_first_line_title(lines: Sequence[str], start: int, *, by_labels: bool) -> bool:
    """Return whether a line without a byline is a headline: below breadcrumbs, or above a story and its labels."""
    if start >= len(lines) or not is_headline(lines[start]):
        return False
    follows = next(filter(None, lines[_labels_below(lines, start).stop :]), "")
    line = lines[start]
    if not by_labels:
        is_sentence = _ORDINAL.match(line) or LATIN_END.search(line)
        return not is_sentence and any(map(is_prose, lines[start + 1 :]))
    return (
        may_be_first_line_title(line)
        and is_prose(follows)
        and len(follows) > len(line)
        and ends_with_sentence(follows)
        and not SPEAKER.match(follows)
        and has_foot(lines, start + 1)
    )
