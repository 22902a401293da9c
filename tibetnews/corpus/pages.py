"""Makes the record of a page in a file: that of a crawl where the outlet's reader knows the page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tibetnews import clock
from tibetnews.corpus.entries import FetchInfo, Form
from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Http, Repairs
from tibetnews.outlet import urls
from tibetnews.outlet.article import edition_of, language_of, read
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import section_table
from tibetnews.records import clean_record, drop_impossible_time, find_problem
from tibetnews.text import clean, content_hash

_UNKNOWN = frozenset({"layout", "title", "text"})
"""Reasons for which the outlet's reader gives up and the text alone may still hold a story."""


def clean_page(data: bytes, url: str, form: Form, capture: FetchInfo | None = None) -> dict[str, Any]:
    """Return the record of a page from its bytes; url: the address that it is known by; capture: how it was fetched.

    A page that the outlet's reader does not know, such as a text without a headline, is read from its visible
    text alone; its title may be None. Raises UnreadableError where no story is found.
    """
    page = Page(decode(data, capture.content_type if capture else None), url)
    article = _read(page, form)
    drop_impossible_time(article, clock.utc())
    if problem := find_problem(article, title_required=False):
        raise UnreadableError(*problem)
    article.fetched_from = url if url != article.url else None
    article.content_hash = content_hash(article.title, article.text)
    if capture:
        article.fetched_at = capture.at
        article.http = Http(capture.status, capture.etag, capture.last_modified)
    return {**asdict(article), "title": article.title or None}


def visible_text(data: bytes, form: Form, capture: FetchInfo | None = None) -> str:
    """Return what a reader sees of a page, a block a line."""
    html = decode(data, capture.content_type if capture else None)
    return html if form == "text" else Page(html, "").text


def _read(page: Page, form: Form) -> Article:
    if page.address and page.address.page_type == "listing":
        raise UnreadableError("listing", "a listing of links, and not an article")
    if form == "text" and not page.is_text:  # it speaks of HTML, or quotes some
        return _from_text(page.html, page.url)
    try:
        article = read(page)
    except UnreadableError as unknown:
        if unknown.reason not in _UNKNOWN:
            raise
        return _from_text(page.html.removesuffix("\n").removesuffix("\r") if page.is_text else page.text, page.url)
    clean_record(article)
    return article


def _from_text(text: str, url: str) -> Article:
    cleaned = clean(text)
    language = language_of(cleaned.text)
    edition = edition_of(language)
    section = section_table().find_by_breadcrumbs(cleaned.breadcrumbs)
    return Article(
        id=urls.foreign_id(url, edition),
        url=url,
        fetched_from=None,
        kind="article",
        edition=edition,
        language=language,
        section=section.edition_path if section else None,
        breadcrumbs=list(cleaned.breadcrumbs),
        title=cleaned.title or "",
        subtitle=cleaned.subtitle,
        published_at=cleaned.published_at,
        source=cleaned.source,
        authors=list(cleaned.authors),
        editor=cleaned.editor,
        dateline=cleaned.dateline,
        text=cleaned.text,
        removed=list(cleaned.removed),
        repairs=Repairs.from_repaired(cleaned.repairs),
    )
