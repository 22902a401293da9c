"""What a person does to a ledger between runs: check it, back it up, set it aside, cut what it does not know."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tibetnews.durability import fsync_folder, may_be_replaced, resolved, write_whole
from tibetnews.ledger import certificate
from tibetnews.ledger.between_runs import opened_between_runs
from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.connection import LedgerConnection
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError, LedgerWriteError
from tibetnews.ledger.line_files import count_lines, lines_after
from tibetnews.ledger.migrations import version_of
from tibetnews.ledger.recovery import cut, feeds, unknown_lines, unknown_parts
from tibetnews.ledger.state_files import LEDGER_FILES, check_files
from tibetnews.wording import counted

MAX_NAMED = 5
"""Ids that a message names."""
_SQLITE = b"SQLite format 3\0"


class Checked(NamedTuple):
    """What a check has found, a line each."""

    problems: list[str]
    notes: list[str]
    """What may be right: articles whose lines went to a file that the ledger does not follow, as ``-O`` makes one."""


def check(folder: Path, exports: Sequence[Path]) -> Checked:
    """Compare a ledger with itself and with the exports that it has committed; nothing is changed.

    Raises LedgerError if it cannot be read at all, or a run holds it.
    """
    _file_of(folder)
    with opened_between_runs(folder) as ledger:
        broken = [row[0] for row in ledger.db.execute("PRAGMA integrity_check(10)").fetchall() if row[0] != "ok"]
        differences = _differences(ledger, exports)
        return Checked([*broken, *differences.problems], differences.notes)


def backup(folder: Path, target: Path) -> None:
    """Copy a ledger to a file, whole, also while a run writes to it (SQLite's online backup).

    Raises LedgerError, also where ``target`` is there and is no database: it may be an export.
    """
    source = _file_of(folder)
    if target.exists() and target.samefile(source):
        raise LedgerError(f"{target} is the ledger itself; name another file")
    if not may_be_replaced(target) or (target.exists() and not _holds_backup(target)):
        raise LedgerError(f"{target} is there and is no backup; name another file")
    target = resolved(target)  # a link stays a link
    part = target.with_name(f"{target.name}.{os.getpid()}.part")  # two backups may be made at once
    try:
        with closing(LedgerConnection(source, read_only=True)) as reading:
            version_of(reading, source)
            with closing(sqlite3.connect(part)) as copy:
                reading.backup(copy)
        part.replace(target)
        fsync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerWriteError(f"{source} cannot be copied to {target}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def set_aside(folder: Path) -> Path | None:
    """Keep a ledger's files in a new folder beside it, and return that; None where there is no ledger.

    The ledger itself has both names until another one takes its place, so that no run ever finds none.
    """
    there = [folder / name for name in LEDGER_FILES if (folder / name).exists()]
    if not there:
        return None
    number = 1
    while (aside := folder / f"set-aside-{number}").exists():
        number += 1
    aside.mkdir()
    for path in there:
        if path.name == FILE_NAME:
            os.link(path, aside / path.name)
        else:
            path.replace(aside / path.name)
    fsync_folder(folder)
    return aside


def put_in_place(folder: Path, made_in: Path) -> Path | None:
    """Let a ledger that was made in another folder, and is closed, take the place of the one in ``folder``.

    Returns:
        Where the old one is; None if there was none.

    Raises:
        OSError: A file cannot be moved.
    """
    aside = set_aside(folder)
    for name in (FILE_NAME, certificate.NAME):
        if (made := made_in / name).exists():
            made.replace(folder / name)
    fsync_folder(folder)
    shutil.rmtree(made_in)
    return aside


def cut_unknown_lines(folder: Path, exports: Sequence[Path], *, is_sure: bool) -> list[str]:
    """Cut the lines that the ledger does not know from the exports' ends, each into a file of its own beside it.

    Args:
        folder: The folder of the ledger.
        exports: Files of lines that the ledger should know.
        is_sure: False to say only what would be cut.

    Returns:
        What was cut, or would be, a line for each file.

    Raises:
        LedgerError: The ledger cannot be used.
        OSError: A file cannot be written.
    """
    _file_of(folder)
    with opened_between_runs(folder) as ledger:
        found = {error.path: error.offset for error in unknown_parts(ledger, feeds(ledger), exports)}
        for path, offset in found.items() if is_sure else ():
            with path.open("rb") as file:
                file.seek(offset)
                surplus = file.read()
            target = path.with_name(f"{path.name}.cut")
            kept = target.read_bytes() if target.is_file() else b""
            if not (b"\n" + kept).endswith(b"\n" + surplus):  # else one that was killed has copied them already
                write_whole(target, kept + surplus)
            cut(path, offset)
    verb = "cut" if is_sure else "would be cut"
    return [f"{path}: what follows byte {offset:,} {verb} into {path.name}.cut" for path, offset in found.items()]


def _file_of(folder: Path) -> Path:
    """Return the file of the ledger in a folder. Raises LedgerError where there is none, or it cannot be used."""
    check_files(folder)
    if not (path := folder / FILE_NAME).is_file():
        raise LedgerError(f"there is no ledger in {folder}")
    return path


def _holds_backup(path: Path) -> bool:
    """Return whether a file is a database, as a backup is, or empty. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) in (_SQLITE, b"")


def _differences(ledger: Ledger, exports: Sequence[Path]) -> Checked:
    """Compare the ledger with the lines that the exports hold."""
    known = feeds(ledger)
    found = []
    for feed in known:
        if feed.size is None:
            found.append(f"{feed.path}: the file is gone; {feed.offset:,} bytes of it were committed")
        elif feed.size < feed.offset:
            found.append(f"{feed.path}: {feed.offset - feed.size:,} of its {feed.offset:,} committed bytes are gone")
        elif feed.lines is not None and feed.size == feed.offset and (lines := count_lines(feed.path)) != feed.lines:
            found.append(f"{feed.path}: it has {counted(lines, 'line')}, and {feed.lines:,} were committed")
    found += [str(error) for error in unknown_parts(ledger, known, exports) if not error.ids]  # lines come below
    offsets = {feed.path: feed.offset for feed in known}
    paths = dict.fromkeys([*(feed.path for feed in known if feed.lines is not None), *map(Path.absolute, exports)])
    exported: dict[str, int] = {}
    doubled = 0
    for path in filter(Path.is_file, paths):
        if unknown := unknown_lines(ledger, path, offsets.get(path, 0)):
            found.append(f"{path}: {_lines_are(len(unknown))} not in the ledger ({_named(unknown)})")
        lines_seen: set[tuple[str, int]] = set()
        for line in lines_after(path, 0):
            if line.id is not None:
                exported[line.id] = max(exported.get(line.id, 0), line.revision)
                doubled += (line.id, line.revision) in lines_seen
                lines_seen.add((line.id, line.revision))
    if doubled:
        found.append(f"{_lines_are(doubled)} doubled")
    rows = ledger.db.execute("SELECT id, revision FROM articles WHERE revision > 0 ORDER BY id").fetchall()
    missing = [id_ for id_, revision in rows if exported.get(id_, 0) < revision]
    articles = counted(len(missing), "article that counts as exported is", "articles that count as exported are")
    note = f"{articles} in none of these exports ({_named(missing)})"
    return Checked(found, [note] if missing else [])


def _lines_are(number: int) -> str:
    return counted(number, "line is", "lines are")


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MAX_NAMED:,} more" if len(ids) > MAX_NAMED else ""
    return ", ".join(ids[:MAX_NAMED]) + more
