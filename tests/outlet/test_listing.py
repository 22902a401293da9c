"""Listing pages: their own links, each once, and how many pages follow."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.errors import UnreadableError
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page

URL = "http://www.tibet.cn/cn/politics/"
SITE = "http://127.0.0.1:8000"


def article(number: int) -> str:
    return f"./202310/t20231013_{number}.html"


def absolute(number: int) -> str:
    return f"{URL}202310/t20231013_{number}.html"


def page(*hrefs: str, pager: str = "", menu: str = "") -> str:
    """A listing of the cn edition."""
    rows = "\n".join(f'<li><h4><a href="{href}">标题</a></h4><span>2023-10-13</span></li>' for href in hrefs)
    return f'<html><body>{menu}<div class="listnews"><ul>{rows}</ul></div>{pager}</body></html>'


def script(pages: int, current: int, name: str = "index") -> str:
    return f'<script>createPageHTML({pages}, {current}, "{name}", "html");</script>'


def fetched(html: str, url: str = URL, site: str | None = None) -> list[str]:
    return [link.url for link in read_listing(Page(html, url, site)).links]


def test_links_in_the_order_of_the_page() -> None:
    assert fetched(page(article(3), article(1), article(2))) == [absolute(3), absolute(1), absolute(2)]


@pytest.mark.parametrize("host", ["www.tibet.cn:8080", "m.tibet.cn:8000"])
def test_a_page_at_another_port_is_counted_as_unknown(host: str) -> None:
    other = f"http://{host}/cn/politics/{article(2)[2:]}"
    assert read_listing(Page(page(article(1), other), URL)).unknown == (other,)


def test_one_article_is_linked_once() -> None:
    hrefs = [
        article(1),
        f"{article(1)}?from=list#top",
        absolute(1).replace("http:", "https:").replace("www.", "m."),
        absolute(1).replace("www.", "").replace("politics", "news/zx"),  # the number is the document
        article(2),
        article(1).replace("./", "../vg/"),
    ]
    assert fetched(page(*hrefs)) == [absolute(1), absolute(2)]


def test_a_link_to_a_later_page_leads_to_the_first() -> None:
    assert fetched(page("./202310/t20231013_7_2.html", article(7))) == [absolute(7)]
    (link,) = read_listing(Page(page("./202310/t20231013_7_2.html"), URL)).links
    assert link.address.page == 0


def test_links_are_fetched_as_they_were_spelt() -> None:
    """Both spellings of a section are known, only one may be served."""
    assert fetched(page("/cn/Instant/202310/t20231013_7.html?a=1")) == [
        "http://www.tibet.cn/cn/Instant/202310/t20231013_7.html"
    ]
    assert fetched(page("/cn/Instant/202310/t20231013_7_1.html")) == [
        "http://www.tibet.cn/cn/Instant/202310/t20231013_7.html"
    ]


def test_what_else_a_listing_links_to() -> None:
    html = page(
        "http://www.example.com/cn/politics/202310/t20231013_9.html",
        "http://www.tibet.cn@evil.example/cn/politics/202310/t20231013_9.html",
        "javascript:void(0)",
        "",
        "http://[",
        "../news/zx/",
        "index_1.html",
        "/about/",
        article(1),
        "http://media.tibet.cn/photo/news/content_812.shtml",
        "http://media.tibet.cn/video/p/20170801/1501553412345.shtml",
        "/news/focus/1443583812345.shtml",
    )
    assert fetched(html) == [
        absolute(1),
        "http://media.tibet.cn/photo/news/content_812.shtml",
        "http://media.tibet.cn/video/p/20170801/1501553412345.shtml",
        "http://www.tibet.cn/news/focus/1443583812345.shtml",
    ]


def test_links_of_no_known_form_are_kept_apart() -> None:
    html = page(
        article(1),
        "/cn/index/ztzl/special.html",
        "./202310/7500001.html",
        "/cn/index/ztzl/special.html",
        "http://bbs.tibet.cn/thread-12-1.html",
        "http://www.example.com/cn/a.html",
        "../zx/",
        "/",
        "javascript:void(0)",
        menu='<a href="/cn/map.html">网站地图</a>',
    )
    assert read_listing(Page(html, URL)).unknown == (
        "http://www.tibet.cn/cn/index/ztzl/special.html",
        f"{URL}202310/7500001.html",
        "http://bbs.tibet.cn/thread-12-1.html",
    )


def test_a_list_whose_links_all_have_no_known_form() -> None:
    html = page("./7500001.html", "./7500002.html", pager=script(1, 0))
    assert read_listing(Page(html, URL)).unknown == (f"{URL}7500001.html", f"{URL}7500002.html")


@pytest.mark.parametrize("name", ["new_index", "pic_index", "index"])
def test_the_pager_of_a_listing_with_a_name_of_its_own(name: str) -> None:
    html = page("content_1.shtml", pager=script(3, 0, name) + script(9, 0, "list"))
    assert read_listing(Page(html, f"http://media.tibet.cn/photo/news/{name}.shtml")).pages == 3


def test_lists_beside_the_listing_are_not_of_it() -> None:
    html = page(article(1), menu=f'<ul class="hot"><li><h4><a href="{article(9)}">热门</a></h4></li></ul>')
    assert fetched(html) == [absolute(1)]


@pytest.mark.parametrize(
    "template",
    [
        '<div class="listnews list2"><p><a href="{}">标题</a></p></div>',
        '<dl><dt><a target="_blank" href="{}">标题</a></dt></dl>',
        '<ul><li><h4><a href="{}">标题</a></h4></li></ul>',
        '<div class="new"><span><a href="{}">标题</a></span></div>',
        '<div class="listnews"></div><section><a href="{}">标题</a></section>',
        '<div class="listnews"><a href="http://www.example.com/">广告</a></div><em><a href="{}">标题</a></em>',
    ],
)
def test_templates_known_and_unknown(template: str) -> None:
    assert fetched(f"<html><body>{template.format(article(1))}</body></html>") == [absolute(1)]


def test_one_base_stands_for_all_hosts() -> None:
    html = page(article(1), absolute(2), "http://tb.tibet.cn/tb/people/201810/t20181010_3.html")
    assert fetched(html, f"{SITE}/cn/politics/", SITE) == [
        f"{SITE}/cn/politics/202310/t20231013_1.html",
        f"{SITE}/cn/politics/202310/t20231013_2.html",
        f"{SITE}/tb/people/201810/t20181010_3.html",
    ]


@pytest.mark.parametrize(
    ("pager", "url", "pages", "following"),
    [
        (script(3, 0), URL, 3, 1),
        (script(3, 1), f"{URL}index_1.html", 3, 2),
        (script(3, 2), f"{URL}index_2.html", 3, None),
        (script(1, 0), URL, 1, None),
        (script(0, 0), URL, 0, None),
        (script(3, 0), f"{URL}index.html", 3, 1),
        ("<script>createPageHTML( 12 ,0,'index','html')</script>", URL, 12, 1),
        (script(9, 0, "other") + script(3, 0), URL, 3, 1),  # another list on the same page
        (script(5, 0, "list"), "http://media.tibet.cn/photo/news/list.shtml", 5, 1),
        ("", URL, None, 1),
        ("", f"{URL}index_4.html", None, 5),
        ("<script>function createPageHTML(count, current, name, ending) {}</script>", URL, None, 1),
    ],
)
def test_pages(pager: str, url: str, pages: int | None, following: int | None) -> None:
    listing = read_listing(Page(page(absolute(1), pager=pager), url))
    assert (listing.pages, listing.next) == (pages, following)


def test_a_page_without_links_and_without_a_number_of_pages_is_the_last() -> None:
    listing = read_listing(Page(page(), f"{URL}index_9.html"))
    assert (listing.links, listing.pages, listing.next) == ((), None, None)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "empty"),
        (" \n\u3000", "empty"),
        (page(article(1), article(2), pager=script(3, 0))[:-20], "truncated"),
        (page(article(1))[:60], "truncated"),
    ],
)
def test_a_listing_that_breaks_off_is_unreadable(html: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_listing(Page(html, URL))
    assert caught.value.reason == reason


def test_every_prefix_gives_all_links_or_says_that_it_is_cut() -> None:
    whole = page(*(article(number) for number in range(1, 30)), pager=script(3, 0))
    expected = read_listing(Page(whole, URL))
    assert len(expected.links) == 29
    with takes_at_most(4):
        for cut in range(len("<html>"), len(whole)):
            try:
                listing = read_listing(Page(whole[:cut], URL))
            except UnreadableError:
                continue
            assert listing == expected


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + '<a href="x">' * 80_000 + "</body></html>",
        f'<html><body><a href="{"../" * 300_000}">一</a></body></html>',
        "<html><body>" + "createPageHTML(" * 66_000 + "</body></html>",
        "<html><body>createPageHTML(" + " " * 1_000_000 + "</body></html>",
        "\x00\xff\x80" * 300_000,
    ],
)
def test_a_megabyte_of_nothing_good(html: str) -> None:
    with takes_at_most(6):
        with pytest.raises(UnreadableError) as caught:
            read_listing(Page(html, URL))
        assert caught.value.reason == "layout"
