"""What of a verdict is news to those who were told before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tibetnews.health.changes import UnwellRun, change_of
from tibetnews.health.wording import cause_in_short, fault_kind

START = datetime(2026, 11, 25, 3, 2, tzinfo=UTC)
EDU = "cn/edu: listing could not be read{} (it answered 503), while 57 others could; {}"
FIRST = EDU.format("", "nothing to do, the next run asks again")
THIRD = EDU.format(" for the 3rd run in a row", "open it in a browser").replace("57", "56")
FULL = "the export cannot be written: [Errno 28] No space left on device: 'x'; mend that"


def after(hours: float, *faults: str) -> UnwellRun:
    return UnwellRun(START + timedelta(hours=hours), faults)


def kinds(*runs: UnwellRun) -> list[str | None]:
    """What is new of each of the runs, one after the other."""
    found: list[str | None] = []
    unwell: list[UnwellRun] = []
    for run in runs:
        change = change_of(run.faults, run.at, unwell)
        found.append(change and change.kind)
        unwell = [run, *unwell] if run.faults else []
    return found


def test_an_outage_is_told_at_once_once_a_day_and_at_its_end() -> None:
    hourly = [after(hour, THIRD) for hour in range(1, 49)]
    told = kinds(after(0, FIRST), *hourly, after(49), after(50))
    assert told == ["ill", *[None] * 23, "still ill", *[None] * 23, "still ill", "recovered", None]


def test_another_cause_is_told_once_though_the_first_lasts() -> None:
    other = "3 of 60 pages could not be fetched (limit 5 %): 3 × 503; the next run asks again"
    more = other.replace("3 of", "9 of").replace("3 ×", "9 ×")
    told = kinds(after(0, FIRST), after(1, THIRD, other), after(2, THIRD), after(3, THIRD, more), after(4, more))
    assert told == ["ill", "ill", None, None, None]


def test_a_run_that_was_broken_off_is_over_with_the_next_good_one() -> None:
    broken = [after(0)]
    assert change_of((), START + timedelta(hours=1), broken) == ("recovered", START)
    assert change_of((FULL,), START + timedelta(hours=1), broken) is None  # it was told as it happened
    assert change_of((FULL,), START + timedelta(hours=25), broken) == ("still ill", START)


def test_a_gap_of_days_is_one_reminder() -> None:
    assert kinds(after(0, FIRST), after(24 * 7, FIRST), after(24 * 7 + 1, FIRST)) == ["ill", "still ill", None]


def test_a_kind_is_the_cause_without_numbers_and_a_subject_is_short() -> None:
    assert fault_kind(FIRST) == fault_kind(THIRD) != fault_kind(FIRST.replace("edu", "law"))
    assert (
        cause_in_short(THIRD)
        == "cn/edu: listing could not be read for the 3rd run in a row (it answered 503), while 56 others could"
    )
    assert len(cause_in_short("one\n" * 90)) == 120
    assert "\n" not in cause_in_short("one\ntwo; three")
