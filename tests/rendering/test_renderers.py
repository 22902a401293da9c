"""Pages finished by a real Chromium, and by a real Splash: the records as without it, and those that scripts write."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.layouts import LAYOUTS
from tests.support.crawling import crawl, differences, read, rendering_counts
from tests.support.ledgers import make_due, state
from tests.support.rendering import Renderer, asked, page_with, run
from tibetnews.archive.captures import Capture, read_archives
from tibetnews.archive.warc_records import read_records
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.run import clean_inputs, cleaning_pool


def untimed(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record | {"fetched_at": None} for record in records]


def test_a_crawl_with_every_page_rendered_is_the_crawl_without(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=19, sections=8, page_size=2, seed=3) as replica:
        replica.fault("/cn/politics/2*", "charset")  # a header that lies, which a browser would believe
        plain = run(tmp_path / "never", replica, renderer, "never")
        pages = asked(replica, "html") + asked(replica, "/")
        rendered = run(tmp_path / "always", replica, renderer, "always")
        layouts = replica.layouts()
    assert {layouts[record["id"]] for record in plain.records} == set(LAYOUTS)
    assert (plain.status, rendering_counts(plain)) == (0, {})
    assert (rendered.status, rendering_counts(rendered)) == (0, {"pages": pages.total()})
    assert untimed(rendered.records) == untimed(plain.records)
    assert rendered.rejects == plain.rejects == []


def test_rendered_mirrors_are_the_mirrors(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=19, seed=3) as replica:
        replica.fault("/mirror/moved.html", "redirect", location="/mirror/sample.html")
        mirrors = [*replica.mirrors(), f"{replica.url}/mirror/moved.html"]
        named = ("articles", "-a", f"urls={','.join(mirrors)}")
        plain = run(tmp_path / "never", replica, renderer, "never", *named)
        rendered = run(tmp_path / "always", replica, renderer, "always", *named)
    assert len(plain.records) == len(mirrors) > 5
    assert rendering_counts(rendered) == {"pages": len(mirrors)}
    assert untimed(rendered.records) == untimed(plain.records)


def test_only_what_scripts_write_is_rendered_and_every_page_asked_for_once(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=24, sections=2, scripted=True, page_size=4, seed=3) as replica:
        sections = ("sections", "-a", "sections=politics,instant/politics,data")
        done = run(tmp_path / "x", replica, renderer, "auto", *sections)
        truths = replica.records()
        requests = asked(replica)
    pages = [path for path in requests if path.startswith("/cn/data/") and path.endswith(("/", ".html"))]
    written = [record for record in done.records if record["section"] == "data"]
    assert done.status == 0, done.log
    assert {record["id"] for record in done.records} == {truth["id"] for truth in truths.values()}
    assert len(done.records) > len(written) > 4
    assert any("_1.html" in path for path in pages)  # further pages of a listing or of an article
    assert rendering_counts(done) == {"pages": len(pages)}
    assert set(requests.values()) == {1}
    for record in written:
        truth = truths[record["url"]]
        # Validators would vouch for the page alone, not for what its scripts fetched.
        truth["http"] |= {"etag": None, "last_modified": None}
        assert differences(record, truth, ("duplicate_of", "similarity")) == {}


def test_news_that_a_script_fetches_are_found_a_moment_ago(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12, sections=1, scripted=True, seed=3) as replica:
        data = ("sections", "-a", "sections=data")
        first = run(tmp_path / "x", replica, renderer, "auto", *data)
        news = set(replica.publish(4))
        news &= {truth["id"] for truth in replica.records().values() if truth["section"] == "data"}
        second = run(tmp_path / "x", replica, renderer, "auto", *data)
    assert first.records
    assert news
    assert news <= {record["id"] for record in second.records[len(first.records) :]}


def test_a_listing_whose_rows_cannot_be_had_is_unread_and_not_empty(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12, sections=1, scripted=True, seed=3) as replica:
        data = ("sections", "-a", "sections=data")
        replica.fault("/cn/data/rows_0.json", "status", status=503)
        first = run(tmp_path / "x", replica, renderer, "auto", *data)
        replica.clear_faults()
        second = run(tmp_path / "x", replica, renderer, "auto", *data)
    assert (first.status, first.reasons()) == (1, {f"{replica.url}/cn/data/": "unrendered"})
    assert rendering_counts(first) == {"failed": 1, "failed/incomplete": 1}
    assert (second.status, len(second.records) > 3) == (0, True)


@pytest.mark.parametrize("render", ["auto", "always"])
def test_news_of_plain_listings_are_found(tmp_path: Path, renderer: Renderer, render: str) -> None:
    with Replica(articles=12, sections=1, seed=3) as replica:
        politics = ("sections", "-a", "sections=politics")
        first = run(tmp_path / "x", replica, renderer, render, *politics)
        news = replica.publish(2)
        second = run(tmp_path / "x", replica, renderer, render, *politics)
    assert first.records
    assert sorted(record["id"] for record in second.records[len(first.records) :]) == news


def test_a_304_stays_a_304_and_a_404_a_404(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12, sections=1, seed=3) as replica:
        politics = ("sections", "-a", "sections=politics")
        first = run(tmp_path / "x", replica, renderer, "always", *politics)
        gone, same, *_ = sorted((record["id"] for record in first.records), reverse=True)
        replica.remove(gone)
        make_due(tmp_path / "x", [gone, same])
        second = run(tmp_path / "x", replica, renderer, "always", *politics)
        answers = {r["path"]: (r["status"], r["if_none_match"] is not None) for r in replica.requests()}
        third = run(tmp_path / "x", replica, renderer, "always", *politics)
        statuses = [request["status"] for request in replica.requests()]
    at = {record["id"]: record["url"].removeprefix("http://www.tibet.cn") for record in first.records}
    assert (answers[at[same]], answers[at[gone]]) == ((304, True), (404, True))
    assert [reject["reason"] for reject in second.rejects] == ["http_404"]
    assert rendering_counts(second) == {"pages": 1}  # the listing, which has changed
    assert state(tmp_path / "x", gone)["state"] == "gone"
    assert second.records == third.records == first.records
    assert statuses == [200, 304]  # robots.txt, the listing
    assert rendering_counts(third) == {}


def test_a_page_that_breaks_off_is_not_made_whole(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12, sections=1, seed=3) as replica:
        url = next(iter(replica.records())).replace("http://www.tibet.cn", replica.url)
        replica.fault(url.removeprefix(replica.url), "cut", after=6000)
        done = run(tmp_path / "x", replica, renderer, "always", "articles", "-a", f"urls={url}")
    assert done.reasons() == {url: "truncated"}
    assert rendering_counts(done) == {}


def test_what_rendering_cannot_change(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12, sections=1, seed=3) as replica:
        broken_off = next(iter(replica.records())).replace("http://www.tibet.cn", replica.url)
        replica.fault(broken_off.removeprefix(replica.url), "cut", after=6000)
        forbidden, missing = f"{replica.url}/private/page.html", f"{replica.url}/mirror/nowhere.html"
        named = f"urls={broken_off},{forbidden},{missing}"
        done = run(tmp_path / "x", replica, renderer, "always", "articles", "-a", named)
        assert asked(replica, "/page.html").total() == 0
    assert done.reasons() == {broken_off: "truncated", forbidden: "robots", missing: "http_404"}
    assert rendering_counts(done) == {}


def test_a_page_that_goes_elsewhere_counts_as_it_was_fetched(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12) as replica:
        moved = page_with('<script>location.href = "/cn/politics/";</script>', replica)
        done = run(tmp_path / "x", replica, renderer, "always", "articles", "-a", f"urls={moved}")
    assert rendering_counts(done) == {"failed": 1, "failed/moved": 1}
    assert done.log.count("did not render") == 1
    assert ["这里是正文" in record["text"] for record in done.records] == [True]


def test_a_page_that_takes_splash_too_long_counts_as_it_was_fetched(tmp_path: Path, splash: Renderer) -> None:
    with Replica(articles=12) as replica:
        replica.fault("/res/slow*", "slow", seconds=9)  # each is given up after half the time, and the next begins
        slow = "<script>document.write('<script src=\"/res/slow{}.js\"><\\/script>');</script>"
        late = page_with("".join(map(slow.format, range(3))), replica)
        named = f"urls={late}"
        done = run(tmp_path / "x", replica, splash, "always", "articles", "-a", named, RENDER_TIMEOUT_SECONDS=3)
    assert rendering_counts(done) == {"failed": 1, "failed/timeout": 1}
    assert ["这里是正文" in record["text"] for record in done.records] == [True]


def test_scripts_may_ask_the_outlet_and_named_hosts_alone(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12) as replica, Replica(articles=12) as stranger:
        host = stranger.url.removeprefix("http://")
        scripts = (replica.url, f"http://{host}", f"{replica.url}@{host}")
        page = page_with("".join(f'<script src="{place}/cn/politics/a.js"></script>' for place in scripts), replica)
        run(tmp_path / "x", replica, renderer, "always", "articles", "-a", f"urls={page}")
        assert asked(replica, "a.js").total() == 1
        assert asked(stranger).total() == 0
        run(tmp_path / "y", replica, renderer, "always", "articles", "-a", f"urls={page}", RENDER_HOSTS=host)
        assert asked(stranger, "a.js").total() >= 1


def test_the_archive_has_the_pages_as_they_were_sent_and_nothing_of_the_renderer(
    tmp_path: Path, renderer: Renderer
) -> None:
    with Replica(articles=24, sections=8, seed=3) as replica:
        done = run(tmp_path / "x", replica, renderer, "always", ARCHIVE_DIR=tmp_path / "warc")
        assert rendering_counts(done)["pages"] > 24
        asked_for = Counter(request["path"] for request in replica.requests() if "Splash" not in request["user_agent"])
        again = crawl(tmp_path / "again", "archive", "-a", f"warc={tmp_path / 'warc'}")
    captures = [
        found for found in read_archives(sorted((tmp_path / "warc").iterdir()), 10**7) if isinstance(found, Capture)
    ]
    assert {urlsplit(capture.url).netloc for capture in captures} == {urlsplit(replica.url).netloc}
    assert {urlsplit(capture.url).path for capture in captures} <= set(asked_for)
    (folder,) = (tmp_path / "again").glob("reread-*")
    assert again.status == 0, again.log
    assert read(folder, "articles") == done.records


def test_pictures_and_style_sheets_are_not_asked_for(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=12) as replica:
        page = page_with(
            '<link rel="stylesheet" href="/a.css"><img src="/a.png"><script src="/a.js"></script>', replica
        )
        run(tmp_path / "x", replica, renderer, "always", "articles", "-a", f"urls={page}")
        agents = {request["user_agent"] for request in replica.requests()}
        assert asked(replica, ".js") + asked(replica, ".css") + asked(replica, ".png") == {"/a.js": 1}
    assert len(agents) == 1


def test_an_archive_gives_the_records_of_rendered_pages_again(tmp_path: Path, renderer: Renderer) -> None:
    with Replica(articles=40, sections=2, scripted=True, page_size=4, seed=3) as replica:
        sections = ("sections", "-a", "sections=politics,data")
        done = run(tmp_path / "x", replica, renderer, "auto", *sections, ARCHIVE_DIR=tmp_path / "warc")
    again = crawl(tmp_path / "again", "archive", "-a", f"warc={tmp_path / 'warc'}")
    (folder,) = (tmp_path / "again").glob("reread-*")
    with next((tmp_path / "warc").iterdir()).open("rb") as file:
        records = list(read_records(file, 10**7))
    pages = {record.fields["warc-record-id"]: record for record in records if record.kind == "response"}
    conversions = [record for record in records if record.kind == "conversion"]
    assert again.status == 0, again.log
    assert any(record["section"] == "data" for record in done.records)
    assert read(folder, "articles") == done.records
    assert len(conversions) == rendering_counts(done)["pages"] > 4
    for conversion in conversions:
        page = pages[conversion.fields["warc-refers-to"]]
        assert (page.url, page.fields["tibetnews-role"]) == (conversion.url, conversion.fields["tibetnews-role"])
        assert conversion.fields["content-type"] == "text/html; charset=utf-8"
    batches = clean_inputs(find_inputs([str(tmp_path / "warc")]), cleaning_pool(jobs=1))
    cleaned = [json.loads(line) for batch in batches for line in batch.lines.splitlines()]
    scripted = {record["fetched_from"] for record in done.records if record["section"] == "data"}
    assert scripted <= {record["url"] for record in cleaned}
