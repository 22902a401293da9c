"""How many pages a long article has, in each form of the outlet's pager."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.outlet.page import Page
from tibetnews.outlet.pager import further_pages, page_count

STEM = "http://www.tibet.cn/cn/culture/ms/202310/t20231013_7500001"


@pytest.mark.parametrize(
    "pager",
    [
        "<script>createPageHTML(4, 0, 't20231013_7500001', 'html');</script>",
        "<script>createPageHTML('autopage',4,0,'t20231013_7500001','html')</script>",
        '<script>createPageHTML("page_div", 4, 0, "t20231013_7500001", "html", 13);</script>',
        "<script>createPageHTML('autopage',4,0)</script>",
        "<script>var currentPage = 0; var countPage = 4; var nextPage = 1;</script>",
        "<script>var countPage=4</script>",
        "<script>countPage = '4'; // pages</script>",
        """<script>createPageHTML("4","0","t20231013_7500001","html")</script>""",
        "<script>createPageHTML('autopage', '4', '0')</script>",
        "<script>createPageHTML ( 'autopage' , 4 , 0 );</script>",
        '<a href="t20231013_7500001_1.html">2</a><a href="t20231013_7500001_3.html">4</a>',
        '<a href="t20231013_7500001_1.html">下一页</a> 共<b>4</b>页',
        "<script><!--\ncreatePageHTML(4, 0, 't20231013_7500001', 'html');\n//--></script>",
        "<script>var n = '4'; createPageHTML(n, 0, 't20231013_7500001', 'html');</script>",
        "<script>var _PAGE_COUNT='4'; var _PAGE_NAME='t20231013_7500001'; show('http://a.cn/');</script>",
        "<script>var pageCount = 4; // of t20231014\nvar name = 't20231013_7500001';</script>",
    ],
)
def test_each_form_of_the_pager(pager: str) -> None:
    assert further_pages(Page(f"<p>一</p>{pager}", f"{STEM}.html")) == [f"{STEM}_{n}.html" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "<script>createPageHTML(34, 0, 'index', 'html');</script>",  # a listing beside the article
        "<script>createPageHTML('list',34,0,'index','html');</script>",
        "<script>var countPage = 1;</script>",
        "<script>var accountPage = 4;</script>",
        "<script>if (countPage == 4) show();</script>",
        "<script>var pageCount = 4; showComments();</script>",
        "<script>// createPageHTML(4, 0, 't20231013_7500001', 'html');</script>",
        "<script>/* var countPage = 4; */ var countPage = 1;</script>",
        "<script>/* createPageHTML(4, 0, 't20231013_7500001', 'html');</script>",
        "<!-- <script>createPageHTML(4, 0, 't20231013_7500001', 'html');</script> -->",
        "<script>createPageHTML(pages, 0, 't20231013_7500001', 'html');</script>",
        "下一页 共4页",
        '<a href="t20231013_7500002_1.html">2</a>',
    ],
)
def test_other_scripts_are_no_pager(pager: str) -> None:
    assert further_pages(Page(f"<p>一</p>{pager}", f"{STEM}.html")) == []


def test_pages_keep_the_ending_of_the_first() -> None:
    page = Page("<script>var countPage = 3</script>", f"{STEM}.htm")
    assert further_pages(page) == [f"{STEM}_1.htm", f"{STEM}_2.htm"]


def test_a_pager_that_claims_too_much_is_bounded() -> None:
    assert len(further_pages(Page("<script>var countPage = 99999</script>", f"{STEM}.html"))) == 199


@pytest.mark.parametrize("piece", ["/* ", "createPageHTML(a,0,'b') ", "a=1 ", "// ", "共1页 ", "/*/", "pageCount=2;"])
def test_a_megabyte_of_what_nearly_is_a_pager(piece: str) -> None:
    filler = piece * (1_000_000 // len(piece))
    page = Page(f"<script>createPageHTML('{STEM[-17:]}',{filler}</script>{STEM[-17:]}_1.html", f"{STEM}.html")
    page.text  # noqa: B018 - to parse it is no part
    with takes_at_most(1):
        further_pages(page)


def test_a_listing_goes_by_its_own_name() -> None:
    page = Page("<script>createPageHTML(34, 0, 'index', 'html');</script>", "http://www.tibet.cn/cn/culture/ms/")
    assert page_count(page, "index") == 34
    assert page_count(page, "list") is None
