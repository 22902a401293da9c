"""Work in several processes: in order, bounded, and ended when it is no longer wanted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tibetnews.corpus.pool import Pool, WorkerLostError


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


def hears(number: int) -> bool:
    return number not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ZeroDivisionError("a fault of the program")
    return number


def miss_a_file(number: int) -> bytes:
    return Path(f"/nothing/{number}").read_bytes()


def echo(data: bytes) -> bytes:
    return data


@pytest.fixture(params=["fork", "spawn"])
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which processes start; the second where there are threads."""
    method: str = request.param
    monkeypatch.setattr("tibetnews.corpus.pool.start_method", lambda: method)
    return method


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int, start: str) -> None:
    with Pool(double, jobs) as pool:
        assert list(pool.ordered(range(50))) == list(range(0, 100, 2))
        assert list(pool.ordered([])) == []
        assert list(pool.ordered([7])) == [14]


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_as_results_are(jobs: int) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with Pool(double, jobs) as pool:
        results = pool.ordered(items())
        assert [next(results) for _ in range(5)] == [0, 2, 4, 6, 8]
        assert len(taken) <= 5 + 4 * jobs
    assert multiprocessing.active_children() == []


def test_items_and_results_larger_than_a_pipe_holds_do_not_block_each_other() -> None:
    large = [bytes([number]) * 3_000_000 for number in range(20)]
    with Pool(echo, 2) as pool:
        assert list(pool.ordered(large)) == large


def test_a_killed_process_ends_the_work_with_an_error(start: str) -> None:
    with Pool(kill_itself_at_three, 2) as pool, pytest.raises(WorkerLostError, match=r"ended by signal 9 \(Killed\)"):
        list(pool.ordered(range(50)))
    assert multiprocessing.active_children() == []


def test_a_fault_of_the_function_surfaces(capfd: pytest.CaptureFixture[str]) -> None:
    with (
        Pool(fail_at_three, 2) as pool,
        pytest.raises(WorkerLostError, match="status 1; what it wrote above is a fault"),
    ):
        list(pool.ordered(range(50)))
    assert "ZeroDivisionError: a fault of the program" in capfd.readouterr().err
    with Pool(fail_at_three, 1) as pool, pytest.raises(ZeroDivisionError):
        list(pool.ordered(range(50)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_a_file_is_told_as_it_is(jobs: int) -> None:
    with Pool(miss_a_file, jobs) as pool, pytest.raises(FileNotFoundError, match="/nothing/0"):
        list(pool.ordered(range(50)))


def test_work_that_is_no_longer_wanted_is_not_waited_for(start: str) -> None:
    with Pool(wait_for_ever_after_the_first, 2) as pool:
        assert next(iter(pool.ordered(range(50)))) == 0
    assert multiprocessing.active_children() == []


def test_only_this_process_hears_what_ends_a_command(start: str) -> None:
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    with Pool(hears, 2) as pool:
        assert list(pool.ordered(ending)) == [False] * 3
    assert all(map(hears, ending))


def test_a_process_whose_parent_is_gone_ends_without_a_word(start: str, capfd: pytest.CaptureFixture[str]) -> None:
    with Pool(double, 2) as pool:
        worker = pool.workers[0]
        with socket.socket(fileno=os.dup(worker.pipe.fileno())) as end:
            end.shutdown(socket.SHUT_RD)  # as when the parent dies between its last item and the answer
        worker.hand(1)
        worker.process.join()
    assert capfd.readouterr() == ("", "")
