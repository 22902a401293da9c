"""From a page to an Article: pick the page's generation, repair its text, read its fields.

What belongs to an article but stands in other documents (further pages of a long article, the script of a
photo story, the document of a video) is named by :func:`needs` and handed to :func:`read` when it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Image, Removed, Repairs, Video
from tibetnews.outlet import urls
from tibetnews.outlet.layouts.base import Draft, Generation
from tibetnews.outlet.layouts.chinese import Cn
from tibetnews.outlet.layouts.photo import Photo
from tibetnews.outlet.layouts.plain import Plain
from tibetnews.outlet.layouts.tibetan import Tb
from tibetnews.outlet.layouts.video import Video as VideoPage
from tibetnews.outlet.mirrors import in_page_order, outside, take_spam
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import table
from tibetnews.text import (
    Repaired,
    classify_above,
    classify_below,
    find_editor,
    is_byline,
    is_caption,
    merge_removed,
    read_byline,
    read_dateline,
    read_editor,
    read_names,
    read_time,
    repair,
    split_credit,
    strip_label,
)
from tibetnews.text.page.surroundings import MAX_EDITOR_LINE_DISTANCE

GENERATIONS: tuple[Generation, ...] = (Photo(), VideoPage(), Cn(), Tb(), Plain())
"""Newest markup first; the last reads by the order of the parts and takes what no other knows."""

_META_TIMES = ("publishdate", "pubdate", "article:published_time")


def read_article(html: str, url: str) -> Article:
    """The article in a page's text; ``url`` is the address that the page came from.

    Documents beside the page are left out. Raises UnreadableError where the page gives no title or no text.
    """
    return read(Page(html, url))


def needs(page: Page) -> list[str]:
    """Absolute addresses of the documents beside the page that its article is not whole without."""
    return list(_generation(page).needs(page))


def has_text(page: Page) -> bool:
    """Whether the page itself, without the documents beside it, shows a story. Raises UnreadableError as :func:`read` does."""
    return any(line.text for line in _generation(page).read(page, {}).lines)


def read(page: Page, parts: Mapping[str, str] | None = None) -> Article:
    """The article of a page and of ``parts``, the texts of what it needs by their addresses."""
    generation = _generation(page)
    raw = generation.read(page, parts or {})
    draft, repaired = _repair(raw)
    if page.address is not None:
        return _article(page, generation.arrange(draft), repaired)
    shown, strings = list(_strings(raw)), list(_strings(draft))
    spam = [*take_spam(draft), *outside(page, shown)]
    article = _article(page, generation.arrange(draft), repaired)
    article.removed = merge_removed(in_page_order([*article.removed, *spam], strings))
    return article


def _generation(page: Page) -> Generation:
    if not page.html.strip():
        raise UnreadableError("empty", "the page has no content")
    if page.address is not None and page.address.page_type == "listing":
        raise UnreadableError("listing", "this is a page of a listing; `scrapy crawl sections` walks those")
    if "\x00" in page.html:
        raise UnreadableError("binary", "the content is not text")
    if not page.is_whole:
        raise UnreadableError("truncated", "the document opens <html> and breaks off before </body>")
    found = next((generation for generation in GENERATIONS if generation.matches(page)), None)
    if found is None:
        raise UnreadableError("layout", "no generation of the outlet's pages has this markup")
    return found


def _repair(draft: Draft) -> tuple[Draft, Repaired]:
    """Undo a mirror's damage in all strings at once, since whether there is any is told by the whole page."""
    strings = list(_strings(draft))
    repaired = repair("\n".join(strings))
    if not repaired.changed:
        return draft, repaired
    mended = iter(repaired.text.split("\n"))

    def next_of(original: str) -> str:
        return "\n".join(next(mended) for _ in range(original.count("\n") + 1))

    fields: dict[str, Any] = {name: next(mended) for name in _FIELDS}
    return (
        replace(
            draft,
            **fields,
            breadcrumbs=[next(mended) for _ in draft.breadcrumbs],
            lines=[line if line.picture else line._replace(text=next(mended)) for line in draft.lines],
            tail=[next_of(block) for block in draft.tail],
        ),
        repaired,
    )


_FIELDS = ("title", "subtitle", "published", "source", "author", "editor")


def _strings(draft: Draft) -> Iterator[str]:
    yield from (getattr(draft, name) for name in _FIELDS)
    yield from draft.breadcrumbs
    yield from (line.text for line in draft.lines if not line.picture)
    yield from draft.tail


def _article(page: Page, draft: Draft, repaired: Repaired) -> Article:
    address = page.address
    _take_info(draft)
    editor = _take_editor(draft)
    paragraphs, images, captions = _pictures(page, draft)
    text = "\n\n".join(paragraphs)
    title = draft.title or _without_suffix(page.head_title)
    if not title:
        raise UnreadableError("title", "the page shows no title")
    if not text:
        raise UnreadableError("text", "the page has a title but no text")
    published_at = _published_at(page, draft)
    filed = next(filter(None, map(read_dateline, paragraphs[:2])), None)
    source, authors = strip_label(draft.source), read_names(draft.author)
    if not (source and authors):
        info = read_byline(draft.published)  # the time's line may hold the other two as well
        source = source or info.source or strip_label(page.meta.get("source", ""))
        authors = authors or info.authors or read_names(page.meta.get("author"))
    if filed and not authors:
        authors = filed.reporters
    language = address.area.language if address else language_of(text)
    edition = address.area.edition if address else edition_of(language)
    named = None if address else table().find_by_breadcrumbs(draft.breadcrumbs)
    return Article(
        id=address.id if address else urls.foreign_id(page.url, edition),
        url=page.canonical,
        fetched_from=None,
        kind=draft.kind,
        edition=edition,
        language=language,
        section=address.edition_path if address else named.edition_path if named else None,
        breadcrumbs=draft.breadcrumbs,
        title=title,
        subtitle=draft.subtitle or None,
        published_at=published_at,
        source=source,
        authors=list(authors),
        editor=editor,
        dateline=filed.resolve(published_at) if filed else None,
        text=text,
        images=draft.images or images,
        videos=[Video(film, text) for film in draft.videos],
        removed=merge_removed([*classify_above(draft.head), *captions, *classify_below(draft.tail)]),
        repairs=repairs_of(repaired),
    )


def _take_info(draft: Draft) -> None:
    """Take the info line from the top of the story where the page's markup has no place for it."""
    if draft.published:
        return
    for i, line in enumerate(draft.lines[:MAX_EDITOR_LINE_DISTANCE]):
        if is_byline(line.text):
            draft.published = line.text
            del draft.lines[i]
            return


def _take_editor(draft: Draft) -> str | None:
    """Take the editor line out of the draft, wherever it stands, and give the name."""
    if draft.editor:
        return read_editor(draft.editor) or strip_label(draft.editor.strip("（）()[]【】 "))
    if found := find_editor([line.text for line in draft.lines]):
        line = draft.lines[found.position]._replace(text=found.text)
        draft.lines[found.position : found.position + 1] = [line] if found.text else []
        return found.editor
    return _take_editor_below(draft)


def _take_editor_below(draft: Draft) -> str | None:
    """Take the editor line out of the blocks that follow the text."""
    for i, block in enumerate(draft.tail[:MAX_EDITOR_LINE_DISTANCE]):
        texts = block.split("\n")
        for j, text in enumerate(texts[:MAX_EDITOR_LINE_DISTANCE]):
            if name := read_editor(text):
                rest = "\n".join(texts[:j] + texts[j + 1 :])
                draft.tail[i : i + 1] = [rest] if rest else []
                return name
    return None


def _pictures(page: Page, draft: Draft) -> tuple[list[str], list[Image], list[Removed]]:
    """Paragraphs without captions, pictures with theirs, and captions whose picture is not there."""
    if draft.kind != "article":
        return [line.text for line in draft.lines if line.text], [], []
    paragraphs: list[str] = []
    images: list[Image] = []
    captions: list[Removed] = []
    below_picture = False
    for line in draft.lines:
        if line.picture:
            images.append(Image(page.picture(line.picture)))
            below_picture = True
        elif below_picture and (line.centred or is_caption(line.text)):
            images[-1].caption, images[-1].credit = split_credit(line.text)
            below_picture = False
        elif is_caption(line.text):
            captions.append(Removed("caption", line.text))
        elif line.text:
            paragraphs.append(line.text)
            below_picture = False
    return paragraphs, images, captions


def _published_at(page: Page, draft: Draft) -> str | None:
    found = read_time(draft.published)
    for name in _META_TIMES:
        found = found or read_time(page.meta.get(name, ""))
    return found or (page.address.date if page.address else None)


def _without_suffix(head_title: str) -> str:
    """The title tag's text without the names of section and outlet: 标题_栏目_中国西藏网."""
    parts = re.split(r"[_|]|\s[-–—]\s|-(?=中国西藏网)", head_title)
    homes = {area.home_label for area in table().areas}
    if parts[-1].strip() in homes:
        parts.pop()
        if len(parts) > 1 and any(parts[-1].strip() == section.name for section in table().sections):
            parts.pop()
    return "_".join(parts).strip()


def language_of(text: str) -> str:
    """The language of a page whose address does not tell its edition, by its script."""
    if len(re.findall(r"[ༀ-࿿]", text)) * 2 > len(text):
        return "bo"
    return "zh-Hans" if len(re.findall(r"[一-鿿]", text)) * 10 > len(text) else "en"


def edition_of(language: str) -> str:
    """The edition that a page in a language is counted to where its address does not tell."""
    return next(area.edition for area in table().areas if area.language == language)


def repairs_of(repaired: Repaired) -> Repairs | None:
    """What the record says of a repair."""
    if not repaired.changed:
        return None
    return Repairs(repaired.readings, repaired.breaks, repaired.unresolved, repaired.script)
