"""Which pages are nothing without their scripts: all of the replica's scripted section, and no other page of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from replica.outlet import Outlet
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page
from tibetnews.rendering.needs_rendering import is_blank, is_document, is_only_written_by_scripts

ARTICLE = "http://www.tibet.cn/cn/politics/202401/t20240101_7500001.html"
LISTING = "http://www.tibet.cn/cn/politics/"
PHOTO = "http://media.tibet.cn/photo/news/content_7500001.shtml"
FRAME = "<html><head><title>标题</title></head><body>{}</body></html>"
SCRIPT = "<script>write();</script>"
PAGER = '<script>createPageHTML({}, 0, "index", "html");</script>'


def served() -> Iterator[tuple[str, Page]]:
    """Every article and every first listing page of a scripted replica, with its section."""
    outlet = Outlet(200, scripted=True)
    addresses = {url: record["section"] for url, record in outlet.records().items()}
    for section in outlet.catalogue.sections:
        addresses[f"http://{section.host}{section.listing()}"] = section.path
    for url, path in addresses.items():
        yield path, Page(decode(outlet.answer("/" + url.split("/", 3)[3]).body), url)


def test_the_scripted_section_is_blank_and_nothing_else_of_the_replica() -> None:
    blank = {page.url: section for section, page in served() if is_blank(page)}
    scripted = {page.url: section for section, page in served() if section == "data"}
    assert len(scripted) > 4
    assert blank == scripted


def test_a_section_without_articles_is_not_blank() -> None:
    outlet = Outlet(30)
    listings = {f"http://{section.host}{section.listing()}" for section in outlet.catalogue.sections}
    pages = [Page(decode(outlet.answer("/" + url.split("/", 3)[3]).body), url) for url in listings]
    assert not any(map(is_blank, pages))
    assert sum(not read_listing(page).links for page in pages) > 5


def test_every_page_of_the_replica_is_a_document() -> None:
    pages = [page for _, page in served()]
    assert len(pages) > 200
    assert all(map(is_document, pages))


@pytest.mark.parametrize(
    ("url", "html", "blank"),
    [
        (ARTICLE, FRAME.format(f'<div id="text"></div>{SCRIPT}'), True),
        (ARTICLE, FRAME.format('<div id="text"></div>'), False),  # no script could change it
        (ARTICLE, FRAME.format(f'<div id="text"><p>正在加载，请稍候…</p></div>{SCRIPT}'), True),
        (ARTICLE, FRAME.format(f'<div id="text"><p>{{{{article.content}}}}</p></div>{SCRIPT}'), True),
        (ARTICLE, FRAME.format(f'<div id="text"><p>请启用 JavaScript 后查看</p></div>{SCRIPT}'), True),
        (ARTICLE, FRAME.format(f'<div id="text"><p>请启用脚本，老师对学生们说。</p></div>{SCRIPT}'), False),
        (ARTICLE, FRAME.format(f'<div id="text"><p>正在加载化肥的卡车停在村口。</p></div>{SCRIPT}'), False),
        (ARTICLE, FRAME.format(f'<div id="text"><p>正文。</p></div>{SCRIPT}'), False),
        (ARTICLE, FRAME.format(f'<div id="app"></div>{SCRIPT}'), True),  # scripts write the whole page
        (ARTICLE, f'<html><body><div id="text"></div>{SCRIPT}', False),  # broken off: a browser would hide that
        (ARTICLE, "", False),
        (ARTICLE, "正文。没有标签", False),
        (ARTICLE, FRAME.format(f"\x00{SCRIPT}"), False),
        (LISTING, FRAME.format(f'<div class="listnews"></div>{SCRIPT}'), True),
        (LISTING, FRAME.format(f'<div id="app"></div>{SCRIPT}'), True),
        (LISTING, FRAME.format('<div class="listnews"></div>'), False),
        (LISTING, FRAME.format(f'<div class="listnews"></div>{PAGER.format(1)}'), False),  # a section without articles
        (LISTING, FRAME.format(f'<div class="listnews"></div>{PAGER.format(3)}'), True),
        (LISTING, FRAME.format(f'<div id="list"></div><script>fetch ("/rows")</script>{PAGER.format(1)}'), True),
        (LISTING, FRAME.format(f"<ul></ul><script>$.getJSON('/rows.json')</script>{PAGER.format(0)}"), True),
        (LISTING, FRAME.format(f'<h4><a href="{ARTICLE}">标题</a></h4>{SCRIPT}'), False),
        (PHOTO, FRAME.format(SCRIPT), False),
        ("http://mirror.example.com/1.html", FRAME.format(SCRIPT), True),
    ],
)
def test_what_is_blank(url: str, html: str, blank: bool) -> None:
    assert is_blank(Page(html, url)) is blank


def test_a_listing_that_the_outlet_has_emptied_is_not_written_by_scripts() -> None:
    pager = '<script>createPageHTML(9, 0, "index", "html");</script>'
    emptied = Page(FRAME.format(f'<div class="listnews"></div>{pager}'), LISTING)
    script = '<script>fetch("rows.json").then(show)</script>'
    filled = Page(FRAME.format(f'<div class="listnews"></div>{pager}{script}'), LISTING)
    shell = Page(FRAME.format('<div id="app"></div><script src="app.js"></script>'), LISTING)
    assert [is_blank(page) for page in (emptied, filled, shell)] == [True, True, True]
    assert [is_only_written_by_scripts(page) for page in (emptied, filled, shell)] == [False, True, True]
