"""Sorts more than memory holds."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

RUN = 32 * 1024 * 1024
"""Bytes that are sorted in memory; as objects they take about twice as much."""

FAN_IN = 64
"""Runs that are read at once: a buffer and an open file each."""

_OVERHEAD = 300  # bytes of an item's objects

SortItem = tuple[Any, int, Any]  # key, place in the order of arrival, value


class Sorter:
    """An external merge sort (D. E. Knuth, The Art of Computer Programming, 5.4).

    Sorted runs go to files without a name and are merged, FAN_IN at a time, so that memory stays at about twice
    ``run`` bytes however much is added.
    """

    def __init__(self, folder: Path | None = None, run: int = RUN) -> None:
        """``folder``: where the runs are kept, as much as is added; the system's own for such files without it."""
        self._folder = folder
        self._limit = run
        self._batch: list[SortItem] = []
        self._size = 0
        self._number = 0
        self._levels: list[list[IO[bytes]]] = []

    def add(self, key: Any, value: Any = None, size: int = 0) -> None:
        """Add an item: its key, which can be compared to the others', and what belongs to it, of ``size`` bytes."""
        self._batch.append((key, self._number, value))
        self._number += 1
        self._size += size + _OVERHEAD
        if self._size >= self._limit:
            self._batch.sort()
            self._keep(self._written(self._batch))
            self._batch, self._size = [], 0

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield keys and values in the order of the keys, equal ones in that of their arrival; works once."""
        self._batch.sort()
        runs = [_read(file) for level in self._levels for file in level]
        for key, _, value in heapq.merge(*runs, self._batch):
            yield key, value

    def _keep(self, file: IO[bytes]) -> None:
        """FAN_IN runs of one level become one of the next, so that each item is written once a level."""
        for level in self._levels:
            level.append(file)
            if len(level) < FAN_IN:
                return
            file = self._written(heapq.merge(*map(_read, level)))
            level.clear()
        self._levels.append([file])

    def _written(self, items: Iterable[SortItem]) -> IO[bytes]:
        file: IO[bytes] = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it is read, and closed, later
        for item in items:
            pickle.dump(item, file, pickle.HIGHEST_PROTOCOL)
        file.seek(0)
        return file


def _read(file: IO[bytes]) -> Iterator[SortItem]:
    with file:
        while True:
            try:
                item = pickle.load(file)
            except EOFError:
                return
            yield item
