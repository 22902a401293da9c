"""The replica keeps its word: what it serves is what its records say, and it can be steered."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin, urlsplit

import opencc
import pytest
from parsel import Selector

from replica import Replica
from replica.catalogue import CYCLE, Catalogue
from replica.mirrors import sample_record
from replica.outlet import Outlet
from replica.planted import Record
from replica.reprints import Pair, same_form, same_story

ARTICLES = 60
BOILERPLATE = re.compile("责编|编辑：|版权声明|分享到|相关阅读|摄影：|图为")


_CN = "div.wrap > div:first-child a | div.title_box > h2 | div.title_box > div.info > span"
MARKUP = {
    "trs_editor": f"{_CN} | #text.text.botborder > div.TRS_Editor > p",
    "custom_union": f"{_CN} | #text.text.botborder > div.Custom_UnionStyle > p",
    "bare_p": f"{_CN} | #text.text.botborder > p",
    "line_breaks": f"{_CN} | #text.text.botborder > div > br",
    "nested": f"{_CN} | #text.text.botborder > div.TRS_Editor > div > div > div > div.MsoNormal span",
    "paged": f"{_CN} | #text.text.botborder > div.TRS_Editor > p",
    "tb": "#contentK > h1 | #contentK > .sub | #contentK > div.xinxi > span:nth-child(3)",
    "tb_paged": "#contentK > h1 | #contentK > div.manu a | #contentK > div:nth-of-type(3) > p",
    "legacy": "h1 | div#zoom > p",
    "legacy_gbk": "h1 | div.article br",
    "photo": 'script[src^="/picture/pic_"]',
    "video": "#tide_player script | div.video_summ > p | meta[name=publishdate]",
}


class Client:
    """A keep-alive client that gives status, headers and body."""

    def __init__(self, replica: Replica) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(replica.url).netloc, timeout=10)

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        self._connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = self._connection.getresponse()
        return response.status, response.headers, response.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=3) as running:
        yield running


@pytest.fixture
def client(replica: Replica) -> Iterator[Client]:
    with Client(replica) as client:
        yield client


@pytest.fixture(scope="module")
def outlet() -> Outlet:
    return Outlet(ARTICLES, seed=3)


class _Text(HTMLParser):
    """The text of a page and what its meta tags say, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        if tag == "meta":
            self.pieces.append(f" {dict(attrs).get('content')} ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def visible(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return re.sub(r"\s+", " ", "".join(parser.pieces))


def path(url: str) -> str:
    return urlsplit(url).path


def body(outlet: Outlet, address: str) -> str:
    answer = outlet.answer(path(address))
    assert answer.status == 200, address
    return answer.body.decode("gb18030" if b"gb2312" in answer.body[:400] else "utf-8")


def pages(outlet: Outlet, record: Record) -> list[str]:
    """All pages and scripts that an article is spread over."""
    html = [body(outlet, record["url"])]
    if paged := re.search(r'createPageHTML\((\d+), 0, "(\w+)", "html"\)', html[0]):
        html += [body(outlet, urljoin(record["url"], f"{paged[2]}_{n}.html")) for n in range(1, int(paged[1]))]
    for n in range(2, 4):
        if f'_{n - 1}.html">{n}</a>' in html[0] and len(html) < n:
            html.append(body(outlet, record["url"].replace(".html", f"_{n - 1}.html")))
    if script := re.search(r'src="(/picture/pic_\d+\.js)"', html[0]):
        html.append(body(outlet, script[1]))
    return html


def test_every_layout_is_there(outlet: Outlet) -> None:
    layouts = outlet.planted.layouts()
    assert len(layouts) == ARTICLES
    assert set(layouts.values()) == set(CYCLE)


def test_records_say_what_the_pages_show(outlet: Outlet) -> None:
    records = outlet.records()
    assert len({record["id"] for record in records.values()}) == ARTICLES
    for url, record in records.items():
        html = pages(outlet, record)
        shown = visible(" ".join(html)).replace("\\'", "'")
        said = [
            record["title"],
            record["source"],
            record["editor"],
            *record["authors"],
            *record["breadcrumbs"],
        ]
        said += [record["published_at"][:10], record["subtitle"], *record["text"].split("\n\n")]
        said += [image["caption"] for image in record["images"]]
        said += [file["name"] for file in record["attachments"]]
        unseen = [piece["text"] for piece in record["removed"] if piece["kind"] in ("audio", "embedded")]
        lines = [line for piece in record["removed"] for line in piece["text"].split("\n") if line not in unseen]
        for words in filter(None, said + lines):
            assert words in shown, url
        films = record["videos"] if record["kind"] == "article" else []
        for address in [*unseen, *(media["url"] for media in [*record["images"], *films, *record["attachments"]])]:
            assert address.rsplit("/", 1)[1] in "".join(html), url
        at = 0
        for line in lines:
            at = shown.index(line, at) + len(line)


def test_pages_have_the_outlets_markup(outlet: Outlet) -> None:
    layouts = outlet.planted.layouts()
    for record in outlet.records().values():
        page = Selector(body(outlet, record["url"]))
        layout = layouts[record["id"]]
        first = record["text"].split("\n\n")[0]
        for css in MARKUP[layout].split(" | "):
            assert page.css(css), (layout, css, record["url"])
        column = page.css("#text, #contentK > div:nth-of-type(3), #zoom, .article, .video_summ")
        assert layout == "photo" or first in " ".join(column.xpath("string()").get("").split()), record["url"]
        if record["edition"] != "tb":
            crumbs = page.css("div.wrap > div:first-child").xpath("string()").get("")
            assert [crumb.strip() for crumb in crumbs.split(">")] == record["breadcrumbs"]


def test_no_value_is_empty_or_untidy(outlet: Outlet) -> None:
    for record in outlet.records().values():
        for key, value in record.items():
            assert value != "", key
        for paragraph in record["text"].split("\n\n"):
            assert paragraph == " ".join(paragraph.split()), record["id"]
            assert paragraph
        if record["language"] == "zh-Hans":
            assert not re.search("责编|编辑：|版权声明|分享到|相关阅读|摄影：|图为", record["text"]), record["id"]
        assert json.loads(json.dumps(record)) == record


def test_records_differ_where_articles_differ(outlet: Outlet) -> None:
    """The features that a reader may trip over all occur among sixty articles."""
    records = list(outlet.records().values())
    articles = [record for record in records if record["kind"] == "article"]
    for key in ("subtitle", "source", "authors", "editor", "dateline", "images", "videos", "attachments", "removed"):
        assert {bool(record[key]) for record in articles} == {True, False}, key
    assert {len(record["published_at"]) for record in articles} == {10, 25}
    kinds = {piece["kind"] for record in records for piece in record["removed"]}
    furniture = {"copyright", "editor", "share", "related", "comment", "navigation"}
    assert kinds == {*furniture, "attachment", "audio", "embedded"}
    agencies = {record["dateline"]["agency"] for record in articles if record["dateline"]}
    assert agencies == {"新华社", "人民网", "中新网", "中国西藏网"}
    assert {record["edition"] for record in records} == {"cn", "tb", "media"}
    credits = {bool(image["credit"]) for record in articles for image in record["images"]}
    assert credits == {True, False}


def test_the_turn_of_the_year(outlet: Outlet) -> None:
    filed = [
        record["dateline"]["date"]
        for record in outlet.records().values()
        if record["published_at"].startswith("2024-01-01") and record["dateline"]
    ]
    assert "2023-12-31" in filed


def test_articles_in_two_sections(outlet: Outlet) -> None:
    by_id: dict[str, list[Record]] = {}
    for record in outlet.records().values():
        by_id.setdefault(record["id"], []).append(record)
    twice = [records for records in by_id.values() if len(records) == 2]
    assert twice
    for first, second in twice:
        assert first["section"] != second["section"]
        assert first["text"] == second["text"]
        assert first["url"] != second["url"]


def test_duplicates_are_groups_of_different_documents(outlet: Outlet) -> None:
    groups = outlet.duplicates()
    assert groups
    titles = {record["id"]: (record["title"], record["text"]) for record in outlet.records().values()}
    for group in groups:
        assert len({titles[article_id] for article_id in group}) == 1
    copies = sum(len(group) - 1 for group in groups)
    assert len(set(titles.values())) == ARTICLES - copies


def test_the_same_seed_gives_the_same_outlet() -> None:
    first, again, other = Outlet(30, seed=7), Outlet(30, seed=7), Outlet(30, seed=8)
    assert first.records() == again.records()
    assert first.records() != other.records()
    for address in [*map(path, first.records()), "/cn/politics/"]:
        assert first.answer(address) == again.answer(address)


def test_a_hundred_thousand_articles_are_no_trouble() -> None:
    catalogue = Catalogue(100_000)
    numbers = (1, 50_000, 99_999)
    assert len({catalogue.entry(number).id for number in numbers}) == 3
    for entry in map(catalogue.entry, numbers):
        section = entry.sections[0]
        assert catalogue.find(entry.path(section)) == (entry, section, 0)


def listing_paths(outlet: Outlet) -> Iterator[str]:
    for section in outlet.catalogue.sections:
        page = 0
        while outlet.answer(section.listing(page)).status == 200:
            yield section.listing(page)
            page += 1
        assert page


def test_listings_lead_to_every_article_in_every_spelling(outlet: Outlet) -> None:
    reached: Counter[str] = Counter()
    links: list[str] = []
    for listing in listing_paths(outlet):
        html = body(outlet, listing)
        found = [link.replace("&amp;", "&") for link in re.findall(r'<(?:h4|dt|li)><a href="([^"]*)"', html)]
        links += found
        for link in found:
            there = outlet.catalogue.find(path(urljoin(f"http://www.tibet.cn{listing}", link)))
            if there:
                reached[there[0].url(there[1])] += 1
    assert set(outlet.records()) == set(reached)
    assert max(reached.values()) > 1
    for spelling in (
        "./",
        "../",
        "/cn",
        "http://www.",
        "https://www.",
        "http://m.",
        "https://tibet.cn",
        "http://tb.",
    ):
        assert any(link.startswith(spelling) for link in links), spelling
    for mark in ("from=", "utm_source", "#comment", "/Instant/", "/instant/", "example", "javascript:"):
        assert any(mark in link for link in links), mark


def test_listings_are_newest_first_and_count_their_pages() -> None:
    outlet = Outlet(400, seed=5, page_size=5)
    html = [body(outlet, f"/cn/politics/{name}") for name in ("", "index_1.html")]
    pages = [re.search(r'createPageHTML\((\d+), (\d+), "index", "html"\)', page) for page in html]
    counts = [found.groups() for found in pages if found]
    assert counts == [(counts[0][0], "0"), (counts[0][0], "1")]
    assert outlet.answer(f"/cn/politics/index_{counts[0][0]}.html").status == 404
    assert outlet.answer("/cn/Instant/politics/") == outlet.answer("/cn/instant/politics/")


def test_conditional_requests(replica: Replica, client: Client) -> None:
    url, record = next(iter(replica.records().items()))
    for address in (path(url), "/cn/politics/"):
        status, headers, first = client.get(address)
        assert (status, bool(first)) == (200, True)
        assert client.get(address, If_None_Match=headers["ETag"])[::2] == (304, b"")
        assert client.get(address, If_None_Match=f'"x", W/{headers["ETag"]}')[0] == 304
        assert client.get(address, If_Modified_Since=headers["Last-Modified"])[::2] == (304, b"")
        assert client.get(address, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200
        assert client.get(address, If_None_Match='"x"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    status, headers, _ = client.get(path(url))
    assert record["http"] == {
        "status": 200,
        "etag": headers["ETag"],
        "last_modified": headers["Last-Modified"],
    }


def test_publish_change_remove(replica: Replica, client: Client) -> None:
    before = replica.records()
    published = replica.publish(7)
    after = replica.records()
    news = {record["id"]: url for url, record in after.items() if url not in before}
    assert sorted(news) == sorted(published)
    for url in news.values():
        listing = urljoin(path(url), "../")
        first = re.search(r'<(?:h4|dt)><a href="([^"]*)"', client.get(listing)[2].decode())
        assert first
        assert client.get(path(url))[0] == 200

    changed = published[0]
    etag = client.get(path(news[changed]))[1]["ETag"]
    replica.change(changed)
    record = replica.records()[news[changed]]
    assert record["text"] != after[news[changed]]["text"]
    assert record["revision"] == 2
    status, headers, html = client.get(path(news[changed]), If_None_Match=etag)
    assert status == 200
    assert headers["ETag"] == record["http"]["etag"] != etag
    assert record["text"].split("\n\n")[-1] in visible(html.decode())

    replica.remove(published[1], 410)
    assert news[published[1]] not in replica.records()
    assert client.get(path(news[published[1]]))[0] == 410
    assert published[1].split("-")[1] not in client.get(urljoin(path(news[published[1]]), "../"))[2].decode()
    with pytest.raises(ValueError, match="no article"):
        replica.change(published[1])


def rows(client: Client, listing: str) -> list[str]:
    """The document numbers of a listing page in their order, as a reader sees them."""
    return re.findall(r'<h4><a href="[^"]*_(\d{7})\.html', client.get(listing)[2].decode())


def test_news_between_two_requests(replica: Replica, client: Client) -> None:
    before = client.get("/cn/politics/")[2]
    sections = {record["section"] for record in replica.records().values()}
    assert replica.publish(60, upon="/cn/politics/") == []
    assert client.get("/cn/politics/")[2] == before
    assert client.get("/cn/politics/")[2] != before
    assert len({record["id"] for record in replica.records().values()}) == ARTICLES + 60
    assert {record["section"] for record in replica.records().values()} == sections


def test_listings_out_of_order() -> None:
    with Replica(articles=40, sections=1) as replica, Client(replica) as client:
        listing = "/cn/politics/"
        right = rows(client, listing)
        pinned = min(replica.records().values(), key=lambda record: str(record["published_at"]))["id"]
        replica.pin(pinned)
        replica.publish(2)
        assert rows(client, listing)[0] == pinned.removeprefix("cn-")
        replica.shuffle("politics")
        assert rows(client, listing) != right
        replica.repeat("politics")
        assert rows(client, f"{listing}index_999.html") == rows(client, listing)
        assert 'createPageHTML(1001, 999, "index", "html")' in client.get(f"{listing}index_999.html")[2].decode()
        replica.blank("politics", 10_000)
        assert rows(client, f"{listing}index_9999.html") == []
        assert client.get(f"{listing}index_10000.html")[0] == 404


def test_copies_may_be_edited() -> None:
    outlet = Outlet(ARTICLES, seed=3, edited=0.05)
    texts = {record["id"]: record["text"] for record in outlet.records().values()}
    for first, *others in outlet.duplicates():
        for other in others:
            assert texts[first] != texts[other]
            assert texts[first][:30] == texts[other][:30]


def test_pairs_of_reprints_and_of_forms() -> None:
    def likeness(pair: Pair) -> float:
        first, second = ({text[n : n + 5] for n in range(len(text))} for text in map(str, (pair.first, pair.second)))
        return len(first & second) / len(first | second)

    assert min(map(likeness, same_story(60))) > 0.5
    assert max(map(likeness, same_form(60))) < 0.5
    assert {pair.edited for pair in same_story(15)} == {n / 100 for n in range(1, 16)}
    assert list(same_form(4)) == list(same_form(4))


def test_a_section_that_only_scripts_write() -> None:
    outlet = Outlet(200, scripted=True)
    records = [record for record in outlet.records().values() if record["section"] == "data"]
    assert records
    assert not Selector(body(outlet, "/cn/data/")).css("h4")
    rows = Selector(json.loads(body(outlet, "/cn/data/rows_0.json"))["rows"]).css("div.listnews h4 > a::text").getall()
    titles = {record["title"] for record in records}
    assert len(titles & set(rows)) == min(10, len(titles))
    for record in records:
        page = Selector(body(outlet, record["url"]))
        assert not page.css("#text *")
        script = page.css("#text + script::text").get("")
        written = json.loads(script.removeprefix('document.getElementById("text").innerHTML = ').rstrip(";"))
        assert record["text"].split("\n\n")[0] in visible(written)


def test_faults_by_option() -> None:
    with (
        Replica(articles=10, fault="/cn/politics/* status status=429 retry_after=30 times=1") as replica,
        Client(replica) as client,
    ):
        assert client.get("/cn/politics/")[1]["Retry-After"] == "30"
        assert client.get("/cn/politics/")[0] == 200


def test_news_change_only_the_listings_that_show_them(replica: Replica, client: Client) -> None:
    sections = {path: client.get(path)[1]["ETag"] for path in ("/cn/politics/", "/cn/ecology/", "/cn/book/")}
    replica.publish(1)
    again = [client.get(path, If_None_Match=etag)[0] for path, etag in sections.items()]
    assert again.count(304) >= 2


def test_the_log_of_requests(replica: Replica, client: Client) -> None:
    client.get("/robots.txt", User_Agent="somebody")
    client.get("/cn/politics/?x=1", If_None_Match='"a"')
    requests = replica.requests()
    first, second = (request.pop("second") for request in requests)  # of a clock that never goes back
    assert first <= second
    assert requests == [
        {
            "method": "GET",
            "path": "/robots.txt",
            "status": 200,
            "if_none_match": None,
            "if_modified_since": None,
            "user_agent": "somebody",
        },
        {
            "method": "GET",
            "path": "/cn/politics/?x=1",
            "status": 200,
            "if_none_match": '"a"',
            "if_modified_since": None,
            "user_agent": None,
        },
    ]
    replica.forget_requests()
    assert replica.requests() == []


def test_faults_that_are_answers(replica: Replica, client: Client) -> None:
    right = client.get("/cn/politics/")
    replica.fault("/cn/politics/", "status", status=503, retry_after=7, times=1)
    status, headers, _ = client.get("/cn/politics/")
    assert (status, headers["Retry-After"]) == (503, "7")
    assert client.get("/cn/politics/")[2] == right[2]

    replica.fault("/cn/*", "interstitial")
    assert "安全验证" in client.get("/cn/ecology/")[2].decode()
    replica.fault("/cn/ecology/", "redirect", location="http://www.example.com/", status=301)
    status, headers, _ = client.get("/cn/ecology/")
    assert (status, headers["Location"]) == (301, "http://www.example.com/")
    replica.clear_faults()

    replica.fault("/cn/politics/", "cut", after=100)
    assert client.get("/cn/politics/")[2] == right[2][:100]
    replica.fault("/cn/politics/", "charset", charset="big5")
    assert client.get("/cn/politics/")[1]["Content-Type"] == "text/html; charset=big5"
    replica.fault("/cn/politics/", "body")
    assert client.get("/cn/politics/")[2] == b""
    replica.fault("/cn/politics/", "binary")
    assert client.get("/cn/politics/")[2].startswith(b"\x89PNG")
    replica.fault("/cn/politics/", "nested")
    assert len(client.get("/cn/politics/")[2]) > 5_000_000
    with pytest.raises(ValueError, match="unheard"):
        replica.fault("/cn/politics/", "unheard")


def test_faults_of_the_connection(replica: Replica) -> None:
    replica.fault("/cn/politics/", "truncated", after=300)
    replica.fault("/cn/ecology/", "closed")
    with Client(replica) as client, pytest.raises(http.client.IncompleteRead) as cut:
        client.get("/cn/politics/")
    assert len(cut.value.partial) == 300
    with Client(replica) as client, pytest.raises(http.client.RemoteDisconnected):
        client.get("/cn/ecology/")


def test_the_gzip_bomb_is_one_gigabyte_of_valid_gzip(replica: Replica, client: Client) -> None:
    replica.fault("/cn/politics/", "bomb")
    packed = client.get("/cn/politics/")[2]
    assert len(packed) < 3_000_000
    assert int.from_bytes(packed[-4:], "little") == 1 << 30
    beginning = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, 3 << 20)
    assert beginning == b" " * (3 << 20)
    assert packed[:2] == gzip.compress(b"")[:2]


def test_mirrors_are_repairable_to_the_letter(outlet: Outlet) -> None:
    records = outlet.mirrors("http://127.0.0.1:1")
    simplify = opencc.OpenCC("t2s").convert
    reading = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔù]+\)")
    assert records
    for url, record in records.items():
        shown = visible(body(outlet, url).split("<body>")[1])
        repaired, readings = reading.subn("", shown)
        assert readings == record["repairs"]["readings"] > 20
        repaired = simplify(repaired).translate(str.maketrans(",?!;", "，？！；")).replace("(", "（").replace(")", "）")
        for paragraph in record["text"].split("\n\n"):
            assert paragraph.replace("：", ":") in repaired.replace("：", ":")


def test_some_mirrors_break_bytes(outlet: Outlet) -> None:
    records = outlet.mirrors("http://127.0.0.1:1", "/mirror/broken/")
    pages = {url: body(outlet, url) for url in records}
    for url, page in pages.items():
        assert page.count("<p>") == records[url]["text"].count("\n\n") + 2
    assert any(re.search("[?][！，？；!,?;]", page) for page in pages.values())


def test_the_sample(outlet: Outlet) -> None:
    text = outlet.answer("/mirror/sample.txt")
    assert text.content_type.startswith("text/plain")
    words = visible(body(outlet, "/mirror/sample.html"))
    for line in filter(None, (line.strip() for line in text.body.decode().split("\n"))):
        assert " ".join(line.split()) in words
    assert sample_record()["editor"] == "李雨潼"


def test_robots_and_what_is_not_there(outlet: Outlet) -> None:
    assert b"Disallow: /private/" in outlet.answer("/robots.txt").body
    for address in (
        "/cn/politics/202401/t20240101_7599999.html",
        "/cn/nowhere/",
        "/picture/pic_7500001.js",
        "/x",
    ):
        assert outlet.answer(address).status == 404
