"""Articles of the past, from a web archive on loopback: each once, as a crawl gave them, with no request too many."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from tests.support.archives import archived_records, crawl_with_archive, reread, response, write
from tests.support.crawling import Crawl, crawl, killable_crawl, read
from tests.support.web_archive import PAGE_ROWS, WebArchive, half_of, serve

ARTICLES = 40
KILLS = 30 if os.environ.get("TORTURE") else 2
"""``make torture`` makes thirty, CI a share."""


def lines(folder: Path) -> list[bytes]:
    return sorted(line for file in folder.glob("articles-*.jsonl") for line in file.read_bytes().splitlines())


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=13) as replica:
        yield replica


@pytest.fixture(scope="module")
def kept(site: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawl_with_archive(tmp_path_factory.mktemp("kept"), site.url)


@pytest.fixture
def archive(kept: Path, site: Replica) -> Iterator[WebArchive]:
    """Its archive as a web archive; meanwhile the outlet is not asked for anything."""
    site.forget_requests()
    with serve(kept / "archive") as archive:
        yield archive
    assert site.requests() == []


WAYBACK, RANGES = "wayback", "ranges"


def source_of(archive: WebArchive, kind: str) -> tuple[str, ...]:
    if kind == WAYBACK:
        return ("-a", f"source={archive.url}/cdx/search/cdx")
    return ("-a", f"source={archive.url}/collinfo.json", "-a", f"records={archive.url}/records/")


def history(folder: Path, archive: WebArchive, site: Replica, kind: str, *arguments: str, **settings: Any) -> Crawl:
    settings = {"SLOW_DOWN_SECONDS": 0.1, **settings}
    return crawl(folder, "history", *source_of(archive, kind), *arguments, site=site.url, **settings)


def parts_of(kept: Path) -> int:
    """Parts of articles in the archive."""
    roles = [record.rec_headers.get_header("Tibetnews-Role") for _, record in archived_records(kept)]
    return roles.count("part")


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_history_gives_what_the_crawl_gave(
    kind: str, kept: Path, site: Replica, archive: WebArchive, tmp_path: Path
) -> None:
    done = history(tmp_path / "exports", archive, site, kind, DUPLICATES="mark")
    assert done.status == 0, done.log
    found = {record["id"]: without_copies(record) for record in done.records}
    expected = {record["id"]: without_copies(record) for record in read(kept / "exports", "articles")}
    assert len(done.records) == len(found) >= ARTICLES
    assert found == expected
    assert all(count == 1 for count in Counter(archive.requests).values()), archive.requests
    captures = len(done.records) + parts_of(kept)
    pages = [shown.row for shown in archive.captures if "html" in shown.row["mime"] and shown.row["status"] == "200"]
    if kind == WAYBACK:
        index_pages = -(-len(pages) // PAGE_ROWS)
        assert (len(archive.asked("/cdx/")), len(archive.asked("/web/"))) == (
            index_pages,
            captures + archive.redirects,
        )
        assert archive.redirects <= parts_of(kept)
        assert len(archive.requests) == index_pages + captures + archive.redirects + 1  # robots.txt
    else:  # the number of pages of each of two indexes, and a look for each part
        index_pages = sum(1 - (-count // PAGE_ROWS) for count in Counter(map(half_of, pages)).values())
        assert (len(archive.asked("-index?")), len(archive.asked("/records/"))) == (
            index_pages + parts_of(kept),
            captures,
        )
        assert len(archive.requests) == index_pages + parts_of(kept) + captures + 2  # robots.txt, list of indexes


def without_copies(record: dict[str, Any]) -> dict[str, Any]:
    """Which of two copies is the first depends on the order of the fetches."""
    return {**record, "duplicate_of": None, "similarity": None}


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_nothing_that_is_known_is_asked_for_again(
    kind: str, site: Replica, archive: WebArchive, tmp_path: Path
) -> None:
    history(tmp_path / "exports", archive, site, kind)
    before = lines(tmp_path / "exports")
    archive.requests.clear()
    done = history(tmp_path / "exports", archive, site, kind)
    assert done.status == 0, done.log
    assert archive.requests == (["/robots.txt", "/collinfo.json"] if kind == RANGES else [])
    assert lines(tmp_path / "exports") == before
    again = history(tmp_path / "exports", archive, site, kind, "-a", "full=1")
    assert again.status == 0
    assert not archive.asked("/web/")
    assert not archive.asked("/records/")


def test_what_was_crawled_is_not_asked_for(kept: Path, site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    state, exports = tmp_path / "state", tmp_path / "exports"
    crawl(exports, "adopt", "-a", f"warc={kept / 'archive'}", STATE_DIR=state)
    before = lines(exports)
    done = history(exports, archive, site, WAYBACK, STATE_DIR=state)
    assert done.status == 0, done.log
    assert archive.asked("/cdx/")
    assert not archive.asked("/web/")
    assert lines(exports) == before


def test_sections_and_days_choose(kept: Path, site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    all_records = read(kept / "exports", "articles")
    days = sorted(record["published_at"][:10] for record in all_records)
    of_photos = {record["published_at"][:10] for record in all_records if "/content_" in record["url"]}
    assert of_photos
    since = until = next(day for day in days if day not in of_photos)
    scope = ("-a", f"since={since}", "-a", f"until={until}")
    done = history(tmp_path / "exports", archive, site, WAYBACK, *scope)
    expected = {r["id"] for r in all_records if since <= r["published_at"][:10] <= until}
    assert {record["id"] for record in done.records} == expected
    assert 0 < len(expected) < len(all_records)
    archive.requests.clear()
    history(tmp_path / "exports", archive, site, WAYBACK, *scope)
    assert archive.requests == []  # nor again for photo stories, whose addresses tell no day
    archive.requests.clear()
    done = history(tmp_path / "one", archive, site, WAYBACK, "-a", "sections=politics")
    assert done.status == 0, done.log
    assert {record["section"] for record in done.records} == {"politics"}
    assert len(done.records) == sum(r["section"] == "politics" and r["edition"] == "cn" for r in all_records)
    assert all("politics" in path for path in archive.asked("/web/"))


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_killed_anywhere_and_resumed(kind: str, kept: Path, site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    """Each crawl is killed a few times, and then left to its end; little is asked for twice."""
    dice, kills = random.Random(5), 0
    arguments = ("history", *source_of(archive, kind))
    whole = killable_crawl(tmp_path / "whole", site.url, "0", *arguments, COMMIT_ITEMS=5)
    assert whole.returncode == 0, whole.stderr
    expected, seconds, repeated = lines(tmp_path / "whole"), float(whole.stdout.split()[-1]), 0
    while kills < KILLS:
        folder = tmp_path / str(kills)
        archive.requests.clear()
        for _ in range(min(3, KILLS)):
            when = f"{dice.uniform(seconds / 2, seconds):.6f}s"
            kills += killable_crawl(folder, site.url, when, *arguments, COMMIT_ITEMS=5).returncode < 0
        done = killable_crawl(folder, site.url, "0", *arguments, COMMIT_ITEMS=5)
        assert done.returncode == 0, done.stderr
        assert sorted(lines(folder)) == sorted(expected), f"after {kills} kills"
        asked = Counter(path for path in archive.requests if path not in ("/robots.txt", "/collinfo.json"))
        repeated += sum(count - 1 for count in asked.values())
    assert repeated <= kills * 12


def test_pauses_are_kept(site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    archive.faults = {"/cdx/": [(429, {"Retry-After": "1"})], "/web/": [(503, {}), (503, {})]}
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert done.status == 0, done.log
    assert "asks to come back in 1 s" in done.log
    assert done.log.count("asks to come back") == 3
    assert len(done.records) >= ARTICLES


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ({"/web/": [(403, {})]}, "answers 403 Forbidden: it wants to be left alone"),
        ({"/web/": [(503, {})] * 3}, "answers 503 Service Unavailable: it wants to be left alone"),
        ({"/cdx/": [(429, {"Retry-After": "9999"})]}, "answers 429 Too Many Requests: it wants to be left alone"),
        ({"/web/": [(500, {})] * 9}, "answers 500 Internal Server Error, 3 times in a row"),
    ],
)
def test_an_archive_that_refuses_is_left_alone_and_the_next_run_continues(
    faults: dict[str, list[tuple[int, dict[str, str]]]],
    message: str,
    site: Replica,
    archive: WebArchive,
    tmp_path: Path,
) -> None:
    archive.faults = faults
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert done.status == 1
    assert f"{message}" in done.log
    assert "the run ended early, and the next one continues" in done.log
    assert done.records == done.rejects == []
    assert len(archive.asked("/web/")) <= 9
    again = history(tmp_path / "exports", archive, site, WAYBACK)
    assert again.status == 0, again.log
    assert len(again.records) >= ARTICLES


def test_what_got_no_answer_is_a_fault_and_the_next_run_asks_again(
    site: Replica, archive: WebArchive, tmp_path: Path
) -> None:
    archive.faults = {"/web/": [(500, {})] * 3}  # the first capture, and its retries
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert done.status == 1
    assert (
        "unhealthy: 1 capture could not be fetched from the archive: 1 × 500 Internal Server Error; the next run"
        in done.log
    )
    assert len(done.records) == ARTICLES - 1
    again = history(tmp_path / "exports", archive, site, WAYBACK)
    assert (again.status, len(again.records)) == (0, ARTICLES), again.log


def test_a_run_that_is_ended_early_is_continued(site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    first = history(tmp_path / "exports", archive, site, WAYBACK, CLOSESPIDER_ITEMCOUNT=7)
    assert first.status == 0, first.log
    assert 7 <= len(first.records) < ARTICLES
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert (done.status, len(done.records)) == (0, ARTICLES), done.log


def test_robots_txt_of_the_archive_is_obeyed(site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    archive.faults = {"/robots.txt": [(503, {})] * 3}
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert done.status == 1
    assert set(archive.requests) == {"/robots.txt"}


def test_an_archive_that_redirects_to_the_outlet_is_not_followed(
    site: Replica, archive: WebArchive, tmp_path: Path
) -> None:
    url, _ = page_of(archive)
    archive.faults = {"/web/": [(302, {"Location": url})]}
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    assert "outside the outlet's hosts" in done.log
    assert site.requests() == []
    assert len(done.records) == ARTICLES - 1


def page_of(archive: WebArchive) -> tuple[str, bytes]:
    """Address and page of an article without parts."""
    shown = next(s for s in archive.captures if "/cn/" in s.row["url"] and "/t20" in s.row["url"])
    return shown.row["url"], shown.body


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_an_older_capture_is_taken_where_the_newest_gives_no_record(
    kind: str, site: Replica, kept: Path, tmp_path: Path
) -> None:
    with serve(kept / "archive") as whole:
        url, page = page_of(whole)
    (tmp_path / "archive").mkdir()
    made = [
        response(url, page, date="2019-01-02T03:04:05Z"),
        response(url, b"<html><body><p>gone</p></body></html>", date="2021-01-02T03:04:05Z"),
        response(re.sub(r"_\d+\.html", "_9999999.html", url), b"<html>gone</html>", date="2021-01-02T03:04:05Z"),
    ]
    write(tmp_path / "archive" / "a.warc.gz", *made)
    with serve(tmp_path / "archive") as archive:
        for number, shown in enumerate(archive.captures):
            shown.row["digest"] = str(number)
        done = history(tmp_path / "exports", archive, site, kind)
        assert [record["fetched_at"] for record in done.records] == ["2019-01-02T03:04:05Z"], done.log
        assert [reject["url"].rpartition("_")[2] for reject in done.rejects] == ["9999999.html"]
        archive.requests.clear()
        again = history(tmp_path / "exports", archive, site, kind)
        assert not archive.asked("/web/")
        assert not archive.asked("/records/")
        assert len(again.rejects) == len(done.rejects)


def test_a_server_without_byte_ranges(site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    archive.knows_ranges = False
    done = history(tmp_path / "exports", archive, site, RANGES, "-a", "sections=politics")
    assert done.status == 0, done.log
    assert done.records


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_the_pages_go_to_the_archive_of_the_user(kind: str, site: Replica, archive: WebArchive, tmp_path: Path) -> None:
    done = history(tmp_path / "exports", archive, site, kind, ARCHIVE_DIR=tmp_path / "archive")
    assert done.status == 0, done.log
    read_again, out = reread(tmp_path)
    assert lines(out) == lines(tmp_path / "exports"), read_again.log
    hosts = {urlsplit(str(r.rec_headers.get_header("WARC-Target-URI"))).path for _, r in archived_records(tmp_path)}
    assert not any("/web/2" in path or "/records/" in path for path in hosts)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "-a source=… is missing: it is commoncrawl, wayback, or the address"),
        (["source=archive"], "-a source=archive: it is commoncrawl, wayback, or the address"),
        (["source=http://127.0.0.1:99999/cdx"], "-a source=http://127.0.0.1:99999/cdx: it is"),
        (["source=wayback", "records=http://127.0.0.1/"], "-a records=http://127.0.0.1/: leave it out"),
        (["source=http://127.0.0.1:1/collinfo.json"], "add -a records=URL"),
        (["source=wayback", "records=here"], "-a records"),
        (["source=wayback", "since=soon"], "-a since=soon: it is a day"),
        (["source=wayback", "sections=nosuch"], "-a sections: no section 'nosuch'"),
        (["source=wayback", "pages=3"], "-a pages=…: there is no such argument"),
        (["source=wayback", "full=yes"], "-a full=yes: write 1"),
    ],
)
def test_wrong_arguments_are_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = crawl(tmp_path / "exports", "history", *(part for value in arguments for part in ("-a", value)))
    assert done.status == 2
    assert done.log.count("\n") == 1
    assert message in done.log
