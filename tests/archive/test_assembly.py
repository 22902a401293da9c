"""Articles put together from captures, in the order in which archives have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from replica.layouts import LAYOUTS
from replica.outlet import Outlet
from tibetnews.archive.assembly import ArticleAssembler, RejectedCapture
from tibetnews.archive.captures import Capture
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle

OUTLET = Outlet(60, 3)
SITE = "http://127.0.0.1:8000"


def capture(url: str, role: str | None = None, status: int = 200, body: bytes | None = None, **headers: str) -> Capture:
    answer = OUTLET.answer(urlsplit(url).path)
    told = {"content-type": answer.content_type, **headers}
    return Capture(url, "2024-01-09T01:02:03Z", status, told, answer.body if body is None else body, role)


def url_of(layout: str) -> str:
    layouts = OUTLET.planted.layouts()
    return next(url for url, record in OUTLET.records().items() if layouts[record["id"]] == layout)


def parts_of(url: str) -> list[str]:
    """Addresses of the documents that an article needs."""
    page = capture(url)
    text = decode(page.body, page.headers["content-type"])
    return PendingArticle.begin(page, Page(text, url)).needed


def assemble(assembler: ArticleAssembler, *captures: Capture) -> Iterator[PendingArticle[Capture] | RejectedCapture]:
    for one in captures:
        yield from assembler.feed(one)
    yield from assembler.finish()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("ours", [True, False])
def test_each_layout_is_whole_with_its_documents(layout: str, ours: bool) -> None:
    url = url_of(layout)
    parts = [capture(part, "part" if ours else None) for part in parts_of(url)]
    assert bool(parts) == (layout in ("paged", "tb_paged", "photo", "video"))
    first = capture(url, "article" if ours else None)
    (story,) = assemble(ArticleAssembler(None, is_own_archive=ours), first, *parts)
    assert isinstance(story, PendingArticle)
    read, planted = story.read(), OUTLET.records()[url]
    assert (read.id, read.title) == (planted["id"], planted["title"])


@pytest.mark.parametrize("layout", ["paged", "photo", "video"])
def test_in_other_archives_documents_may_stand_before(layout: str) -> None:
    url = url_of(layout)
    before = [capture(part) for part in reversed(parts_of(url))]
    (story,) = assemble(ArticleAssembler(None, is_own_archive=False), *before, capture(url))
    assert isinstance(story, PendingArticle)
    assert story.next_part is None


def test_a_document_that_is_missing_is_told() -> None:
    url = url_of("paged")
    parts = parts_of(url)
    (found,) = assemble(
        ArticleAssembler(None, is_own_archive=True), capture(url, "article"), capture(parts[0], "part", status=404)
    )
    assert isinstance(found, RejectedCapture)
    assert (found.rejection.reason, found.source.url) == ("incomplete", url)
    assert parts[0] in found.rejection.detail


def test_a_document_that_failed_first_or_moved_is_found() -> None:
    url = url_of("photo")
    (part,) = parts_of(url)
    moved = capture(part, "part", status=302, location="/picture/elsewhere.js")
    target = Capture("http://media.tibet.cn/picture/elsewhere.js", "", 200, {}, capture(part).body, "part")
    (story,) = assemble(
        ArticleAssembler(None, is_own_archive=True),
        capture(url, "article"),
        capture(part, "part", status=503, body=b""),
        moved,
        target,
    )
    assert isinstance(story, PendingArticle)


def test_only_articles_are_taken() -> None:
    url = url_of("trs_editor")
    folder = url.rsplit("/", 2)[0] + "/"
    others = [
        capture(folder),
        capture("http://www.tibet.cn/robots.txt"),
        capture("http://example.org/x.html", body=b"x"),
    ]
    assert list(assemble(ArticleAssembler(None, is_own_archive=False), *others, capture(url, status=404))) == []
    listing = capture(folder, "listing")
    assert (
        list(assemble(ArticleAssembler(None, is_own_archive=True), listing, capture(url), capture(url, "part"))) == []
    )


def test_a_site_stands_for_the_hosts_of_the_outlet() -> None:
    url = url_of("photo")
    (part,) = parts_of(url)
    ours = [SITE + urlsplit(one).path for one in (url, part)]
    found = list(
        assemble(ArticleAssembler(SITE, is_own_archive=True), capture(ours[0], "article"), capture(ours[1], "part"))
    )
    assert [type(story) for story in found] == [PendingArticle]
    assert isinstance(found[0], PendingArticle)
    assert found[0].read().url == url


def test_a_page_that_cannot_be_read_is_told() -> None:
    url = url_of("trs_editor")
    (found,) = assemble(ArticleAssembler(None, is_own_archive=True), capture(url, "article", body=b""))
    assert isinstance(found, RejectedCapture)
    assert found.rejection.reason == "empty"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_documents_that_another_archive_replayed_belong_together(layout: str) -> None:
    url = url_of(layout)
    captures = [capture(each) for each in (url, *parts_of(url))]
    replayed = [
        replace(each, url=f"https://web.archive.org/web/2020010203040{second}id_/{each.url}")
        for second, each in enumerate(captures)
    ]
    (article,) = assemble(ArticleAssembler(None, is_own_archive=False), *replayed)
    assert isinstance(article, PendingArticle)
    assert article.read().url == url
