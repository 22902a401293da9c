"""examples.clean_cluster that is killed: ``python -m tests.support.killed_cluster TASK COUNT ARGUMENT...``

Before the document with the number COUNT of a task is written by the first stage, the whole process group is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

from examples import clean_cluster


class Killer(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    name = "killer"
    type = "test"

    def __init__(self, task: int, count: int) -> None:
        super().__init__()
        self.task = task
        self.count = count

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        for number, document in enumerate(data, 1):
            if rank == self.task and number == self.count:
                os.killpg(0, signal.SIGKILL)
            yield document


def main(task: int, count: int, arguments: list[str]) -> int:
    planned = clean_cluster.stages

    def stages(source: str, out: str, tasks: int, field: str = "text") -> list[clean_cluster.Stage]:
        first, *others = planned(source, out, tasks, field)
        return [replace(first, steps=[*first.steps[:-1], Killer(task, count), first.steps[-1]]), *others]

    clean_cluster.stages = stages
    return clean_cluster.main(arguments)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
