"""Reads the line of breadcrumbs above a title: 您当前的位置：中国西藏网 > 时政."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tibetnews.text.boilerplate import is_boilerplate
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.line_forms import has_sentence, is_prose
from tibetnews.text.repair.pinyin import LETTERS
from tibetnews.text.unicode_ranges import TIBETAN

SEPARATORS = ">＞›»"
"""The marks between breadcrumbs."""

_MARK = lazy_pattern(f"[{SEPARATORS}]")
_SEPARATOR = lazy_pattern(rf"\s*[{SEPARATORS}]\s*")
_LINK = lazy_pattern(r"\[([^\[\]]{1,40})\]\([^()\s]{1,200}\)")  # of Markdown
_STROKE = lazy_pattern(r"\s*[→➔➜⇒▸▶〉⟩/／\\]\s*")  # titles have them, too
_BAR = lazy_pattern(r"\s*[|｜丨]\s*|\s[-–—·•_]{1,2}\s")  # so have menus
_BLANK = lazy_pattern(r"\s+")
_POSITION_LABEL = lazy_pattern(
    r"^(?:(?:[（(]?\d{1,2}[.、)）]|[-*•·●①-⑳])\s?)?"
    r"(?:(?P<position>[您你]?的?(?:(?:当前|當前|所[在处處]|现在|現在|目前)的?){0,2}位置|You are here|Your position)?"
    r"(?:是)?\s?[：:]\s?)?"
)
_STORY_PAGE = ("正文", "内容", "內容", "文章", "详情", "詳情", "Article")
"""What breadcrumbs call the page of a story."""
_HOME = lazy_pattern(
    rf"(?:\S{{0,20}}(?:网|網|网站|網站|频道|頻道|在线|在線|Online|Network|首页|首頁|主页|主頁)|Home(?:page)?|home"
    rf"|Accueil|Startseite|English|[A-Za-z.]{{2,20}}\.(?:cn|com)|[{TIBETAN} ]{{2,40}})"
)
_ANNOTATION = lazy_pattern(rf"\([{LETTERS}]{{1,6}} ?\) ?")  # pinyin; markup is read before its repair
_NO_NAME = lazy_pattern(r"""[，,。！？!?；;：:=(){}\[\]【】<"'`$#|\\@*+]|^\W|^\d+$""")
_MAX_BREADCRUMBS = 120  # characters of the line
_MAX_HEAD_LINES = 80  # lines in which they are looked for: more than any site's header has
_MAX_BREADCRUMB = 40  # characters of each part
_MAX_SECTION = 12  # characters of a part before the last, where the marks are weak
_MAX_TRAIL = 12  # lines of a list of breadcrumbs
_MARKS = f"{SEPARATORS}/／ "  # between parts that have lines of their own
_MARK_ENDS = tuple(_MARKS)


def read_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of a line of breadcrumbs, which are names; empty where the line is something else.

    >>> read_breadcrumbs("您当前的位置：中国西藏网 > 时政"), read_breadcrumbs("if a > b:")
    (('中国西藏网', '时政'), ())
    """
    if "](" in line or "&gt;" in line:
        line = _LINK.sub(r"\1", line.replace("&gt;", ">"))
    return _parts(line) if len(line) <= _MAX_BREADCRUMBS and _MARK.search(line) else ()


@lru_cache(maxsize=256)  # all stories of a section have the same
def _parts(line: str) -> tuple[str, ...]:
    pieces = _SEPARATOR.split(_POSITION_LABEL.sub("", line.strip()))
    if any(map(has_sentence, pieces)):  # names in Tibetan may end as sentences do, each with a shad
        return ()
    parts = list(filter(None, (piece.rstrip("- ") for piece in pieces)))  # of arrows such as ->
    return tuple(parts) if len(parts) > 1 and all(map(_is_name, parts)) else ()


def read_placed_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of a line that stands where a page has its breadcrumbs: there, weaker marks may part them.

    >>> read_placed_breadcrumbs("首页 > 时政"), read_placed_breadcrumbs("首页 / 时政 / 正文")
    (('首页', '时政'), ('首页', '时政', '正文'))
    """
    return read_breadcrumbs(line) or read_weak_breadcrumbs(line)


def read_weak_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of such a line with weaker marks alone.

    >>> read_weak_breadcrumbs("首页 / 时政 / 正文"), read_weak_breadcrumbs("拉萨 → 林芝")
    (('首页', '时政', '正文'), ())
    """
    if len(line) > _MAX_BREADCRUMBS or has_sentence(line):
        return ()
    label = _POSITION_LABEL.match(line.strip())
    position = label["position"] if label else None
    path = line.strip()[label.end() if label else 0 :]
    marks = _STROKE if _STROKE.search(path) else _BAR if _BAR.search(path) else _BLANK
    parts = tuple(filter(None, marks.split(path)))
    if len(parts) < 2 or not (position or marks is _STROKE or (marks is _BAR and parts[-1] in _STORY_PAGE)):
        return ()
    is_path = _HOME.fullmatch(parts[0]) and all(map(_is_name, parts)) and max(map(len, parts[:-1])) <= _MAX_SECTION
    return parts if is_path else ()


def leads_to_story(breadcrumbs: Sequence[str]) -> bool:
    """Return whether breadcrumbs lead from a site that they name to a page that they call a story.

    >>> leads_to_story(("河谷网", "新闻", "正文")), leads_to_story(("首页", "样式", "正文"))
    (True, False)
    """
    return len(breadcrumbs) > 2 and breadcrumbs[-1] in _STORY_PAGE and breadcrumbs[0].endswith(("网", "網", "在线"))


def _is_name(part: str) -> bool:
    return len(part) <= _MAX_BREADCRUMB and not _NO_NAME.search(_ANNOTATION.sub("", part) if "(" in part else part)


def find_breadcrumbs(lines: Sequence[str]) -> int | None:
    """Return the line of breadcrumbs that begin at a home page; it stands above the story."""
    for i, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if is_prose(line) and not is_boilerplate(line):
            return None
        parts = read_breadcrumbs(line)
        label = _POSITION_LABEL.match(line.strip())
        if parts and (_HOME.fullmatch(parts[0]) or (label and label["position"])):
            return i
        if breadcrumbs_end(lines, i) > i + 1:
            return i
    return None


def breadcrumbs_end(lines: Sequence[str], start: int) -> int:
    """Return where breadcrumbs end that begin in a line; a list has its parts and their marks on lines of their own.

    >>> breadcrumbs_end(["首页", ">", "时政", ">", "正文", "西藏春来早"], 0), breadcrumbs_end(["首页 > 时政"], 0)
    (5, 1)
    """
    home = _POSITION_LABEL.sub("", lines[start]).strip(_MARKS)
    end = start + 1
    if not _HOME.fullmatch(home):
        return end
    while end < min(len(lines), start + _MAX_TRAIL):
        part = lines[end].strip(_MARKS)
        is_joined = lines[end - 1].endswith(_MARK_ENDS) or lines[end].startswith(_MARK_ENDS)
        if not is_joined or len(part) > _MAX_SECTION or (part and not _is_name(part)):
            break
        end += 1
    return end
