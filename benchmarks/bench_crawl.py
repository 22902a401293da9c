"""Pages a second of a whole crawl, and how long a run takes to start, beside a bare Scrapy spider."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import line
from replica import Replica
from replica.crawling import FAST, ROOT
from tibetnews.outlet import urls
from tibetnews.outlet.sections import table

ARTICLES = 2000
ROUNDS = 3
STARTS = 7


def main() -> bool:
    """Both sides crawl the cn edition of one replica by turns; the best round of each counts."""
    with Replica(articles=ARTICLES, seed=9) as replica, tempfile.TemporaryDirectory() as folder:
        sections = [s for s in table().sections if s.area.prefix == "/cn/"]
        keys = ",".join(section.edition_path for section in sections)
        listings = ",".join(urls.build(urls.listing(section), replica.url) for section in sections)
        article = next(u for u in replica.records() if "/cn/" in u).replace("http://www.tibet.cn", replica.url)
        ours: list[float] = []
        bare: list[float] = []
        for turn in range(ROUNDS):
            ours.append(_pages_a_second(_ours(folder, turn, replica.url, "sections", "-a", f"sections={keys}")))
            bare.append(_pages_a_second(_bare(folder, turn, "-a", f"listings={listings}")))
        our_starts: list[float] = []
        bare_starts: list[float] = []
        for turn in range(STARTS):
            our_starts.append(_seconds(_ours(folder, turn, replica.url, "articles", "-a", f"urls={article}")))
            bare_starts.append(_seconds(_bare(folder, turn, "-a", f"articles={article}")))
    print(f"tibetnews {max(ours):.0f}, bare spider {max(bare):.0f} pages a second")
    print(f"tibetnews {min(our_starts):.2f} s, bare spider {min(bare_starts):.2f} s for a run of one page")
    share, start = max(ours) / max(bare), min(our_starts) / min(bare_starts)
    return all(
        [
            line("pages a second, as a share of a bare spider's", f"{share:.2f}", "at least 0.7", share >= 0.7),
            line("a run of one page, as a multiple of a bare spider's", f"{start:.2f}", "at most 1.5", start <= 1.5),
        ]
    )


def _ours(folder: str, turn: int, site: str, *arguments: str) -> list[str]:
    run = f"{folder}/ours{turn}-{arguments[0]}"
    settings = {"OUTLET_SITE": site, "EXPORT_DIR": f"{run}-exports", "STATE_DIR": f"{run}-state"}
    return ["crawl", *arguments, *_options(settings)]


def _bare(folder: str, turn: int, *arguments: str) -> list[str]:
    spider = str(Path(__file__).with_name("bare_spider.py"))
    output = f"{folder}/bare{turn}-{len(arguments[1])}.jsonl"
    return ["runspider", spider, *arguments, "-o", output, *_options({"ROBOTSTXT_OBEY": "1", "LOG_LEVEL": "INFO"})]


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in {**FAST, **settings}.items() for part in ("-s", f"{name}={value}")]


def run_scrapy(arguments: list[str]) -> str:
    """Run ``scrapy`` with these arguments and give its log; an error where it ends with another status than 0."""
    # A bare spider runs outside any project.
    cwd = ROOT if arguments[0] == "crawl" else Path(tempfile.gettempdir())
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"scrapy {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stderr


def _pages_a_second(arguments: list[str]) -> float:
    log = run_scrapy(arguments)
    seconds = re.search(r"'elapsed_time_seconds': ([\d.]+)", log)
    pages = re.search(r"'response_received_count': (\d+)", log)
    if not seconds or not pages or int(pages[1]) < ARTICLES * 0.5:
        raise RuntimeError(f"the crawl did not get through:\n{log[-3000:]}")
    return int(pages[1]) / float(seconds[1])


def _seconds(arguments: list[str]) -> float:
    begin = time.perf_counter()
    run_scrapy(arguments)
    return time.perf_counter() - begin
