"""Shares of pages that failed, alone and together with earlier runs."""

from __future__ import annotations

import pytest

from tibetnews.health.limits import Limits
from tibetnews.health.pages import failure_rates, program_errors

WELL = {"item_scraped_count": 100}


def faults(now: dict[str, int], *before: dict[str, int]) -> list[str]:
    return list(
        failure_rates(
            now, before, Limits(max_failed_share=0.05, max_rejected_share=0.02, max_unknown_layout_share=0.02)
        )
    )


def rejected(records: int, **reasons: int) -> dict[str, int]:
    told = {f"rejects/reason/{reason}": number for reason, number in reasons.items()}
    return {"item_scraped_count": records, "rejects/count": sum(reasons.values()), **told}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (WELL, None),
        ({}, None),
        (rejected(100, http_500=5), None),
        (rejected(100, http_500=4, timeout=2), "6 of 106 pages could not be fetched"),
        (rejected(100, title=2), None),
        (rejected(100, title=3), "3 of 103 pages were rejected"),
        (rejected(100, guard=6), "6 of 106 pages were answered by a guard in front of the outlet"),
        (rejected(100, layout=2), None),
        (rejected(100, layout=3), "3 of 103 pages have an unknown layout"),
        (rejected(100, duplicate=90), None),  # asked for with DUPLICATES=drop
    ],
)
def test_shares_of_one_run(counts: dict[str, int], told: str | None) -> None:
    found = faults(counts)
    assert [fault.startswith(told or "") for fault in found] == [True] * (told is not None)


def test_one_page_of_a_small_run_is_no_news_but_one_of_every_run_is() -> None:
    one = rejected(4, timeout=1)
    assert faults(one) != []
    assert faults(one, *[rejected(5)] * 10) == []
    (told,) = faults(one, *[one] * 10)
    assert told.startswith("1 of 5 pages (8 of the last 40) could not be fetched")


def test_a_great_run_of_the_past_hides_nothing() -> None:
    assert faults(rejected(20, timeout=10), WELL | {"item_scraped_count": 100_000}) != []


def test_a_run_without_a_failure_is_well_whatever_was_before() -> None:
    assert faults(rejected(3), *[rejected(0, timeout=10)] * 5) == []
    assert faults({"revisions/unchanged": 30} | rejected(0, timeout=1)) == []  # the unchanged are pages too


def test_a_single_error_of_this_program_is_a_fault() -> None:
    assert list(program_errors({"spider_exceptions/count": 1})) == [
        "this program failed on 1 page; the log has the tracebacks"
    ]
    assert list(program_errors(WELL)) == []


def test_an_outlet_that_is_down_is_told_by_its_listings_alone() -> None:
    down = {"sections/unread/cn/edu": 1, "rejects/count": 20, "rejects/reason/http_503": 20}
    assert faults(down) == []
    assert faults(down | {"sections/listings": 1})[0].startswith("20 of 20 pages could not be fetched")
    assert faults(down | {"revisions/unchanged": 5}) != []
