"""What the ledger costs: pages a second and memory with it and without, requests of the next runs, a large ledger."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.crawling import pages_a_second, run_scrapy
from benchmarks.measuring import line
from replica import Replica
from replica.sections import EDITIONS, SECTIONS
from tibetnews.ledger.database import Ledger

ARTICLES = 2000
LISTINGS = 20
ROUNDS = 5
KNOWN = 1_000_000


def main() -> bool:
    """Both sides crawl one replica by turns; the median of the rounds' ratios counts."""
    with tempfile.TemporaryDirectory() as name, Replica(articles=ARTICLES, sections=LISTINGS, seed=9) as replica:
        folder = Path(name)
        keys = ",".join(f"{EDITIONS[section.family]}/{section.path}" for section in SECTIONS[:LISTINGS])
        shares: list[float] = []
        for turn in range(ROUNDS):
            kept = _speed(replica.url, keys, folder / f"with{turn}", str(folder / f"state{turn}"))
            bare = _speed(replica.url, keys, folder / f"without{turn}", "")
            print(f"with {kept:.0f}, without {bare:.0f} pages a second")
            shares.append(kept / bare)
        share = median(shares)
        replica.forget_requests()
        begin = time.perf_counter()
        _crawl(replica.url, keys, folder / "none", str(folder / "state0"))
        seconds, none = time.perf_counter() - begin, len(replica.requests())
        replica.publish(7)
        replica.forget_requests()
        _crawl(replica.url, keys, folder / "news", str(folder / "state0"))
        news = len(replica.requests())
        large = folder / "large"
        _fill(large)
        replica.forget_requests()
        begin = time.perf_counter()
        stats = _crawl(replica.url, "cn/politics", folder / "large-out", str(large), "-a", "pages=1")
        start, memory = time.perf_counter() - begin, stats["memusage/max"] / 1e6
    return all(
        [
            line("pages a second with the ledger, as a share of without", f"{share:.2f}", "at least 0.9", share >= 0.9),
            line("requests of a run without news", f"{none}", f"exactly {LISTINGS + 1}", none == LISTINGS + 1),
            line("seconds of that run", f"{seconds:.1f}", "under 3", seconds < 3),
            line("requests of a run with 7 news", f"{news}", f"at most {LISTINGS + 8}", news <= LISTINGS + 8),
            line("MB of memory over a million known articles", f"{memory:.0f}", "under 150", memory < 150),
            line("seconds of a whole run of one listing over them", f"{start:.1f}", "under 3", start < 3),
        ]
    )


def _speed(site: str, sections: str, folder: Path, state: str) -> float:
    return pages_a_second(_crawl(site, sections, folder, state), ARTICLES)


def _crawl(site: str, sections: str, folder: Path, state: str, *arguments: str) -> dict[str, Any]:
    return run_scrapy(
        *("crawl", "sections", "-a", f"sections={sections}", *arguments),
        OUTLET_SITE=site,
        EXPORT_DIR=str(folder),
        STATE_DIR=state,
        REVISIT_AFTER_DAYS="",
    )


def _fill(state: Path) -> None:
    """Return a ledger of a million articles that were exported."""
    Ledger(state).close()
    with sqlite3.connect(state / "ledger.sqlite3") as db:
        db.execute("INSERT INTO runs (run, spider, pid, started) VALUES (1, 'sections', 1, '2026-01-01T00:00:00Z')")
        rows = ((f"cn-{n}", f"http://www.tibet.cn/cn/x/202001/t20200101_{n}.html", n) for n in range(KNOWN))
        db.executemany(
            "INSERT INTO articles (id, url, section, found_run, state, content_hash, revision, due)"
            " SELECT ?, ?, 'cn/x', 1, 'done', 'sha256:' || ?, 1, NULL",
            rows,
        )
        db.executemany("INSERT INTO links VALUES ('cn/x', ?, 1)", ((f"cn-{n}",) for n in range(KNOWN)))
