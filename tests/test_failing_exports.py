"""Exports that fail: no article counts as exported, the run says so with its status, and the next run brings all."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from replica import Replica
from tests.support.crawling import crawl, run_crawl
from tests.support.readers import reader
from tibetnews.exporters import CommittedStorage
from tibetnews.ledger.session import LedgerSession

SECTIONS = ("sections", "-a", "sections=politics,travel")
IO_ERROR = 74
WRONG_USE = 2
OWN_URI_PARAMS = "operator.eq"  # in place of a function of a user: it returns no parameters
BUSY = 75


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=60, seed=4) as replica:
        yield replica


@pytest.fixture(scope="module")
def everything(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """Ids of an undisturbed crawl."""
    done = crawl(tmp_path_factory.mktemp("whole") / "x", *SECTIONS, site=replica.url)
    assert done.records
    return Counter(record["id"] for record in done.records)


FAILURES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "server down": (("-O", "ftp://user:secret@127.0.0.1:1/out.jsonl"), {}),
    "no library for the storage": (("-O", "s3://bucket/out.jsonl"), {}),
    "full disk, overwritten": (("-O", "/dev/full:json"), {}),
    "full disk, csv": (("-o", "/dev/full:csv"), {}),
    "a folder in its place": (("-O", "{folder}:jsonl"), {}),
    "a name of which a user's own function tells nothing": (
        ("-o", "{folder}/x-%(nothing)s.jsonl"),
        {"FEED_URI_PARAMS": OWN_URI_PARAMS},
    ),
    "batches without a number in the name": ((), {"FEED_EXPORT_BATCH_ITEM_COUNT": 3}),
    "one of two": (("-O", "{folder}/good.csv", "-O", "/dev/full:json"), {}),
}


@pytest.mark.parametrize(("options", "settings"), FAILURES.values(), ids=FAILURES)
def test_a_failed_export_marks_nothing(
    options: tuple[str, ...],
    settings: dict[str, Any],
    replica: Replica,
    everything: Counter[str],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    chosen = [option.replace("{folder}", str(folder)) for option in options]
    failed = crawl(tmp_path / "x", *SECTIONS, *chosen, site=replica.url, **settings)
    assert failed.status == IO_ERROR, failed.log
    (line,) = (line for line in failed.log.splitlines() if "the export cannot be written" in line)
    assert "secret" not in line
    again = crawl(tmp_path / "x", *SECTIONS, site=replica.url)
    assert again.status == 0, again.log
    assert Counter(record["id"] for record in again.records) == everything


def test_an_export_that_is_packed_while_it_is_written_counts_when_it_closes(
    replica: Replica, everything: Counter[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl.gz"
    plugin = {"format": "jsonlines", "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}
    first = crawl(tmp_path / "x", *SECTIONS, site=replica.url, FEEDS=json.dumps({str(out): plugin}))
    assert first.status == 0, first.log
    with gzip.open(out, "rt", encoding="utf-8") as file:
        assert Counter(json.loads(line)["id"] for line in file) == everything
    again = crawl(tmp_path / "x", *SECTIONS, site=replica.url)
    assert again.records == []


def test_batches_count_all_their_records(replica: Replica, everything: Counter[str], tmp_path: Path) -> None:
    uri = f"{tmp_path}/batch-%(batch_id)d.csv"
    first = crawl(tmp_path / "x", *SECTIONS, "-o", uri, site=replica.url, FEED_EXPORT_BATCH_ITEM_COUNT=3)
    assert first.status == 0, first.log
    assert len(list(tmp_path.glob("batch-*.csv"))) == -(-everything.total() // 3)
    assert crawl(tmp_path / "x", *SECTIONS, site=replica.url).records == []


def test_a_parquet_file_is_whole_and_never_appended_to(
    replica: Replica, everything: Counter[str], tmp_path: Path
) -> None:
    parquet = reader("pyarrow.parquet")
    out = tmp_path / "out.parquet"
    first = crawl(tmp_path / "x", *SECTIONS, "-o", f"{out}:parquet", site=replica.url)
    assert first.status == 0, first.log
    assert Counter(parquet.read_table(out).column("id").to_pylist()) == everything
    before = out.read_bytes()
    second = crawl(tmp_path / "y", *SECTIONS, "-o", f"{out}:parquet", site=replica.url)
    assert second.status == IO_ERROR, second.log
    assert "nothing can be appended to a Parquet file; use -O" in second.log
    assert out.read_bytes() == before


@pytest.mark.parametrize("option", ["-O", "-o"])
@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv"])
def test_an_export_that_another_run_writes_is_left_alone(
    option: str, name: str, replica: Replica, everything: Counter[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"{}\n")
    with path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        second = crawl(tmp_path / "x", *SECTIONS, option, str(path), site=replica.url)
    assert second.status == BUSY, second.log
    assert f"{path}: another run writes to this export" in second.log
    assert "Traceback" not in second.log
    assert path.read_bytes() == b"{}\n"
    after = crawl(tmp_path / "x", *SECTIONS, "-O", str(tmp_path / "good.jsonl"), site=replica.url)
    assert after.status == 0
    lines = (tmp_path / "good.jsonl").read_text("utf-8").splitlines()
    assert Counter(json.loads(line)["id"] for line in lines) == everything


@pytest.mark.parametrize("output", ["/dev/full:json", "/dev/full:csv", "/dev/full:jsonl"])
@pytest.mark.parametrize(("option", "state"), [("-O", "state"), ("-o", "state"), ("-o", "")])
def test_a_full_disk_is_told_once_and_ends_the_run(
    option: str, state: str, output: str, replica: Replica, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"LOG_LEVEL": "ERROR", "STATE_DIR": state and tmp_path / state}
    done = crawl(tmp_path / "x", *SECTIONS, option, output, site=replica.url, **settings)
    assert done.status == IO_ERROR
    assert done.log.count("No space left on device") == 1, done.log
    assert "Traceback" not in done.log
    assert Path("/dev/full").is_char_device()


def test_a_pipe_is_written_to_and_stays(replica: Replica, everything: Counter[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as reader:
        lines = reader.submit(pipe.read_text, "utf-8")
        done = crawl(tmp_path / "x", *SECTIONS, "-o", f"{pipe}:jsonl", site=replica.url)
        assert Counter(json.loads(line)["id"] for line in lines.result(60).splitlines()) == everything
    assert done.status == 0, done.log
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_told_and_not_waited_for(replica: Replica, tmp_path: Path) -> None:
    pipe = tmp_path / "x" / "articles-20261127.jsonl"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    clock = "2026-11-27T02:00:00+00:00"
    done = run_crawl(pipe.parent, *SECTIONS, site=replica.url, times=clock, LOG_LEVEL="WARNING")
    assert done.returncode == IO_ERROR, done.stdout
    assert f"{pipe} is no file, and nobody reads from it" in done.stdout
    assert len(done.stdout.splitlines()) == 1, done.stdout


def test_a_device_that_gets_nothing_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    storage = CommittedStorage(str(pipe), no_session, feed_options={"format": "jsonl"})
    assert not storage.committed
    assert CommittedStorage(str(tmp_path / "new"), no_session, feed_options={"format": "jsonl"}).committed


@pytest.mark.parametrize("format_", ["jsonl", "json", "csv"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_what_standard_output_goes_to_keeps_what_it_has(overwrite: bool, format_: str, tmp_path: Path) -> None:
    with (tmp_path / "log").open("ab") as log:
        log.write(b"before\n")
        log.flush()
        options = {"format": format_, "overwrite": overwrite}
        storage = CommittedStorage(f"/dev/fd/{log.fileno()}", Mock(), feed_options=options)
        with storage.open(Mock()) as export:
            export.write(b"record\n")
    assert (tmp_path / "log").read_bytes() == b"before\nrecord\n"


@pytest.mark.parametrize(
    ("encoding", "committed"), [("gbk", False), ("utf-16", False), ("utf8", True), ("UTF-8", True), (None, True)]
)
def test_lines_that_recovery_could_not_read_count_when_their_file_is_closed(
    encoding: str | None, committed: bool, tmp_path: Path
) -> None:
    options = {"format": "jsonl", "encoding": encoding}
    assert CommittedStorage(str(tmp_path / "x"), no_session, feed_options=options).committed is committed


def test_nothing_is_glued_to_a_torn_line_where_there_is_no_ledger(replica: Replica, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_bytes(b'{"id": "cn-1"}\n{"id": "c')
    done = crawl(tmp_path / "x", *SECTIONS, "-o", str(tmp_path / "mine.jsonl"), site=replica.url, STATE_DIR="")
    assert done.status == 0, done.log
    first, *others = map(json.loads, (tmp_path / "mine.jsonl").read_bytes().splitlines())
    assert first == {"id": "cn-1"}
    assert others


def no_session() -> LedgerSession:
    raise AssertionError("nothing is opened")


def test_a_name_with_the_day_is_any_exports(replica: Replica, everything: Counter[str], tmp_path: Path) -> None:
    name, clock = f"{tmp_path}/mine-%(day)s.jsonl", "2026-11-27T02:00:00+00:00"
    done = crawl(tmp_path / "x", *SECTIONS, "-o", name, site=replica.url, times=clock)
    assert done.status == 0, done.log
    assert len((tmp_path / "mine-20261127.jsonl").read_text("utf-8").splitlines()) == everything.total()


@pytest.mark.parametrize("name", ["x-%(nothing)s.jsonl", "x-%(day)d.jsonl", "x-%(batch_id)s-%(nothing)05d.jsonl"])
def test_a_name_that_nothing_fills_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    done = crawl(tmp_path / "x", *SECTIONS, "-o", name, site="http://127.0.0.1:9")
    assert done.status == WRONG_USE
    placeholder = name[name.rindex("%(") : name.index(".jsonl")]
    known = "%(day)s, %(export_dir)s, %(time)s, %(batch_time)s, %(batch_id)d, and %(name)s"
    assert done.log == f"scrapy crawl: {name}: nothing fills {placeholder}; there are {known}\n"


def test_a_name_may_hold_the_spiders(replica: Replica, tmp_path: Path) -> None:
    name = f"{tmp_path}/%(name)s-%(batch_id)03d.jsonl"
    done = crawl(tmp_path / "x", *SECTIONS, "-a", "sections=travel", "-o", name, site=replica.url)
    assert done.status == 0, done.log
    assert (tmp_path / "sections-001.jsonl").read_bytes()


def test_nothing_is_asked_for_where_an_export_has_no_name(replica: Replica, tmp_path: Path) -> None:
    replica.forget_requests()
    name = f"{tmp_path}/x-%(nothing)s.jsonl"
    done = crawl(tmp_path / "x", *SECTIONS, "-o", name, site=replica.url, FEED_URI_PARAMS=OWN_URI_PARAMS)
    assert (done.status, replica.requests()) == (IO_ERROR, [])
