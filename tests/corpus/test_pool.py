"""Work in several processes: in order, bounded, and ended when it is no longer wanted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from tibetnews.corpus.pool import ordered


def double(number: int) -> int:
    return 2 * number


def kill_itself_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def wait_for_ever_after_the_first(number: int) -> int:
    if number:
        threading.Event().wait()
    return number


def hears_ctrl_c(_: int) -> bool:
    return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(ordered(double, range(50), jobs)) == list(range(0, 100, 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_as_results_are(jobs: int) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = ordered(double, items(), jobs)
    assert [next(results) for _ in range(5)] == [0, 2, 4, 6, 8]
    assert len(taken) <= 5 + 3 * jobs
    results.close()
    assert multiprocessing.active_children() == []


def test_a_killed_process_ends_the_work_with_an_error() -> None:
    with pytest.raises(BrokenProcessPool):
        list(ordered(kill_itself_at_three, range(50), 2))
    assert multiprocessing.active_children() == []


def test_work_that_is_no_longer_wanted_is_not_waited_for() -> None:
    results = ordered(wait_for_ever_after_the_first, range(50), 2)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []


def test_only_this_process_hears_ctrl_c() -> None:
    assert list(ordered(hears_ctrl_c, range(4), 2)) == [False] * 4
    assert hears_ctrl_c(0)
