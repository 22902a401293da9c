"""Pictures are saved once, before the line that names them, whatever kills the crawl."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import ROOT
from replica.pictures import jpeg
from tests.support.archives import archived_records, assert_valid, reread
from tests.support.crawling import Crawl, crawl, killable_crawl, lines, read
from tibetnews.errors import UnreadableError
from tibetnews.ledger.pictures import MAX_ATTEMPTS
from tibetnews.pipelines.pictures import suffix_of

KILLS = 30 if os.environ.get("TORTURE") else 2
SECTIONS = ("sections", "-a", "sections=politics,instant/politics,news/zcdt,culture/ms,review,photo/news")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=30, seed=8, sections=6) as replica:
        yield replica


@pytest.fixture(autouse=True)
def no_faults(replica: Replica) -> None:
    replica.clear_faults()
    replica.forget_requests()


def crawled(folder: Path, replica: Replica, *arguments: str, **settings: Any) -> Crawl:
    chosen = {**options(folder), **settings}
    return crawl(folder / "exports", *(arguments or SECTIONS), site=replica.url, **chosen)


def options(folder: Path) -> dict[str, Any]:
    return {"SAVE_IMAGES": 1, "IMAGES_DIR": folder / "images", "ARCHIVE_DIR": folder / "archive", "COMMIT_ITEMS": 4}


def images_of(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [image for record in records for image in record["images"]]


def planted(url: str) -> bytes:
    return jpeg(urlsplit(url).path.rpartition("/")[2].removesuffix(".jpg"))


def pictures_asked(replica: Replica) -> Counter[str]:
    return Counter(one["path"] for one in replica.requests() if one["path"].endswith(".jpg"))


def assert_named_pictures_are_there(folder: Path, records: list[dict[str, Any]]) -> None:
    for image in images_of(records):
        data = (folder / "images" / image["path"]).read_bytes()
        assert data == planted(image["url"])
        assert image["path"] == f"{image['sha256'][:2]}/{image['sha256']}.jpg"
        assert image["sha256"] == sha256(data).hexdigest()


def assert_every_picture_once(folder: Path, replica: Replica) -> None:
    records = read(folder / "exports", "articles")
    truth = replica.records()
    for record in records:
        assert [one["url"] for one in record["images"]] == [one["url"] for one in truth[record["url"]]["images"]]
    assert_named_pictures_are_there(folder, records)
    named = {image["path"] for image in images_of(records)}
    files = [str(path.relative_to(folder / "images")) for path in (folder / "images").rglob("*") if path.is_file()]
    assert sorted(files) == sorted(named)
    assert len(named) > 30
    archived = Counter(
        record.rec_headers["WARC-Target-URI"]
        for _, record in archived_records(folder)
        if record.rec_headers["Tibetnews-Role"] == "picture"
    )
    assert archived == Counter(f"{replica.url}{urlsplit(one['url']).path}" for one in images_of(records))


def test_every_picture_once_and_never_again(replica: Replica, tmp_path: Path) -> None:
    done = crawled(tmp_path, replica)
    assert done.status == 0, done.log
    assert done.rejects == []
    assert_every_picture_once(tmp_path, replica)
    assert set(pictures_asked(replica).values()) == {1}
    assert_valid(tmp_path)
    again, _ = reread(tmp_path)
    assert again.status == 0, again.log
    assert f" {len(done.records)} records equal" in again.log

    changed = next(one for one in done.records if one["images"])
    replica.forget_requests()
    replica.change(changed["id"])
    address = replica.url + urlsplit(changed["url"]).path
    later = crawled(tmp_path, replica, "articles", "-a", f"urls={address}")
    assert later.status == 0, later.log
    (revised,) = later.records[len(done.records) :]
    assert revised["revision"] == 2
    assert [image["path"] for image in revised["images"]] == [image["path"] for image in changed["images"]]
    assert not pictures_asked(replica)


def test_without_the_setting_none_is_asked_for(replica: Replica, tmp_path: Path) -> None:
    done = crawl(tmp_path / "exports", *SECTIONS, site=replica.url)
    assert done.status == 0, done.log
    assert {(image["path"], image["sha256"]) for image in images_of(done.records)} == {(None, None)}
    assert not pictures_asked(replica)


def test_what_cannot_be_had_is_counted_and_named(replica: Replica, tmp_path: Path) -> None:
    urls = list(dict.fromkeys(image["url"] for record in replica.records().values() for image in record["images"]))
    faults: dict[str, tuple[str, dict[str, Any]]] = {
        "http_404": ("status", {"status": 404}),
        "http_503": ("status", {"status": 503}),
        "no_picture": ("interstitial", {}),
        "bounds": ("redirect", {"location": "http://192.0.2.1/x.jpg"}),
        "robots": ("redirect", {"location": "/private/x.jpg"}),
        "too_large": ("bomb", {}),
    }
    struck = dict(zip(urls, faults.items(), strict=False))
    for url, (_, (kind, details)) in struck.items():
        replica.fault(urlsplit(url).path, kind, **details)
    done = crawled(tmp_path, replica, RETRY_TIMES=0)
    assert done.status == 0, done.log
    reasons = {reject["url"]: reject["reason"] for reject in done.rejects}
    named = {image["url"] for image in images_of(done.records)}
    assert reasons == {url: reason for url, (reason, _) in struck.items() if url in named}
    assert len(reasons) >= 5
    missing = {image["url"] for image in images_of(done.records) if image["path"] is None}
    assert missing == set(reasons)
    assert all(reject["detail"].startswith("a picture of http://") for reject in done.rejects)
    assert done.counts["images/failed"] == len(reasons)
    assert done.counts["images/failed/http_404"] == 1
    assert f"{len(reasons)} of " in done.log
    assert "Traceback" not in done.log
    assert "rejects/count" not in done.counts
    assert len(done.records) == len({record["id"] for record in done.records}) >= 20


PHOTOS = ("sections", "-a", "sections=photo/news")


def photo_story(replica: Replica) -> list[str]:
    """The paths of the pictures of a story that has several."""
    stories = [record["images"] for record in replica.records().values() if record["section"] == "photo/news"]
    return [urlsplit(image["url"]).path for image in max(stories, key=len)]


def come_due(folder: Path) -> int:
    """Let the time come for the articles that wait for pictures; how many they are."""
    with closing(sqlite3.connect(folder / "exports-state" / "ledger.sqlite3")) as db, db:
        waiting = "SELECT id FROM missing_pictures"
        soon = db.execute(f"SELECT count(*) FROM articles WHERE due > 1 AND id IN ({waiting})").fetchone()[0]
        db.execute(f"UPDATE articles SET due = 1 WHERE id IN ({waiting})")
    return int(soon)


def test_a_picture_that_failed_is_asked_for_again_and_its_record_is_one_revision(
    replica: Replica, tmp_path: Path
) -> None:
    first, second, *others = photo_story(replica)
    replica.fault(first, "status", status=503)
    replica.fault(second, "interstitial")
    done = crawled(tmp_path, replica, *PHOTOS, RETRY_TIMES=0)
    assert done.status == 0, done.log
    assert "2 of them are asked for again by later runs" in done.log
    (record,) = [one for one in done.records if None in {image["path"] for image in one["images"]}]

    replica.forget_requests()
    early = crawled(tmp_path, replica, *PHOTOS, RETRY_TIMES=0)
    assert (early.records, pictures_asked(replica)) == (done.records, {})
    assert come_due(tmp_path) == 1
    replica.clear_faults()
    replica.fault(second, "interstitial")
    half = crawled(tmp_path, replica, *PHOTOS, RETRY_TIMES=0)
    assert half.records == done.records
    assert pictures_asked(replica) == {first: 1, second: 1}

    assert come_due(tmp_path) == 1
    replica.clear_faults()
    replica.forget_requests()
    whole = crawled(tmp_path, replica, *PHOTOS)
    assert pictures_asked(replica) == {second: 1}
    (revised,) = whole.records[len(done.records) :]
    assert (revised["id"], revised["revision"]) == (record["id"], 2)
    assert (revised["text"], revised["content_hash"]) == (record["text"], record["content_hash"])
    assert_named_pictures_are_there(tmp_path, [revised])
    assert len(revised["images"]) == len(others) + 2
    assert come_due(tmp_path) == 0


@pytest.mark.parametrize("comes", [False, True])
def test_a_picture_that_never_comes_is_given_up(replica: Replica, tmp_path: Path, comes: bool) -> None:
    first, second, *_ = photo_story(replica)
    replica.fault(first, "status", status=503)
    if comes:
        replica.fault(second, "status", status=500)
    runs = [crawled(tmp_path, replica, *PHOTOS, RETRY_TIMES=0)]
    while come_due(tmp_path):
        if comes:
            replica.clear_faults()
            replica.fault(first, "status", status=503)
        runs.append(crawled(tmp_path, replica, *PHOTOS, RETRY_TIMES=0))
    assert {run.status for run in runs} == {0}
    assert pictures_asked(replica)[first] == len(runs) == MAX_ATTEMPTS
    assert runs[-1].counts["images/given_up"] == 1
    assert "asked for again" not in runs[-1].log
    assert [len(run.records) - len(runs[0].records) for run in runs] == [0] * (MAX_ATTEMPTS - 1) + [int(comes)]
    story = [one for one in runs[-1].records if any(image["url"].endswith(first) for image in one["images"])]
    assert [record["revision"] for record in story] == ([1, 2] if comes else [1])
    missing = [[image["url"].endswith(first) for image in one["images"] if not image["path"]] for one in story]
    assert missing[-1] == [True]


@pytest.mark.parametrize("status", [404, 410])
def test_a_picture_that_is_gone_is_not_asked_for_again(replica: Replica, tmp_path: Path, status: int) -> None:
    replica.fault(photo_story(replica)[0], "status", status=status)
    done = crawled(tmp_path, replica, *PHOTOS)
    assert done.counts["images/given_up"] == 1
    assert "asked for again" not in done.log
    assert come_due(tmp_path) == 0


def test_a_picture_over_the_limit_is_not_saved(replica: Replica, tmp_path: Path) -> None:
    done = crawled(tmp_path, replica, IMAGE_MAX_BYTES=100)
    assert done.status == 0, done.log
    assert {reject["reason"] for reject in done.rejects} == {"too_large"}
    assert not [path for path in (tmp_path / "images").rglob("*") if path.is_file()]


def test_a_picture_that_cannot_be_written_ends_the_run_and_its_line_does_not_count(
    replica: Replica, tmp_path: Path
) -> None:
    """A file stands where half of the folders belong."""
    (tmp_path / "images").mkdir()
    blocks = [tmp_path / "images" / f"{number:02x}" for number in range(128)]
    for block in blocks:
        block.touch()
    done = crawled(tmp_path, replica)
    assert done.status == 74, done.log
    assert "Traceback" not in done.log
    assert "Not a directory" in done.log
    assert_named_pictures_are_there(tmp_path, done.records)
    for block in blocks:
        block.unlink()
    again = crawled(tmp_path, replica)
    assert again.status == 0, again.log
    assert_every_picture_once(tmp_path, replica)


def test_a_rebuilt_ledger_knows_the_pictures(replica: Replica, tmp_path: Path) -> None:
    done = crawled(tmp_path, replica)
    folders = ("-s", f"STATE_DIR={tmp_path}/exports-state", "-s", f"EXPORT_DIR={tmp_path}/exports")
    command = [sys.executable, "-m", "tibetnews", "ledger", "rebuild", *folders, "-s", f"OUTLET_SITE={replica.url}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    changed = next(one for one in done.records if one["images"])
    replica.forget_requests()
    replica.change(changed["id"])
    address = replica.url + urlsplit(changed["url"]).path
    later = crawled(tmp_path, replica, "articles", "-a", f"urls={address}")
    assert [image["path"] for image in later.records[-1]["images"]] == [image["path"] for image in changed["images"]]
    assert not pictures_asked(replica)


def test_a_folder_that_cannot_be_made_is_told_before_the_first_request(replica: Replica, tmp_path: Path) -> None:
    done = crawled(tmp_path, replica, IMAGES_DIR="/dev/null/images")
    assert done.status == 2
    assert "IMAGES_DIR=/dev/null/images: the folder cannot be made: Not a directory" in done.log
    assert not replica.requests()


def test_killed_anywhere(replica: Replica, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    done = killable_crawl(whole / "exports", replica.url, "0", *SECTIONS, **options(whole))
    assert done.returncode == 0, done.stderr
    assert_every_picture_once(whole, replica)
    instants = int(done.stdout.split()[-2])
    dice, kills, number = random.Random(11), 0, 0
    while kills < KILLS:
        number += 1
        folder = tmp_path / str(number)
        status = -signal.SIGKILL
        while status == -signal.SIGKILL:
            when = str(dice.randrange(instants // 8, instants)) if kills < KILLS else "0"
            status = killable_crawl(folder / "exports", replica.url, when, *SECTIONS, **options(folder)).returncode
            kills += status == -signal.SIGKILL
            assert_named_pictures_are_there(folder, committed(folder))
        assert status == 0
        assert lines(folder / "exports") == lines(whole / "exports")
        assert_every_picture_once(folder, replica)


def committed(folder: Path) -> list[dict[str, Any]]:
    """The records whose lines the ledger vouches for."""
    records: list[dict[str, Any]] = []
    ledger = folder / "exports-state" / "ledger.sqlite3"
    if ledger.exists():
        with closing(sqlite3.connect(ledger)) as db:
            rows = db.execute("SELECT path, offset FROM feeds WHERE path LIKE '%.jsonl'").fetchall()
        for name, offset in rows:
            data = (folder / name).read_bytes()[:offset]
            records += map(json.loads, data.splitlines())
    return records


@pytest.mark.parametrize(
    ("body", "suffix"),
    [
        (jpeg("x"), ".jpg"),
        (b"\x89PNG\r\n\x1a\n\0\0", ".png"),
        (b"GIF89a\x01", ".gif"),
        (b"GIF87a\x01", ".gif"),
        (b"BM\x8a\0", ".bmp"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", ".webp"),
        (b"II*\0\x08", ".tif"),
        (b"\0\0\0\x1cftypavif", ".avif"),
    ],
)
def test_the_suffix_is_that_of_the_bytes(body: bytes, suffix: str) -> None:
    assert suffix_of(body) == suffix


@pytest.mark.parametrize("body", [b"", b"<html>", b"RIFF\x24\0\0\0WAVEfmt ", b"\0\0\0\x1cftypmp42", b"\xff\xd8"])
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        suffix_of(body)
