"""Finds the parts of a page in its visible lines: breadcrumbs, title, subtitle, byline, body.

Without markup the evidence is in the lines and their order: breadcrumbs, title, subtitle, byline (time, source,
author), body, editor line, and then what every page of the outlet has below. A line is taken for a part only where
something shows that it is one; all others are the body's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tibetnews.text.boilerplate import boilerplate_lines, has_boilerplate
from tibetnews.text.page.byline import Byline, is_byline, is_byline_part, read_byline
from tibetnews.text.page.captions import is_caption
from tibetnews.text.page.credits import SPEAKER, closes_bracket, read_credit, read_editor, split_editor
from tibetnews.text.page.times import read_time
from tibetnews.text.repair.pinyin import LETTERS
from tibetnews.text.unicode_ranges import TIBETAN

_BREADCRUMB_SEPARATOR = re.compile(r"\s*[>＞›»]\s*")
_POSITION_LABEL = re.compile(r"^(?:\d{1,2}[.、]\s?)?(?:(?:您?(?:当前的?|所在的?|现在的?)?位置)?\s?[：:]\s?)?")
_HOME = re.compile(
    rf"(?:\S{{0,20}}(?:网|網|网站|網站|频道|頻道|在线|在線|Online|Network|首页|首頁|主页|主頁)|Home(?:page)?|home"
    rf"|Accueil|Startseite|[A-Za-z.]{{2,20}}\.(?:cn|com)|[{TIBETAN} ]{{2,40}})"
)
_ANNOTATION = re.compile(rf"\([{LETTERS}]{{1,6}} ?\) ?")  # pinyin; markup is read before its repair
_NO_NAME = re.compile(r"""[，,。！？!?；;：:=(){}\[\]<"'`$#|\\@*+]|^\W|^\d+$""")
_SENTENCE = re.compile(r"[。！？；]|[།༎]\s?\S.*[།༎]|[.!?] [A-Z]")
_SENTENCE_END = re.compile(r"""[。！？…!?.][”’」』）)"']*$""")
_STORY_ENDS = ("。", "！", "？", "”", "…")
_ENDS_WITH_DAY = re.compile(r"\d\d-\d\d[\])）】]?$")  # as titles in a list of news do
_PUBLICATION = re.compile(
    r"来源|來源|稿源|作者|[发發刊](?:布|佈|表|稿|于|於)|Source|Author|Published|ཁུངས|སྤེལ|རྩོམ་པ་པོ", re.IGNORECASE
)
_WORK = re.compile(r"[.。《“\[]")  # in front of the label: an entry of a bibliography
_BARE_TIME = re.compile(r"[-–—·\s]*(?:GMT[+-]\d{1,2},?\s?)?[\d年月日时分秒:：/.\s-]{8,40}")
_ORDINAL = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]|[-*•]\s")
_HEAD_TITLE_MARKS = ("_", "-", "–", "—", "|")

_MAX_HEAD_LINES = 80  # lines in which breadcrumbs and byline are looked for: more than any site's header has
_MAX_TITLE = 120  # characters
_MAX_TIBETAN_TITLE = 360  # characters; Tibetan script needs three for a Chinese one
_MAX_FIRST_LINE_TITLE = 60  # characters of a title that has nothing but a label below the story for evidence
_MIN_OWN_TITLE = 6  # characters of a line that the page's own title repeats
_MIN_PROSE = 25  # characters of a paragraph of one sentence
_MIN_STORY_LINE = 30  # characters of a paragraph below an editor line that shows that the story goes on
_MAX_BREADCRUMBS = 120  # characters of the line
_MAX_BREADCRUMB = 40  # characters of each part
_MIN_NEWS_LIST = 5  # titles with a day; as many below the last sentence are a list of news and not the body's end
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

    byline_lines: range = range(0)
    """That line, and those next to it with further parts of the byline."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page without markup, read from its lines."""

    breadcrumbs: tuple[str, ...]
    title: str
    """The headline; "" where there is none, as for the subtitle."""

    subtitle: str
    byline_text: str
    byline: Byline

    head: Sequence[str]
    """The lines above the first part, which belong to the site."""

    unplaced: Sequence[int]
    """Where lines of the story stand above the byline."""

    body: slice
    """Where the lines of the story stand, so that a caller can cut its own lines, with pictures for instance."""

    tail: Sequence[str]
    """The lines below the story, without empty ones."""

    @property
    def has_parts(self) -> bool:
        """True where the lines are those of a page; False for a text that may be anything."""
        return bool(self.title or self.byline_text)


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
    byline_text = "\n".join(lines[i] for i in parts.byline_lines)

    def text(index: int | None) -> str:
        return "" if index is None else lines[index]

    return TextPage(
        breadcrumbs=read_breadcrumbs(text(parts.breadcrumbs)),
        title=text(parts.title),
        subtitle=text(parts.subtitle),
        byline_text=byline_text,
        byline=read_byline(byline_text) if byline_text else Byline(),
        head=[lines[i] for i in parts.head],
        unplaced=parts.unplaced,
        body=parts.body,
        tail=list(filter(None, lines[parts.tail])),
    )


def find_parts(lines: Sequence[str], head_title: str = "") -> PageParts:
    """Return where the parts of a page stand; for the arguments see :func:`parse_text_page`."""
    own_title = _own_title(lines, head_title)
    breadcrumbs = _find_breadcrumbs(lines)
    byline = _find_byline(lines, is_page=bool(head_title) or breadcrumbs is not None or own_title is not None)
    if byline is None:
        return _parts_without_byline(lines, breadcrumbs, own_title)
    if breadcrumbs is not None and breadcrumbs > byline:
        breadcrumbs = None
    if breadcrumbs is None:
        breadcrumbs = next((i for i in range(byline) if read_breadcrumbs(lines[i])), None)
    start = 0 if breadcrumbs is None else breadcrumbs + 1
    byline_lines = _byline_lines(lines, byline)
    titles = [i for i in range(start, byline_lines.start) if _is_headline(lines[i])]
    if breadcrumbs is None:  # menus may stand above the title
        known = own_title if own_title in titles else None
        titles = titles[-1:] if known is None else titles[titles.index(known) :]
    elif not titles:
        titles = [i for i in range(breadcrumbs) if _is_headline(lines[i])][-1:]
    placed = {breadcrumbs, *byline_lines, *titles[:2]}
    first = min(i for i in placed if i is not None)
    return PageParts(
        body_start=byline_lines.stop,
        body_end=_body_end(lines, byline_lines.stop),
        breadcrumbs=breadcrumbs,
        title=titles[0] if titles else None,
        subtitle=titles[1] if len(titles) > 1 else None,
        byline=byline,
        byline_lines=byline_lines,
        unplaced=tuple(
            i for i in range(byline) if lines[i] and i not in placed and (i > first or _is_story_line(lines[i]))
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
    body = start if title is None else title + 1
    placed = {breadcrumbs, title}
    first = min(i for i in placed if i is not None)
    return PageParts(
        body_start=body,
        body_end=_body_end(lines, body),
        breadcrumbs=breadcrumbs,
        title=title,
        unplaced=tuple(
            i for i in range(body) if lines[i] and i not in placed and (i > first or _is_story_line(lines[i]))
        ),
    )


def read_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of a line of breadcrumbs, which are names; empty where the line is something else.

    >>> read_breadcrumbs("您当前的位置：中国西藏网 > 时政"), read_breadcrumbs("if a > b:")
    (('中国西藏网', '时政'), ())
    """
    if len(line) > _MAX_BREADCRUMBS or not _BREADCRUMB_SEPARATOR.search(line) or _SENTENCE.search(line):
        return ()
    parts = [part for part in _BREADCRUMB_SEPARATOR.split(_POSITION_LABEL.sub("", line.strip())) if part]
    if len(parts) < 2 or any(
        len(part) > _MAX_BREADCRUMB or _NO_NAME.search(_ANNOTATION.sub("", part)) for part in parts
    ):
        return ()
    return tuple(parts)


def is_title(line: str) -> bool:
    """Return whether a line could be a headline: not long, and no full stop at its end."""
    longest = _MAX_TIBETAN_TITLE if "་" in line else _MAX_TITLE
    return 0 < len(line) <= longest and not line.endswith(("。", "；", "，"))


def has_sentence(line: str) -> bool:
    """Return whether a line has a sentence in it, as a story's paragraphs have and lists of links have not."""
    return _SENTENCE.search(line) is not None


def is_prose(line: str) -> bool:
    """Return whether a line is a paragraph: it has a sentence, or is a long one itself."""
    return has_sentence(line) or (len(line) >= _MIN_PROSE and _SENTENCE_END.search(line) is not None)


def _is_story_line(line: str) -> bool:
    """Return whether a line is surely a paragraph of a story."""
    return len(line) >= _MIN_STORY_LINE and is_prose(line) and _SENTENCE_END.search(line) is not None


def _is_headline(line: str) -> bool:
    """Return whether a line above a byline could be its headline and is nothing else by its own words."""
    return (
        is_title(line)
        and not line.endswith(("：", ":", ",", ";", "|", "”:", "”："))
        and not line.startswith("|")
        and not (has_sentence(line) and line.endswith("”"))
        and not is_caption(line)
        and not boilerplate_lines([line])
    )


def _own_title(lines: Sequence[str], head_title: str) -> int | None:
    """Return the line that the title tag repeats; without the tag its text may be the page's first line."""
    first = 0
    if not head_title:
        if not lines or not any(mark in lines[0] for mark in _HEAD_TITLE_MARKS):
            return None
        head_title, first = lines[0], 1
    for i in range(min(len(lines), _MAX_HEAD_LINES) - 1, first - 1, -1):
        line = lines[i]
        if is_title(line) and head_title.startswith(line):
            follows = head_title[len(line) :].lstrip()
            if not first or (len(line) >= _MIN_OWN_TITLE and follows.startswith(_HEAD_TITLE_MARKS)):
                return i
    return None


def _find_breadcrumbs(lines: Sequence[str]) -> int | None:
    """Return the line of breadcrumbs that begin at a home page; it stands above the story."""
    for i, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if is_prose(line):
            return None
        parts = read_breadcrumbs(line)
        if parts and _HOME.fullmatch(parts[0]):
            return i
    return None


def _find_byline(lines: Sequence[str], *, is_page: bool) -> int | None:
    """Return the line that tells time and source of the story, which stands below it and not above."""
    candidates = [
        i
        for i, line in enumerate(lines[:_MAX_HEAD_LINES])
        if line and not line.endswith(_STORY_ENDS) and is_byline(line)
    ]
    if not candidates or (len(candidates) > _MAX_BYLINES and not is_page):
        return None
    is_page = is_page or has_boilerplate("\n".join(lines)) or _editor_end(lines, 0) is not None
    sizes = [len(line) if is_prose(line) else 0 for line in lines]
    for i in candidates:
        above, below = sum(sizes[:i]), sum(sizes[i + 1 :])
        if not below and sum(map(bool, lines[:i])) > sum(map(bool, lines[i + 1 :])):
            continue  # verses, or a list: nothing shows which side of the line is the story
        if above <= below and (is_page or (below and _is_evident_byline(lines, i, is_only=len(candidates) == 1))):
            return i
    return None


def _byline_lines(lines: Sequence[str], time: int) -> range:
    """Return the line that tells the time and those around it with further parts of the byline."""
    start, stop = time, time + 1
    while start and lines[start - 1] != lines[time] and _belongs_to_byline(lines[start - 1]):
        start -= 1
    while stop < len(lines) and lines[stop] not in lines[start:stop] and _belongs_to_byline(lines[stop]):
        stop += 1
    return range(start, stop)


def _belongs_to_byline(line: str) -> bool:
    if is_byline_part(line):
        return True
    credit = read_credit(line)
    return credit is not None and credit.kind == "byline"


def _is_evident_byline(lines: Sequence[str], i: int, *, is_only: bool) -> bool:
    """Return whether a byline shows by itself, or by the lines around it, that it is one."""
    line = lines[i]
    if label := _PUBLICATION.search(line):
        return not _WORK.search(line, 0, label.start())
    if len(_byline_lines(lines, i)) > 1:
        return True
    alone = is_only and "T" in (read_time(line) or "") and not SPEAKER.match(line)
    around = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return (
        alone and i > 0 and _is_headline(lines[i - 1]) and is_prose(around[-1]) and not any(map(SPEAKER.match, around))
    )


def _is_first_line_title(lines: Sequence[str], start: int, *, by_labels: bool) -> bool:
    """Return whether a line without a byline is a headline: below breadcrumbs, or above a story and its labels."""
    if start >= len(lines) or not _is_headline(lines[start]):
        return False
    follows = next(filter(None, lines[start + 1 :]), "")
    line = lines[start]
    if not by_labels:
        return not _ORDINAL.match(line) and (not follows or any(map(is_prose, lines[start + 1 :])))
    return (
        len(line) <= _MAX_FIRST_LINE_TITLE
        and not has_sentence(line)
        and read_time(line) is None
        and not SPEAKER.match(line)
        and is_prose(follows)
        and len(follows) > len(line)
        and _SENTENCE_END.search(follows) is not None
        and not SPEAKER.match(follows)
        and _has_foot(lines, start + 1)
    )


def _has_foot(lines: Sequence[str], start: int) -> bool:
    """Return whether a time of publication or an editor line stands below the story."""
    if _editor_end(lines, start) is not None:
        return True
    last = max((i for i in range(start, len(lines)) if is_prose(lines[i])), default=start)
    return any(map(_is_time_line, lines[last + 1 :]))


def _is_time_line(line: str) -> bool:
    """Return whether a line is a time of a page: one with a label or a clock time, not the day of a letter."""
    if "T" in (read_time(line) or "") and _BARE_TIME.fullmatch(line):
        return True
    return SPEAKER.match(line) is not None and is_byline(line)


def _editor_end(lines: Sequence[str], start: int) -> int | None:
    """Return one after the editor line that ends a story: a paragraph stands above it and none below."""
    for i in range(start, len(lines)):
        if (i > start and read_editor(lines[i])) or split_editor(lines[i])[1]:
            below = [line for line in lines[i + 1 :] if _is_story_line(line)]
            if len(below) > len(boilerplate_lines(below)):
                continue
            end = i + 1
            while end < len(lines) and (closes_bracket(lines[end]) or read_credit(lines[end])):
                end += 1
            return end
    return None


def _body_end(lines: Sequence[str], start: int) -> int:
    """Return where the body ends: after the editor line, else before the boilerplate below the story."""
    editor_end = _editor_end(lines, start)
    if editor_end is not None:
        return editor_end
    boilerplate = {start + number for number in boilerplate_lines(lines[start:])}
    end, after_sentence = len(lines), start
    for i in range(start, len(lines)):
        if i in boilerplate:  # the story ends here unless a sentence follows
            end = min(end, i)
        elif has_sentence(lines[i]):
            end, after_sentence = len(lines), i + 1
    if _is_news_list(lines[after_sentence:end]):
        return after_sentence
    foot = range(after_sentence, min(end + 1, len(lines))) if after_sentence > start else range(0)
    time = next((i for i in foot if _is_time_line(lines[i])), None)
    if time is None:
        return end
    while time > after_sentence and lines[time - 1].endswith(("：", ":")):  # the heading of a list of news
        time -= 1
    return time


def _is_news_list(lines: Iterable[str]) -> bool:
    """Return whether most lines are titles with a day after them."""
    dated = [_ENDS_WITH_DAY.search(line) is not None for line in lines]
    return sum(dated) >= _MIN_NEWS_LIST and sum(dated) * 2 >= len(dated)
