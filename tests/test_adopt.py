"""Archived records that are adopted are those of a crawl: ids, times, revisions, once each, whatever kills the run."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import FAST
from tests.support.archives import archived_records, response, write
from tests.support.crawling import Crawl, crawl, killable_crawl, read
from tests.support.ledgers import make_due, state

ARTICLES = 80
KILLS = 30 if os.environ.get("TORTURE") else 2
"""``make torture`` makes thirty, CI a share."""


def lines(folder: Path) -> list[bytes]:
    return sorted(line for file in folder.glob("articles-*.jsonl") for line in file.read_bytes().splitlines())


def adopt(folder: Path, archive: Path, *arguments: str, **settings: Any) -> Crawl:
    return crawl(folder, "adopt", "-a", f"warc={archive}", *arguments, **settings)


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=12) as replica:
        yield replica


@pytest.fixture(scope="module")
def kept(site: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs with an archive; the second finds news and changes, of one article two."""
    folder = tmp_path_factory.mktemp("kept")
    settings: dict[str, Any] = {"site": site.url, "ARCHIVE_DIR": folder / "archive"}
    first = crawl(folder / "exports", "sections", **settings)
    ids = [record["id"] for record in first.records]
    for id_ in ids[:9:3]:
        site.change(id_)
    site.publish(3)
    make_due(folder / "exports", ids[:12])
    assert crawl(folder / "exports", "sections", **settings).status == 0
    site.change(ids[0])
    make_due(folder / "exports", ids[:1])
    assert crawl(folder / "exports", "sections", **settings).status == 0
    revisions = Counter(record["revision"] for record in read(folder / "exports", "articles"))
    assert (revisions[2], revisions[3]) == (3, 1)
    return folder


def test_adopted_records_are_the_crawls(kept: Path, site: Replica, tmp_path: Path) -> None:
    site.forget_requests()
    done = adopt(tmp_path / "exports", kept / "archive")
    assert done.status == 0, done.log
    assert site.requests() == []
    assert lines(tmp_path / "exports") == lines(kept / "exports")


def test_the_outlet_is_not_asked_for_what_was_adopted(kept: Path, site: Replica, tmp_path: Path) -> None:
    adopt(tmp_path / "exports", kept / "archive", REVISIT_AFTER_DAYS="")
    site.forget_requests()
    done = crawl(tmp_path / "exports", "sections", site=site.url, REVISIT_AFTER_DAYS="")
    assert done.status == 0, done.log
    asked = {request["path"] for request in site.requests()}
    articles = {urlsplit(record["url"]).path for record in done.records}
    assert len(articles) > ARTICLES
    assert asked
    assert not asked & articles
    assert lines(tmp_path / "exports") == lines(kept / "exports")


def test_a_second_adoption_changes_nothing(kept: Path, tmp_path: Path) -> None:
    adopt(tmp_path / "exports", kept / "archive")
    before = lines(tmp_path / "exports")
    again = adopt(tmp_path / "exports", kept / "archive", LOG_LEVEL="DEBUG")
    assert again.status == 0, again.log
    assert again.counts["archive/known"] == len(before)
    assert lines(tmp_path / "exports") == before


def test_a_run_that_is_ended_early_is_continued(kept: Path, tmp_path: Path) -> None:
    first = adopt(tmp_path / "exports", kept / "archive", CLOSESPIDER_ITEMCOUNT=7)
    assert first.status == 0, first.log
    assert 7 <= len(first.records) < ARTICLES
    assert adopt(tmp_path / "exports", kept / "archive").status == 0
    assert lines(tmp_path / "exports") == lines(kept / "exports")


def test_an_archive_of_what_was_crawled_brings_nothing(kept: Path, tmp_path: Path) -> None:
    """Neither as a revision, though the ledger has the last of several versions, nor as a second line."""
    before = lines(kept / "exports")
    assert adopt(kept / "exports", kept / "archive").status == 0
    assert lines(kept / "exports") == before


def test_killed_anywhere_and_resumed(kept: Path, tmp_path: Path) -> None:
    """Each crawl is killed up to three times, at a write or anywhere, and then left to its end."""
    expected, dice, kills = lines(kept / "exports"), random.Random(4), 0
    arguments = ("adopt", "-a", f"warc={kept / 'archive'}")
    whole = killable_crawl(tmp_path / "whole", "", "0", *arguments, COMMIT_ITEMS=7)
    writes, seconds = int(whole.stdout.split()[-2]), float(whole.stdout.split()[-1])
    partly: list[int] = []
    while kills < KILLS:
        folder = tmp_path / str(kills)
        instants = (str(dice.randrange(writes // 2, writes)), f"{dice.uniform(seconds / 2, seconds):.6f}s")
        for when in (*instants, str(dice.randrange(writes // 2))):
            done = killable_crawl(folder, "", when, *arguments, COMMIT_ITEMS=7)
            kills += done.returncode < 0
            partly.append(len(list(folder.glob("articles-*"))))
        done = killable_crawl(folder, "", "0", *arguments, COMMIT_ITEMS=7)
        assert done.returncode == 0, done.stderr
        assert lines(folder) == expected, f"after {kills} kills"
    assert any(partly)


def versions_of(folder: Path, id_: str) -> list[tuple[str, bytes]]:
    """Address and page of each version of an article in an archive."""
    number = id_.partition("-")[2]
    return [
        (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for _, record in archived_records(folder)
        if record.rec_type == "response" and f"_{number}.html" in record.rec_headers.get_header("WARC-Target-URI")
    ]


@pytest.fixture(scope="module")
def versions(kept: Path) -> tuple[str, list[tuple[str, bytes]]]:
    """An article of three versions, and these."""
    (id_,) = (record["id"] for record in read(kept / "exports", "articles") if record["revision"] == 3)
    found = [(f"http://www.tibet.cn{urlsplit(url).path}", page) for url, page in versions_of(kept, id_)]
    assert len(found) == 3
    return id_, found


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("files", [{"a": [2, 1, 0]}, {"a": [2], "b": [0, 1]}, {"a": [1], "b": [2], "c": [0]}])
def test_revisions_are_in_the_order_of_their_captures(
    versions: tuple[str, list[tuple[str, bytes]]], files: dict[str, list[int]], packed: bool, tmp_path: Path
) -> None:
    id_, pages = versions
    (tmp_path / "archive").mkdir()
    for name, numbers in files.items():
        made = [response(*pages[number], date=f"20{15 + number}-02-03T04:05:06Z") for number in numbers]
        write(tmp_path / "archive" / f"{name}.warc{'.gz' if packed else ''}", *made, packed=packed)
    done = adopt(tmp_path / "exports", tmp_path / "archive")
    assert done.status == 0, done.log
    found = [(record["id"], record["revision"], record["fetched_at"][:4]) for record in done.records]
    assert found == [(id_, 1, "2015"), (id_, 2, "2016"), (id_, 3, "2017")]
    assert state(tmp_path / "exports", id_)["captured_at"] == "2017-02-03T04:05:06Z"


def test_an_older_capture_is_no_newer_revision(versions: tuple[str, list[tuple[str, bytes]]], tmp_path: Path) -> None:
    _, pages = versions
    new = write(tmp_path / "new.warc.gz", response(*pages[1], date="2016-02-03T04:05:06Z"))
    old = write(tmp_path / "old.warc.gz", response(*pages[0], date="2015-02-03T04:05:06Z"))
    adopt(tmp_path / "exports", new)
    done = adopt(tmp_path / "exports", old)
    assert done.status == 0, done.log
    assert [record["revision"] for record in done.records] == [1]


def test_what_is_asked_for_later_is_an_address_of_the_outlet(
    versions: tuple[str, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    id_, [(url, page), *_] = versions
    archived = write(tmp_path / "a.warc.gz", response(url.replace("cn/", "cn:80/", 1) + "?from=timeline", page))
    done = adopt(tmp_path / "exports", archived)
    assert [record["fetched_from"] or record["url"] for record in done.records] == [url], done.log
    assert state(tmp_path / "exports", id_)["url"] == url


def test_an_export_that_is_overwritten_is_refused(kept: Path, tmp_path: Path) -> None:
    done = adopt(tmp_path / "exports", kept / "archive", "-O", str(tmp_path / "out.jsonl"))
    assert done.status == 1
    assert "unhealthy: nothing was adopted: revisions are counted only with" in done.log
    assert not (tmp_path / "out.jsonl").exists() or not (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "-a warc=FILE_OR_FOLDER is missing"),
        (["-a", "warc=/nowhere"], "-a warc=/nowhere: it cannot be read"),
        (["-a", "warc=x", "-a", "against=y"], "-a against=…: there is no such argument"),
    ],
)
def test_wrong_arguments_are_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = crawl(tmp_path / "exports", "adopt", *arguments, **FAST)
    assert done.status == 2
    assert done.log.count("\n") == 1
    assert message in done.log


def test_files_that_cannot_be_read_are_one_fault_that_names_the_first(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.warc.gz").write_bytes(b"no archive")
    done = adopt(tmp_path / "exports", tmp_path)
    (fault,) = [line.partition("unhealthy: ")[2] for line in done.log.splitlines() if "unhealthy: " in line]
    named = f"{tmp_path}/a.warc.gz: is no WARC file; it begins with b'no archive'"
    advice = "all else was read: get a whole copy of the file, or leave it out"
    assert fault == f"{named} (and 1 more file, which the lines above name); {advice}"


def test_an_archive_without_articles_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"")
    done = adopt(tmp_path / "exports", tmp_path)
    assert "unhealthy: these archives hold no article of the outlet; look whether -a warc=… names the right" in done.log


def test_a_reading_that_never_began_says_nothing_of_its_archives(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"")
    (tmp_path / "taken").mkdir()
    done = adopt(tmp_path / "exports", tmp_path, "-o", f"{tmp_path / 'taken'}:csv")
    assert done.status == 74
    assert "hold no article" not in done.log
