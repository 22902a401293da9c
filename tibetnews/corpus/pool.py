"""Calls a function with many items in several processes: results in order, few items under way.

concurrent.futures.ProcessPoolExecutor, tried in its place, lacks three things (Python 3.11): its processes outlive a
parent that is killed and keep the run's files open; it cannot end work that is handed out, so that the end of
the program waits for it (12 s where an item took 6 s); and BrokenProcessPool does not say which signal ended a process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from tibetnews.console import signals_held

Item = TypeVar("Item")
Result = TypeVar("Result")

_Answer = tuple[Result, OSError | None]

_AHEAD = 2
"""Items that a process has at a time: one at work, one so that it need not wait for the next."""

_PARENT_IS_GONE = 1
"""Status with which a process ends that nobody waits for any more."""

_KEPT = 4
"""Items under way for each process: what is finished too early waits for what comes before it."""


class WorkerLostError(Exception):
    """A process of the pool has ended by itself; the message is a line for a person.

    is_fault: whether by a fault of the function, whose traceback the process has written; else something killed it.
    """

    def __init__(self, status: int) -> None:
        self.is_fault = status >= 0
        if self.is_fault:
            how = f"ended with status {status}; what it wrote above is a fault of this program"
        else:
            how = f"was ended by signal {-status} ({signal.strsignal(-status)}); 9 may mean that memory was short"
        super().__init__(f"a process of the pool {how}")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool(Generic[Item, Result]):
    """Processes that call ``function``; with one job it is called here, and there are none.

    With more, function, items and results go between processes and must be picklable, and so is an OSError that the
    function raises. The processes start with the block and end with it, in the middle of what they do.
    """

    def __init__(self, function: Callable[[Item], Result], jobs: int) -> None:
        self.function = function
        self.jobs = jobs
        self.workers: list[_Worker] = []

    def __enter__(self) -> Self:
        if self.jobs > 1:
            context = multiprocessing.get_context(start_method())
            with ExitStack() as started:
                started.callback(self._end)
                for _ in range(self.jobs):
                    self.workers.append(_Worker(context, self.function, self.workers))
                started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ordered(self, items: Iterable[Item]) -> Iterator[Result]:
        """Yield the results for the items, in the items' order.

        Items are taken as results are: only a few a job are under way at a time. Raises WorkerLostError if a process
        was killed or failed, and OSError if the function raises it.
        """
        if not self.workers:
            yield from map(self.function, items)
            return
        source = iter(items)
        waiting: deque[list[_Answer[Result]]] = deque()
        more = True
        while more or waiting:
            while more and len(waiting) < _KEPT * self.jobs:
                worker = min(self.workers, key=lambda worker: len(worker.under_way))
                if len(worker.under_way) >= _AHEAD:
                    break
                if more := (item := next(source, _NO_MORE)) is not _NO_MORE:
                    waiting.append(worker.hand(item))
            if waiting and not waiting[0]:
                self._receive()
            while waiting and waiting[0]:
                ((result, error),) = waiting.popleft()
                if error:
                    raise error
                yield result

    def _receive(self) -> None:
        """Wait for results, and take those that have come."""
        busy = {worker.pipe: worker for worker in self.workers if worker.under_way}
        for pipe in wait(list(busy)):
            busy[cast(Connection, pipe)].receive()

    def _end(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.process.close()
            worker.pipe.close()
        self.workers = []


_NO_MORE: Any = object()


class _Worker:
    """A process, the pipe to it, and the slots for the answers to what it has, oldest first."""

    def __init__(self, context: Any, function: Callable[[Any], Any], others: list[_Worker]) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.under_way: deque[list[_Answer[Any]]] = deque()
        ours = [self.pipe, *(other.pipe for other in others)] if context.get_start_method() == "fork" else []
        self.process: BaseProcess = context.Process(target=_work, args=(function, theirs, ours), daemon=True)
        with signals_held():  # what is sent to all processes ends this one, and that ends the others
            self.process.start()
        theirs.close()

    def hand(self, item: Any) -> list[_Answer[Any]]:
        """Hand an item over; the list that is returned will hold the answer."""
        try:
            self.pipe.send(item)
        except (BrokenPipeError, ConnectionResetError):
            raise self._lost() from None
        slot: list[_Answer[Any]] = []
        self.under_way.append(slot)
        return slot

    def receive(self) -> None:
        try:
            answer = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise self._lost() from None
        self.under_way.popleft().append(answer)

    def _lost(self) -> WorkerLostError:
        self.process.join()
        return WorkerLostError(cast(int, self.process.exitcode))


def start_method() -> str:
    """Fork where that is safe, for a process with one thread on Linux: a fresh Python takes half a second."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _work(function: Callable[[Any], Any], pipe: Connection, inherited: list[Connection]) -> None:
    """Run a process of the pool; ``inherited``: ends of others' pipes, which are closed here."""
    for other in inherited:
        other.close()
    items: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_take, args=(pipe, items), daemon=True).start()
    while True:
        answer: _Answer[Any]
        try:
            answer = function(items.get()), None
        except OSError as error:
            answer = None, error
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            os._exit(_PARENT_IS_GONE)


def _take(pipe: Connection, items: SimpleQueue[Any]) -> None:
    """Take what is handed over at once, so that nobody waits for this process to be ready; end with the parent."""
    while True:
        try:
            items.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(_PARENT_IS_GONE)
