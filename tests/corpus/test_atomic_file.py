"""An output is there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from replica.crawling import ROOT
from tibetnews.corpus.atomic_file import atomic_write
from tibetnews.durability import write_whole


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
from collections.abc import Callable
from pathlib import Path
from tibetnews.corpus.atomic_file import OutputLockedError, atomic_write

try:
    with atomic_write(Path(sys.argv[1])) as file:
        file.write(b"of the second")
except OutputLockedError as error:
    print(error)
"""


def write(path: Path) -> None:
    with atomic_write(path) as file:
        file.write(b"new\n")


def write_nothing(path: Path) -> None:
    with atomic_write(path, keep_empty=False):
        pass


def write_at_once(path: Path) -> None:
    write_whole(path, b"new\n")


@pytest.mark.parametrize("name", ["/proc/self/fd/{}", "/dev/fd/{}"])
@pytest.mark.parametrize(("work", "added"), [(write, b"new\n"), (write_at_once, b"new\n"), (write_nothing, b"")])
def test_the_file_that_a_stream_goes_to_is_appended_to(
    tmp_path: Path, work: Callable[[Path], None], added: bytes, name: str
) -> None:
    (tmp_path / "log").write_bytes(b"old\n")
    with (tmp_path / "log").open("ab") as stream:
        work(Path(name.format(stream.fileno())))
        assert (tmp_path / "log").read_bytes() == b"old\n" + added
        assert (tmp_path / "log").samefile(name.format(stream.fileno()))
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


@pytest.mark.parametrize("work", [write, write_at_once])
def test_a_link_stays_a_link(tmp_path: Path, work: Callable[[Path], None]) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/file")
    for _ in range(2):
        work(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "there").iterdir()] == [("file", b"new\n")]
