"""Runs that remember each other: what a second run asks for, and what it writes."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.crawling import crawl
from tests.support.ledgers import database, make_due, state

FOUR = "sections=politics,travel,ecology,cn/edu"


def run(folder: Path, replica: Replica, *arguments: str, **settings: Any) -> Any:
    replica.forget_requests()
    return crawl(folder, "sections", "-a", FOUR, *arguments, site=replica.url, **{"REVISIT_AFTER_DAYS": "", **settings})


def ids(done: Any) -> Counter[str]:
    return Counter(record["id"] for record in done.records)


def asked(replica: Replica) -> list[str]:
    return [request["path"] for request in replica.requests()]


def test_a_run_without_news_asks_for_the_first_pages_alone(tmp_path: Path) -> None:
    with Replica(articles=400, sections=30, page_size=4, seed=6) as replica:
        first = run(tmp_path / "x", replica)
        assert any("index_1" in path for path in asked(replica))
        second = run(tmp_path / "x", replica)
        assert second.status == 0, second.log
        assert ids(second) == ids(first)
        assert Counter(r["status"] for r in replica.requests()) == {200: 1, 304: 4}  # robots.txt, four listings


def test_news_are_asked_for_once_and_nothing_else_is(tmp_path: Path) -> None:
    with Replica(articles=400, sections=20, seed=6) as replica:
        everything = {"site": replica.url, "REVISIT_AFTER_DAYS": ""}
        first = crawl(tmp_path / "x", "sections", **everything)
        sections = len([p for p in asked(replica) if p.endswith(("/", "list.shtml"))])
        news = replica.publish(7)
        replica.forget_requests()
        second = crawl(tmp_path / "x", "sections", **everything)
        assert ids(second) == ids(first) + Counter(news)
        assert len(asked(replica)) <= 7 + sections + 1


def test_a_changed_article_is_a_new_revision_and_an_unchanged_one_no_line(tmp_path: Path) -> None:
    with Replica(articles=100, sections=30, seed=6) as replica:
        first = run(tmp_path / "x", replica)
        changed, same, sent_again = list(ids(first))[:3]
        replica.change(changed)
        # The clock cannot be moved here, the times in the ledger can; without validators a server sends all again.
        make_due(tmp_path / "x", [changed, same, sent_again])
        db = database(tmp_path / "x")
        db.execute("UPDATE articles SET etag = NULL, last_modified = NULL WHERE id = ?", (sent_again,))
        db.close()
        second = run(tmp_path / "x", replica)
        assert second.status == 0, second.log
        assert ids(second) == ids(first) + Counter([changed])
        assert [r["revision"] for r in second.records if r["id"] == changed] == [1, 2]
        assert sum(r["status"] == 304 for r in replica.requests() if "/t20" in r["path"]) == 1


def test_news_come_before_the_backlog_and_the_newest_first(tmp_path: Path) -> None:
    with Replica(articles=400, sections=20, seed=6) as replica:
        slowly = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
        run(tmp_path / "x", replica, CLOSESPIDER_ITEMCOUNT=1, **slowly)
        days = [match[1] for path in asked(replica) if (match := re.search(r"/t(\d{8})_", path))]
        assert days == sorted(days, reverse=True)
        db = database(tmp_path / "x")
        backlog = {urlsplit(url).path for (url,) in db.execute("SELECT url FROM articles WHERE state = 'new'")}
        db.close()
        news = set(replica.publish(60))
        fresh = {urlsplit(url).path for url, record in replica.records().items() if record["id"] in news}
        run(tmp_path / "x", replica, **slowly)
        kinds = [path in fresh for path in asked(replica) if path in fresh | backlog]
        assert kinds.count(True) > 3 < kinds.count(False)
        assert kinds == sorted(kinds, reverse=True)


def test_every_listing_is_looked_at_before_the_first_article(tmp_path: Path) -> None:
    with Replica(articles=100, sections=20, seed=6) as replica:
        slowly = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
        run(tmp_path / "x", replica, CLOSESPIDER_ITEMCOUNT=5, **slowly)
        kinds = ["/t20" in path for path in asked(replica) if path.endswith("/") or "/t20" in path]
        assert kinds.count(False) == 4
        assert kinds == sorted(kinds)


def test_what_is_gone_is_not_asked_for_again(tmp_path: Path) -> None:
    with Replica(articles=100, sections=30, seed=6) as replica:
        first = run(tmp_path / "x", replica)
        gone = next(iter(ids(first)))
        replica.remove(gone, 410)
        make_due(tmp_path / "x", [gone])
        second = run(tmp_path / "x", replica)
        assert list(second.reasons().values()) == ["http_410"]
        assert state(tmp_path / "x", gone)["state"] == "gone"
        make_due(tmp_path / "x", [])
        run(tmp_path / "x", replica)
        assert not any("/t20" in path for path in asked(replica))


def test_failures_come_back_after_pauses_that_grow(tmp_path: Path) -> None:
    """One hour after the first failure, two after the second, four after the third; not a minute earlier."""
    with Replica(articles=100, sections=30, seed=6) as replica:
        path = next(p for p in (u.split(".cn", 1)[1] for u in replica.records()) if p.startswith("/cn/politics/2"))
        replica.fault(path, "status", status=500)
        failed = "cn-" + path.rsplit("_", 1)[1].removesuffix(".html")
        time = datetime(2030, 1, 1, tzinfo=UTC)

        def run_at(time: datetime) -> Any:
            return run(tmp_path / "x", replica, times=time.isoformat(), RETRY_TIMES=0, HEALTH_MAX_FAILED_SHARE=1)

        first = run_at(time)
        for hours in (1, 2, 4):
            time += timedelta(hours=hours)
            run_at(time - timedelta(minutes=1))
            assert path not in asked(replica)  # it is not due yet
            run_at(time)
            assert path in asked(replica)
        assert state(tmp_path / "x", failed)["attempts"] == 4
        replica.clear_faults()
        last = run_at(time + timedelta(hours=8))
        assert ids(last) == ids(first) + Counter([failed])
        assert state(tmp_path / "x", failed)["attempts"] == 0


def test_a_walk_that_was_cut_short_leaves_no_gap(tmp_path: Path) -> None:
    with Replica(articles=400, sections=4, page_size=5, seed=6) as replica:
        capped = crawl(tmp_path / "x", "sections", "-a", "pages=2", site=replica.url, REVISIT_AFTER_DAYS="")
        whole = crawl(tmp_path / "x", "sections", site=replica.url, REVISIT_AFTER_DAYS="")
        assert 0 < len(capped.records) < len(whole.records)
        assert ids(whole) == Counter({truth["id"]: 1 for truth in replica.records().values()})


def test_days_that_were_left_out_are_taken_by_a_later_run(tmp_path: Path) -> None:
    with Replica(articles=100, sections=4, page_size=5, seed=6) as replica:
        truths = replica.records().values()
        day = sorted(truth["published_at"][:10] for truth in truths)[80]
        settings = {"site": replica.url, "REVISIT_AFTER_DAYS": ""}
        some = crawl(tmp_path / "x", "sections", "-a", f"since={day}", **settings)
        assert 0 < len(some.records) < 100
        whole = crawl(tmp_path / "x", "sections", **settings)
        assert ids(whole) == Counter({truth["id"]: 1 for truth in truths})


@pytest.mark.parametrize("disorder", ["pin", "shuffle"])
def test_pinned_and_reordered_listings_lose_nothing(tmp_path: Path, disorder: str) -> None:
    with Replica(articles=200, sections=3, page_size=5, seed=6) as replica:
        settings = {"site": replica.url, "REVISIT_AFTER_DAYS": ""}
        first = crawl(tmp_path / "x", "sections", **settings)
        if disorder == "pin":
            replica.pin(first.records[-1]["id"])
        else:
            replica.shuffle("politics")
        news = replica.publish(12)
        second = crawl(tmp_path / "x", "sections", **settings)
        third = crawl(tmp_path / "x", "sections", "-a", "full=1", **settings)
        assert ids(third) == Counter({truth["id"]: 1 for truth in replica.records().values()})
        assert set(news) <= set(ids(third))
        if disorder == "pin":
            assert ids(second) == ids(third)


def test_news_during_a_walk_lose_nothing(tmp_path: Path) -> None:
    with Replica(articles=200, sections=3, page_size=5, seed=6) as replica:
        replica.publish(4, upon="/cn/politics/index_2.html")
        settings = {"site": replica.url, "REVISIT_AFTER_DAYS": ""}
        crawl(tmp_path / "x", "sections", **settings)
        second = crawl(tmp_path / "x", "sections", **settings)
        assert ids(second) == Counter({truth["id"]: 1 for truth in replica.records().values()})


def test_a_mirrors_copy_of_a_known_article_is_its_copy(tmp_path: Path) -> None:
    with Replica(articles=200, seed=6) as replica:
        known = crawl(tmp_path / "x", "sections", site=replica.url, REVISIT_AFTER_DAYS="")
        mirrors = replica.mirrors()
        (tmp_path / "urls").write_text("\n".join(mirrors), "utf-8")
        done = crawl(tmp_path / "x", "articles", "-a", f"urls=@{tmp_path}/urls", site=replica.url)
        copies = done.records[len(known.records) :]
    assert len(copies) == len(mirrors) > 10
    texts = {record["id"]: record["text"] for record in known.records}
    for copy in copies:
        assert texts[copy["duplicate_of"]] == copy["text"]
        assert copy["similarity"] >= 0.9


def test_a_second_run_on_one_ledger_is_turned_away(tmp_path: Path) -> None:
    state_dir = tmp_path / "x-state"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from tibetnews.ledger.lock import RunLock\n"
            f"lock = RunLock.acquire(Path({str(state_dir)!r})); print('held', flush=True); sys.stdin.read()",
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    done = crawl(tmp_path / "x", "sections", site="http://127.0.0.1:9")
    assert done.status == 75
    assert f"pid {holder.pid}" in done.log
    assert "started 20" in done.log
    assert len(done.log.splitlines()) == 1
    holder.kill()
    holder.communicate()
    with Replica(articles=12) as replica:  # a lock left by a dead process is no obstacle
        assert run(tmp_path / "x", replica).status == 0


TWO_CRAWLS = """
import sys
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

settings = get_project_settings()
settings.setdict(dict(option.split("=", 1) for option in sys.argv[1:]), "cmdline")
process = AsyncCrawlerProcess(settings)
crawls = [process.create_crawler("sections") for _ in range(2)]
for crawl in crawls:
    process.crawl(crawl)
process.start()
"""


def test_a_second_crawl_in_one_process_is_turned_away(tmp_path: Path) -> None:
    """In one line, as that of another process is; the first is not disturbed."""
    with Replica(articles=60, seed=6) as replica:
        settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "x-state"}
        options = [f"{name}={value}" for name, value in settings.items()]
        command = [sys.executable, "-c", TWO_CRAWLS, *options, "LOG_LEVEL=WARNING"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
        assert re.fullmatch(rf".* ERROR another run works on {tmp_path}/x-state: started .*, pid \d+\n", done.stderr)
        again = run(tmp_path / "x", replica)
        whole = crawl(tmp_path / "x", "sections", site=replica.url, REVISIT_AFTER_DAYS="")
        assert again.status == whole.status == 0
        assert ids(whole) == Counter({truth["id"]: 1 for truth in replica.records().values()})


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_text("no ledger " * 200), "no ledger"),
        (lambda path: newer(path), "newer version"),
        (lambda path: foreign(path), "something else"),
    ],
)
def test_a_ledger_that_cannot_be_used_is_one_line_and_left_alone(tmp_path: Path, spoil: Any, told: str) -> None:
    path = tmp_path / "x-state" / "ledger.sqlite3"
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes()
    done = crawl(tmp_path / "x", "sections", site="http://127.0.0.1:9")
    assert done.status == 2
    assert told in done.log
    assert str(path) in done.log
    assert len(done.log.splitlines()) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("times", [1, 2])
def test_one_interrupt_finishes_what_is_in_flight_and_two_stop_at_once(times: int, tmp_path: Path) -> None:
    with Replica(articles=200, seed=6) as replica:
        settings = {
            **FAST,
            "DOWNLOAD_DELAY": "0.02",
            "OUTLET_SITE": replica.url,
            "EXPORT_DIR": tmp_path / "x",
            "STATE_DIR": tmp_path / "x-state",
            "COMMIT_ITEMS": 1,
        }
        late = urlsplit(next(iter(replica.records()))).path
        if times == 2:
            replica.fault(late, "slow", times=1, seconds=20)  # in flight until the second interrupt
        options = setting_options(settings)
        command = [sys.executable, "-m", "scrapy", "crawl", "sections", "--loglevel=DEBUG", *options]
        running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert running.stderr
        next(line for line in running.stderr if "Scraped from" in line and (times == 1 or is_asked(replica, late)))
        running.send_signal(signal.SIGINT)
        if times == 2:
            next(line for line in running.stderr if "shutting down gracefully" in line)
            running.send_signal(signal.SIGINT)
        log = running.communicate(timeout=60)[1]
        assert running.returncode == (0 if times == 1 else 130)
        assert ("the next run continues" if times == 1 else "stopped before its end; the next run") in log
        assert "Traceback" not in log
        part = crawl(tmp_path / "x", "sections", "-a", "pages=1", "-a", "sections=book", site=replica.url)
        assert 0 < len(part.records) < 200
        whole = crawl(tmp_path / "x", "sections", site=replica.url, REVISIT_AFTER_DAYS="")
        assert ids(whole) == Counter({truth["id"]: 1 for truth in replica.records().values()})


def is_asked(replica: Replica, path: str) -> bool:
    """Tell whether the replica was asked for a path."""
    return any(urlsplit(request["path"]).path == path for request in replica.requests())


def test_a_budget_ends_a_run_cleanly_and_the_next_goes_on(tmp_path: Path) -> None:
    """One of records; a time budget (CLOSESPIDER_TIMEOUT) ends a run in the same way, but no test can wait for it."""
    with Replica(articles=300, seed=6) as replica:
        budget: dict[str, Any] = {"CLOSESPIDER_ITEMCOUNT": 40, "REVISIT_AFTER_DAYS": ""}
        first = crawl(tmp_path / "x", "sections", site=replica.url, **budget)
        assert first.status == 0, first.log
        assert 40 <= len(first.records) < 300
        whole = crawl(tmp_path / "x", "sections", site=replica.url, REVISIT_AFTER_DAYS="")
        assert ids(whole) == Counter({truth["id"]: 1 for truth in replica.records().values()})


def newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE later (x)")
    db.execute("PRAGMA application_id = 1953063534")
    db.execute("PRAGMA user_version = 999")
    db.commit()
    db.close()


def foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE mine (x)")
    db.commit()
    db.close()
