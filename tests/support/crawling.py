"""Crawls of the replica in a process of their own, and what tests ask of them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replica.crawling import FAST, ROOT, setting_options
from replica.planted import NOT_COMPARED

VARIABLE = (
    *("fetched_at", "fetched_from", "http", "duplicate_of", "similarity"),
    *("url", "section", "breadcrumbs", "images"),
)
"""What differs between two fetches, and between two addresses of one article."""


@dataclass(frozen=True)
class Crawl:
    """What a crawl left behind."""

    status: int
    log: str
    records: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    counts: dict[str, Any]
    """The numbers that the ledger keeps of the run; none without a ledger."""

    def reasons(self) -> dict[str, str]:
        """Reasons of the rejects by address."""
        return {reject["url"]: reject["reason"] for reject in self.rejects}


def crawl(folder: Path, *arguments: str, site: str = "", times: str = "", **settings: Any) -> Crawl:
    """Run ``tibetnews crawl ARGUMENTS`` with exports to ``folder``; ``times``: see clocked_crawl.py."""
    done = run_crawl(folder, *arguments, site=site, times=times, **settings)
    state = Path(settings.get("STATE_DIR", folder.with_name(folder.name + "-state")))
    records, rejects = read(folder, "articles"), read(folder, "rejected")
    return Crawl(done.returncode, done.stdout, records, rejects, _counts_of_last_run(state))


def run_crawl(
    folder: Path, *arguments: str, site: str = "", times: str = "", **settings: Any
) -> subprocess.CompletedProcess[str]:
    """The same without a look at the exports, which a run that fails leaves torn; its log is its standard output."""
    chosen = {
        **FAST,
        "OUTLET_SITE": site,
        "EXPORT_DIR": folder,
        "STATE_DIR": folder.with_name(folder.name + "-state"),
        **settings,
    }
    options = setting_options(chosen)
    command = [
        sys.executable,
        "-W",
        "error::DeprecationWarning:tibetnews",
        "-m",
        *(["tests.support.clocked_crawl", times] if times else ["scrapy", "crawl"]),
        *arguments,
        *options,
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONUTF8": "1"}
    )
    done.stdout += done.stderr
    return done


def killable_crawl(
    folder: Path, site: str, when: str, *arguments: str, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """Run ``tibetnews crawl ARGUMENTS`` so that it is killed *when* ``tests.support.killed_crawl`` is told to."""
    chosen = {
        **FAST,
        "OUTLET_SITE": site,
        "EXPORT_DIR": folder,
        "STATE_DIR": folder.with_name(folder.name + "-state"),
        "LOG_LEVEL": "ERROR",
        **settings,
    }
    options = setting_options(chosen)
    command = [sys.executable, "-m", "tests.support.killed_crawl", when, *arguments, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def lines(folder: Path) -> Counter[str]:
    """The exports' lines, without what may differ."""
    found: Counter[str] = Counter()
    for record in read(folder, "articles"):
        for name in VARIABLE:
            del record[name]
        found[json.dumps(record, ensure_ascii=False)] += 1
    return found


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    """All lines of the folder's JSON Lines files of one name, in their order."""
    files = sorted(folder.glob(f"{name}-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def differences(record: dict[str, Any], truth: dict[str, Any], but: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields that differ from what was planted."""
    left_out = {*NOT_COMPARED, *but}
    return {name: (record[name], truth[name]) for name in truth if name not in left_out and record[name] != truth[name]}


def rendering_counts(done: Crawl) -> dict[str, int]:
    """What the run counted of rendering, but for the requests of scripts."""
    prefix, beside = "rendering/", ("rendering/requests", "rendering/unrendered/")
    return {
        name.removeprefix(prefix): n
        for name, n in done.counts.items()
        if name.startswith(prefix) and not name.startswith(beside)
    }


def _counts_of_last_run(state: Path) -> dict[str, Any]:
    path = state / "ledger.sqlite3"
    if not path.is_file():
        return {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        try:
            row = db.execute("SELECT counts FROM runs ORDER BY run DESC LIMIT 1").fetchone()
            found: dict[str, Any] = json.loads(row[0] or "{}") if row else {}
        except (sqlite3.DatabaseError, json.JSONDecodeError):  # a test has damaged it
            return {}
    return found
