"""Crawl-delay and Request-rate are obeyed, up to a limit that the log names."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from scrapy.robotstxt import ProtegoRobotParser, PythonRobotParser

from replica import Replica
from tests.support.crawling import crawl
from tibetnews.middlewares.host_pauses import requested_pause

AGENT = "tibetnews/0.1.0 (research crawler)"


@pytest.mark.parametrize("parser", [ProtegoRobotParser, PythonRobotParser])
@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 3\nDisallow:", 3),
        ("User-agent: *\nRequest-rate: 1/5\nDisallow:", 5),
        ("User-agent: *\nRequest-rate: 10/5\nCrawl-delay: 2\nDisallow:", 2),
        ("User-agent: *\nRequest-rate: 1/9\nCrawl-delay: 2\nDisallow:", 9),
        ("User-agent: tibetnews\nCrawl-delay: 7\nDisallow:\n\nUser-agent: *\nCrawl-delay: 3\nDisallow:", 7),
        ("User-agent: *\nCrawl-delay: soon\nDisallow:", None),
        ("User-agent: *\nCrawl-delay: 0\nRequest-rate: 0/5\nDisallow:", None),
        ("User-agent: other\nCrawl-delay: 3\nDisallow:", None),
        ("", None),
    ],
)
def test_the_longer_pause_counts(
    parser: type[ProtegoRobotParser] | type[PythonRobotParser], rules: str, seconds: float | None
) -> None:
    assert requested_pause(parser(rules.encode(), None), AGENT) == seconds


@pytest.mark.parametrize("throttled", [0, 1])
def test_requests_are_so_far_apart(throttled: int, tmp_path: Path) -> None:
    with Replica(articles=20, sections=1, seed=3) as replica:
        replica.fault("/robots.txt", "body", body="User-agent: *\nCrawl-delay: 0.4\nDisallow: /x")
        url = ",".join(replica.url + each.partition(".cn")[2] for each in list(replica.records())[:4])
        done = crawl(tmp_path, "articles", "-a", f"urls={url}", site=replica.url, AUTOTHROTTLE_ENABLED=throttled)
        times = [request["second"] for request in replica.requests()]
    assert done.status == 0
    assert len(times) > 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times[1:])) > 0.35


def test_a_pause_that_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    with Replica(articles=20, sections=1, seed=3) as replica:
        replica.fault("/robots.txt", "body", body="User-agent: *\nCrawl-delay: 86400\nDisallow:")
        url = replica.url + next(iter(replica.records())).partition(".cn")[2]
        done = crawl(tmp_path, "articles", "-a", f"urls={url}", site=replica.url, CRAWL_DELAY_MAX_SECONDS=0.1)
    assert "asks for 86400 s between two requests; 0.1 s are granted (CRAWL_DELAY_MAX_SECONDS)" in done.log
    assert len(done.records) == 1
