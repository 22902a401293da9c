"""Finds the parts of a page in its visible lines: breadcrumbs, title, subtitle, byline, body.

Without markup their order is the only evidence: breadcrumbs, title, subtitle, byline (time, source, author), body,
editor line, and then what every page of the outlet has below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import Byline, is_byline, read_byline
from tibetnews.text.page.credits import closes_bracket, read_credit, read_editor, split_editor

_BREADCRUMB_SEPARATOR = re.compile(r"\s*[>＞›»]\s*")
_POSITION_LABEL = re.compile(r"^(?:您?(?:当前的?|所在的?|现在的?)?位置)?\s?[：:]\s?")  # 您当前的位置：
_SENTENCE = re.compile(r"[。！？；]|[།༎]\s?\S.*[།༎]|[.!?] [A-Z]")
_ENDS_WITH_DAY = re.compile(r"\d\d-\d\d[\])）】]?$")  # as titles in a list of news do

_MAX_HEAD_LINES = 80  # lines in which breadcrumbs and byline are looked for: more than any site's header has
_MAX_TITLE = 120  # characters
_MAX_TIBETAN_TITLE = 360  # characters; Tibetan script needs three for a Chinese one
_MAX_BREADCRUMBS = 120  # characters of the line
_MAX_BREADCRUMB = 40  # characters of each part
_MIN_NEWS_LIST = 5  # titles with a day; as many below the last sentence are a list of news and not the body's end


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

    @property
    def first(self) -> int:
        """The highest part on the page."""
        return min(i for i in (self.breadcrumbs, self.title, self.byline, self.body_start) if i is not None)

    @property
    def head(self) -> slice:
        """The lines above the first part, which belong to the site."""
        return slice(self.first)

    @property
    def body(self) -> slice:
        """The lines of the story."""
        return slice(self.body_start, self.body_end)

    @property
    def tail(self) -> slice:
        """The lines below the story."""
        return slice(self.body_end, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page without markup, read from its lines."""

    breadcrumbs: tuple[str, ...]
    title: str
    """The headline; "" where there is none, as for the subtitle."""

    subtitle: str
    byline_text: str
    """The line of the byline; "" where there is none."""

    byline: Byline

    head: Sequence[str]
    """The lines above the first part, which belong to the site."""

    body: slice
    """Where the lines of the story stand, so that a caller can cut its own lines, with pictures for instance."""

    tail: Sequence[str]
    """The lines below the story, without empty ones."""


def parse_text_page(lines: Sequence[str], head_title: str = "") -> TextPage:
    """Read the fields of a page from its visible lines.

    Args:
        lines: the page from its top to its end, undamaged, a block of text a line.
        head_title: the text of the title tag, where there is one; it tells the title among the lines above the byline.

    >>> page = parse_text_page(["首页 > 时政", "春来早", "2023-10-13 来源：新华网", "西藏的春天来得晚。", "相关阅读"])
    >>> page.title, page.byline.source, page.body, page.tail
    ('春来早', '新华网', slice(3, 4, None), ['相关阅读'])
    """
    parts = find_parts(lines, head_title)

    def text(index: int | None) -> str:
        return "" if index is None else lines[index]

    return TextPage(
        breadcrumbs=read_breadcrumbs(text(parts.breadcrumbs)),
        title=text(parts.title),
        subtitle=text(parts.subtitle),
        byline_text=text(parts.byline),
        byline=read_byline(text(parts.byline)),
        head=lines[parts.head],
        body=parts.body,
        tail=list(filter(None, lines[parts.tail])),
    )


def find_parts(lines: Sequence[str], head_title: str = "") -> PageParts:
    """Return where the parts of a page stand; for the arguments see :func:`parse_text_page`."""
    top = range(min(len(lines), _MAX_HEAD_LINES))
    byline = next((i for i in top if is_byline(lines[i])), None)
    breadcrumbs = next((i for i in (top if byline is None else range(byline)) if read_breadcrumbs(lines[i])), None)
    start = 0 if breadcrumbs is None else breadcrumbs + 1
    if byline is None:
        has_title = start < len(lines) and is_title(lines[start])
        body = start + 1 if has_title else start
        return PageParts(
            body_start=body,
            body_end=_body_end(lines, body),
            breadcrumbs=breadcrumbs,
            title=start if has_title else None,
        )
    titles = [i for i in range(start, byline) if is_title(lines[i])]
    if breadcrumbs is None:  # menus may stand above the title
        in_head = [i for i in titles if head_title.startswith(lines[i])]
        titles = titles[titles.index(in_head[-1]) :] if in_head else titles[-1:]
    return PageParts(
        body_start=byline + 1,
        body_end=_body_end(lines, byline + 1),
        breadcrumbs=breadcrumbs,
        title=titles[0] if titles else None,
        subtitle=titles[1] if len(titles) > 1 else None,
        byline=byline,
    )


def read_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of a line of breadcrumbs; empty where the line is something else.

    >>> read_breadcrumbs("您当前的位置：中国西藏网 > 时政")
    ('中国西藏网', '时政')
    """
    if len(line) > _MAX_BREADCRUMBS or not _BREADCRUMB_SEPARATOR.search(line) or _SENTENCE.search(line):
        return ()
    parts = [part for part in _BREADCRUMB_SEPARATOR.split(line.strip()) if part]
    if parts:
        parts[0] = _POSITION_LABEL.sub("", parts[0])
    return tuple(parts) if len(parts) >= 2 and all(0 < len(part) <= _MAX_BREADCRUMB for part in parts) else ()


def is_title(line: str) -> bool:
    """Return whether a line could be a headline: not long, and no full stop at its end."""
    longest = _MAX_TIBETAN_TITLE if "་" in line else _MAX_TITLE
    return 0 < len(line) <= longest and not line.endswith(("。", "；", "，"))


def has_sentence(line: str) -> bool:
    """Return whether a line has a sentence in it, as a story's paragraphs have and lists of links have not."""
    return _SENTENCE.search(line) is not None


def _body_end(lines: Sequence[str], start: int) -> int:
    """Return where the body ends: after the editor line, else before the boilerplate below the story."""
    for i in range(start, len(lines)):
        if (i > start and read_editor(lines[i])) or split_editor(lines[i])[1]:
            end = i + 1
            while end < len(lines) and (closes_bracket(lines[end]) or read_credit(lines[end])):
                end += 1
            return end
    kept = iter([*strip_boilerplate("\n".join(lines[start:])).text.split("\n"), None])
    next_kept = next(kept)
    end, after_sentence = len(lines), start
    for i in range(start, len(lines)):
        if lines[i] != next_kept:  # boilerplate; the story ends here unless a sentence follows
            end = min(end, i)
            continue
        next_kept = next(kept)
        if has_sentence(lines[i]):
            end, after_sentence = len(lines), i + 1
    return after_sentence if _is_news_list(lines[after_sentence:end]) else end


def _is_news_list(lines: Iterable[str]) -> bool:
    """Return whether most lines are titles with a day after them."""
    dated = [_ENDS_WITH_DAY.search(line) is not None for line in lines]
    return sum(dated) >= _MIN_NEWS_LIST and sum(dated) * 2 >= len(dated)
