"""What the ledger costs: pages a second and memory with it and without, requests of the next runs, a large ledger."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.bench_crawl import run_scrapy
from benchmarks.measuring import line
from replica import Replica
from replica.crawling import FAST
from replica.sections import SECTIONS
from tibetnews.ledger.database import Ledger

ARTICLES = 2000
ROUNDS = 3
KNOWN = 1_000_000


def main() -> bool:
    """Both sides crawl one replica by turns; the best round of each counts."""
    with tempfile.TemporaryDirectory() as name, Replica(articles=ARTICLES, sections=20, seed=9) as replica:
        folder = Path(name)
        keys = ",".join(dict.fromkeys(section.path for section in SECTIONS[:20]))
        speeds: dict[str, list[float]] = {"with": [], "without": []}
        for turn in range(ROUNDS):
            for side, state in (("with", str(folder / f"state{turn}")), ("without", "")):
                log = _crawl(replica.url, keys, folder / f"{side}{turn}", state)
                speeds[side].append(figure(log, "response_received_count") / figure(log, "elapsed_time_seconds"))
        share = max(speeds["with"]) / max(speeds["without"])
        print(f"with {max(speeds['with']):.0f}, without {max(speeds['without']):.0f} pages a second")
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
        log = _crawl(replica.url, "politics", folder / "large-out", str(large), "-a", "pages=1")
        start, memory = time.perf_counter() - begin, figure(log, "memusage/max") / 1e6
    return all(
        [
            line("pages a second with the ledger, as a share of without", f"{share:.2f}", "at least 0.9", share >= 0.9),
            line("requests of a run without news, 20 sections", f"{none}", "exactly 21", none == 21),
            line("seconds of that run", f"{seconds:.1f}", "under 3", seconds < 3),
            line("requests of a run with 7 news", f"{news}", "at most 28", news <= 28),
            line("MB of memory over a million known articles", f"{memory:.0f}", "under 150", memory < 150),
            line("seconds of a whole run of one listing over them", f"{start:.1f}", "under 3", start < 3),
        ]
    )


def _crawl(site: str, sections: str, folder: Path, state: str, *arguments: str) -> str:
    settings = {**FAST, "OUTLET_SITE": site, "EXPORT_DIR": str(folder), "STATE_DIR": state, "REVISIT_AFTER_DAYS": ""}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return run_scrapy(["crawl", "sections", "-a", f"sections={sections}", *arguments, *options])


def figure(log: str, name: str) -> float:
    """One of the counts that end a run's log."""
    found = re.search(rf"'{name}': ([\d.]+)", log)
    if found is None:
        raise RuntimeError(f"no {name} in the log:\n{log[-2000:]}")
    return float(found[1])


def _fill(state: Path) -> None:
    """Return a ledger of a million articles that were exported."""
    Ledger.open(state).close()
    with sqlite3.connect(state / "ledger.sqlite3") as db:
        db.execute("INSERT INTO runs (run, spider, pid, started) VALUES (1, 'sections', 1, '2026-01-01T00:00:00Z')")
        rows = ((f"cn-{n}", f"http://www.tibet.cn/cn/x/202001/t20200101_{n}.html", n) for n in range(KNOWN))
        db.executemany(
            "INSERT INTO articles (id, url, section, found_run, state, content_hash, revision, due)"
            " SELECT ?, ?, 'cn/x', 1, 'done', 'sha256:' || ?, 1, NULL",
            rows,
        )
        db.executemany("INSERT INTO links VALUES ('cn/x', ?, 1)", ((f"cn-{n}",) for n in range(KNOWN)))
