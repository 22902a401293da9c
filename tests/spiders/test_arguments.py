"""Days of a crawl's scope, by the outlet's clock."""

from __future__ import annotations

from datetime import datetime

import pytest

from tibetnews import clock
from tibetnews.errors import InvalidArgumentError
from tibetnews.spiders.arguments import parse_arguments, read_crawl_scope
from tibetnews.spiders.shard import Shard


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("today", "2024-03-02"),
        ("yesterday", "2024-03-01"),
        ("-2d", "2024-02-29"),
        ("-0d", "2024-03-02"),
        ("2023-10-01", "2023-10-01"),
    ],
)
def test_days_are_counted_by_the_outlets_clock(value: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime.fromisoformat("2024-03-01T23:30:00+00:00").timestamp()  # 7:30 on the next day at the outlet
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert read_crawl_scope(since=value).since == day
    assert read_crawl_scope(until=value).until == day


def test_each_section_is_in_one_share() -> None:
    everything = [section.section_key for section in read_crawl_scope().sections]
    for count in (1, 2, 3, 7):
        shares = [read_crawl_scope(shard=f"{number}/{count}") for number in range(1, count + 1)]
        keys = [section.section_key for share in shares for section in share.sections]
        assert sorted(keys) == sorted(everything)


@pytest.mark.parametrize("value", ["", "0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", " 1/2", "１/２", "1/1000"])
def test_what_is_no_share_is_refused(value: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"-a shard=.*: write 1/2 on the first"):
        read_crawl_scope(shard=value)


def test_a_share_without_a_section_is_refused() -> None:
    (share,) = (number for number in range(1, 51) if Shard(number, 50).has("cn/politics"))
    assert read_crawl_scope(sections="cn/politics", shard=f"{share}/50").sections
    with pytest.raises(InvalidArgumentError, match="none of the 1 sections is in it"):
        read_crawl_scope(sections="cn/politics", shard=f"{share % 50 + 1}/50")


@pytest.mark.parametrize("value", ["-d", "d7", "-７d", "-999999d", "Yesterday", "-1w", ""])
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"-a since=.*: it is a day such as"):
        read_crawl_scope(since=value)


def test_what_scrapyd_passes_besides_is_no_argument() -> None:
    assert parse_arguments(read_crawl_scope, {"_job": "7", "_version": "r3", "pages": "2"}).pages == 2
