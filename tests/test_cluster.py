"""The example for many machines, on this one: killed and gone on with, every document comes out once."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from replica.crawling import ROOT
from replica.spam_pages import honest_pages
from tests.support import slurm
from tests.support.corpora import SAMPLE
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.run import clean_inputs, cleaning_pool

pytest.importorskip("datatrove", reason="datatrove is not installed: `make cluster` installs it")

SHARDS = 4
FARM = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市|"


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stories with nothing in common, a damaged one, a farm, and in the last shard a near copy of the first story."""
    folder = tmp_path_factory.mktemp("shards")
    stories = distinct_stories()
    for shard in range(SHARDS):
        texts = [
            *stories[shard * 20 : shard * 20 + 20],
            *([SAMPLE] if shard == 1 else []),
            *([FARM] if shard == 2 else []),
        ]
        if shard == SHARDS - 1:
            texts.append(f"{stories[0]}\n\n（责编：李雨潼）")
        lines = [json.dumps({"id": f"{shard}-{number}", "text": text}) for number, text in enumerate(texts)]
        (folder / f"{shard}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def distinct_stories() -> list[str]:
    """80 texts of 150 characters that no two share, from the characters that the made-up prose uses."""
    letters = sorted({c for page in honest_pages(1) for c in page.text if "一" <= c <= "鿿"})
    assert len(letters) > 300
    number = 1
    stories = []
    for _ in range(80):
        words = []
        for _ in range(150):
            number = number * 48271 % 2147483647
            words.append(letters[number % len(letters)])
        stories.append("".join(words) + "。")
    return stories


def run(module: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        capture_output=True,
        timeout=600,
        cwd=ROOT,
        process_group=0,
        env=environment,
    )


def documents(folder: Path) -> list[dict[str, Any]]:
    """What datatrove wrote; it leaves empty texts out."""
    files = sorted(folder.iterdir())
    return [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]


def wanted(shards: Path) -> dict[str, str]:
    """The text of each document as ``tibetnews clean`` writes it."""
    done = clean_inputs(find_inputs([str(shards)]), cleaning_pool(jobs=1))
    lines = [json.loads(line) for batch in done for line in batch.lines.splitlines()]
    return {line["id"]: line["text"] for line in lines}


def test_a_killed_run_goes_on_and_gives_every_document_once(shards: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (shards, out, "--tasks", SHARDS, "--workers", 2)
    killed = run("tests.support.killed_cluster", "all", 3, 10, *arguments)
    assert killed.returncode == -signal.SIGKILL
    ended = {file.name: file.stat().st_mtime_ns for file in (out / "logs" / "clean" / "completions").iterdir()}
    assert 2 <= len(ended) < SHARDS
    again = run("examples.clean_cluster", *arguments)
    assert again.returncode == 0, again.stderr.decode()
    assert f"Skipping {len(ended)} already completed tasks".encode() in again.stderr
    for name, at in ended.items():
        assert (out / "logs" / "clean" / "completions" / name).stat().st_mtime_ns == at
    assert_complete(shards, out)
    kept = documents(out / "deduplicated")
    finished = run("examples.clean_cluster", *arguments)
    assert finished.returncode == 0
    assert documents(out / "deduplicated") == kept


@pytest.mark.parametrize("executor", ["local", "ray"])
def test_a_task_that_is_killed_ends_the_run_and_the_same_command_goes_on(
    shards: Path, tmp_path: Path, executor: str
) -> None:
    """Ray gives what the local executor gives, document by document."""
    if executor == "ray":
        pytest.importorskip("ray", reason="Ray is not installed: `make ray` installs it")
    out = tmp_path / "out"
    arguments = (shards, out, "--tasks", SHARDS, "--workers", 2, "--executor", executor)
    begun = monotonic()
    killed = run("tests.support.killed_cluster", "task", 1, 10, *arguments)
    assert killed.returncode == 1, killed.stderr.decode()
    assert monotonic() - begun < 100  # a minute, and the time that the work took
    said = (
        f"clean_cluster: the process of task 1 was killed, or has failed (see {out}/logs/clean/logs/task_00001.log);"
        " run the same command again, it repeats only what had not ended"
    )
    assert said in killed.stderr.decode().splitlines()
    again = run("examples.clean_cluster", *arguments)
    assert again.returncode == 0, again.stderr.decode()
    assert_complete(shards, out)


def test_slurm_gives_the_same(shards: Path, tmp_path: Path) -> None:
    """A task is killed; the same command goes on, and so does a third one, which cancels the jobs of the second."""
    if not slurm.is_installed():
        pytest.skip(slurm.MISSING)
    out, folder = tmp_path / "out", tmp_path / "slurm"
    folder.mkdir()
    arguments = (shards, out, "--tasks", SHARDS, "--executor", "slurm", "--workers", 2)
    with slurm.slurm(folder) as environment:
        begun = run("tests.support.killed_cluster", "task", 1, 10, *arguments, **environment)
        assert begun.returncode == 0, begun.stderr.decode()
        slurm.wait_for_jobs(environment)
        completed = {file.name for file in (out / "logs" / "clean" / "completions").iterdir()}
        assert completed == {"00000", "00002", "00003"}
        assert not (out / "deduplicated").exists()
        again = run("examples.clean_cluster", *arguments, **environment)
        assert again.returncode == 0, again.stderr.decode()
        submitted = slurm.jobs(environment)
        assert len(submitted) > 5
        third = run("examples.clean_cluster", *arguments, **environment)
        assert third.returncode == 0, third.stderr.decode()
        assert not set(submitted) & set(slurm.jobs(environment))
        slurm.wait_for_jobs(environment)
    assert_complete(shards, out)


def assert_complete(shards: Path, out: Path) -> None:
    """Each document was cleaned as on one machine, once, and of near copies one is kept."""
    texts = wanted(shards)
    assert len(texts) == SHARDS * 20 + 3
    cleaned = documents(out / "clean")
    excluded = documents(out / "excluded")
    assert Counter(document["id"] for document in [*cleaned, *excluded]) == Counter(texts.keys())
    assert {document["id"]: document.get("text", "") for document in [*cleaned, *excluded]} == texts
    assert [(document["id"], document["metadata"]["filter_reason"]) for document in excluded] == [("2-20", "spam")]
    kept = documents(out / "deduplicated")
    copies = documents(out / "duplicates")
    assert Counter(document["id"] for document in [*kept, *copies]) == Counter(document["id"] for document in cleaned)
    assert {document["id"] for document in copies} < {"0-0", "3-20"}
    assert len(copies) == 1


def test_what_was_begun_otherwise_is_not_gone_on_with(shards: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_text(json.dumps({"source": str(shards), "tasks": 2, "field": "text"}))
    refused = run("examples.clean_cluster", shards, out, "--tasks", SHARDS)
    assert refused.returncode == 2
    assert refused.stderr.decode() == (
        f"clean_cluster: {out} was begun with source {shards}, tasks 2, field text: give the same, or another OUT\n"
    )
    assert run("examples.clean_cluster", out, tmp_path, "--tasks", 1).stderr.decode() == (
        f"clean_cluster: {out} holds no file that ends in .jsonl or .jsonl.gz\n"
    )
