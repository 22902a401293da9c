"""What a run finds where exports are not as the last one committed them: cut, told or asked, and never a torn line."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger.articles import ExportedRevision
from tibetnews.ledger.between_runs import check_ledger
from tibetnews.ledger.committed_files import CommittedFile
from tibetnews.ledger.errors import LedgerError, LedgerLockedError
from tibetnews.ledger.lock import is_locked
from tibetnews.ledger.maintenance import check, cut_unknown_lines
from tibetnews.ledger.recovery import UnknownLinesError
from tibetnews.ledger.session import LedgerSession

NOW = 1_704_762_000.0  # 2024-01-09T01:00:00Z


def line(number: int, revision: int = 1) -> bytes:
    return json.dumps({"id": f"cn-{number}", "revision": revision, "title": "雪" * number}).encode() + b"\n"


def opened(folder: Path, state: str = "state", exports: Iterable[Path] = ()) -> LedgerSession:
    return LedgerSession(folder / state, "sections", clock=lambda: NOW, exports=tuple(exports))


def export(session: LedgerSession, file: CommittedFile, number: int) -> None:
    session.begin_record(number)
    file.write(line(number))
    session.record_exported(
        ExportedRevision(id=f"cn-{number}", url=f"http://x/{number}", content_hash="sha256:", published_at="2024-01-09")
    )


def run(folder: Path, numbers: Iterable[int], state: str = "state", name: str = "x.jsonl") -> tuple[str, ...]:
    """A run that exports these records; return what it found."""
    session = opened(folder, state)
    with closing(CommittedFile(session.ledger, folder / name)) as file:
        for number in numbers:
            export(session, file, number)
    session.close()
    assert session.failure is None
    return tuple(f"{found.bytes_cut} {found.detail}" for found in session.recovered)


def run_and_die(folder: Path, committed: list[int], uncommitted: list[int], torn: bytes, name: str) -> None:
    session = opened(folder)
    session.articles.discover(session.run, "cn/x", [(f"cn-{n}", f"http://x/{n}") for n in range(1, 30)])
    file = CommittedFile(session.ledger, folder / name)
    for number in committed:
        export(session, file, number)
    session.commit()
    for number in uncommitted:
        export(session, file, number)
    if torn:
        file.write(torn)
    os.kill(os.getpid(), signal.SIGKILL)


def killed_run(
    folder: Path, committed: list[int], uncommitted: list[int], torn: bytes = b"", name: str = "x.jsonl"
) -> None:
    arguments = (folder, committed, uncommitted, torn, name)
    process = multiprocessing.get_context("spawn").Process(target=run_and_die, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("reboot", [False, True])
def test_what_a_killed_run_had_not_committed_is_cut(tmp_path: Path, reboot: bool) -> None:
    killed_run(tmp_path, [1, 2], [3, 4], line(5)[:9])
    if reboot:
        (tmp_path / "state" / "writing").unlink()
    (found,) = run(tmp_path, [3])
    assert found == f"{len(line(3) + line(4)) + 9} bytes that a killed run had not committed"
    assert (tmp_path / "x.jsonl").read_bytes() == line(1) + line(2) + line(3)


@pytest.mark.parametrize(
    "name", ["纳木错.jsonl", os.fsdecode("纳木错".encode("gbk")) + "/x.jsonl", "a\nb/x.jsonl", " x.jsonl "]
)
def test_a_file_of_any_name_is_cut_no_further_than_the_killed_run_wrote(tmp_path: Path, name: str) -> None:
    killed_run(tmp_path, [1, 2], [3], line(4)[:9], name)
    assert run(tmp_path, [3], name=name) == (f"{len(line(3)) + 9} bytes that a killed run had not committed",)
    assert (tmp_path / name).read_bytes() == line(1) + line(2) + line(3)
    killed_run(tmp_path, [4], [5], b"", name)
    with (tmp_path / name).open("ab") as file:
        file.write(line(9))
    with pytest.raises(UnknownLinesError):
        opened(tmp_path)


def others_line(number: int) -> bytes:
    return json.dumps({"id": f"eng-{number}", "text": "another's"}).encode() + b"\n"


@pytest.mark.parametrize(
    ("foreign", "uncommitted", "reboot"),
    [
        (others_line(1), [], True),
        (others_line(1), [], False),
        (line(1), [3], True),
        (line(3), [3], True),
        (line(9), [], False),  # it could be the killed run's own, but that never meant to write so far
        (line(9) + line(10), [3, 4], False),
    ],
)
def test_lines_that_others_added_after_a_kill_are_never_cut(
    tmp_path: Path, foreign: bytes, uncommitted: list[int], reboot: bool
) -> None:
    killed_run(tmp_path, [1, 2], uncommitted)
    with (tmp_path / "x.jsonl").open("ab") as file:
        file.write(foreign)
    if reboot:
        (tmp_path / "state" / "writing").unlink()
    before = (tmp_path / "x.jsonl").read_bytes()
    for begin in (opened, lambda folder: check_ledger(folder / "state")):
        assert callable(begin)
        with pytest.raises(UnknownLinesError, match=r"x\.jsonl: \d lines? .*ledger rebuild.*ledger cut"):
            begin(tmp_path)
        assert (tmp_path / "x.jsonl").read_bytes() == before
        assert not is_locked(tmp_path / "state")


def test_two_ledgers_share_an_export_and_neither_cuts_the_others_lines(tmp_path: Path) -> None:
    killed_run(tmp_path, [1], [2])
    run(tmp_path, range(1, 9), state="other")
    before = (tmp_path / "x.jsonl").read_bytes()
    with pytest.raises(LedgerError, match="rebuild"):
        run(tmp_path, [2])
    assert (tmp_path / "x.jsonl").read_bytes() == before
    assert run(tmp_path, [9], state="other") == ()


def test_two_ledgers_may_take_turns(tmp_path: Path) -> None:
    if not has_attributes(tmp_path):
        pytest.skip("this file system has no extended attributes")
    for turn in range(3):
        assert run(tmp_path, [turn]) == run(tmp_path, [10 + turn], state="other") == ()
    assert (tmp_path / "x.jsonl").read_bytes() == b"".join(line(n) for n in (0, 10, 1, 11, 2, 12))


def has_attributes(folder: Path) -> bool:
    try:
        os.setxattr(folder, "user.x", b"x")
    except OSError:
        return False
    return True


def test_an_export_is_written_by_one_run_at_a_time(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path, "other")
    with (
        closing(CommittedFile(one.ledger, tmp_path / "x.jsonl")),
        pytest.raises(LedgerLockedError, match="another run writes to this export"),
    ):
        CommittedFile(other.ledger, tmp_path / "x.jsonl")
    one.close()
    other.close()


def test_a_program_that_writes_between_two_lines_ends_the_run(tmp_path: Path) -> None:
    session = opened(tmp_path)
    file = CommittedFile(session.ledger, tmp_path / "x.jsonl")
    export(session, file, 1)
    with (tmp_path / "x.jsonl").open("ab") as other:
        other.write(others_line(1))
    export(session, file, 2)
    assert "another program writes to it" in str(session.failure)
    file.close()
    session.close()


def remove(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename(path.with_name("y.jsonl"))


def edit(path: Path) -> None:
    path.with_name("new").write_bytes(path.read_bytes())
    path.with_name("new").rename(path)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [remove, rename, edit, make_folder])
@pytest.mark.parametrize("target", ["x.jsonl", "state/ledger.sqlite3"])
def test_lines_of_a_file_that_is_taken_away_do_not_count(
    tmp_path: Path, target: str, spoil: Callable[[Path], None]
) -> None:
    session = opened(tmp_path)
    file = CommittedFile(session.ledger, tmp_path / "x.jsonl")
    export(session, file, 1)
    session.commit()
    export(session, file, 2)
    spoil(tmp_path / target)
    session.commit()
    assert f"{tmp_path / target}: another program has moved, removed or replaced it" in str(session.failure)
    export(session, file, 3)
    file.close()
    session.close()


def shorten_before(path: Path) -> None:
    os.truncate(path, 10)


def empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("shorten", [shorten_before, empty])
def test_nothing_is_written_behind_what_another_program_has_left_of_an_export(
    tmp_path: Path, shorten: Callable[[Path], None]
) -> None:
    session = opened(tmp_path)
    file = CommittedFile(session.ledger, tmp_path / "x.jsonl")
    export(session, file, 1)
    session.commit()
    shorten(tmp_path / "x.jsonl")
    left = (tmp_path / "x.jsonl").read_bytes()
    export(session, file, 2)
    file.close()
    session.close()
    assert "another program writes to it" in str(session.failure)
    assert (tmp_path / "x.jsonl").read_bytes() == left


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        (b"", b"{}\n[]\n"),
        (b"{}\n[]\n", b"{}\n[]\n"),
        (b"1\n{}\n[]\n", b"1\n{}\n[]\n"),
        (b"1{}\n[]\n", b"1{}\n[]\n{}\n[]\n"),
        (b"{}\n", b"{}\n{}\n[]\n"),
    ],
    ids=["first", "killed before it cut", "killed again", "other lines", "some of them"],
)
def test_lines_that_a_killed_cut_has_copied_are_not_copied_again(tmp_path: Path, kept: bytes, left: bytes) -> None:
    killed_run(tmp_path, [1], [])
    path, beside = tmp_path / "x.jsonl", tmp_path / "x.jsonl.cut"
    with path.open("ab") as other:
        other.write(b"{}\n[]\n")
    beside.write_bytes(kept)
    for _ in range(2):
        cut_unknown_lines(tmp_path / "state", [], is_sure=True)
        assert (path.read_bytes(), beside.read_bytes()) == (line(1), left)


def test_what_another_program_has_written_into_a_torn_line_is_told_and_can_be_cut(tmp_path: Path) -> None:
    killed_run(tmp_path, [1], [])
    path = tmp_path / "x.jsonl"
    with path.open("ab") as other:
        other.write(b"torn")
    with pytest.raises(UnknownLinesError, match=r"x\.jsonl: what stands after byte \d+ is not in the ledger: another"):
        opened(tmp_path)
    (problem,) = check(tmp_path / "state", []).problems
    assert "what stands after byte" in problem
    (told,) = cut_unknown_lines(tmp_path / "state", [], is_sure=True)
    assert told.endswith("cut into x.jsonl.cut")
    assert path.with_name("x.jsonl.cut").read_bytes() == b"torn"
    assert path.read_bytes() == line(1)
    opened(tmp_path).close()


def test_an_older_ledger_over_newer_exports_is_told_and_cuts_nothing(tmp_path: Path) -> None:
    run(tmp_path, [1, 2])
    shutil.copytree(tmp_path / "state", tmp_path / "backup")
    run(tmp_path, [3, 4])
    shutil.rmtree(tmp_path / "state")
    (tmp_path / "backup").rename(tmp_path / "state")
    before = (tmp_path / "x.jsonl").read_bytes()
    with pytest.raises(UnknownLinesError, match=r"2 lines after byte \d+ are not in the ledger \(the first of cn-3\)"):
        run(tmp_path, [3])
    assert (tmp_path / "x.jsonl").read_bytes() == before


def test_an_export_of_a_day_that_an_older_ledger_does_not_know_is_told(tmp_path: Path) -> None:
    run(tmp_path, [1])
    newer = tmp_path / "y.jsonl"
    newer.write_bytes(line(2))
    with pytest.raises(UnknownLinesError, match=r"y\.jsonl: 1 line after byte 0"):
        opened(tmp_path, exports=[newer])
    newer.write_bytes(line(1))  # known: it was copied
    opened(tmp_path, exports=[newer]).close()


def shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 5)


def take_line_break(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def overwrite(path: Path, number: int, data: bytes) -> None:
    """Write other bytes over a line of an export, later than the ledger was written."""
    start = len(b"".join(map(line, range(1, number))))
    while path.stat().st_mtime_ns <= (path.parent / "state" / "ledger.sqlite3").stat().st_mtime_ns:
        with path.open("r+b") as file:
            file.seek(start)
            file.write(data)


SPOILT: dict[str, tuple[Callable[[Path], None], str, int]] = {
    "cut in a line": (shorten, "1 of its 3 lines is gone (cut ", 2),
    "emptied": (lambda path: os.truncate(path, 0), "3 of its 3 lines are gone", 0),
    "removed": (Path.unlink, "the file is gone with its 3 lines", 0),
    "without its last line break": (take_line_break, "the line break of its last line is back", 3),
    "overwritten at its end": (
        lambda path: overwrite(path, 3, bytes(len(line(3)))),
        "1 of its 3 lines is gone (cut ",
        2,
    ),
    "older": (lambda path: os.truncate(path, len(line(1))), "2 of its 3 lines are gone", 1),
}


@pytest.mark.parametrize(("spoil", "told", "left"), SPOILT.values(), ids=SPOILT)
def test_an_export_that_lost_lines_is_told_once_and_holds_no_torn_line(
    tmp_path: Path, spoil: Callable[[Path], None], told: str, left: int
) -> None:
    run(tmp_path, [1, 2, 3])
    spoil(tmp_path / "x.jsonl")
    (found,) = run(tmp_path, [4])
    assert told in found
    assert (tmp_path / "x.jsonl").read_bytes() == b"".join(map(line, [*range(1, left + 1), 4]))
    assert run(tmp_path, [5]) == ()


def test_a_line_that_was_overwritten_by_as_many_bytes_is_told_once(tmp_path: Path) -> None:
    run(tmp_path, [1, 2, 3])
    overwrite(path := tmp_path / "x.jsonl", 2, b"garbage\n")
    left = path.read_bytes()
    (found,) = run(tmp_path, [4])
    assert found.startswith("0 1 of its 3 lines is gone; ")
    assert path.read_bytes() == left + line(4)
    assert run(tmp_path, [5]) == ()


@pytest.mark.parametrize("torn", [line(7)[:-1], line(7)[:9]])
def test_nothing_is_glued_to_a_file_that_the_ledger_does_not_know(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(line(6) + torn)
    run(tmp_path, [1])
    kept = line(7) if torn == line(7)[:-1] else b""
    assert (tmp_path / "x.jsonl").read_bytes() == line(6) + kept + line(1)


@pytest.mark.parametrize("torn", [b"", line(5)[:9]])
def test_a_project_that_was_moved_finds_its_exports(tmp_path: Path, torn: bytes) -> None:
    home = tmp_path / "home"
    home.mkdir()
    killed_run(home, [1, 2], [3], torn)
    moved = home.rename(tmp_path / "moved")
    (found,) = run(moved, [3])
    assert "had not committed" in found
    assert (moved / "x.jsonl").read_bytes() == line(1) + line(2) + line(3)


def test_paths_of_a_ledger_of_an_older_version_become_relative(tmp_path: Path) -> None:
    run(tmp_path, [1])
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite3")) as db, db:
        db.execute("UPDATE feeds SET path = ?", (str(tmp_path / "x.jsonl"),))
    assert run(tmp_path, []) == ()
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite3")) as db:
        assert db.execute("SELECT path FROM feeds").fetchall() == [("x.jsonl",)]


def as_array(path: Path) -> None:
    path.write_bytes(b"[\n" + path.read_bytes().replace(b"\n", b",\n"))


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(gzip.compress(path.read_bytes(), mtime=0)),
        lambda path: path.write_text(path.read_text(), "utf-16"),
        as_array,
        as_folder,
        as_pipe,
        lambda path: overwrite(path, 1, b"garbage"),
    ],
    ids=["packed", "UTF-16", "array", "folder", "pipe", "overwritten"],
)
def test_an_export_that_was_made_something_else_is_told_and_left_alone(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    run(tmp_path, [1, 2])
    change(path := tmp_path / "x.jsonl")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError, match=r"x\.jsonl holds no lines of JSON any more, or is packed"):
        run(tmp_path, [3])
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_pipe_in_the_place_of_an_export_is_not_waited_for(tmp_path: Path) -> None:
    run(tmp_path, [1, 2])
    as_pipe(path := tmp_path / "x.jsonl")
    state = tmp_path / "state"
    assert check(state, [path]).problems[0].startswith(f"{path}: the file is gone")
    assert cut_unknown_lines(state, [path], is_sure=True) == []
    assert path.is_fifo()


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\n \r\n", bytes(5000)], ids=["byte order mark", "blank lines", "zeros"]
)
def test_an_export_with_other_bytes_before_its_lines_is_continued(before: bytes, tmp_path: Path) -> None:
    run(tmp_path, [1, 2])
    path = tmp_path / "x.jsonl"
    path.write_bytes(before + path.read_bytes())
    run(tmp_path, [3])
    assert path.read_bytes() == before + line(1) + line(2) + line(3)
