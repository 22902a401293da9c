"""``tibetnews clean`` killed at any instant and run again gives what it gives undisturbed, byte for byte."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from replica.crawling import ROOT
from tests.support.archives import Archive
from tests.support.corpora import SAMPLE, STORY, corpus, line

SEEDS = 60 if os.environ.get("TORTURE") else 6


def started(where: str, count: int, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """A run of its own process group."""
    return subprocess.run(
        [sys.executable, "-m", "tests.support.killed_clean", where, str(count), *map(str, arguments)],
        capture_output=True,
        timeout=120,
        cwd=ROOT,
        process_group=0,
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "tibetnews.settings", "PYTHONUTF8": "1"},
    )


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs of every kind, some of them damaged, some bad."""
    folder = tmp_path_factory.mktemp("in")
    lines = list(corpus(60))
    lines[7] = b"bad\n"
    lines[50] = b'{"number": 50}\n'
    (folder / "a.jsonl").write_bytes(b"".join(lines))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b"".join(lines[::-1])))
    archive = Archive()
    for number in range(40):
        archive.add(url=f"http://mirror.example/{number}.html", body=f"<p>{STORY * 9}</p><p>{number}。</p>".encode())
        archive.add(status="404 Not Found")
    (folder / "c.warc.gz").write_bytes(bytes(archive))
    for number in range(30):
        (folder / f"d{number}.txt").write_text(f"{STORY * 20}{number}。" if number % 7 else SAMPLE, "utf-8")
    (folder / "e.jsonl").write_bytes(b"bad\n" * 9 + line(1, STORY))
    return folder


@pytest.fixture(scope="module")
def wanted(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The output and the rejects of a run that nobody disturbs, on one core."""
    folder = tmp_path_factory.mktemp("wanted")
    run = started("sync", 0, inputs, "-O", folder / "out.jsonl", "--jobs", 1)
    assert run.returncode == 1
    assert run.stderr.endswith(b"tibetnews clean: skipped records: 40 status 404\n")
    assert sorted(file.name for file in folder.iterdir()) == ["out.jsonl", "out.rejects.jsonl"]
    return (folder / "out.jsonl").read_bytes(), (folder / "out.rejects.jsonl").read_bytes()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_killed_run_goes_on(inputs: Path, wanted: tuple[bytes, bytes], tmp_path: Path, seed: int) -> None:
    cleaned, rejects = wanted
    dice = random.Random(seed)
    out = tmp_path / "out.jsonl"
    again = 0
    kills = [("sync", dice.randrange(5, 40)), (dice.choice(["sync", "batch"]), dice.randrange(1, 20)), ("sync", 0)]
    for where, count in kills:  # a checkpoint takes four syncs: the first kill leaves one
        run = started(where, count, inputs, "-O", out, "--jobs", dice.randrange(1, 4))
        again += b"resuming after " in run.stderr
        if run.returncode != -signal.SIGKILL:
            break
        assert not out.exists() or out.read_bytes() == cleaned  # the name appears once all is there
    assert run.returncode == 1
    assert out.read_bytes() == cleaned
    assert (tmp_path / "out.rejects.jsonl").read_bytes() == rejects
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out.jsonl", "out.rejects.jsonl"]
    assert again


def test_the_inputs_hold_every_kind(wanted: tuple[bytes, bytes]) -> None:
    records = [json.loads(line) for line in wanted[0].splitlines()]
    rejects = [json.loads(line) for line in wanted[1].splitlines()]
    assert len(records) == 58 + 58 + 40 + 30 + 1
    assert [Path(reject["file"]).name for reject in rejects] == ["a.jsonl"] * 2 + ["b.jsonl.gz"] * 2 + ["e.jsonl"] * 9
    assert [reject["line"] for reject in rejects] == [8, 51, 10, 53, *range(1, 10)]


def test_a_process_that_the_kernel_kills_is_told_and_the_run_can_go_on(
    inputs: Path, wanted: tuple[bytes, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run = started("worker", 9, inputs, "-O", out, "--jobs", 2)
    assert run.returncode == 74
    assert run.stderr.splitlines()[-1] == (
        b"tibetnews clean: aborted: a process of the pool was ended by signal 9 (Killed); 9 may mean that memory was "
        b"short; run the same command to resume"
    )
    assert started("worker", 0, inputs, "-O", out, "--jobs", 2).returncode == 1
    assert out.read_bytes() == wanted[0]


def test_an_interrupted_run_says_how_to_go_on(inputs: Path, wanted: tuple[bytes, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run = started("ctrl-c", 20, inputs, "-O", out, "--jobs", 2)
    assert run.returncode == 130
    assert run.stderr.splitlines()[-1] == b"tibetnews clean: interrupted; run the same command to resume"
    assert started("sync", 0, inputs, "-O", out, "--jobs", 2).returncode == 1
    assert out.read_bytes() == wanted[0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_program_is_no_bad_record(inputs: Path, tmp_path: Path, jobs: int) -> None:
    """It surfaces with the entry that it met, under a status of its own; nothing is passed over."""
    run = started("fault", 7, inputs / "a.jsonl", "-O", tmp_path / "out.jsonl", "--jobs", jobs)
    assert run.returncode == 70
    assert b"ZeroDivisionError: a fault of the program\nwhile cleaning " in run.stderr
    assert f"while cleaning {inputs / 'a.jsonl'}:".encode() in run.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_other_inputs_are_not_mixed_with_what_was_begun(inputs: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes((inputs / "a.jsonl").read_bytes())
    assert started("sync", 12, source, "-O", tmp_path / "out.jsonl").returncode == -signal.SIGKILL
    source.write_bytes(line(1, STORY))
    run = started("sync", 0, source, "-O", tmp_path / "out.jsonl")
    note, summary = run.stderr.splitlines()
    assert note == b"tibetnews clean: the inputs changed since the interrupted run; starting over"
    assert summary.startswith(b"tibetnews clean: 1 record cleaned, none rejected in 0:00:")
    assert [json.loads(one)["number"] for one in (tmp_path / "out.jsonl").read_bytes().splitlines()] == [1]
