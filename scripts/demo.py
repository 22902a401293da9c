"""The project at work within a minute and without the outlet: a copy of it on loopback is crawled twice.

``make demo`` runs it: first everything, then, after the copy has published news, only what is new.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options

ARTICLES, NEWS = 300, 7


def main() -> int:
    """Run the demo; the exit status is that of the first crawl that failed."""
    console = Console(highlight=False)
    folder = Path(tempfile.mkdtemp(prefix="tibetnews-demo-"))
    with Replica(articles=ARTICLES) as replica:
        console.print(f"A copy of the outlet with {ARTICLES} made-up articles is at {replica.url}\n")
        console.rule("1. Crawl everything")
        if status := crawl(replica.url, folder / "all"):
            return status
        first = records(folder / "all")
        news = replica.publish(NEWS)
        replica.forget_requests()
        console.rule(f"2. The outlet has published {NEWS} articles: crawl what is new")
        if status := crawl(replica.url, folder / "news"):
            return status
        second = records(folder / "news")
        asked = len(replica.requests())
    summary(console, first, second, asked, folder)
    return 0 if sorted(record["id"] for record in second) == sorted(news) else 1


def crawl(site: str, folder: Path) -> int:
    """Run ``scrapy crawl sections`` as a user would, and give its exit status."""
    settings = {**FAST, "OUTLET_SITE": site, "EXPORT_DIR": folder, "STATE_DIR": folder.parent / "state"}
    settings |= {"LOG_LEVEL": "WARNING", "REVISIT_AFTER_DAYS": ""}  # made-up articles are old, but do not change
    options = setting_options(settings)
    command = [sys.executable, "-m", "scrapy", "crawl", "sections", *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def records(folder: Path) -> list[dict[str, Any]]:
    """All records that a crawl wrote."""
    lines = [line for file in sorted(folder.glob("articles-*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def summary(
    console: Console, first: list[dict[str, Any]], second: list[dict[str, Any]], asked: int, folder: Path
) -> None:
    """Show what was written."""
    console.rule("What was written")
    grid = Table(box=None, pad_edge=False, show_header=False)
    grid.add_row("first crawl", f"{len(first)} records", _by(first, "kind"))
    grid.add_row("second crawl", f"{len(second)} new records", f"with {asked} requests")
    grid.add_row("editions", "", _by(first, "edition"))
    for name in ("published_at", "source", "authors", "editor", "dateline", "images"):
        have = sum(1 for record in first if record[name])
        grid.add_row(name, f"{have} of {len(first)}", "records have it")
    removed = Counter(piece["kind"] for record in first for piece in record["removed"])
    grid.add_row("removed", f"{removed.total()} pieces", ", ".join(f"{n} {kind}" for kind, n in removed.most_common()))
    grid.add_row(
        "copies", f"{sum(1 for record in first if record['duplicate_of'])}", "records tell the same story twice"
    )
    console.print(grid)
    shown = next(record for record in first if record["dateline"] and record["authors"] and record["removed"])
    brief = {name: _brief(value) for name, value in shown.items()}
    console.print(
        Panel(json.dumps(brief, ensure_ascii=False, indent=1), title="one record, its text cut short", expand=False)
    )
    console.print(f"The records: {folder}/all/*.jsonl and {folder}/news/*.jsonl")


def _by(found: list[dict[str, Any]], name: str) -> str:
    return ", ".join(f"{count} {value}" for value, count in Counter(record[name] for record in found).most_common())


def _brief(value: Any) -> Any:
    if isinstance(value, str) and len(value) > 80:
        return value[:80] + "…"
    if isinstance(value, list):
        return [_brief(part) for part in value]
    if isinstance(value, dict):
        return {name: _brief(part) for name, part in value.items()}
    return value


if __name__ == "__main__":
    sys.exit(main())
