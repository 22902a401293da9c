"""An output is there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from replica.crawling import ROOT
from tibetnews.corpus.atomic_file import atomic_write


def test_the_name_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with atomic_write(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_exception_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as file:
        file.write(b"half" * (1 // 0))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_is_left_only_where_it_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with atomic_write(path):
        pass
    assert path.read_bytes() == b""
    with atomic_write(path, keep_empty=False):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").touch()
    link = tmp_path / "link.jsonl"
    link.symlink_to("real.jsonl")
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == b"new"
    with atomic_write(Path("/dev/null")) as file:
        file.write(b"new")
    assert Path("/dev/null").is_char_device()


def test_a_file_is_written_by_one_run_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with atomic_write(path) as file:
        file.write(b"new")
        command = [sys.executable, "-c", SECOND, str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert done.stdout == f"another run writes {path}.part\n"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


SECOND = """
import sys
from pathlib import Path
from tibetnews.corpus.atomic_file import OutputLockedError, atomic_write

try:
    with atomic_write(Path(sys.argv[1])) as file:
        file.write(b"of the second")
except OutputLockedError as error:
    print(error)
"""
