"""The verdict on real runs: what is told, to whom, and what is no alarm."""

from __future__ import annotations

import json
import os
import select
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from replica import Replica
from tests.support.crawling import crawl
from tibetnews.extensions.health_command import HealthCommand
from tibetnews.outlet.urls import OUTLET_TIME

NOON = datetime(2026, 1, 9, 12, tzinfo=OUTLET_TIME)
BARE = "<html><body><div class='listnews'></div></body></html>"


def run(folder: Path, replica: Replica, *arguments: str, **settings: Any) -> Any:
    return crawl(folder, "sections", *arguments, site=replica.url, **{"REVISIT_AFTER_DAYS": "", **settings})


def run_at_noon(folder: Path, replica: Replica, *arguments: str) -> Any:
    return run(folder, replica, *arguments, times=NOON.isoformat())


def test_runs_that_look_at_less_raise_no_alarm(tmp_path: Path) -> None:
    with Replica(articles=200, seed=6) as replica:
        assert run(tmp_path / "x", replica, "-a", "since=2023-06-01").status == 0
        replica.publish(5)
        for arguments in (
            ["-a", "sections=news/zx"],
            ["-a", "editions=media"],
            ["-a", "pages=1"],
            [],
            ["-a", "full=1"],
        ):
            done = run(tmp_path / "x", replica, *arguments)
            assert done.status == 0, done.log
        assert len(done.records) == 205


def test_a_section_that_fell_silent_is_told_and_a_run_elsewhere_is_well(tmp_path: Path) -> None:
    with Replica(articles=200, seed=6) as replica:
        run_at_noon(tmp_path / "x", replica)
        # A year has passed in the ledger: politics had news on 30 days in a row, and then none for 40; others have.
        with closing(sqlite3.connect(tmp_path / "x-state/ledger.sqlite3")) as db, db:
            today = NOON
            db.execute("UPDATE runs SET started = ?", ((today - timedelta(days=365)).isoformat(),))
            of_politics = db.execute("SELECT id FROM links WHERE section = 'cn/politics'").fetchall()
            others = db.execute("SELECT id FROM links WHERE section <> 'cn/politics'").fetchall()
            for i, (id_,) in enumerate((of_politics + others)[:30]):
                db.execute("INSERT OR IGNORE INTO links VALUES ('cn/politics', ?, 1)", (id_,))
                day = (today - timedelta(days=40 + i)).date().isoformat()
                db.execute("UPDATE articles SET published = ? WHERE id = ?", (day, id_))
            db.execute("UPDATE articles SET published = ? WHERE id = ?", (today.date().isoformat(), others[-1][0]))
        silent = run_at_noon(tmp_path / "x", replica)
        assert silent.status == 1, silent.log
        assert "unhealthy: no news from cn/politics for" in silent.log
        assert run_at_noon(tmp_path / "x", replica, "-a", "sections=cn/edu").status == 0
        tomorrow = (NOON + timedelta(days=1)).date()
        assert run_at_noon(tmp_path / "x", replica, "-a", f"since={tomorrow}").status == 0


def test_coverage_is_kept_with_the_run_and_compared_with_it(tmp_path: Path) -> None:
    with Replica(articles=100, seed=6) as replica:
        first = run(tmp_path / "x", replica)
        with closing(sqlite3.connect(tmp_path / "x-state/ledger.sqlite3")) as db, db:
            counts = json.loads(db.execute("SELECT counts FROM runs").fetchone()[0])
            assert sum(group["records"] for group in counts["groups"].values()) == len(first.records) == 100
            assert sum(group.get("source", 0) for group in counts["groups"].values()) == sum(
                record["source"] is not None for record in first.records
            )
            for group in counts["groups"].values():  # as though pictures had been in every record
                group["images"] = group["records"]
            db.execute("UPDATE runs SET counts = ?", (json.dumps(counts),))
        news = replica.publish(60)
        done = run(tmp_path / "x", replica, HEALTH_MIN_COVERAGE_SHARE=0.95)
    pictures = [bool(record["images"]) for record in done.records if record["id"] in news]
    assert 0 < sum(pictures) < 55
    assert done.status == 1, done.log
    assert "unhealthy: images is in " in done.log


def test_a_listing_that_names_nothing_any_more(tmp_path: Path) -> None:
    with Replica(articles=100, seed=6) as replica:
        run(tmp_path / "x", replica)
        replica.fault("/cn/politics/", "body", body=BARE)
        done = run(tmp_path / "x", replica)
        assert done.status == 1
        assert "unhealthy: cn/politics: listing has no articles any more" in done.log
    with Replica(articles=100, seed=6) as replica:
        replica.fault("/cn/politics/", "body", body=BARE)
        assert run(tmp_path / "y", replica).status == 0  # nobody knows that it had any


def test_the_verdict_goes_to_a_command_whatever_it_is(tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    with Replica(articles=60, seed=6) as replica:
        well = run(tmp_path / "x", replica, HEALTH_COMMAND=f"cat >> {told}; echo heard")
        replica.fault("/cn/*", "status", status=404)
        ill = run(tmp_path / "x", replica, HEALTH_COMMAND=f"cat >> {told}")
    assert (well.status, ill.status) == (0, 1)
    assert "heard" in well.log
    first, second = (json.loads(line) for line in told.read_text("ascii").splitlines())
    assert list(first) == [
        "run",
        "spider",
        "started",
        "ended",
        "reason",
        "healthy",
        "change",
        "since",
        "cause",
        "faults",
        "counts",
    ]
    assert (first["run"], first["spider"], first["reason"], first["healthy"]) == (1, "sections", "finished", True)
    assert first["counts"]["item_scraped_count"] == len(well.records) > 0
    assert (first["faults"], first["change"], first["cause"]) == ([], None, None)
    assert first["started"] <= first["ended"] <= second["started"]
    assert (second["run"], second["healthy"]) == (2, False)
    assert "listing not found (404 or 410)" in second["faults"][0]
    assert (second["change"], second["since"][:10]) == ("ill", second["ended"][:10])
    assert second["cause"].removesuffix("…") in second["faults"][0]
    with closing(sqlite3.connect(tmp_path / "x-state/ledger.sqlite3")) as db:
        assert db.execute("SELECT verdict FROM runs WHERE run = 2").fetchone()[0].splitlines() == second["faults"]


def test_a_command_for_changes_is_told_of_these_alone(tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    settings = {"HEALTH_COMMAND": f"cat >> {told}", "HEALTH_COMMAND_WHEN": "changes"}
    with Replica(articles=60, seed=6) as replica:
        run(tmp_path / "x", replica, **settings)
        for status in (503, 503, 404, None):
            replica.clear_faults()
            if status:
                replica.fault("/cn/politics/", "status", status=status)
            run(tmp_path / "x", replica, RETRY_TIMES=0, **settings)
        run(tmp_path / "x", replica, **settings)
    reports = [json.loads(line) for line in told.read_text("ascii").splitlines()]
    assert [(report["run"], report["change"]) for report in reports] == [(2, "ill"), (4, "ill"), (5, "recovered")]
    assert "listing could not be read (it answered 503)" in reports[0]["cause"]
    assert "listing not found (404 or 410)" in reports[1]["cause"]
    assert {report["since"] for report in reports} == {reports[0]["ended"]}


def test_an_export_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    full = tmp_path / "full.jsonl"
    full.symlink_to("/dev/full")
    told = tmp_path / "told.json"
    with Replica(articles=60, seed=6) as replica:
        done = run(tmp_path / "x", replica, "-o", str(full), HEALTH_COMMAND=f"cat > {told}")
    report = json.loads(told.read_text("ascii"))
    assert (done.status, report["reason"], report["healthy"]) == (74, "feed_unwritable", False)
    assert "No space left on device" in report["faults"][-1]


def test_one_page_for_every_address_is_told(tmp_path: Path) -> None:
    with Replica(articles=100, seed=6) as replica:
        first = run(tmp_path / "x", replica)
        layouts = replica.layouts()
        known = next(record for record in first.records if layouts[record["id"]] == "trs_editor")
        with urlopen(known["fetched_from"]) as answer:
            page = answer.read().decode()
        replica.publish(30)
        for path in {urlsplit(record["url"]).path.rsplit("/", 2)[0] for record in first.records}:
            replica.fault(f"{path}/2*", "body", body=page)
        done = run(tmp_path / "x", replica)
        assert done.status == 1, done.log
        assert "pages had, byte for byte, the content of another page" in done.log


def test_a_command_that_fails_is_a_line_in_the_log_and_changes_nothing(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        done = run(tmp_path / "x", replica, HEALTH_COMMAND="exit 3")
        assert done.status == 0
        assert len(done.records) == 60
        assert [line.split(" ERROR ")[1] for line in done.log.splitlines() if " ERROR " in line] == [
            "HEALTH_COMMAND 'exit 3' ended with status 3"
        ]
        again = run(tmp_path / "x", replica)
        assert len(again.records) == len(done.records)


def test_a_command_may_leave_its_input_unread_and_end_by_a_signal() -> None:
    assert HealthCommand("true", 30).send({"counts": "x" * 1_000_000}) is None
    assert HealthCommand("kill -9 $$", 30).send({}) == "'kill -9 $$' was ended by signal 9"


def test_a_command_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with os.fdopen(os.open(fifo, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        said, failure, seconds = b"", None, 0.5
        while not said:  # a busy machine may need longer to start it
            failure = HealthCommand(f"(echo up; sleep 600) > {fifo} | cat", seconds).send({})
            said, seconds = pipe.read(9) or b"", seconds * 2
        assert failure is not None
        assert "was killed" in failure
        assert select.select([pipe], [], [], 30)[0]  # the pipe ends with the last process that holds it
        assert pipe.read(9) == b""
