"""A ledger with a year of runs, and one full of hostile text."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from replica import ledger_year as year
from tibetnews.ledger import runs
from tibetnews.ledger.articles import Articles
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.status import LedgerStatus
from tibetnews.ledger.yearly import YearlySummary, summarize_year

HOSTILE = (
    "</style></title><script>document.title='owned'</script>"
    "<img src=http://127.0.0.1:9/x onerror=document.title='owned'>"
)
CONTROL = "\x1b[31mred\x07\u202e"


@pytest.fixture(scope="session")
def year_of_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger with a year of hourly runs."""
    folder = tmp_path_factory.mktemp("year")
    year.make(folder)
    return folder


@pytest.fixture(scope="session")
def broken_year(year_of_runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with an outage at its end."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(year_of_runs, folder, dirs_exist_ok=True)
    year.break_down(folder)
    return folder


def summary_of(folder: Path, now: datetime = year.END) -> YearlySummary:
    """The figures of the ledger in a folder."""
    status = LedgerStatus.open(folder)
    assert status
    with closing(status.db):
        return summarize_year(status, now)


@pytest.fixture
def hostile_ledger(tmp_path: Path) -> Path:
    """The folder of a ledger in which everything that can come from outside wants to be markup or to steer."""
    ledger = Ledger(tmp_path)
    run = runs.begin(ledger.db, f"spider {HOSTILE}", 0.0)
    articles = Articles(ledger.db, [])
    articles.discover(run, f"cn/{HOSTILE}", [("cn-1", f"http://x/{HOSTILE}"), ("cn-2", f"http://x/{CONTROL}")])
    articles.mark_failed("cn-1", f"{HOSTILE}: {HOSTILE}", 0.0)
    articles.mark_failed("cn-2", f"{'reason' * 60}: {CONTROL} {'detail' * 60}", 0.0)
    counts = {f"removed/{HOSTILE}": 3, f"coverage/{HOSTILE}": 1, "coverage/records": 2, "item_scraped_count": 2}
    runs.end(ledger.db, run, HOSTILE, [f"fault {HOSTILE}", f"fault {CONTROL}", "fault" * 90], counts, 0.0)
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as db, db:
        db.execute("UPDATE runs SET started = ?", (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),))
    return tmp_path


def database(folder: Path) -> sqlite3.Connection:
    db = sqlite3.connect(folder.with_name(folder.name + "-state") / "ledger.sqlite3", isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def make_due(folder: Path, chosen: list[str]) -> None:
    """Let the time come for these articles."""
    db = database(folder)
    for id_ in chosen:
        db.execute("UPDATE articles SET due = 1 WHERE id = ?", (id_,))
    db.close()


def state(folder: Path, id_: str) -> sqlite3.Row:
    db = database(folder)
    row: sqlite3.Row = db.execute("SELECT * FROM articles WHERE id = ?", (id_,)).fetchone()
    db.close()
    return row
