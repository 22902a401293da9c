"""What indexes of web archives are asked, in both dialects, and what their answers say."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tibetnews.archive.cdx import START, Index, IndexEntry, IndexPage, read_collections, read_index_page
from tibetnews.errors import UnreadableError

WAYBACK = Index(endpoint="http://127.0.0.1/cdx/search/cdx", dialect="wayback", replay="http://127.0.0.1/web")
PYWB = Index(
    endpoint="http://127.0.0.1/x/cdx", dialect="pywb", replay="http://127.0.0.1/x", records="http://127.0.0.1/w/"
)
ROW = {
    "url": "http://www.tibet.cn/cn/edu/202001/t20200102_1.html",
    "timestamp": "20200103040506",
    "mime": "text/html",
    "status": "200",
    "digest": "ABC",
    "filename": "crawl-data/CC/warc/a-1.warc.gz",
    "offset": "10",
    "length": "20",
}


def rows(*found: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in found)


def tokens(index: Index, *pages: IndexPage) -> list[str | None]:
    """The tokens of a query whose answers are these."""
    found: list[str | None] = [START]
    for page in pages:
        found.append(index.next_token(found[-1] or START, page))
    return found


def test_wayback_is_resumed_by_its_key() -> None:
    assert tokens(WAYBACK, IndexPage(resume_key="a b"), IndexPage(resume_key="c"), IndexPage()) == [
        "",
        "a b",
        "c",
        None,
    ]
    query = WAYBACK.query("tibet.cn", "domain", "20200101")
    asked = parse_qs(urlsplit(WAYBACK.request_url(query, "a b")).query)
    assert (asked["resumeKey"], asked["from"], asked["showResumeKey"]) == (["a b"], ["20200101"], ["true"])
    assert asked["filter"] == ["statuscode:200", "mimetype:.*html.*"]
    assert asked["fl"][0].startswith("urlkey,")  # the server makes the key of it
    assert "resumeKey" not in WAYBACK.request_url(query, START)
    with pytest.raises(UnreadableError, match="the index gives the same key again, 'a b'"):
        WAYBACK.next_token("a b", IndexPage(resume_key="a b"))


def test_pywb_is_asked_for_the_number_of_its_pages_first() -> None:
    assert tokens(PYWB, IndexPage(pages=2), IndexPage(), IndexPage()) == ["", "0/2", "1/2", None]
    assert tokens(PYWB, IndexPage(pages=0)) == ["", None]
    assert tokens(PYWB, read_index_page(rows(ROW))) == ["", None]  # one that is not divided says all at once
    query = PYWB.query("tibet.cn", "domain")
    assert "showNumPages=true" in PYWB.request_url(query, START)
    assert PYWB.request_url(query, "1/2").endswith("&page=1")


def test_where_a_capture_is_fetched() -> None:
    (entry,) = read_index_page(rows(ROW)).entries
    assert PYWB.place_of(entry) == ("http://127.0.0.1/w/crawl-data/CC/warc/a-1.warc.gz", "bytes=10-29")
    shown = f"http://127.0.0.1/web/20200103040506id_/{ROW['url']}"
    assert WAYBACK.place_of(entry) == (shown, None)
    nameless = IndexEntry(url=ROW["url"], timestamp=ROW["timestamp"], digest="", mime="")
    assert PYWB.place_of(nameless) == (f"http://127.0.0.1/x/20200103040506id_/{ROW['url']}", None)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        [["timestamp", "original", "mimetype", "statuscode", "digest"]],
        [["timestamp", "original", "mimetype", "statuscode", "digest"], [], ["key"]],
    ],
)
def test_wayback_without_rows(answer: list[list[str]]) -> None:
    page = read_index_page(json.dumps(answer))
    assert page.entries == ()
    assert page.resume_key == ("key" if len(answer) == 3 else None)


def test_wayback_with_rows() -> None:
    head = ["timestamp", "original", "mimetype", "statuscode", "digest"]
    row = ["20200103040506", ROW["url"], "text/html", "200", "ABC"]
    page = read_index_page(json.dumps([head, row, ["20200103040506", ROW["url"], "warc/revisit", "-", "ABC"]]))
    assert [(entry.url, entry.digest, entry.filename) for entry in page.entries] == [(ROW["url"], "ABC", None)]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "301"},
        {"status": "-"},
        {"mime": "warc/revisit"},
        {"truncated": "length"},
        {"timestamp": "20200231040506"},
        {"timestamp": "2020"},
        {"url": "dns:www.tibet.cn"},
        {"filename": "../../etc/passwd"},
        {"filename": "/etc/passwd"},
        {"filename": "http://127.0.0.1/a.warc.gz"},
    ],
)
def test_rows_that_name_no_whole_capture_are_left_out(change: dict[str, str]) -> None:
    assert len(read_index_page(rows(ROW, {**ROW, **change})).entries) == 1


@pytest.mark.parametrize(
    "line", ['{"url": "http://', "busy", '{"url": null, "timestamp": "1"}', '{"status": "200"}', "[]"]
)
def test_a_line_that_says_nothing_is_left_out_and_counted(line: str) -> None:
    page = read_index_page(f"{rows(ROW)}{line}\n{rows(ROW)}")
    assert (len(page.entries), page.unreadable_rows) == (2, 1)


@pytest.mark.parametrize("text", [rows(ROW, ROW)[:-30], rows(ROW) + '{"url', json.dumps([["url"], ["x"]])[:-2]])
def test_an_answer_whose_end_is_missing_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError, match="this is no answer of an index"):
        read_index_page(text)


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\x1e"])
def test_lines_end_at_line_feeds_alone(end: str) -> None:
    row = json.dumps({**ROW, "title": f"a{end}b"}, ensure_ascii=False)
    assert len(read_index_page(f"{row}\r\n{row}\n").entries) == 2


def test_captures_without_a_digest_are_told_apart_by_their_moments() -> None:
    older = {**ROW, "timestamp": "20190103040506"}
    for digest in ("-", "", None):
        page = read_index_page(rows({**ROW, "digest": digest}, {**older, "digest": digest}))
        assert [entry.digest for entry in page.entries] == [ROW["timestamp"], older["timestamp"]]


@pytest.mark.parametrize("text", ["7", '{"pages": 7, "pageSize": 5, "blocks": 31}\n'])
def test_the_number_of_pages(text: str) -> None:
    assert read_index_page(text).pages == 7


@pytest.mark.parametrize("text", ["<html>busy</html>", "{", "[[1], 2]", '"x"', "null", '{"error": "x"}', "[1]", "[{}]"])
def test_what_is_no_answer_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError, match="this is no answer of an index; it begins with"):
        read_index_page(text)


def test_a_list_of_indexes() -> None:
    found = read_collections('[{"id": "CC-MAIN-2023-50", "cdx-api": "https://127.0.0.1/a-index", "to": "2023-12-12"}]')
    assert [(row["cdx-api"], row["to"]) for row in found] == [("https://127.0.0.1/a-index", "2023-12-12")]
    for wrong in ("<html>", "{}", "[{}]", "[1]", '[{"cdx-api": 1}]'):
        with pytest.raises(UnreadableError, match="this is no list of indexes"):
            read_collections(wrong) or pytest.fail(wrong)
