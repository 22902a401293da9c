"""The verdict on a run, from its counts and those of earlier runs."""

from __future__ import annotations

import pytest

from tibetnews.extensions.bad_days import clock_fault, giving_up_fault, outlet_faults
from tibetnews.extensions.health import coverage_faults, faults

WELL = {"item_scraped_count": 100, "sections/listings": 5, "sections/walked": 5}


@pytest.mark.parametrize(
    ("stats", "told"),
    [
        (WELL, None),
        ({"sections/listings": 5, "sections/walked": 5}, None),
        ({**WELL, "rejects/count": 5, "rejects/reason/http_500": 5}, None),
        (
            {**WELL, "rejects/count": 6, "rejects/reason/http_500": 4, "rejects/reason/timeout": 2},
            "could not be fetched",
        ),
        ({**WELL, "rejects/count": 3, "rejects/reason/layout": 3}, "were refused"),
        ({**WELL, "spider_exceptions/count": 1}, "error of this program"),
        ({**WELL, "sections/unread/cn/edu": 1}, "cn/edu"),
    ],
)
def test_faults(stats: dict[str, int], told: str | None) -> None:
    found = faults(stats, 0.05, 0.02)
    assert (told is None) == (found == [])
    assert told is None or told in found[0]


def test_coverage_that_fell_is_a_fault() -> None:
    before = [{"coverage/records": 50, "coverage/source": 40, "coverage/editor": 5} for _ in range(3)]
    now = {"coverage/records": 40, "coverage/source": 10, "coverage/editor": 3}
    (told,) = coverage_faults(now, before, 0.5)
    assert told == "source is in 25% of the records, in earlier runs it was in 80%"
    assert coverage_faults({**now, "coverage/source": 20}, before, 0.5) == []
    assert coverage_faults({"coverage/records": 5}, before, 0.5) == []  # too few to say
    assert coverage_faults(now, before[:0], 0.5) == []


def test_a_clock_that_was_put_right_is_no_fault() -> None:
    assert clock_fault(0) == clock_fault(600) == []
    assert "2.0 hours" in clock_fault(7200)[0]


def test_giving_up_is_told() -> None:
    assert giving_up_fault("finished", 50) == []
    assert "50 pages in a row" in giving_up_fault("outlet_unwell", 50)[0]


def test_what_is_wrong_with_the_outlet_says_what_to_do() -> None:
    assert outlet_faults(WELL) == []
    found = outlet_faults({"sections/moved/cn/politics": "cn/zz", "sections/gone/cn/edu": 1})
    assert [line for line in found if "cn/edu" in line and "sections.toml" in line]
    assert [line for line in found if "cn/politics has moved to cn/zz: correct its line" in line]
