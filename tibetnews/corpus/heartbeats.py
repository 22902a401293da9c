"""Notices task processes of datatrove that were killed: its local and Ray executors wait for them for ever."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import Any, ClassVar

from datatrove.io import DataFolder, get_datafolder

BEAT_SECONDS = 5.0
SILENT_SECONDS = 40.0
"""A task that has not written so long counts as killed."""
_ALIVE = "alive"


class Heartbeat:
    """First step of a pipeline: from then on the task's process writes every BEAT_SECONDS that it is alive.

    It ends itself once the process that started it has ended, so that nothing writes beside a later run.
    """

    _last: ClassVar[tuple[Event, DataFolder, str] | None] = None
    """How to stop the heartbeat of the process's task before this one, and its file."""

    def __init__(self, logs: str) -> None:
        """Write below ``logs``, the executor's logging_dir."""
        self.logs = logs

    def __repr__(self) -> str:
        return "heartbeat"

    def __call__(self, data: Any, rank: int = 0, world_size: int = 1) -> Any:
        """Begin to write; return the documents as they came."""
        if Heartbeat._last:
            stop, folder, name = Heartbeat._last
            stop.set()
            if folder.isfile(name):
                folder.rm(name)  # that task has ended, well or not
        stop, folder, name = Heartbeat._last = Event(), get_datafolder(self.logs), f"{_ALIVE}/{rank:05d}"
        _write(folder, name, 0)
        Thread(target=_beat, args=(stop, folder, name, os.getppid()), daemon=True).start()
        return data


@dataclass(frozen=True, slots=True)
class SilentTask:
    """A task that does not write any more, and has not ended."""

    logs: str
    """The logging_dir of its stage."""
    rank: str


def watch(logs: Sequence[str], on_silence: Callable[[SilentTask], None]) -> None:
    """Look after the tasks of a run from a thread, until the process ends.

    Args:
        logs: The logging_dir of each stage.
        on_silence: Called in that thread with the first task that was killed.
    """
    folders = {name: get_datafolder(name) for name in logs}
    for folder in folders.values():
        for name in folder.list_files(_ALIVE):
            folder.rm(name)  # of an earlier run
    Thread(target=_watch, args=(folders, on_silence), daemon=True).start()


def _beat(stop: Event, folder: DataFolder, name: str, parent: int) -> None:
    count = 0
    while not stop.wait(BEAT_SECONDS):
        if os.getppid() != parent:
            os._exit(1)
        count += 1
        _write(folder, name, count)


def _write(folder: DataFolder, name: str, count: int) -> None:
    with folder.open(name, "wt") as file:
        file.write(f"{os.getpid()} {count}")


def _watch(folders: dict[str, DataFolder], on_silence: Callable[[SilentTask], None]) -> None:
    last: dict[tuple[str, str], tuple[str, float]] = {}
    while True:
        Event().wait(BEAT_SECONDS)
        for logs, folder in folders.items():
            completed = {_rank(name) for name in folder.list_files("completions")}
            for name in folder.list_files(_ALIVE):
                if (rank := _rank(name)) in completed:
                    continue
                try:
                    with folder.open(name, "rt") as file:
                        beat = file.read()
                except FileNotFoundError:  # its process has begun another task
                    continue
                if last.get((logs, rank), ("", 0.0))[0] != beat:
                    last[logs, rank] = beat, monotonic()
                elif monotonic() - last[logs, rank][1] > SILENT_SECONDS:
                    on_silence(SilentTask(logs, rank))
                    return


def _rank(name: str) -> str:
    return name.rpartition("/")[2]
