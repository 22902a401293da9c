"""A listing that always names new articles is read up to a bound."""

from __future__ import annotations

from pathlib import Path

from replica import Replica
from tests.support.crawling import crawl

SECTION = ("sections", "-a", "sections=politics")


def test_a_listing_with_more_pages_than_the_bound_is_a_fault(tmp_path: Path) -> None:
    with Replica(articles=300, sections=1, seed=3) as replica:
        done = crawl(tmp_path / "x", *SECTION, site=replica.url, LISTING_MAX_PAGES=2)
        assert done.status == 1
        assert "cn/politics: listing has more than 2 pages with new articles" in done.log
        paths = [request["path"] for request in replica.requests()]
        assert [path for path in paths if path.startswith("/cn/politics/index_")] == ["/cn/politics/index_1.html"]
        assert done.records
        whole = crawl(tmp_path / "x", *SECTION, site=replica.url, REVISIT_AFTER_DAYS="")
        assert whole.status == 0
        assert len(whole.records) > len(done.records)
