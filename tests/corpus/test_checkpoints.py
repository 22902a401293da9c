"""An output that was begun is gone on with, and is in the end what an uninterrupted run gives."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tibetnews.corpus.atomic_file import OutputLockedError
from tibetnews.corpus.batches import Position
from tibetnews.corpus.checkpoints import (
    EVERY,
    ResumableOutput,
    can_resume,
    input_fingerprint,
    program_digest,
)
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.run import Done, Progress

MADE = {"the inputs": "1", "the options": "2", "this program": "3"}
BATCHES = 2 * EVERY + 5
KILLED = 9


def done(number: int, rejected: int) -> Done:
    """The result of the batch with a number, from 1."""
    rejects = tuple(Reject("a", number, "json", "bad") for _ in range(rejected))
    progress = Progress(Position(0, number, number), number, number * rejected, {"status 404": number})
    return Done(f"{number}\n".encode(), rejects, progress, number)


def opened(folder: Path, made: dict[str, str] = MADE) -> ResumableOutput:
    return ResumableOutput(folder / "out.jsonl", folder / "out.rejects.jsonl", made)


def run(folder: Path, rejected: int = 1, batches: int = BATCHES) -> None:
    """A whole run, or the rest of one."""
    with opened(folder) as sink:
        for number in range(sink.progress.position.offset + 1, batches + 1):
            sink.write(done(number, rejected))
        sink.finish()
        assert sink.progress == done(batches, rejected).progress


def in_a_process(work: Callable[[], None]) -> int:
    """The exit status of a process that does the work."""
    pid = os.fork()
    if not pid:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(instant: int, work: Callable[[], None]) -> Callable[[], None]:
    """The work in a process that ends, as by kill -9, just before it syncs, renames or unlinks for the n-th time."""

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal instant
            instant -= 1
            if not instant:
                os._exit(KILLED)
            return function(*arguments, **named)

        return call

    def run() -> None:
        os.fsync = counted(os.fsync)  # in the process alone
        Path.replace = counted(Path.replace)  # type: ignore[method-assign]
        Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
        work()

    return run


def left(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("rejected", [0, 1])
def test_a_kill_between_any_two_writes_changes_nothing(tmp_path: Path, rejected: int) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    run(whole, rejected)
    wanted = left(whole)
    assert len(wanted["out.jsonl"].splitlines()) == BATCHES
    assert ("out.rejects.jsonl" in wanted) == bool(rejected)
    assert len(wanted) == 1 + rejected
    instant = 0
    status = KILLED
    while status == KILLED:
        instant += 1
        folder = tmp_path / str(instant)
        folder.mkdir()
        (folder / "out.jsonl").write_bytes(b"old\n")
        (folder / "out.rejects.jsonl").write_bytes(b"old\n")
        status = in_a_process(killed_at(instant, partial(run, folder, rejected)))
        assert left(folder)["out.jsonl"] in (b"old\n", wanted["out.jsonl"])
        if status == KILLED:  # and once more, in the middle of going on
            status = in_a_process(killed_at(3, partial(run, folder, rejected))) and KILLED
            assert in_a_process(partial(run, folder, rejected)) == 0
        assert left(folder) == wanted
    assert status == 0
    assert instant > 15


def test_a_run_goes_on_behind_what_was_committed(tmp_path: Path) -> None:
    assert in_a_process(killed_at(12, lambda: run(tmp_path))) == KILLED
    with opened(tmp_path) as sink:
        assert sink.progress == done(2 * EVERY, 1).progress or sink.progress == done(EVERY, 1).progress
        assert sink.note == f"resuming after {2 * sink.progress.cleaned} entries of the interrupted run"
        assert sink.has_checkpoint
    assert set(left(tmp_path)) == {"out.jsonl.part", "out.jsonl.part.json", "out.rejects.jsonl.part"}


def test_what_the_output_is_made_of_decides_whether_it_is_gone_on_with(tmp_path: Path) -> None:
    for what in MADE:
        assert in_a_process(killed_at(12, lambda: run(tmp_path))) == KILLED
        with opened(tmp_path, {**MADE, what: "other"}) as sink:
            assert sink.progress == Progress()
            assert sink.note == f"{what} changed since the interrupted run; starting over"
        assert left(tmp_path) == {}


def test_a_beginning_that_is_gone_is_not_gone_on_with(tmp_path: Path) -> None:
    assert in_a_process(killed_at(12, lambda: run(tmp_path))) == KILLED
    (tmp_path / "out.rejects.jsonl.part").unlink()
    with opened(tmp_path) as sink:
        assert sink.progress == Progress()
        assert sink.note
        assert "out.rejects.jsonl.part is not what the interrupted run had written" in sink.note


def test_an_exception_leaves_what_was_committed_and_else_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), opened(tmp_path):
        raise ZeroDivisionError
    assert left(tmp_path) == {}
    with opened(tmp_path) as sink:
        for number in range(1, EVERY + 2):
            sink.write(done(number, 0))
    assert set(left(tmp_path)) == {"out.jsonl.part", "out.jsonl.part.json", "out.rejects.jsonl.part"}
    with opened(tmp_path) as sink:
        assert sink.progress == done(EVERY, 0).progress


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    def second() -> None:
        with pytest.raises(OutputLockedError, match=r"another run writes .*out\.jsonl\.part"):
            opened(tmp_path)

    with opened(tmp_path) as sink:
        sink.write(done(1, 1))
        assert in_a_process(second) == 0
        sink.finish()
    assert left(tmp_path).keys() == {"out.jsonl", "out.rejects.jsonl"}


def test_an_output_is_known_by_its_inputs_options_and_program(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"{}\n")
    first = input_fingerprint(find_inputs([str(file)]), {"field": "text"})
    assert first == input_fingerprint(find_inputs([str(file)]), {"field": "text"})
    assert input_fingerprint(find_inputs([str(file)]), {"field": "content"}) == {
        **first,
        "the options": input_fingerprint([], {"field": "content"})["the options"],
    }
    os.utime(file, ns=(0, 1))
    assert input_fingerprint(find_inputs([str(file)]), {"field": "text"})["the inputs"] != first["the inputs"]
    assert set(first) == set(MADE)


def test_only_files_are_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    files = find_inputs([str(tmp_path / "a.jsonl")])
    assert can_resume(files, tmp_path / "out", tmp_path / "rejects")
    assert not can_resume(files, None, tmp_path / "rejects")
    assert not can_resume(files, Path("/dev/null"), tmp_path / "rejects")
    assert not can_resume(files, tmp_path / "out", Path("/dev/null"))
    assert not can_resume([*files, *find_inputs(["-"])], tmp_path / "out", tmp_path / "rejects")


def test_the_tests_can_fork() -> None:
    assert sys.platform != "win32"
    assert in_a_process(lambda: None) == 0
    assert in_a_process(lambda: os._exit(3)) == 3


@pytest.mark.parametrize("killed", [10, 15])
def test_a_fresh_run_begins_anew_and_may_be_killed_too(tmp_path: Path, killed: int) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    run(whole)
    (tmp_path / "out.jsonl").write_bytes(b"old\n")
    assert in_a_process(killed_at(killed, partial(run, tmp_path))) == KILLED
    assert (tmp_path / "out.jsonl.part.json").exists()

    def fresh() -> None:
        with ResumableOutput(tmp_path / "out.jsonl", tmp_path / "out.rejects.jsonl", MADE, fresh=True) as sink:
            assert (sink.progress, sink.note) == (Progress(), None)
            os._exit(KILLED)

    assert in_a_process(fresh) == KILLED
    assert not (tmp_path / "out.jsonl.part.json").exists()
    run(tmp_path)
    assert (tmp_path / "out.jsonl").read_bytes() == (whole / "out.jsonl").read_bytes()


def test_a_checkout_counts_by_its_files_and_an_installed_package_by_its_version(tmp_path: Path) -> None:
    package = tmp_path / "tibetnews"
    package.mkdir()
    (package / "a.py").write_bytes(b"1")
    installed = program_digest(package)
    (tmp_path / "pyproject.toml").touch()
    checkout = program_digest(package)
    (package / "a.py").write_bytes(b"2")
    assert len({installed, checkout, program_digest(package)}) == 3
    (tmp_path / "pyproject.toml").unlink()
    assert program_digest(package) == installed


@pytest.mark.parametrize("damaged", [b"", b"{", b"\x00" * 50, b'{"bytes": [0', b"{}", b"null\n", b'[{"whole": 1}]'])
def test_a_damaged_checkpoint_is_told_and_begun_anew(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "out.part.json").write_bytes(damaged)
    with ResumableOutput(tmp_path / "out", tmp_path / "rejects", {}) as output:
        assert output.note
        assert "damaged" in output.note
        output.finish()
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize(("was", "becomes"), [(f"{EVERY}", f"{EVERY + 1}"), ('"whole": false', '"whole": true')])
def test_a_checkpoint_that_was_edited_is_not_believed(tmp_path: Path, was: str, becomes: str) -> None:
    with opened(tmp_path) as sink:
        for number in range(1, EVERY + 1):
            sink.write(done(number, 0))
    checkpoint = tmp_path / "out.jsonl.part.json"
    checkpoint.write_text(checkpoint.read_text().replace(was, becomes))
    with opened(tmp_path) as sink:
        assert sink.note == f"{checkpoint} is damaged; starting over"
        assert sink.progress == Progress()


def test_an_older_output_is_not_taken_for_the_one_that_was_lost(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_bytes(b"old\n")
    instant = 0
    while b'"whole": true' not in left(tmp_path).get("out.jsonl.part.json", b""):
        instant += 1
        in_a_process(killed_at(instant, partial(run, tmp_path, 0, 3)))
    (tmp_path / "out.jsonl.part").unlink()
    run(tmp_path, 0, 3)
    assert (tmp_path / "out.jsonl").read_bytes() == b"1\n2\n3\n"
