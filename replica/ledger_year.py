"""A ledger with a year of hourly runs, the same whenever it is made: what the report must be quick with.

``python -m replica.ledger_year FOLDER`` makes one by hand.
"""

from __future__ import annotations

import json
import math
import random
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tibetnews.ledger.database import Ledger
from tibetnews.outlet.sections import section_table
from tibetnews.wording import ordinal

END = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
RUNS = 8760
ARTICLES = 50_000
SECTIONS = 20
FAULTS = {
    200: "12 of 60 pages could not be fetched; the rejects file says why",
    3100: "source is in 20% of the last 40 records, instead of the usual 92%; the outlet's markup may have changed",
    6000: "cn/edu: listing could not be read, while 19 others could; the rejects file says why",
    8200: "no news from cn/travel for 22 days, since 2026-10-10; the longest pause before was 4 days",
}
"""The first run of each bad time, and what was wrong."""


def make(folder: Path, runs: int = RUNS, articles: int = ARTICLES, end: datetime = END) -> None:
    """Fill a new ledger in ``folder``; the last run ends at ``end``."""
    Ledger(folder).close()
    dice = random.Random(1)
    sections = [section.section_key for section in section_table().sections][:SECTIONS]
    begin = end - timedelta(hours=runs)
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db, db:
        found = [sorted(dice.choices(range(1, runs + 1), k=articles))]
        per_run = [0] * (runs + 1)
        rows, links = [], []
        for number, run in enumerate(found[0]):
            at = begin + timedelta(hours=run)
            if at.weekday() >= 5 and dice.random() < 0.5:  # fewer news at weekends
                at -= timedelta(days=2)
            section = sections[min(int(dice.expovariate(0.22)), SECTIONS - 1)]
            per_run[run] += 1
            id_ = f"cn-{7500000 + number}"
            failed = number % 2500 == 7
            url = f"http://www.tibet.cn/{section}/{at:%Y%m}/t{at:%Y%m%d}_{7500000 + number}.html"
            due = (end + timedelta(hours=number % 90)).timestamp() if failed else None
            published = None if failed else (at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
            error = "http_500: 500 Internal Server Error" if failed else None
            state = "failed" if failed else "done"
            rows.append((id_, url, section, run, state, 3 * failed, due, error, published, f"h{number}", 1 - failed))
            links.append((section, id_, run))
        db.executemany(
            "INSERT INTO articles (id, url, section, found_run, state, attempts, due, error, published, content_hash,"
            " revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        db.executemany("INSERT INTO links VALUES (?, ?, ?)", links)
        db.executemany(
            "INSERT INTO runs VALUES (?, 'sections', 4194305, ?, ?, 'finished', ?, ?)",
            [
                (run, *_times(begin, run, dice), *_verdict(run), json.dumps(_counts(per_run[run], sections, dice)))
                for run in range(1, runs + 1)
            ],
        )
        last = (end - timedelta(minutes=52)).strftime("%Y-%m-%dT%H:%M:%SZ")
        db.executemany("INSERT INTO marks VALUES (?, ?, ?)", [(section, runs, last) for section in sections])


def break_down(folder: Path, runs: int = 5) -> None:
    """Let the last runs of a year find one listing that fails and another that is gone, and leave a log."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db, db:
        (last,) = db.execute("SELECT max(run) FROM runs").fetchone()
        for number, run in enumerate(range(last - runs + 1, last + 1), 1):
            (counts,) = db.execute("SELECT counts FROM runs WHERE run = ?", (run,)).fetchone()
            sick = {"sections/unread/cn/news/zx": 1, "sections/gone/cn/instant/politics": 1}
            row = ("\n".join(_outage(number)), json.dumps(json.loads(counts) | sick), run)
            db.execute("UPDATE runs SET verdict = ?, counts = ? WHERE run = ?", row)
        before = "(SELECT ended FROM runs WHERE run = ?)"
        db.execute(
            f"UPDATE marks SET at = {before} WHERE section IN ('cn/news/zx', 'cn/instant/politics')", (last - runs,)
        )
        (ended,) = db.execute("SELECT ended FROM runs WHERE run = ?", (last,)).fetchone()
    stamp = ended.replace("T", " ").replace("Z", "+0000")
    lines = [
        f"{stamp} INFO run {last} begins: sections, tibetnews 0.1.0",
        *(f"{stamp} ERROR unhealthy: {fault}" for fault in _outage(runs)),
        f"{stamp} INFO written: 6 records, 2 rejects; see exports/rejected-20261125.jsonl",
    ]
    (folder / "last-run.log").write_text("\n".join([*lines, ""]), "utf-8")


def _outage(number: int) -> tuple[str, str]:
    """Return what the run with this number of an outage says."""
    again = "" if number == 1 else f" for the {ordinal(number)} run in a row"
    action = "nothing to do, the next run asks again" if number < 3 else f"open it in a browser; {_RENAMED}"
    return (
        f"cn/news/zx: listing could not be read{again} (it answered 503), while 18 others could; {action}",
        "cn/instant/politics: listing not found (404 or 410), so the section was renamed or closed; look up its new"
        " address and correct or delete its line in tibetnews/outlet/sections.toml",
    )


_RENAMED = "if the section was renamed or closed, change its line in tibetnews/outlet/sections.toml"


def _times(begin: datetime, run: int, dice: random.Random) -> tuple[str, str]:
    started = begin + timedelta(hours=run - 1)
    ended = started + timedelta(seconds=60 + dice.randrange(240))
    return started.strftime("%Y-%m-%dT%H:%M:%SZ"), ended.strftime("%Y-%m-%dT%H:%M:%SZ")


def _verdict(run: int) -> tuple[str]:
    return (next((told for first, told in FAULTS.items() if first <= run < first + 18), ""),)


def _counts(new: int, sections: list[str], dice: random.Random) -> dict[str, Any]:
    """Return the counts of a run with so many new articles, and what Scrapy counts besides."""
    changed = dice.random() < 0.1
    records = new + changed
    asked = new + 21 + round(2 * math.log1p(new)) + 8
    repairs = dice.randrange(3) if records else 0
    mine = {
        "item_scraped_count": records,
        "revisions/changed": int(changed),
        "revisions/unchanged": 8,
        "duplicates/exact": int(dice.random() < 0.2),
        "duplicates/near": int(dice.random() < 0.1),
        "rejects/count": int(dice.random() < 0.02),
        "robotstxt/request_count": 1,
        "sections/chosen": SECTIONS,
        "sections/listings": SECTIONS,
        "sections/links": new,
        "sections/due": 8,
        "articles/parts": round(2 * math.log1p(new)),
        "downloader/request_count": asked + (dice.random() < 0.05),
        "coverage/records": records,
        **{
            f"coverage/{field}": round(records * share)
            for field, share in (
                ("published_at", 1),
                ("source", 0.92),
                ("authors", 0.6),
                ("editor", 0.85),
                ("images", 0.4),
                ("breadcrumbs", 1),
            )
        },
        "removed/copyright": records,
        "removed/share": records,
        "removed/editor": round(records * 0.85),
        "removed/related": round(records * 0.3),
        "removed/spam": int(dice.random() < 0.05),
        "repairs/records": repairs,
        "repairs/readings": repairs * 140,
        "repairs/breaks": repairs * 3,
        "repairs/unresolved": int(repairs > 1),
    }
    scrapy = {f"downloader/response_status_count/{status}": dice.randrange(40) for status in (200, 304, 404, 500)}
    scrapy |= {f"scheduler/{name}/{kind}": asked for name in ("enqueued", "dequeued") for kind in ("all", "memory")}
    scrapy |= {f"scrapy/count/{i}": dice.randrange(1_000_000) for i in range(30)}
    groups = {f"{section} recent": {"records": 2, "source": 2, "editor": 1} for section in dice.sample(sections, 4)}
    return {**mine, **scrapy, "groups": groups}


if __name__ == "__main__":
    make(Path(sys.argv[1]))
