"""What is wrong with the outlet and the machine."""

from __future__ import annotations

from tibetnews.health.outlet import TOO_MANY_FAILURES, clock_set_back, ended_early, outlet_faults


def test_a_clock_that_was_put_right_is_no_fault() -> None:
    assert list(clock_set_back(0)) == list(clock_set_back(600)) == []
    assert "2.0 hours" in next(clock_set_back(7200))


def test_a_run_that_the_circuit_breaker_ended_is_reported() -> None:
    assert list(ended_early("finished", 50)) == []
    assert "50 pages in a row could not be fetched or read" in next(ended_early(TOO_MANY_FAILURES, 50))


def test_what_is_wrong_with_the_outlet_says_what_to_do() -> None:
    assert list(outlet_faults({"item_scraped_count": 100, "sections/listings": 5, "sections/walked": 5})) == []
    found = list(outlet_faults({"sections/moved/cn/politics": "cn/zz", "sections/gone/cn/edu": 1}))
    assert [line for line in found if "cn/edu" in line and "sections.toml" in line]
    assert [line for line in found if line.startswith("cn/politics: listing redirects to cn/zz; correct its line")]


def test_pagination_without_an_end_is_reported() -> None:
    assert list(outlet_faults({"sections/endless/cn/edu": 7})) == [
        "cn/edu: pagination does not end (no new links up to page 7); articles on later pages may be missing until the"
        " outlet fixes it"
    ]


def test_a_listing_that_is_too_long_is_reported() -> None:
    (line,) = outlet_faults({"sections/too_long/cn/edu": 1000})
    assert line.startswith("cn/edu: listing has more than 1000 pages with new articles")
    assert "LISTING_MAX_PAGES" in line
