"""From a page to an Article: choose the page's layout, repair its text, read its fields.

Parts of an article may stand in other documents (further pages of a long article, the script of a photo story, the
document of a video). :func:`needs` names them, and :func:`read` takes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple

from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Repairs, Video
from tibetnews.outlet import mirrors, urls
from tibetnews.outlet.body import read_body
from tibetnews.outlet.layouts import LAYOUTS
from tibetnews.outlet.layouts.base import Layout, RawArticle
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import section_table
from tibetnews.outlet.visible_text import VisibleLine
from tibetnews.text import (
    CreditLine,
    Repaired,
    classify_above,
    classify_below,
    find_credits,
    fold_script,
    is_byline,
    is_traditional,
    merge_removed,
    read_byline,
    read_credit,
    read_names,
    read_source,
    read_time,
    removed_byline,
    removed_credits,
    repair,
    strip_label,
)
from tibetnews.text.page.brackets import closes_bracket
from tibetnews.text.page.credit_line import Credit, read_editor_credit
from tibetnews.text.page.credits import MAX_DISTANCE, closing_reporters, names_of
from tibetnews.text.unicode_ranges import GBK_SPACE, HAN_BASIC, INVISIBLE, TIBETAN

_META_TIMES = ("publishdate", "pubdate", "article:published_time")
_TITLE_MARKS = "_|–—-"
_SUFFIX = re.compile(rf"[{_TITLE_MARKS}]([^{_TITLE_MARKS}]+)$")
_CONTROLS = r"\x00-\x08\x0e-\x1f"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_NEVER_SHOWN = re.compile(rf"[{_CONTROLS}{INVISIBLE}{GBK_SPACE}](?:(?<!\u200d)|(?=[\u3000-\u9fff\uff00-\uffef]))")
"""Control codes and other characters without a form, which a page can refer to; U+200D joins emoji."""
_WAITING = re.compile(
    r"""
    (?:
        [\s，,！!]*+
        (?: (?:正在|页面|内容|数据|努力){0,4}加载中? | 载入中 | 请稍[候等后] | loading | \{\{.{1,60}\}\}
          | (?:请|您?需要)?(?:启用|开启|打开|允许)(?:浏览器的?)?\s?(?:javascript|js|脚本)[^，。]{0,12}
          | .{0,40}enable\ javascript.{0,40} )
    ){1,2}
    \W*
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands in the place of a story until its script has run."""
_MIN_CHARACTERS_PER_CONTROL = 100
"""Content with a NUL and fewer characters than this for each control character is not text."""
_MAX_BYLINE_DISTANCE = 8
"""Lines from the top of the story within which its byline stands, if it has no place of its own."""


def read_article(html: str, url: str) -> Article:
    """Return the article of a page of HTML that came from ``url`` and is whole by itself; see :func:`read`."""
    return read(Page(html, url))


def needs(page: Page) -> list[str]:
    """Return absolute addresses of the documents that the article needs besides its page."""
    return list(_layout(page).needs(page))


def has_text(page: Page) -> bool:
    """Return whether the page itself, without other documents, shows a story; raise the errors of :func:`read`."""
    return any(line.text and not _WAITING.fullmatch(line.text) for line in _layout(page).read(page, {}).lines)


def layout_name(page: Page) -> str:
    """Return the name of the layout by which a page is read; raise the errors of :func:`read`."""
    return type(_layout(page)).__name__.removesuffix("Layout").lower()


def read(page: Page, parts: Mapping[str, str] | None = None) -> Article:
    """Return the article of a page.

    Args:
        page: The page.
        parts: Texts of the documents that it needs, by their addresses. A missing one is left out.

    Raises:
        UnreadableError: The page is no article of the outlet, or has no title or no text.
    """
    layout = _layout(page)
    raw = layout.read(page, parts or {})
    mended, repairs = _repair(raw)
    if page.address is not None:
        return _article(page, layout.reorder(mended), repairs)
    stripped, spam = mirrors.strip_mirror_spam(mended)
    spam += mirrors.spam_outside_article(page, raw.strings())
    article = _article(page, layout.reorder(stripped), repairs)
    article.removed = merge_removed(mirrors.in_page_order([*article.removed, *spam], mended.strings()))
    return article


def _layout(page: Page) -> Layout:
    if not page.html or page.html.isspace():
        raise UnreadableError("empty", "the page has no content")
    if page.address is not None and page.address.page_type == "listing":
        raise UnreadableError("listing", "this is a page of a listing; `tibetnews crawl sections` reads those")
    if b"\x00" in page.data and len(_CONTROL.findall(page.html)) * _MIN_CHARACTERS_PER_CONTROL > len(page.html):
        raise UnreadableError("binary", "the content is not text")
    if not page.is_whole:
        raise UnreadableError("truncated", "the document opens <html> and breaks off before </body>")
    layout = next((layout for layout in LAYOUTS if layout.matches(page)), None)
    if layout is None:
        raise UnreadableError("layout", "no layout of the outlet's pages has this markup")
    return layout


class _Mended(NamedTuple):
    """An article with its text repaired, and the repairs."""

    raw: RawArticle
    repairs: Repaired


def _repair(raw: RawArticle) -> _Mended:
    """Undo a mirror's damage in all strings at once, since only the whole page shows whether there is any."""
    text = "\n".join(raw.strings())
    if not text.replace("\n", "").isprintable() and _NEVER_SHOWN.search(text):  # of which none is printable
        raw = raw.map_text(partial(_NEVER_SHOWN.sub, ""))
        text = "\n".join(raw.strings())
    repaired = repair(text)
    if not repaired.changed:
        return _Mended(raw, repaired)
    lines = iter(repaired.text.split("\n"))
    return _Mended(raw.map_text(lambda text: "\n".join(islice(lines, text.count("\n") + 1))), repaired)


def _article(page: Page, raw: RawArticle, repairs: Repaired) -> Article:
    address = page.address
    raw = _with_byline(raw)
    byline = read_byline(raw.published, source=raw.source, author=raw.author)
    may_lack_names = byline.published_at is not None and not byline.authors
    lines, tail, credit_lines = _take_credits(raw, may_lack_names=may_lack_names)
    body = read_body(page, raw.kind, lines)
    title = raw.title or _without_suffix(page.head_title)
    text = "\n\n".join(body.paragraphs)
    if not title:
        raise UnreadableError("title", "the page shows no title")
    if not text or _WAITING.fullmatch(text):
        raise UnreadableError("text", "the page has a title but no text")
    published_at = byline.published_at or _published_at(page)
    names = names_of(credit_lines, body.paragraphs, published_at)
    authors = byline.authors or read_names(page.meta.get("author")) or names.authors
    editor = names.editor or byline.editor
    byline_text = "\n".join(filter(None, (raw.author, raw.published, raw.source)))
    language = language_of(text, address.area.language if address else None)
    edition = address.area.edition if address else edition_of(language)
    section = address or section_table().find_by_breadcrumbs(raw.breadcrumbs)
    return Article(
        id=address.id if address else urls.foreign_id(page.url, edition),
        url=page.canonical,
        fetched_from=None,
        kind=raw.kind,
        edition=edition,
        language=language,
        section=section.edition_path if section else None,
        breadcrumbs=list(raw.breadcrumbs),
        title=title,
        subtitle=raw.subtitle or None,
        published_at=published_at,
        source=byline.source or read_source(page.meta.get("source", "")).medium,
        authors=list(authors or closing_reporters(body.paragraphs[-1])),
        editor=editor,
        dateline=names.dateline,
        text=text,
        images=list(raw.images) or list(body.images.values()),
        videos=[Video(file, text) for file in raw.videos] or list(body.videos.values()),
        attachments=list(body.attachments.values()),
        removed=merge_removed(
            [
                *classify_above(raw.head),
                *removed_byline(byline_text, byline, editor),
                *body.removed,
                *removed_credits(credit_lines),
                *classify_below(tail),
            ]
        ),
        repairs=Repairs.from_repaired(repairs),
    )


def _with_byline(raw: RawArticle) -> RawArticle:
    """Move the byline from the top of the story to ``published``, if the page's markup has no place for it."""
    if raw.published:
        return raw
    for i, line in enumerate(raw.lines[:_MAX_BYLINE_DISTANCE]):
        if is_byline(line.text):
            return raw._replace(published=line.text, lines=raw.lines[:i] + raw.lines[i + 1 :])
    return raw


class _WithoutCredits(NamedTuple):
    """What stands in and below a story without the lines that name its authors and its editor, and these lines."""

    lines: list[VisibleLine]
    tail: list[str]
    credits: list[CreditLine]


def _take_credits(raw: RawArticle, *, may_lack_names: bool) -> _WithoutCredits:
    """Take the lines that name its authors and its editor out of an article."""
    lines = list(raw.lines)
    found = find_credits([line.text for line in lines], opens_with_names=may_lack_names, is_page=True)
    for line in reversed(found):
        kept = [lines[line.start]._replace(text=line.story)] if line.story else []
        lines[line.start : line.end] = kept
    if raw.editor:
        name = strip_label(raw.editor.strip("（）()[]【】 "))
        own = read_credit(raw.editor) or Credit("editor", (), name, is_field=True)
        found.insert(0, CreditLine(0, 0, "", raw.editor, own))
    has_editor = any(line.credit.editor for line in found)
    tail = list(raw.tail)
    for i, block in enumerate(tail[:MAX_DISTANCE]):
        texts = block.split("\n")
        for j, text in enumerate(() if has_editor else texts[:MAX_DISTANCE]):
            if credit := read_editor_credit(text):
                has_editor = True
                found.append(CreditLine(j, j + 1, "", text, credit))
                texts[j : j + 2] = [text for text in texts[j + 1 : j + 2] if not closes_bracket(text)]
                break
        tail[i] = "\n".join(filter(None, texts))
    return _WithoutCredits(lines, list(filter(None, tail)), found)


def _published_at(page: Page) -> str | None:
    """Return the time by the meta tags, else the day in the address."""
    candidates = (page.meta.get(name, "") for name in _META_TIMES)
    return next(filter(None, map(read_time, candidates)), page.address.date if page.address else None)


def _without_suffix(head_title: str) -> str:
    """Return the title tag's text without the names of section and outlet: 标题_栏目_中国西藏网."""
    homes = {area.home_label for area in section_table().areas}
    sections = {name for section in section_table().sections for name in section.names}
    title, suffix = head_title, homes
    if fold_script(title) in homes:
        return ""
    while (match := _SUFFIX.search(title)) and fold_script(match[1].strip()) in suffix:
        title, suffix = title[: match.start()].rstrip(f"{_TITLE_MARKS} "), sections
    return title.strip()


def language_of(text: str, edition_language: str | None = None) -> str:
    """Return the language of a text by its script, or by its edition where its address names one."""
    language = edition_language
    if language is None:
        if len(re.findall(f"[{TIBETAN}]", text)) * 2 > len(text):
            return "bo"
        language = "zh-Hans" if len(re.findall(f"[{HAN_BASIC}]", text)) * 10 > len(text) else "en"
    return "zh-Hant" if language == "zh-Hans" and is_traditional(text) else language


def edition_of(language: str) -> str:
    """Return the edition to which a page in a language counts if its address does not name one."""
    language = "zh-Hans" if language == "zh-Hant" else language
    return next(area.edition for area in section_table().areas if area.language == language)
