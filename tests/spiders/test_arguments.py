"""Days of a crawl's scope, by the outlet's clock."""

from __future__ import annotations

from datetime import datetime

import pytest

from tibetnews import clock
from tibetnews.errors import InvalidArgumentError
from tibetnews.spiders.arguments import read_crawl_scope


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


@pytest.mark.parametrize("value", ["-d", "d7", "-７d", "-999999d", "Yesterday", "-1w", ""])
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"-a since=.*: it is a day such as"):
        read_crawl_scope(since=value)
