"""Pages in files become the records that a crawl makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replica.outlet import Outlet
from replica.planted import NOT_COMPARED
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.pages import clean_page, visible_text
from tibetnews.corpus.run import clean_inputs, cleaning_pool
from tibetnews.errors import UnreadableError
from tibetnews.formats.json_schema import json_schema
from tibetnews.outlet.article import needs, read_article
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.text import clean, content_hash, strip_boilerplate, strip_spam

SAMPLE = Path(__file__).parents[2] / "replica" / "sample"


def test_the_sample_page_gives_its_expected_fields() -> None:
    data = (SAMPLE / "mirror-page.txt").read_bytes()
    expected = json.loads((SAMPLE / "mirror-page.expected.json").read_text("utf-8"))
    record = clean_page(data, "file:///x/mirror-page.txt", "text")
    assert {name: record[name] for name in expected} == expected
    assert record["text"] == clean(data.decode()).text
    assert list(record) == list(json_schema()["properties"])


def test_saved_pages_of_the_outlet_are_the_records_that_were_planted(tmp_path: Path) -> None:
    outlet = Outlet(articles=80, seed=3)
    wanted = {}
    for url, truth in outlet.records().items():
        parts = urlsplit(url)
        body = outlet.answer(parts.path).body
        file = tmp_path / parts.netloc / parts.path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        if not needs(Page(decode(body), url)):  # photo stories, videos and long articles need other documents too
            wanted[url] = truth
    assert len(wanted) > 30
    done = list(clean_inputs(find_inputs([str(tmp_path)]), cleaning_pool(jobs=1)))
    records = {record["url"]: record for batch in done for record in map(json.loads, batch.lines.splitlines())}
    left_out = {*NOT_COMPARED, "http"}
    for url, truth in wanted.items():
        assert {name: records[url][name] for name in truth if name not in left_out} == {
            name: value for name, value in truth.items() if name not in left_out
        }
        assert records[url]["content_hash"] == content_hash(truth["title"], truth["text"])


def test_a_mirrors_page_is_read_and_stripped_as_the_crawl_does() -> None:
    outlet = Outlet(articles=60, seed=3)
    mirrors = outlet.mirrors("http://mirror.example")
    assert mirrors
    farm = "<p>黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市|</p>"
    for url in mirrors:
        body = outlet.answer(urlsplit(url).path).body.replace(b"</p>\n", f"</p>\n{farm}\n".encode(), 1)
        record = clean_page(body, url, "html")
        read = read_article(decode(body), url)
        boilerplate = strip_boilerplate(read.text)
        spam = strip_spam(boilerplate.text)
        assert farm.strip("</p>") in [piece["text"] for piece in record["removed"]]
        assert record["text"] == spam.text
        assert [record[name] for name in ("id", "title", "published_at", "source", "authors", "editor")] == [
            read.id, read.title, read.published_at, read.source, read.authors, read.editor,
        ]  # fmt: skip
        assert len(record["removed"]) == len(boilerplate.removed) + len(read.removed) + len(spam.removed)


def test_a_page_of_no_known_layout_is_read_from_its_visible_text() -> None:
    html = "<html><head><title>博客</title></head><body><div>西藏春来早</div><p>农牧民忙着备耕。</p><p>（责编：李雨潼）</p></body></html>"  # noqa: E501
    with pytest.raises(UnreadableError, match="layout"):
        read_article(html, "file:///blog.html")
    record = clean_page(html.encode(), "file:///blog.html", "html")
    cleaned = clean(visible_text(html.encode(), "html"))
    assert list(record) == list(json_schema()["properties"])
    assert (record["title"], record["text"], record["editor"]) == ("西藏春来早", "农牧民忙着备耕。", "李雨潼")
    assert record["text"] == cleaned.text


def test_listings_of_the_outlet_are_no_articles() -> None:
    listing = Outlet(articles=60, seed=3).answer("/cn/politics/").body
    with pytest.raises(UnreadableError, match="a listing of links"):
        clean_page(listing, "http://www.tibet.cn/cn/politics/index.html", "html")


def test_a_text_without_a_headline_has_none() -> None:
    record = clean_page("西藏春来早，农牧民忙着备耕。\n".encode(), "file:///a.txt", "text")
    assert (record["title"], record["text"]) == (None, "西藏春来早，农牧民忙着备耕。")


def test_a_text_that_speaks_of_html_is_no_page() -> None:
    text = "网页怎样写\n\n段落写在 <p> 和 </p> 之间。"
    assert clean_page(text.encode(), "file:///a.txt", "text")["text"] == text


@pytest.mark.parametrize(
    ("trail", "section"),
    [
        ("中国西藏网 > 文化 > 民俗", "culture/ms"),
        ("中國西藏網 > 時政", "politics"),
        ("中国西藏网 > 某个没有的栏目", None),
        ("某某论坛 > 民俗", None),
    ],
)
def test_the_section_of_a_text_is_that_of_its_breadcrumbs(trail: str, section: str | None) -> None:
    text = f"{trail}\n<b>春耕</b>开始了\n2023-10-13 10:05 来源：某某网\n农牧民忙着备耕，<p> 种子已经备好。"
    assert clean_page(text.encode(), "file:///a.txt", "text")["section"] == section


def test_old_encodings_are_read() -> None:
    record = clean_page("西藏春来早\n\n农牧民忙着备耕，青稞种子已经备好。".encode("gb18030"), "file:///a.txt", "text")
    assert record["text"] == "西藏春来早\n\n农牧民忙着备耕，青稞种子已经备好。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"<html><body><p>", "truncated"),
        ("（责编：李雨潼）".encode(), "text"),
        ("西藏春来早，农牧民忙着备耕，青稞种子".encode() + b"\xff" + "已经备好。".encode(), "encoding"),
    ],
)
def test_what_holds_no_story_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        clean_page(data, "file:///a.html", "html")
    assert refused.value.reason == reason
