"""Archives of a crawl: whole, valid, small, and read again into the very records that were exported."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from replica import Replica
from tests.support.archives import archived_records, assert_valid, reread
from tests.support.crawling import Crawl, crawl, read, run_crawl
from tests.support.ledgers import make_due

ARTICLES = 120


def archived(folder: Path, replica: Replica, *arguments: str, **settings: Any) -> Crawl:
    """A crawl with an archive beside its exports."""
    return crawl(folder / "exports", *arguments, site=replica.url, **{"ARCHIVE_DIR": folder / "archive", **settings})


def lines(folder: Path) -> list[bytes]:
    """The lines of an export, sorted: the bytes count, which of two concurrent articles came first does not."""
    return sorted(line for file in folder.glob("articles-*.jsonl") for line in file.read_bytes().splitlines())


def kinds(folder: Path) -> Counter[str]:
    return Counter(record.rec_type for _, record in archived_records(folder))


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=11) as replica:
        yield replica


@pytest.fixture(scope="module")
def kept(site: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs on one archive: everything; what changed and what is new; a run that meets 304 alone."""
    folder = tmp_path_factory.mktemp("kept")
    first = archived(folder, site, "sections")
    assert first.status == 0, first.log
    ids = [record["id"] for record in first.records]
    for id_ in ids[:9:3]:
        site.change(id_)
    site.publish(4)
    make_due(folder / "exports", ids[:12])
    assert archived(folder, site, "sections").status == 0
    make_due(folder / "exports", ids[:12])
    assert archived(folder, site, "sections").status == 0
    return folder


def test_the_archive_is_valid_and_one_member_a_record(kept: Path) -> None:
    assert_valid(kept)
    (file,) = (kept / "archive").iterdir()  # the next runs went on with it
    with file.open("rb") as stream:
        archive = ArchiveIterator(stream)
        offsets = [archive.get_record_offset() for _ in archive]
    packed = file.read_bytes()
    assert len(offsets) > 3 * ARTICLES
    assert all(packed[offset : offset + 3] == b"\x1f\x8b\x08" for offset in offsets)


def test_the_head_of_each_run_tells_version_and_settings(kept: Path, site: Replica) -> None:
    told = [record.raw_stream.read().decode() for _, record in archived_records(kept) if record.rec_type == "warcinfo"]
    assert len(told) == 3
    for info in told:
        assert "software: tibetnews/" in info
        assert f"outlet-site: {site.url}" in info
        assert '"DOWNLOAD_DELAY"' in info
    first = next(record for _, record in archived_records(kept))
    assert (first.rec_type, first.rec_headers.protocol) == ("warcinfo", "WARC/1.1")


def test_requests_and_responses_belong_together(kept: Path, site: Replica) -> None:
    answers: dict[str, tuple[str, str]] = {}
    infos: set[str] = set()
    for _, record in archived_records(kept):
        head = record.rec_headers
        if record.rec_type == "warcinfo":
            infos.add(head.get_header("WARC-Record-ID"))
            continue
        assert head.get_header("WARC-Warcinfo-ID") in infos
        assert head.get_header("WARC-Block-Digest").startswith("sha1:")
        if record.rec_type == "request":
            answered = head.get_header("WARC-Concurrent-To")
            assert answers.pop(answered) == (head.get_header("WARC-Target-URI"), head.get_header("WARC-Date"))
            assert record.http_headers.get_header("Host") == urlsplit(site.url).netloc
            assert record.http_headers.statusline.split(" ")[0].startswith("/")
            assert record.http_headers.get_header("Accept-Encoding") == "gzip, deflate"
        else:
            answers[head.get_header("WARC-Record-ID")] = (
                head.get_header("WARC-Target-URI"),
                head.get_header("WARC-Date"),
            )
    assert answers == {}


def test_everything_that_was_asked_for_is_in_it(tmp_path: Path) -> None:
    with Replica(articles=40, seed=4) as replica:
        replica.fault("/cn/politics/", "status", times=1, status=503)
        replica.forget_requests()
        archived(tmp_path, replica, "sections")
        asked = Counter((request["path"], request["status"]) for request in replica.requests())
    held = Counter(
        (urlsplit(record.rec_headers.get_header("WARC-Target-URI")).path, int(record.http_headers.get_statuscode()))
        for _, record in archived_records(tmp_path)
        if record.rec_type in ("response", "revisit")
    )
    assert asked[("/cn/politics/", 503)] == 1
    assert held == asked


def test_records_from_the_archive_are_the_exported_ones(kept: Path, site: Replica, tmp_path: Path) -> None:
    site.forget_requests()
    ledger = (kept / "exports-state" / "ledger.sqlite3").read_bytes()
    with closing((kept / "exports-state" / "lock").open()):  # and a run that is at work is no obstacle
        done, out = reread(kept)
    assert done.status == 0, done.log
    assert site.requests() == []
    assert (kept / "exports-state" / "ledger.sqlite3").read_bytes() == ledger
    assert len(lines(out)) > ARTICLES
    assert lines(out) == lines(kept / "exports")
    revisions = Counter(record["revision"] for record in read(out, "articles"))
    assert revisions[2] == 3
    assert f"{len(lines(out))} records equal, 0 changed, 0 new, 0 missing; 0 lines" in done.log
    assert [file.name[:8] for file in out.iterdir()] == ["articles"]


def test_a_reading_that_ends_early_promises_no_next_one(kept: Path, site: Replica, tmp_path: Path) -> None:
    done = crawl(tmp_path / "x", "archive", "-a", f"warc={kept}", site=site.url, CLOSESPIDER_ITEMCOUNT=1)
    assert "ended early (closespider_itemcount);" in done.log, done.log


@pytest.mark.parametrize("more", [[], ["-a", "against={}"]])
def test_an_export_that_cannot_be_read_is_one_line(kept: Path, tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "articles-20200101.jsonl").write_text(f"{json.dumps(read(kept / 'exports', 'articles')[0])}\n", "utf-8")
    (tmp_path / "articles-20200102.jsonl").symlink_to("/proc/self/mem")  # a file whose first byte nobody can read
    arguments = ("archive", "-a", f"warc={kept / 'archive'}", *(option.format(tmp_path) for option in more))
    done = run_crawl(tmp_path, *arguments)
    (line,) = done.stdout.splitlines()
    assert done.returncode == 74
    assert re.search(r"nothing can be compared: .*articles-20200102\.jsonl.; mend that and run again$", line)


def test_equal_payloads_and_unchanged_pages_are_kept_once(kept: Path) -> None:
    found = list(archived_records(kept))
    originals = {
        (r.rec_headers.get_header("WARC-Target-URI"), r.rec_headers.get_header("WARC-Date")): r.rec_headers.get_header(
            "WARC-Payload-Digest"
        )
        for _, r in found
        if r.rec_type == "response"
    }
    profiles: Counter[str] = Counter()
    for _, record in found:
        head = record.rec_headers
        if record.rec_type == "revisit":
            profile = head.get_header("WARC-Profile").rpartition("/")[2]
            status = record.http_headers.get_statuscode()
            assert (profile == "server-not-modified") == (status == "304")
            refers = head.get_header("WARC-Refers-To-Target-URI"), head.get_header("WARC-Refers-To-Date")
            assert originals[refers] == head.get_header("WARC-Payload-Digest")
            profiles[profile] += 1
    assert profiles["server-not-modified"] > 12
    assert profiles["identical-payload-digest"] >= 2  # robots.txt of the second and the third run


def test_mirrors_and_redirects_come_out_alike(site: Replica, tmp_path: Path) -> None:
    article = next(urlsplit(url).path for url in site.records() if "/cn/" in url)
    urls = [*site.mirrors(), f"{site.url}/cn/old/", f"{site.url}/mirror/sample.txt"]
    assert len(urls) > 20
    (tmp_path / "urls.txt").write_text("\n".join(urls), "utf-8")
    site.fault("/cn/old/", "redirect", location=article)
    done = archived(tmp_path, site, "articles", "-a", f"urls=@{tmp_path / 'urls.txt'}")
    site.clear_faults()
    assert len(done.records) == len(urls), done.log
    _, out = reread(tmp_path)
    assert lines(out) == lines(tmp_path / "exports")


def test_bodies_are_kept_as_they_were_sent(site: Replica, tmp_path: Path) -> None:
    url = next(site.url + urlsplit(url).path for url in site.records() if "/cn/" in url)
    site.fault(urlsplit(url).path, "packed")
    done = archived(tmp_path, site, "articles", "-a", f"urls={url}")
    site.clear_faults()
    assert len(done.records) == 1, done.log
    assert_valid(tmp_path)
    (page,) = (
        r
        for _, r in archived_records(tmp_path)
        if r.rec_type == "response" and r.rec_headers.get_header("WARC-Target-URI") == url
    )
    assert page.http_headers.get_header("Content-Encoding") == "gzip"
    _, out = reread(tmp_path)
    assert lines(out) == lines(tmp_path / "exports")


def test_files_end_at_their_size_and_runs_go_on_with_the_last(site: Replica, tmp_path: Path) -> None:
    first = archived(
        tmp_path, site, "sections", "-a", "sections=politics,travel,ecology,cn/edu", ARCHIVE_MAX_BYTES=15_000
    )
    files = sorted((tmp_path / "archive").iterdir())
    sizes = [file.stat().st_size for file in files]
    assert len(files) > 2, first.log
    assert all(15_000 <= size < 60_000 for size in sizes[:-1])
    archived(tmp_path, site, "sections", "-a", "sections=tech,data")
    assert sorted((tmp_path / "archive").iterdir()) == files
    assert [file.stat().st_size for file in files[:-1]] == sizes[:-1]
    assert_valid(tmp_path)
    heads = [name for name, record in archived_records(tmp_path) if record.rec_type == "warcinfo"]
    assert heads == [*(file.name for file in files), files[-1].name]  # the second run told of itself too
    _, out = reread(tmp_path)
    assert lines(out) == lines(tmp_path / "exports")


def test_without_a_ledger_each_run_has_a_file_of_its_own(site: Replica, tmp_path: Path) -> None:
    for _ in range(2):
        archived(tmp_path, site, "sections", "-a", "sections=politics", STATE_DIR="")
    assert len(list((tmp_path / "archive").iterdir())) == 2
    assert_valid(tmp_path)


def test_nothing_is_written_behind_bytes_that_nobody_vouches_for(site: Replica, tmp_path: Path) -> None:
    archived(tmp_path, site, "sections", "-a", "sections=politics")
    (torn,) = (tmp_path / "archive").iterdir()
    torn.write_bytes(torn.read_bytes() + b"\x1f\x8b\x08torn")
    before = torn.read_bytes()
    archived(tmp_path, site, "sections", "-a", "sections=travel")
    assert torn.read_bytes() == before
    assert len(list((tmp_path / "archive").iterdir())) == 2
    done, out = reread(tmp_path)
    assert done.status == 1
    assert f"unhealthy: {torn}: breaks off at byte" in done.log
    assert lines(out) == lines(tmp_path / "exports")  # all that was committed can be read, before the torn bytes


def test_a_moved_archive_is_not_referred_to(site: Replica, tmp_path: Path) -> None:
    archived(tmp_path, site, "sections", "-a", "sections=politics", "-a", "full=1")
    (tmp_path / "archive").rename(tmp_path / "elsewhere")
    archived(tmp_path, site, "sections", "-a", "sections=politics", "-a", "full=1")
    headers = [record.rec_headers for _, record in archived_records(tmp_path)]
    there = {header.get_header("WARC-Date") for header in headers}
    assert {header.get_header("WARC-Refers-To-Date") for header in headers} <= {None, *there}


def test_what_an_archive_has_lost_is_told_and_neither_referred_to_nor_written_behind(
    site: Replica, tmp_path: Path
) -> None:
    archived(tmp_path, site, "sections", "-a", "sections=politics", "-a", "full=1")
    (damaged,) = (tmp_path / "archive").iterdir()
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    done = archived(tmp_path, site, "sections", "-a", "sections=politics", "-a", "full=1")
    told = f"{damaged}: {len(whole) - len(whole) // 2:,} of its {len(whole):,} bytes are gone"
    assert done.log.count(told) == 1, done.log
    assert len(damaged.read_bytes()) == len(whole) // 2
    damaged.unlink()
    for _, record in archived_records(tmp_path):
        assert not record.rec_headers.get_header("WARC-Refers-To-Date")


def test_what_changed_is_told(kept: Path, site: Replica, tmp_path: Path) -> None:
    """Exports by other readers: a title that they did not read well, a record they missed, one too many."""
    exported = read(kept / "exports", "articles")
    changed, missed, rest = exported[0], exported[1], exported[2:]
    then = {**changed, "title": "\x1b[31m" + changed["title"], "editor": "某某"}
    too_many = {**missed, "url": missed["url"] + "?", "fetched_from": None, "fetched_at": "2001-01-01T00:00:00Z"}
    against = tmp_path / "then.jsonl"
    against.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (then, too_many, *rest)), "utf-8")
    done = crawl(tmp_path, "archive", "-a", f"warc={kept / 'archive'}", "-a", f"against={against}")
    assert done.status == 0, done.log
    assert f"{len(rest)} records equal, 1 changed, 1 new, 0 missing; 1 line of the exports is not" in done.log
    assert f"changed {changed['id']} {changed['fetched_from']} title, editor" in done.log
    assert "fields that changed: title 1, editor 1" in done.log
    assert "\x1b" not in done.log
    (out,) = tmp_path.glob("reread-*")
    told = [json.loads(line) for line in (out / "changes.jsonl").read_text("utf-8").splitlines()]
    assert [(line["verdict"], line["id"]) for line in told] == [("changed", changed["id"]), ("new", missed["id"])]
    assert told[0]["fields"]["title"] == {"was": then["title"], "is": changed["title"]}
