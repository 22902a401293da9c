"""What archiving costs a crawl, and how fast an archive is read again, beside a bare spider that asks the network."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.crawling import pages_a_second, run_bare, run_scrapy
from benchmarks.measuring import line
from replica import Replica
from tibetnews.outlet import urls
from tibetnews.outlet.sections import section_table

ARTICLES = 1000
ROUNDS = 5


def main() -> bool:
    """Let the sides take turns on the cn edition of one replica; the median of the rounds' ratios counts.

    Pages of the re-reading are articles and what belongs to them; those of the spiders are all that they fetched.
    """
    costs: list[float] = []
    multiples: list[float] = []
    with Replica(articles=ARTICLES, seed=9) as replica, tempfile.TemporaryDirectory() as name:
        for turn in range(ROUNDS):
            folder = Path(name) / str(turn)
            plain, archiving = _plain(replica.url, folder), _archiving(replica.url, folder)
            bare, again = _bare(replica.url, folder), _rereading(folder)
            print(
                f"plain {plain:.0f}, archiving {archiving:.0f}, bare {bare:.0f}, re-reading {again:.0f} pages a second"
            )
            costs.append(1 - archiving / plain)
            multiples.append(again / bare)
    cost, multiple = median(costs), median(multiples)
    spread = f"{min(costs):.0%} to {max(costs):.0%}"
    limit = "re-reading, as a multiple of a bare spider's pages a second"
    return all(
        [
            line(
                "share of pages a second that archiving costs", f"{cost:.1%} ({spread})", "at most 12 %", cost <= 0.12
            ),
            line(limit, f"{multiple:.2f}", "at least 1.2", multiple >= 1.2),
        ]
    )


def _plain(site: str, folder: Path) -> float:
    return _crawl(site, folder / "plain")


def _archiving(site: str, folder: Path) -> float:
    return _crawl(site, folder / "archiving", ARCHIVE_DIR=str(folder / "archive"))


def _crawl(site: str, folder: Path, **settings: str) -> float:
    sections = ",".join(section.section_key for section in section_table().sections if section.area.prefix == "/cn/")
    stats = run_scrapy(
        *("crawl", "sections", "-a", f"sections={sections}"),
        OUTLET_SITE=site,
        EXPORT_DIR=f"{folder}-exports",
        STATE_DIR=f"{folder}-state",
        **settings,
    )
    return pages_a_second(stats, ARTICLES // 2)


def _rereading(folder: Path) -> float:
    arguments = ("crawl", "archive", "-a", f"warc={folder / 'archive'}")
    stats = run_scrapy(*arguments, EXPORT_DIR=str(folder / "archiving-exports"))
    return pages_a_second(stats, ARTICLES // 2, pages="archive/pages")


def _bare(site: str, folder: Path) -> float:
    listings = ",".join(
        urls.build(urls.listing(section), site) for section in section_table().sections if section.area.prefix == "/cn/"
    )
    return pages_a_second(run_bare("-a", f"listings={listings}", "-o", f"{folder}-bare.jsonl"), ARTICLES // 2)
