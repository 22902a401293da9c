"""Silence of a section, and of the outlet, against their own history."""

from __future__ import annotations

from datetime import date, timedelta

from tibetnews.health.silence import silent_sections

TODAY = date(2026, 11, 25)
BOTH = frozenset({"cn/politics", "cn/edu"})


def days(every: int, number: int, last: int) -> list[date]:
    """News every so many days, so many times, the last of them so many days ago."""
    return [TODAY - timedelta(days=last + every * i) for i in reversed(range(number))]


def faults(news: dict[str, list[date]], read: frozenset[str] = BOTH, since: date | None = None) -> list[str]:
    return list(silent_sections(news, read, TODAY, since=since, factor=3.0, min_days=3))


def test_a_section_that_fell_silent() -> None:
    alive = {"cn/politics": days(1, 60, 0)}
    assert faults(alive | {"cn/edu": days(2, 30, 6)}) == []
    (told,) = faults(alive | {"cn/edu": days(2, 30, 7)})
    assert told.startswith(
        "no news from cn/edu for 7 days, since 2026-11-18; the longest pause before was 2 days; open"
    )


def test_what_was_always_rare_is_not_silent() -> None:
    assert faults({"cn/politics": days(1, 60, 0), "cn/edu": days(40, 25, 100)}) == []
    assert faults({"cn/politics": days(1, 60, 0), "cn/edu": days(1, 5, 300)}) == []  # too few to know


def test_the_outlet_that_fell_silent_is_one_fault() -> None:
    assert faults({"cn/politics": days(1, 60, 3), "cn/edu": days(1, 30, 30)}) == [
        "no news from cn/edu for 30 days, since 2026-10-26; the longest pause before was 1 day; open a listing in a"
        " browser: if it has newer articles, its markup has changed"
    ]
    (told,) = faults({"cn/politics": days(1, 60, 4), "cn/edu": days(1, 30, 30)})
    assert told.startswith("no news from any section that was read for 4 days")


def test_many_silent_sections_are_one_line() -> None:
    news = {f"cn/{i}": days(1, 30, 20) for i in range(3)} | {"cn/politics": days(1, 60, 0)}
    (told,) = faults(news, frozenset(news))
    assert told.startswith("no news from 3 sections for too long: cn/0, cn/1, cn/2; from cn/0 for 20 days")


def test_a_run_says_nothing_of_what_it_did_not_read() -> None:
    news = {"cn/politics": days(1, 60, 30), "cn/edu": days(1, 60, 0)}
    assert faults(news, frozenset({"cn/edu"})) == []
    assert faults(news, frozenset()) == []
    assert faults(news, since=TODAY - timedelta(days=2)) == []
    assert faults(news, since=TODAY - timedelta(days=30)) != []


def test_a_first_run_and_a_clock_that_jumps_back_are_no_silence() -> None:
    assert faults({}) == []
    assert faults({"cn/edu": days(1, 60, -100)}) == []
