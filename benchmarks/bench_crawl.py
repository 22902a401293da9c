"""Pages a second of a whole crawl, and how long a run takes to start, beside a bare Scrapy spider."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.crawling import pages_a_second, run_bare, run_scrapy
from benchmarks.measuring import line
from replica import Replica
from tibetnews.outlet import urls
from tibetnews.outlet.sections import section_table

ARTICLES = 2000
ROUNDS = 3
STARTS = 7


def main() -> bool:
    """Both sides crawl the cn edition of one replica by turns; the best round of each counts."""
    with Replica(articles=ARTICLES, seed=9) as replica, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sections = [s for s in section_table().sections if s.area.prefix == "/cn/"]
        keys = ",".join(section.section_key for section in sections)
        listings = ",".join(urls.build(urls.listing(section), replica.url) for section in sections)
        article = next(u for u in replica.records() if "/cn/" in u).replace("http://www.tibet.cn", replica.url)
        ours: list[float] = []
        bare: list[float] = []
        for turn in range(ROUNDS):
            stats = _ours(folder / f"ours{turn}", replica.url, "sections", "-a", f"sections={keys}")
            ours.append(pages_a_second(stats, ARTICLES // 2))
            stats = run_bare("-a", f"listings={listings}", "-o", str(folder / f"bare{turn}.jsonl"))
            bare.append(pages_a_second(stats, ARTICLES // 2))
        our_starts: list[float] = []
        bare_starts: list[float] = []
        for turn in range(STARTS):
            begin = time.perf_counter()
            _ours(folder / f"start{turn}", replica.url, "articles", "-a", f"urls={article}")
            our_starts.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            run_bare("-a", f"articles={article}", "-o", str(folder / f"start{turn}.jsonl"))
            bare_starts.append(time.perf_counter() - begin)
    print(f"tibetnews {max(ours):.0f}, bare spider {max(bare):.0f} pages a second")
    print(f"tibetnews {min(our_starts):.2f} s, bare spider {min(bare_starts):.2f} s for a run of one page")
    share, start = max(ours) / max(bare), min(our_starts) / min(bare_starts)
    return all(
        [
            line("pages a second, as a share of a bare spider's", f"{share:.2f}", "at least 0.7", share >= 0.7),
            line("a run of one page, as a multiple of a bare spider's", f"{start:.2f}", "at most 1.5", start <= 1.5),
        ]
    )


def _ours(folder: Path, site: str, *arguments: str) -> dict[str, Any]:
    settings = {"OUTLET_SITE": site, "EXPORT_DIR": f"{folder}-exports", "STATE_DIR": f"{folder}-state"}
    return run_scrapy("crawl", *arguments, **settings)
