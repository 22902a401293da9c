"""All rules together, and the one on copies."""

from __future__ import annotations

from datetime import date

from tibetnews.health import Limits, Run, judge
from tibetnews.health.copies import one_story

TODAY = date(2026, 11, 25)


def test_one_page_for_every_address() -> None:
    assert list(one_story({}, 0)) == []
    assert list(one_story({"cn-1": 19, "cn-2": 3}, 22)) == []
    assert list(one_story({"cn-1": 40}, 5000)) == []  # a series whose pages say little, in a first run
    (told,) = one_story({"cn-1": 3, "cn-2": 20}, 30)
    assert told.startswith("20 of 30 records repeat the story of cn-2")


def test_a_healthy_run_and_one_without_news() -> None:
    assert judge(Run({"item_scraped_count": 100}, TODAY), Limits()) == []
    assert judge(Run({}, TODAY, read=frozenset({"cn/edu"})), Limits()) == []


def test_every_rule_is_asked() -> None:
    run = Run(
        {
            "spider_exceptions/count": 1,
            "sections/unread/cn/edu": 1,
            "item_scraped_count": 30,
            "rejects/count": 30,
            "rejects/reason/timeout": 10,
            "rejects/reason/title": 10,
            "rejects/reason/layout": 10,
            "groups": {"cn/politics recent": {"records": 30}},
        },
        TODAY,
        before=[{"groups": {"cn/politics recent": {"records": 100, "source": 100}}}],
        read=frozenset({"cn/politics", "cn/travel"}),
        bare=frozenset({"cn/travel"}),
        known=frozenset({"cn/travel"}),
        news={"cn/politics": [date(2026, 9, day) for day in range(1, 31)]},
        copies={"cn-1": 29},
    )
    told = judge(run, Limits())
    for part in (
        "error of this program",
        "no listing could be read of cn/edu",
        "names no article any more",
        "could not be fetched",
        "were refused",
        "no reader knows",
        "repeat the story",
        "source is in 0%",
        "cn/politics has had no news",
    ):
        assert sum(part in fault for fault in told) == 1, part
    assert len(told) == 9
