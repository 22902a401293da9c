"""Clean a corpus with many machines: JSON Lines -> clean -> near duplicates out -> JSON Lines.

    python -m examples.clean_cluster IN OUT --tasks 100 --executor local --workers 8
    python -m examples.clean_cluster IN OUT --tasks 100 --executor ray
    python -m examples.clean_cluster IN OUT --tasks 100 --executor slurm --partition cpu --time 12:00:00

IN is a folder of .jsonl or .jsonl.gz files, the shards, OUT a folder that all machines see; both may be any address
that fsspec knows (s3://…). A task is the unit of work and of going on: a run that was cut short is gone on with by the
same command, which repeats only tasks that had not ended. A task process that is killed ends a local or Ray run within
a minute; with Slurm the jobs that depend on it are cancelled, and the same command cancels what is left of them before
it submits again. Needs ``make cluster``, and `pip install ray` for Ray.

OUT/clean          the documents with their text cleaned, a file a task
OUT/excluded       those of which nothing was left, with the reason
OUT/deduplicated   what is left of OUT/clean when of near copies one is kept
OUT/duplicates     the copies
OUT/logs           a folder a stage: what was done, counts, errors
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import multiprocess
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
from tibetnews.corpus.heartbeats import BEAT_SECONDS, Heartbeat, SilentTask, watch

ROOT = Path(__file__).resolve().parents[1]
"""The checkout, which tasks of Slurm import from."""

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


def run(found: list[Stage], out: str, options: argparse.Namespace) -> None:
    """Run the stages, each after the one before, with the executor that the options name."""
    make, last = executor_of(options, out), None
    for stage in found:
        logs = f"{out}/logs/{stage.name}"
        steps = stage.steps if options.executor == "slurm" else [Heartbeat(logs), *stage.steps]
        last = make(steps, tasks=stage.tasks, logging_dir=logs, depends=last)
    assert last
    if options.executor == "slurm":
        cancel_jobs(job_name(out))
    else:
        watch([f"{out}/logs/{stage.name}" for stage in found], partial(end_run, options.executor))
    last.run()


def end_run(executor: str, task: SilentTask) -> None:
    """Say that a task was killed, and end the program with all its tasks."""
    print(
        f"clean_cluster: the process of task {int(task.rank)} was killed, or has failed"
        f" (see {task.logs}/logs/task_{task.rank}.log); run the same command again, it repeats only what had not ended",
        file=sys.stderr,
        flush=True,
    )
    for process in multiprocess.active_children():
        process.kill()
    if executor == "ray":
        import ray

        ray.shutdown()
        time.sleep(2 * BEAT_SECONDS)  # until the tasks on all machines know
    os._exit(1)


def executor_of(options: argparse.Namespace, out: str) -> Any:
    """Return what makes an executor of the kind that the options name: from steps, tasks, logging_dir and depends."""
    if options.executor == "slurm":
        return partial(
            SlurmPipelineExecutor,
            workers=options.workers,
            partition=options.partition,
            time=options.time,
            mem_per_cpu_gb=options.memory,
            env_command=f"source {sys.prefix}/bin/activate; export PYTHONPATH={ROOT}:$PYTHONPATH",
            job_name=job_name(out),
            qos="",
            sbatch_args={"kill-on-invalid-dep": "yes"},  # else what depends on a failed job waits for ever
        )
    if options.executor == "ray":
        return partial(RayPipelineExecutor, workers=options.workers, mem_per_cpu_gb=options.memory)
    return partial(LocalPipelineExecutor, workers=options.workers)


def job_name(out: str) -> str:
    """Return the name of all jobs of Slurm that write to a folder."""
    return f"tibetnews-{hashlib.sha256(out.encode()).hexdigest()[:12]}"


def cancel_jobs(name: str) -> None:
    """Cancel the jobs of an earlier submission, and wait until none of them runs: two must not write to one file."""
    mine = [f"--name={name}", f"--user={getpass.getuser()}"]
    subprocess.run(["scancel", *mine], check=True)
    while subprocess.run(["squeue", "--noheader", *mine], check=True, capture_output=True).stdout.strip():
        time.sleep(1)


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all well, 1 a task failed or was killed, 2 wrong use."""
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
    run(stages(options.source, options.out, options.tasks, options.field), options.out, options)
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
