"""Tells headlines by their form, and by the title that the page itself has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tibetnews.text.boilerplate import is_boilerplate
from tibetnews.text.gazetteer import provinces
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import SPEAKER, has_sentence, is_title
from tibetnews.text.page.breadcrumbs import SEPARATORS
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.captions import is_caption
from tibetnews.text.page.credit_line import read_editor
from tibetnews.text.page.labels import match_label
from tibetnews.text.page.names import is_control, is_organisation, is_person, is_province
from tibetnews.text.page.times import read_time

HEAD_TITLE_MARKS = ("_", "-", "–", "—", "|")
MAX_HEAD_LINES = 80
"""Lines in which title and byline are looked for: more than any site's header has."""
MAX_CONTROLS = 8
"""Lines of controls between a title and the time below or above it."""
ORDINAL = lazy_pattern(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]|第[\d一二三四五六七八九十]{1,2}步|[-*•]\s")
"""How a point of a list, or its heading, begins."""
MIN_OWN_TITLE = 6
"""Characters of a line that the page's own title repeats, or that stands above names; no menu's word."""
_DETAIL = lazy_pattern(
    r"(?:[•·*-]\s?\S{1,6}|(?:联系)?(?:地址|电话|手机|邮箱|邮编|传真)|QQ|E-?mail)\s?[:：]|[【\[]?\s?第\s?1\s?[页頁]\s"
)
"""A label in a list or of a contact, or the numbers of the pages, none of which is a headline."""
_GLUED_BYLINE = lazy_pattern(
    r"(?:(?:[发發](?:布|佈|表)|更新)?(?:[时時][间間]|日期)|[发發][布佈表][于於])\s?[：:]\s{0,4}(?=(?:19|20)\d\d[-年/.])"
)
_SITE = lazy_pattern(
    r"(?:\s*_\s*[^\s|｜_-]{2,6}){0,3}\s*(?:[|｜_]|(?<![-–—])[-–])\s*"
    r"[^\s|｜_–—-]{0,10}(?:[网網报報社]|网站|網站|频道|頻道|新闻(?:中心)?|新聞(?:中心)?|在线|客户端)\s*$"
    r"|\s*[|｜_]\s*$"
)
"""The name of a site behind a headline, or the mark in front of it alone."""
_TITLE_LABEL = lazy_pattern(r"(?:【\s?)?(?:文章|新闻|新聞)?(?:标题|標題|题目|題目)(?:\s?】\s?[：:]?|\s?[：:])\s?(?=\S)")
_MARKDOWN = lazy_pattern(r"#{1,6}\s+(?P<heading>.*?)(?:\s+#{1,6})?|(?P<mark>\*\*|__)(?P<bold>[^*]+)(?P=mark)")
_MAX_FIRST_LINE_TITLE = 60  # characters of a title that has nothing but its place for evidence


def may_be_first_line_title(line: str) -> bool:
    """Return whether a line that nothing but its place shows to be a headline has the form of one."""
    return (
        len(line) <= _MAX_FIRST_LINE_TITLE
        and not has_sentence(line)
        and read_time(line) is None
        and not SPEAKER.match(line)
    )


def without_place(headline: str) -> str:
    """Return a headline without the place that is in front of its colon.

    >>> without_place("西藏林芝：春来早"), without_place("编者按：春来早")
    ('春来早', '编者按：春来早')
    """
    place, _, event = headline.replace("：", ":", 1).partition(":")
    return event.strip() if event and (is_province(place[:2]) or provinces(place)) else headline


def is_headline(line: str) -> bool:
    """Return whether a line above a byline could be its headline and is nothing else by its own words."""
    return (
        is_title(line)
        and not line.endswith(("：", ":", ",", ";", "”:", "”："))
        and "|" not in line[: line.rfind("|") if line.endswith("|") else 0]
        and not line.startswith(("|", "$ "))
        and "。" not in line
        and not _DETAIL.match(line)
        and not _is_field(line)
        and not is_control(line)
        and not (has_sentence(line) and line.endswith("”"))
        and not is_caption(line)
        and not is_boilerplate(line)
        and read_editor(line) is None
    )


def _is_field(line: str) -> bool:
    """Return whether a line is the field of a byline that no title begins like: 发布时间：10-20."""
    label = match_label(line)
    return label is not None and label.lastgroup in ("source", "published", "editor")


def titles_apart(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield lines in which a headline stands apart from the byline, or the breadcrumbs, that a page glues to it.

    Each comes with the number of the line of which it is the whole or a part.

    >>> list(titles_apart(["春耕时节田野忙时间：2023-10-13 来源：河谷网", "河谷网 时间：2023-10-13"]))
    [(0, '春耕时节田野忙'), (0, '时间：2023-10-13 来源：河谷网'), (1, '河谷网 时间：2023-10-13')]
    """
    for i, line in enumerate(lines):
        if i < MAX_HEAD_LINES:
            title = next(filter(None, lines[i + 1 : i + 3]), "")
            trail = line.removesuffix(title).rstrip() if len(title) >= MIN_OWN_TITLE else ""
            if trail != line and trail.endswith(tuple(SEPARATORS)):
                yield i, trail
                line = title
            glued = None if "。" in line else _GLUED_BYLINE.search(line, MIN_OWN_TITLE)
            title = line[: glued.start()].rstrip() if glued else ""
            if glued and _is_title_alone(title) and is_byline(line[glued.start() :]):
                yield i, title
                line = line[glued.start() :]
        yield i, line


def _is_title_alone(text: str) -> bool:
    """Return whether what stands in front of a byline on its line is a headline, and no field of it."""
    return (
        len(text) >= MIN_OWN_TITLE
        and is_headline(text)
        and match_label(without_place(text)) is None
        and read_time(text) is None
        and not is_organisation(text)
        and not any(is_control(word) or is_person(word) for word in text.split())
    )


def split_site(title: str) -> tuple[str, str]:
    """Return a headline without the site behind it, and that: 春耕时节田野忙 | 河谷网.

    >>> split_site("春耕时节田野忙 | 河谷网"), split_site("快评 | 河谷网")
    (('春耕时节田野忙', ' | 河谷网'), ('快评 | 河谷网', ''))
    """
    end = len(title)
    while site := _SITE.search(title, MIN_OWN_TITLE, end):
        end = site.start()
    return title[:end], title[end:]


def bare_headline(headline: str) -> str:
    """Return a headline without the marks of Markdown, and without its label.

    >>> bare_headline("## 春耕时节田野忙"), bare_headline("**春耕时节田野忙**"), bare_headline("#春耕# 时节")
    ('春耕时节田野忙', '春耕时节田野忙', '#春耕# 时节')
    >>> bare_headline("标题：春耕时节田野忙")
    '春耕时节田野忙'
    """
    marked = _MARKDOWN.fullmatch(headline) if headline[:1] in ("#", "*", "_") else None
    bare = (marked["heading"] or marked["bold"] or headline) if marked else headline
    label = _TITLE_LABEL.match(bare)
    return bare[label.end() :] if label else bare


def find_own_title(lines: Sequence[str], head_title: str) -> int | None:
    """Return the line that the title tag repeats; without the tag its text may be the page's first line."""
    first = 0
    if not head_title:
        if not lines or not any(mark in lines[0] for mark in HEAD_TITLE_MARKS):
            return None
        head_title, first = lines[0], 1
    for i in range(min(len(lines), MAX_HEAD_LINES) - 1, first - 1, -1):
        line = lines[i]
        if is_title(line) and head_title.startswith(line):
            follows = head_title[len(line) :].lstrip()
            if not first or (len(line) >= MIN_OWN_TITLE and follows.startswith(HEAD_TITLE_MARKS)):
                return i
    for i in range(first, min(len(lines), MAX_HEAD_LINES)):  # the name of the site in front
        line = lines[i]
        site = head_title.removesuffix(line).rstrip()
        if len(line) >= MIN_OWN_TITLE and site != head_title and site.endswith((*HEAD_TITLE_MARKS, ":", "：")):
            return i if is_title(line) and not is_organisation(line) else None
    return None
