"""examples.clean_cluster that is killed: ``python -m tests.support.killed_cluster WHAT TASK COUNT ARGUMENT...``

Before the document with the number COUNT of a task is written by the first stage, the whole process group is killed
(WHAT is "all"), or the process of this task alone ("task"), once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from datatrove.data import Document

from examples import clean_cluster


class Killer:
    """A step without statistics, so that the run that goes on has the same ones."""

    def __init__(self, what: str, task: int, count: int, mark: Path) -> None:
        self.what = what
        self.task = task
        self.count = count
        self.mark = mark

    def __call__(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        for number, document in enumerate(data, 1):
            if rank == self.task and number == self.count and not self.mark.exists():
                self.mark.touch()
                if self.what == "all":
                    os.killpg(0, signal.SIGKILL)
                else:
                    os.kill(os.getpid(), signal.SIGKILL)
            yield document


def main(what: str, task: int, count: int, arguments: list[str]) -> int:
    planned = clean_cluster.stages

    def stages(source: str, out: str, tasks: int, field: str = "text") -> list[clean_cluster.Stage]:
        first, *others = planned(source, out, tasks, field)
        killer = Killer(what, task, count, Path(f"{out}-killed").resolve())
        return [replace(first, steps=[*first.steps[:-1], killer, first.steps[-1]]), *others]

    clean_cluster.stages = stages
    return clean_cluster.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
