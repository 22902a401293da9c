"""All rules together, and the one on a repeated story."""

from __future__ import annotations

from datetime import date

from tibetnews.health.limits import Limits
from tibetnews.health.pages import repeated_story
from tibetnews.health.verdict import Run, judge

TODAY = date(2026, 11, 25)


def test_one_page_for_every_address() -> None:
    assert list(repeated_story({}, 0)) == []
    assert list(repeated_story({"cn-1": 19, "cn-2": 3}, 22)) == []
    assert list(repeated_story({"cn-1": 40}, 5000)) == []  # a series whose pages say little, in a first run
    (told,) = repeated_story({"cn-1": 3, "cn-2": 20}, 30)
    assert told.startswith("20 of 30 records repeat the story of cn-2")


def test_a_healthy_run_and_one_without_news() -> None:
    assert judge(Run(counts={"item_scraped_count": 100}, today=TODAY), Limits()) == []
    assert judge(Run(counts={}, today=TODAY, read_sections=frozenset({"cn/edu"})), Limits()) == []


def test_every_rule_is_asked() -> None:
    run = Run(
        counts={
            "spider_exceptions/count": 1,
            "sections/unread/cn/edu": 1,
            "item_scraped_count": 30,
            "rejects/count": 30,
            "rejects/reason/timeout": 10,
            "rejects/reason/title": 10,
            "rejects/reason/layout": 10,
            "groups": {"cn/politics recent": {"records": 30}},
        },
        today=TODAY,
        earlier_counts=[{"groups": {"cn/politics recent": {"records": 100, "source": 100}}}],
        read_sections=frozenset({"cn/politics", "cn/travel"}),
        empty_sections=frozenset({"cn/travel"}),
        known_sections=frozenset({"cn/travel"}),
        news_days={"cn/politics": [date(2026, 9, day) for day in range(1, 31)]},
        repeats={"cn-1": 29},
    )
    told = judge(run, Limits())
    for part in (
        "this program failed",
        "cn/edu: listing could not be read",
        "cn/travel: listing has no articles any more",
        "could not be fetched",
        "were rejected",
        "an unknown layout",
        "repeat the story",
        "source is in 0%",
        "no news from cn/politics",
    ):
        assert sum(part in fault for fault in told) == 1, part
    assert len(told) == 9
