"""Fields that are missing from far more records than from like records before."""

from __future__ import annotations

from datetime import date
from typing import Any

from tibetnews.health.coverage import coverage_drops, group_of

TODAY = date(2026, 11, 25)


def run(group: str = "cn/politics recent", **counts: int) -> dict[str, Any]:
    return {"groups": {group: counts}}


USUAL = run(records=50, source=45, editor=5)


def faults(now: dict[str, Any], *before: dict[str, Any]) -> list[str]:
    return list(coverage_drops(now, before, 0.5))


def test_a_field_that_fell() -> None:
    (told,) = faults(run(records=40, source=10, editor=3), USUAL, USUAL)
    assert told == (
        "source is in 25% of the last 40 records, instead of the usual 90%; open one of them in a browser:"
        " if it shows the field, the outlet has changed its markup"
    )
    assert faults(run(records=40, source=30, editor=3), USUAL, USUAL) == []


def test_too_few_say_nothing() -> None:
    assert faults(run(records=5), USUAL) == []
    assert faults(run(records=40)) == []  # the first run
    assert faults({}, USUAL) == []  # a run without news


def test_small_runs_are_taken_together() -> None:
    small = run(records=5)
    assert faults(small, small, small, USUAL) == []
    (told,) = faults(small, small, small, small, USUAL)
    assert told.startswith("source is in 0% of the last 20 records")


def test_chance_is_no_fall() -> None:
    rare = run(records=100, images=12)
    assert faults(run(records=20, images=0), rare, rare) == []  # 2 were to be expected
    assert faults(run(records=200, images=0), rare, rare) != []


def test_a_section_is_compared_with_itself() -> None:
    """A run on one section, or on old pages, has another mix of fields than all runs together, and no fault."""
    whole = {"groups": {"cn/politics recent": {"records": 300, "source": 300}, "media/news recent": {"records": 100}}}
    assert faults(run("media/news recent", records=40), whole) == []
    assert faults(run("cn/politics 2012", records=40), whole) == []
    assert faults(run("cn/politics recent", records=40), whole) != []


def test_records_without_a_date_do_not_hide() -> None:
    old = run("cn/politics 2023", records=400, published_at=400)
    assert faults(run("cn/politics recent", records=40), old) != []


def test_groups() -> None:
    assert group_of("cn/edu", "2026-11-24T10:00:00+08:00", TODAY) == "cn/edu recent"
    assert group_of("cn/edu", "2023-11-24", TODAY) == "cn/edu 2023"
    assert group_of("cn/edu", None, TODAY) == "cn/edu recent"
