"""No command but a crawl writes to what is a crawl's: its exports, its rejects, its ledger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from replica.crawling import ROOT
from tibetnews.ledger.database import Ledger

LINE = b'{"text": "\xe9\x9b\xaa\xe5\xb1\xb1"}\n'
COMMANDS = {
    "merge": ["merge", "in/a.jsonl", "-O", "{}"],
    "export": ["export", "in/a.jsonl", "-O", "x.parquet", "--rejects", "{}"],
    "clean": ["clean", "in/a.jsonl", "-O", "{}"],
    "rejects": ["clean", "in/a.jsonl", "-O", "x.jsonl", "--rejects", "{}"],
    "train": ["train", "in", "-O", "{}"],
    "report": ["report", "-o", "{}"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("in/a.jsonl", "exports/articles-20231013.jsonl", "exports/rejected-20231013.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINE)
    (tmp_path / "link.jsonl").symlink_to("exports/articles-20231013.jsonl")
    Ledger(tmp_path / "state").close()
    return tmp_path


def run(folder: Path, command: list[str], output: str) -> subprocess.CompletedProcess[str]:
    settings = ["-s", "EXPORT_DIR=exports", "-s", "STATE_DIR=state"]
    call = [sys.executable, "-m", "tibetnews", *(part.format(output) for part in command), *settings]
    return subprocess.run(
        call, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
    )


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite3-shm"}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "output",
    [
        "exports/articles-20231013.jsonl",
        "in/../exports/rejected-20231013.jsonl",
        "link.jsonl",
        "state/ledger.sqlite3",
        "state/ledger.sqlite3-wal",
        "state/lock",
    ],
)
def test_what_is_a_crawls_is_not_overwritten(folder: Path, command: str, output: str) -> None:
    before = contents(folder)
    done = run(folder, COMMANDS[command], output)
    assert (done.returncode, done.stdout, contents(folder)) == (2, "", before)
    said = f"{output} is a crawl's and would be overwritten; give the output another name\n"
    assert done.stderr == f"tibetnews {COMMANDS[command][0]}: {said}"


@pytest.mark.parametrize(
    "options",
    [
        ["-O", "exports/articles-20231013.jsonl"],
        ["-O", "link.jsonl"],
        ["-O", "file://{}/exports/rejected-20231013.jsonl"],
        ["-O", "%(export_dir)s/articles-20231013.jsonl:csv"],
        ["-o", "state/ledger.sqlite3:jsonl"],
        ["-o", "exports/rejected-20231013.jsonl"],
    ],
)
def test_nor_does_a_crawl_elsewhere_than_at_their_ends(folder: Path, options: list[str]) -> None:
    before = contents(folder)
    done = run(folder, ["crawl", "sections", *(option.replace("{}", str(folder)) for option in options)], "")
    assert (done.returncode, done.stdout, contents(folder)) == (2, "", before)
    assert "is a crawl's and would be overwritten" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("output", ["exports/mine.jsonl", "state/mine.html"])
def test_other_files_beside_them_are_written(folder: Path, output: str) -> None:
    command = "report" if output.startswith("state") else "clean"
    for _ in range(2):
        done = run(folder, COMMANDS[command], output)
        assert (done.returncode, (folder / output).is_file()) == (0, True), done.stderr
