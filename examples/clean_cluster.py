"""Clean a corpus with many machines: JSON Lines -> clean -> near duplicates out -> JSON Lines.

    python -m examples.clean_cluster IN OUT --tasks 100 --executor local --workers 8
    python -m examples.clean_cluster IN OUT --tasks 100 --executor ray
    python -m examples.clean_cluster IN OUT --tasks 100 --executor slurm --partition cpu --time 12:00:00

IN is a folder of .jsonl or .jsonl.gz files, the shards, OUT a folder that all machines see; both may be any address
that fsspec knows (s3://…). A task is the unit of work and of going on: a run that was cut short is gone on with by the
same command, which repeats only tasks that had not ended. Needs ``make cluster``, and `pip install ray` for Ray.

OUT/clean          the documents with their text cleaned, a file a task
OUT/excluded       those of which nothing was left, with the reason
OUT/deduplicated   what is left of OUT/clean when of near copies one is kept
OUT/duplicates     the copies
OUT/logs           a folder a stage: what was done, counts, errors
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from functools import partial
from typing import Any

from datatrove.executor import LocalPipelineExecutor, RayPipelineExecutor, SlurmPipelineExecutor
from datatrove.io import get_datafolder
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.dedup import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from datatrove.utils.typeshelper import Languages

from tibetnews.corpus.datatrove_steps import CleanText, NonEmptyFilter

LANGUAGE = Languages.chinese__hani
"""Words by spaCy with jieba. ``Languages.chinese``, without its script, splits at blanks: a text would be one word."""

MINHASH = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
"""Finds copies from some 0.72 of shared word 5-grams on; datatrove's own values, those of FineWeb."""


@dataclass(frozen=True)
class Stage:
    """A stage of the work: its name, its steps, and into how many tasks it is divided."""

    name: str
    steps: list[PipelineStep]
    tasks: int


def stages(source: str, out: str, tasks: int, field: str = "text") -> list[Stage]:
    """Return the stages in their order; each reads what the one before has written."""
    clean = [
        JsonlReader(source, text_key=field, glob_pattern="*.jsonl*"),
        CleanText(),
        NonEmptyFilter(exclusion_writer=JsonlWriter(f"{out}/excluded")),
        JsonlWriter(f"{out}/clean"),
    ]
    signatures = [
        JsonlReader(f"{out}/clean"),
        MinhashDedupSignature(f"{out}/minhash/signatures", MINHASH, language=LANGUAGE),
    ]
    buckets = [MinhashDedupBuckets(f"{out}/minhash/signatures", f"{out}/minhash/buckets", config=MINHASH)]
    cluster = [MinhashDedupCluster(f"{out}/minhash/buckets", f"{out}/minhash/removed", config=MINHASH)]
    deduplicate = [
        JsonlReader(f"{out}/clean"),
        MinhashDedupFilter(f"{out}/minhash/removed", exclusion_writer=JsonlWriter(f"{out}/duplicates")),
        JsonlWriter(f"{out}/deduplicated"),
    ]
    return [
        Stage("clean", clean, tasks),
        Stage("signatures", signatures, tasks),
        Stage("buckets", buckets, MINHASH.num_buckets),
        Stage("cluster", cluster, 1),
        Stage("deduplicate", deduplicate, tasks),  # as many as signatures, which are named by their task
    ]


def run(found: list[Stage], out: str, executor: Any) -> None:
    """Run the stages, each after the one before. executor: makes one from steps, tasks, logging_dir and depends."""
    last = None
    for stage in found:
        last = executor(stage.steps, tasks=stage.tasks, logging_dir=f"{out}/logs/{stage.name}", depends=last)
    assert last
    last.run()


def executor_of(options: argparse.Namespace) -> Any:
    """Return what makes an executor of the kind that the options name."""
    if options.executor == "slurm":
        return partial(
            SlurmPipelineExecutor,
            workers=options.workers,
            partition=options.partition,
            time=options.time,
            mem_per_cpu_gb=options.memory,
            venv_path=f"{sys.prefix}/bin/activate",
            job_name="tibetnews",
        )
    if options.executor == "ray":
        return partial(RayPipelineExecutor, workers=options.workers, mem_per_cpu_gb=options.memory)
    return partial(LocalPipelineExecutor, workers=options.workers)


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all well, 2 wrong use; a task that fails ends the program with datatrove's own report."""
    parser = argparse.ArgumentParser(prog="clean_cluster", description="Clean a corpus and take near copies out of it.")
    parser.add_argument("source", metavar="IN", help="folder of .jsonl or .jsonl.gz files")
    parser.add_argument("out", metavar="OUT", help="folder for what is made; one that was begun is gone on with")
    parser.add_argument("--tasks", type=int, required=True, help="parts of the work, at most as many as files")
    parser.add_argument("--executor", choices=["local", "ray", "slurm"], default="local")
    parser.add_argument("--workers", type=int, default=-1, help="tasks at a time; all without it")
    parser.add_argument("--field", default="text", help="the field that holds the text")
    parser.add_argument("--memory", type=int, default=1, help="GB for each task, for Ray and Slurm")
    parser.add_argument("--partition", default="cpu", help="of Slurm")
    parser.add_argument("--time", default="24:00:00", help="limit of a task, for Slurm")
    options = parser.parse_args(arguments)
    plan = {"source": options.source, "tasks": options.tasks, "field": options.field}
    if not get_datafolder(options.source).list_files(glob_pattern="*.jsonl*"):
        return _refuse(f"{options.source} holds no file that ends in .jsonl or .jsonl.gz")
    if begun := _begun(options.out, plan):
        told = ", ".join(f"{name} {value}" for name, value in begun.items())
        return _refuse(f"{options.out} was begun with {told}: give the same, or another OUT")
    run(stages(options.source, options.out, options.tasks, options.field), options.out, executor_of(options))
    return 0


def _begun(out: str, plan: dict[str, Any]) -> dict[str, Any] | None:
    """Return the plan of an earlier run where it differs from this one; else write this one down."""
    folder = get_datafolder(out)
    if not folder.isfile("plan.json"):
        with folder.open("plan.json", "wt") as file:
            json.dump(plan, file)
        return None
    with folder.open("plan.json", "rt") as file:
        earlier: dict[str, Any] = json.load(file)
    return None if earlier == plan else earlier


def _refuse(message: str) -> int:
    print(f"clean_cluster: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
