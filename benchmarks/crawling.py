"""Runs of ``scrapy`` for the benchmarks, and the stats that they end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scrapy.statscollectors import StatsCollector

from replica.crawling import FAST, ROOT, setting_options

_FILE = "BENCHMARK_STATS"


class StatsFile(StatsCollector):
    """Writes the stats of a run to the file that the environment names; a log has them only at DEBUG."""

    def close_spider(self, spider: Any = None, reason: str | None = None) -> None:
        """Write the stats."""
        super().close_spider(spider, reason)
        Path(os.environ[_FILE]).write_text(json.dumps(self.get_stats(), default=str), encoding="utf-8")


def run_scrapy(*arguments: str, **settings: str) -> dict[str, Any]:
    """Run ``scrapy`` without pauses, and return the stats of the run.

    Raises:
        RuntimeError: the run ended with another status than 0; the error has the end of its log.
    """
    with tempfile.TemporaryDirectory() as folder:
        stats = Path(folder) / "stats.json"
        chosen = {**FAST, **settings, "STATS_CLASS": f"{__name__}.{StatsFile.__name__}"}
        options = setting_options(chosen)
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments, *options],
            cwd=ROOT if arguments[0] == "crawl" else folder,  # a bare spider runs outside any project
            env={**os.environ, "PYTHONPATH": str(ROOT), _FILE: str(stats)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"scrapy {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        found: dict[str, Any] = json.loads(stats.read_text(encoding="utf-8"))
        return found


def run_bare(*arguments: str) -> dict[str, Any]:
    """Run the bare spider, and return the stats of the run."""
    spider = str(Path(__file__).with_name("bare_spider.py"))
    return run_scrapy("runspider", spider, *arguments, ROBOTSTXT_OBEY="1", LOG_LEVEL="INFO")


def pages_a_second(stats: dict[str, Any], least: int, pages: str = "response_received_count") -> float:
    """Return the speed of a run that has read at least so many pages.

    Raises:
        RuntimeError: it has read fewer.
    """
    if stats.get(pages, 0) < least:
        raise RuntimeError(f"the run did not get through: {stats}")
    return float(stats[pages] / stats["elapsed_time_seconds"])
