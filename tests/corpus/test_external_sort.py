"""Sorting more than memory holds."""

from __future__ import annotations

import os
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tibetnews.corpus import external_sort as sorting
from tibetnews.corpus.external_sort import Sorter


@pytest.mark.parametrize("run", [1, 1000, 10_000_000])
@pytest.mark.parametrize("fan_in", [2, 64])
def test_sorts_and_keeps_the_order_of_equals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int, fan_in: int
) -> None:
    monkeypatch.setattr(sorting, "FAN_IN", fan_in)
    dice = random.Random(7)
    items = [(dice.randrange(20), str(number)) for number in range(100)]
    sorter = Sorter(tmp_path, run)
    for key, value in items:
        sorter.add(key, value, len(value))
    assert list(sorter) == sorted(items, key=lambda item: item[0])
    assert list(tmp_path.iterdir()) == []


def test_nothing_sorts_to_nothing() -> None:
    assert list(Sorter()) == []


def test_values_need_not_be_comparable() -> None:
    sorter = Sorter(run=1)
    for value in (None, b"x", 1):
        sorter.add("same", value)
    assert [value for _, value in sorter] == [None, b"x", 1]


def test_memory_is_that_of_a_run(tmp_path: Path) -> None:
    run = 1_000_000
    sorter = Sorter(tmp_path, run)
    tracemalloc.start()
    for number in random_numbers(20_000):
        sorter.add(number, b"%d" % number * 100, 900)
    count = sum(1 for _ in sorter)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000  # 18 MB
    assert peak < 4 * run


def test_few_files_are_open_however_many_runs_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "FAN_IN", 8)
    before = len(os.listdir("/proc/self/fd"))
    sorter = Sorter(run=1)
    for number in range(1000):
        sorter.add(-number)
    assert 0 < len(os.listdir("/proc/self/fd")) - before <= 4 * 8
    assert [key for key, _ in sorter] == list(range(-999, 1))
    assert len(os.listdir("/proc/self/fd")) == before


def random_numbers(count: int) -> Iterator[int]:
    dice = random.Random(5)
    return (dice.randrange(10**9) for _ in range(count))
