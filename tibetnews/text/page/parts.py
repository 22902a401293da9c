"""Finds the parts of a page in its visible lines: breadcrumbs, title, subtitle, byline, body.

Without markup the evidence is in the lines and their order: breadcrumbs, title, subtitle, byline (time, source,
author), body, editor line, and then what every page of the outlet has below. A line is taken for a part only where
something shows that it is one; all others are the body's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from tibetnews.text.boilerplate import boilerplate_lines, is_boilerplate
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import LATIN_END, SPEAKER, ends_with_sentence, is_prose, is_story_line, is_title
from tibetnews.text.page.breadcrumbs import (
    breadcrumbs_end,
    find_breadcrumbs,
    leads_to_story,
    read_breadcrumbs,
    read_weak_breadcrumbs,
)
from tibetnews.text.page.byline import is_medium_with_names
from tibetnews.text.page.byline_form import is_byline, is_byline_part
from tibetnews.text.page.byline_lines import are_names, find_byline_lines, labels_below
from tibetnews.text.page.captions import is_caption
from tibetnews.text.page.evident_byline import find_byline
from tibetnews.text.page.headline import (
    MAX_CONTROLS,
    MIN_OWN_TITLE,
    ORDINAL,
    find_own_title,
    is_headline,
    may_be_first_line_title,
    without_place,
)
from tibetnews.text.page.names import begins_with_role, is_control, is_organisation, is_person, read_names
from tibetnews.text.page.source import is_medium
from tibetnews.text.page.story_end import has_foot, story_end

_SUBTITLE = lazy_pattern("[-–—―─－]{1,3}")
_SUMMARY_LABEL = lazy_pattern(r"(?:内容|內容|视频|視頻|影片|节目|節目)[简簡]介\s?[：:]")  # above the story of a film
_MAX_NAMES = 100  # characters of a line of names, or of a medium and its writers
_MAX_ABOVE_HEADING = 1000  # different lines of a story in which its first heading is looked for
_MIN_MENU = 3  # lines; a title stands below


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """Where the parts of a page stand in its list of lines; None for a part that is not there."""

    body_start: int
    body_end: int
    """One after the last line of the body. An editor line is that last line or stands at its end."""
    breadcrumbs: int | None = None
    """The line in which they begin."""
    breadcrumb_lines: Sequence[int] = ()
    """That line, and those of a list with a part a line."""
    title: int | None = None
    subtitle: int | None = None
    byline: int | None = None
    """The line that tells the time."""
    byline_lines: Sequence[int] = ()
    """That line, and those with further parts of the byline next to it, or below a title that stands below it."""
    unplaced: tuple[int, ...] = ()
    """Lines above the body that are no part and nothing of the site's; they belong to the story."""

    @property
    def head(self) -> tuple[int, ...]:
        """The lines above the body that belong to the site, and the title where it is repeated."""
        others = {*self.breadcrumb_lines, self.title, self.subtitle, *self.byline_lines, *self.unplaced}
        return tuple(i for i in range(self.body_start) if i not in others)

    @property
    def body(self) -> slice:
        """The lines of the story."""
        return slice(self.body_start, self.body_end)

    @property
    def tail(self) -> slice:
        """The lines below the story."""
        return slice(self.body_end, None)


def find_parts(lines: Sequence[str], head_title: str = "", known_phrases: KnownPhrases | None = None) -> PageParts:
    """Return where the parts of a page stand; for the arguments see :func:`.text_page.parse_text_page`."""
    known_phrases = {} if known_phrases is None else known_phrases
    own_title = find_own_title(lines, head_title)
    breadcrumbs = find_breadcrumbs(lines)
    is_page = bool(head_title) or breadcrumbs is not None or own_title is not None
    byline = find_byline(lines, own_title, breadcrumbs, is_page=is_page, known=known_phrases)
    find_end = cache(partial(story_end, lines, known=known_phrases))  # of the story that begins in a line
    if byline is None:
        return _parts_without_byline(lines, breadcrumbs, own_title, find_end)
    if breadcrumbs is not None and breadcrumbs > byline:
        breadcrumbs = None
    if breadcrumbs is None:
        breadcrumbs = next(
            (i for read in (read_breadcrumbs, read_weak_breadcrumbs) for i in range(byline) if read(lines[i])), None
        )
    trail = _breadcrumb_lines(lines, breadcrumbs, own_title)
    start = trail.stop
    byline_lines = _with_names_above(lines, find_byline_lines(lines, byline), own_title)
    above = lines[: byline_lines.start]
    menus = _menus(above)
    titles = [i for i in range(start, len(above)) if i == own_title or (i not in menus and is_headline(lines[i]))]
    if breadcrumbs is None:  # menus may stand above the title
        known = own_title if own_title in titles else None
        headlines = 2 if titles and _SUBTITLE.match(lines[titles[-1]]) else 1
        titles = titles[-headlines:] if known is None else titles[titles.index(known) :]
    elif not titles:
        between = [i for i in range(start, len(above)) if lines[i]]
        if len(between) == 1 and is_title(lines[between[0]]) and not is_caption(lines[between[0]]):
            titles = between  # no headline by its form, but nothing else can stand there
        else:
            titles = [i for i in range(breadcrumbs) if i not in menus and is_headline(lines[i])][-1:]
    repeated = [i for i in titles if any(lines[i] == lines[j] for j in titles if j < i)]
    titles = [i for i in titles if i not in repeated]
    body, numbers = byline_lines.stop, [*byline_lines]
    below = lines[body : body + MAX_CONTROLS]
    next_line = next(filter(None, below), "")
    again = [i for i in titles if lines[i] == next_line or (len(lines[i]) >= MIN_OWN_TITLE and lines[i] in below)]
    known = body + below.index(lines[again[0]]) if again else own_title
    title = _title_below(lines, body, known, find_end, has_title=bool(titles), is_page=breadcrumbs is not None)
    if title is not None:
        has_subtitle = any(map(_SUBTITLE.match, lines[title + 1 : title + 2]))
        labels = labels_below(lines, title + has_subtitle)
        titles = [title, title + 1][: labels.start - title]
        body, numbers = labels.stop, [*numbers, *range(body, title), *labels]
    elif len(titles) == 1 and any(_SUBTITLE.match(line) and is_headline(line) for line in lines[body : body + 1]):
        titles, body = [*titles, body], body + 1
    return _placed(lines, breadcrumbs, trail, titles, numbers, body, find_end, byline, [*again, *repeated])


def _parts_without_byline(
    lines: Sequence[str], breadcrumbs: int | None, own_title: int | None, find_end: Callable[[int], int]
) -> PageParts:
    """Return the parts where only breadcrumbs, the page's own title or labels below the story can tell them."""
    trail = _breadcrumb_lines(lines, breadcrumbs, own_title)
    start = trail.stop
    title = own_title
    if title is None and _is_first_line_title(lines, start, by_labels=breadcrumbs is None):
        title = start
    if title is None:
        read = read_breadcrumbs(lines[breadcrumbs]) if breadcrumbs is not None else ()
        if leads_to_story(read) and any(map(is_prose, lines[start:])):
            return _placed(lines, breadcrumbs, trail, [], range(0), start, find_end)
        return PageParts(body_start=0, body_end=len(lines))  # breadcrumbs without a headline may be any path
    byline_lines = labels_below(lines, title)
    return _placed(lines, breadcrumbs, trail, [title], byline_lines, byline_lines.stop, find_end)


def _placed(
    lines: Sequence[str],
    breadcrumbs: int | None,
    trail: range,
    titles: Sequence[int],
    byline_lines: Sequence[int],
    body: int,
    find_end: Callable[[int], int],
    byline: int | None = None,
    repeated: Sequence[int] = (),
) -> PageParts:
    """Return the parts of which at least one stands above the body; what they leave above it is unplaced."""
    if body < len(lines) and _SUMMARY_LABEL.fullmatch(lines[body]):
        body += not any(map(SPEAKER.fullmatch, lines[body + 1 :]))
    placed = {*trail, *byline_lines, *titles[:2], *repeated}
    first = min(placed)
    above = range(body if byline is None else byline)
    return PageParts(
        body_start=body,
        body_end=find_end(body),
        breadcrumbs=breadcrumbs,
        breadcrumb_lines=trail,
        title=titles[0] if titles else None,
        subtitle=titles[1] if len(titles) > 1 else None,
        byline=byline,
        byline_lines=byline_lines,
        unplaced=tuple(i for i in above if lines[i] and i not in placed and (i > first or is_story_line(lines[i]))),
    )


def _breadcrumb_lines(lines: Sequence[str], start: int | None, own_title: int | None) -> range:
    """Return the lines of breadcrumbs that begin in a line; a mark at their end may stand above the title."""
    if start is None:
        return range(0)
    stop = breadcrumbs_end(lines, start)
    is_title = stop > start + 1 and (own_title == stop - 1 or any(map(is_byline, lines[stop : stop + 1])))
    return range(start, stop - is_title)


def _menus(above: Sequence[str]) -> set[int]:
    """Return the lines above a byline that are words of a menu, one a line; fewer lines are no menu."""
    if len(above) <= _MIN_MENU:
        return set()
    return {i for i, kind in boilerplate_lines(above).items() if kind == "navigation"}


def _title_below(
    lines: Sequence[str],
    body: int,
    own_title: int | None,
    find_end: Callable[[int], int],
    *,
    has_title: bool,
    is_page: bool,
) -> int | None:
    """Return the title if it stands below the byline, perhaps below controls of the page."""
    if own_title is not None and body <= own_title < body + MAX_CONTROLS:
        between = lines[body:own_title]
        is_head = all(map(_is_of_page, between)) if has_title else not any(map(is_prose, between))
        return own_title if is_head else None
    return body if not has_title and _is_title_below(lines, body, find_end, is_page=is_page) else None


def _is_of_page(line: str) -> bool:
    """Return whether a line between a byline and the title that is repeated below it is no verse of a story."""
    return not line or is_byline_part(line) or any(map(is_control, line.split())) or is_boilerplate(line)


def _is_title_below(lines: Sequence[str], i: int, find_end: Callable[[int], int], *, is_page: bool) -> bool:
    """Return whether a line below a byline is its title: no sentence, above a story without headings.

    Of a page with breadcrumbs the story may have headings.
    """
    if i >= len(lines) or not is_headline(lines[i]):
        return False
    if not may_be_first_line_title(without_place(lines[i]) if is_page else lines[i]):
        return False
    if len(lines[i]) < MIN_OWN_TITLE or ORDINAL.match(lines[i]) or are_names(lines[i]):
        return False
    start = labels_below(lines, i).stop
    if not any(map(is_prose, lines[start : start + 1])):
        return False
    story = lines[start : find_end(start)]
    different = islice(dict.fromkeys(story), _MAX_ABOVE_HEADING)
    return bool(story) and (is_page or all(is_prose(line) or not is_headline(line) for line in different))


def _with_names_above(lines: Sequence[str], byline_lines: range, own_title: int | None) -> range:
    """Return the lines of a byline with a line of authors, or a medium, that stands between a headline and them."""
    names = byline_lines.start - 1
    line = lines[names]
    if names < 1 or names == own_title or len(line) > _MAX_NAMES:
        return byline_lines
    if not (_are_reporters(line) or is_organisation(line) or is_medium(line) or is_medium_with_names(line)):
        return byline_lines
    # A picture, or a control, may stand between them.
    headline = next((i for i in reversed(range(names)) if lines[i] and not is_control(lines[i])), 0)
    if not is_headline(lines[headline]):
        return byline_lines
    return range(names, byline_lines.stop) if len(lines[headline]) >= MIN_OWN_TITLE else byline_lines


def _are_reporters(line: str) -> bool:
    """Return whether a line is nothing but names of persons, perhaps with their roles: 记者 李雷 通讯员 王芳."""
    if not begins_with_role(line):
        return are_names(line)
    names = read_names(line)
    return bool(names) and all(map(is_person, names))


def _is_first_line_title(lines: Sequence[str], start: int, *, by_labels: bool) -> bool:
    """Return whether a line without a byline is a headline: below breadcrumbs, or above a story and its labels."""
    if start >= len(lines) or not is_headline(lines[start]):
        return False
    follows = next(filter(None, lines[labels_below(lines, start).stop :]), "")
    line = lines[start]
    if not by_labels:
        is_sentence = ORDINAL.match(line) or LATIN_END.search(line)
        return not is_sentence and any(map(is_prose, lines[start + 1 :]))
    return (
        may_be_first_line_title(line)
        and is_prose(follows)
        and len(follows) > len(line)
        and ends_with_sentence(follows)
        and not SPEAKER.match(follows)
        and has_foot(lines, start + 1)
    )
