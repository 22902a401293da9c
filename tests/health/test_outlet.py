"""What is wrong with the outlet and the machine."""

from __future__ import annotations

from tibetnews.health.outlet import GAVE_UP, clock_set_back, given_up, ill


def test_a_clock_that_was_put_right_is_no_fault() -> None:
    assert list(clock_set_back(0)) == list(clock_set_back(600)) == []
    assert "2.0 hours" in next(clock_set_back(7200))


def test_giving_up_is_told() -> None:
    assert list(given_up("finished", 50)) == []
    assert "50 pages in a row" in next(given_up(GAVE_UP, 50))


def test_what_is_wrong_with_the_outlet_says_what_to_do() -> None:
    assert list(ill({"item_scraped_count": 100, "sections/listings": 5, "sections/walked": 5})) == []
    found = list(ill({"sections/moved/cn/politics": "cn/zz", "sections/gone/cn/edu": 1}))
    assert [line for line in found if "cn/edu" in line and "sections.toml" in line]
    assert [line for line in found if "cn/politics has moved to cn/zz: correct its line" in line]
