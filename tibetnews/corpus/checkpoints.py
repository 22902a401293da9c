"""Crash-safe output: a partial file and a checkpoint from which the next run resumes.

Beside the output lie its beginning, ``OUT.part``, that of the rejects, and ``OUT.part.json``, the checkpoint: how many
bytes of both count, what they were made of, and where the run was. The order of the writes keeps the promise that
the whole is what an uninterrupted run gives:

    commit   the bytes of both are synced, then the checkpoint replaces the last one
    resume   both are cut to the bytes of the checkpoint
    finish   the checkpoint says so, then both get their names, then the checkpoint goes
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from types import TracebackType
from typing import IO, Any, Self

from tibetnews import __version__
from tibetnews.corpus.atomic_file import locked
from tibetnews.corpus.batches import Position
from tibetnews.corpus.inputs import Input
from tibetnews.corpus.run import Done, Progress, reject_line
from tibetnews.durability import fsync_folder, may_be_replaced, resolved, write_whole

EVERY = 64
"""Batches between two checkpoints; some 32 MB of input."""

_PACKAGES = ("OpenCC", "lxml", "parsel", "w3lib", "warcio", "chompjs")


def can_resume(inputs: Sequence[Input], output: Path | None, rejects: Path) -> bool:
    """Return whether a run can be resumed: all that it reads and writes are files."""
    written = [path for path in (output, rejects) if path]
    return (
        output is not None and all(source.size is not None for source in inputs) and all(map(may_be_replaced, written))
    )


def input_fingerprint(inputs: Sequence[Input], options: Mapping[str, Any]) -> dict[str, str]:
    """Return digests of everything that an output depends on.

    The program counts by its version and those of the packages that it uses; in a checkout, where it changes without
    its version, by all files of this package too.

    Args:
        inputs: Their paths, sizes and times of change count.
        options: Those that change the output.
    """
    files = hashlib.sha256()
    for source in inputs:
        file = [source.name, source.real_path, source.kind, source.size, source.modified]
        files.update(json.dumps(file).encode())
    return {
        "the inputs": files.hexdigest(),
        "the options": hashlib.sha256(json.dumps(dict(options)).encode()).hexdigest(),
        "this program": program_digest(Path(__file__).parents[1]),
    }


def program_digest(package: Path) -> str:
    """Return a digest of the program whose package lies in a folder."""
    digest = hashlib.sha256(" ".join([python_version(), __version__, *map(version, _PACKAGES)]).encode())
    if (package.parent / "pyproject.toml").exists():
        for path in sorted(package.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(package)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


class ResumableOutput:
    """The output and the rejects of a run that can be resumed.

    Attributes:
        progress: How far the run has come.
        is_whole: Whether an earlier run had done everything but give the files their names; that is done now.
        note: A line for the user about an earlier run, or None.

    Raises:
        OutputLockedError: Another run writes the output.
        OSError: A file cannot be written.
    """

    def __init__(self, output: Path, rejects: Path, fingerprint: Mapping[str, str], *, fresh: bool = False) -> None:
        self.paths = (resolved(output), resolved(rejects))  # links stay links
        self.parts = tuple(path.with_name(f"{path.name}.part") for path in self.paths)
        self.checkpoint = self.parts[0].with_name(f"{self.parts[0].name}.json")
        self.fingerprint = dict(fingerprint)
        self.progress = Progress()
        self.is_whole = False
        self.note: str | None = None
        self.since = 0  # batches since the last checkpoint
        self.files: tuple[IO[bytes], ...] = ()
        earlier = None if fresh else self._earlier()
        if earlier and earlier["whole"]:
            self.is_whole = True
            self._publish(earlier["bytes"])
        else:
            self._open_parts(earlier["bytes"] if earlier else [0, 0], fresh)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self.files:
            with suppress(OSError):  # what is not committed does not count; a full disk was reported already
                file.close()
        if not self.has_checkpoint and not self.is_whole:
            for part in self.parts:
                part.unlink(missing_ok=True)

    @property
    def has_checkpoint(self) -> bool:
        """Whether there is something that a later run can resume."""
        return self.checkpoint.exists()

    def write(self, done: Done) -> None:
        """Append what a run gave, and commit now and then."""
        self.files[0].write(done.lines)
        for reject in done.rejects:
            self.files[1].write(reject_line(reject))
        self.progress = done.progress
        self.since += 1
        if self.since >= EVERY:
            self._commit()

    def finish(self) -> None:
        """Give the output and the rejects their names; without a reject there is no such file."""
        if not self.is_whole:
            sizes = self._commit(is_whole=True)
            self.is_whole = True
            self._publish(sizes)

    def _commit(self, is_whole: bool = False) -> list[int]:
        for file in self.files:
            file.flush()
            os.fsync(file.fileno())
        sizes = [file.tell() for file in self.files]
        saved = {"depends on": self.fingerprint, "progress": asdict(self.progress), "bytes": sizes, "whole": is_whole}
        part = self.checkpoint.with_name(f"{self.checkpoint.name}.new")
        text = json.dumps(saved, indent=1).encode()
        write_whole(self.checkpoint, text + _seal(text), part)
        self.since = 0
        return sizes

    def _publish(self, sizes: Sequence[int]) -> None:
        """Done again after a kill in the middle of it, it passes over what has its name already."""
        for part, path, size in zip(self.parts[::-1], self.paths[::-1], sizes[::-1], strict=True):
            if path == self.paths[1] and not size:
                path.unlink(missing_ok=True)
                part.unlink(missing_ok=True)
            elif part.exists():
                part.replace(path)
            fsync_folder(path.parent)
        self.checkpoint.unlink(missing_ok=True)

    def _earlier(self) -> dict[str, Any] | None:
        """Return the checkpoint of an earlier run that this one can resume; set progress and note."""
        try:
            text, line_end, seal = self.checkpoint.read_bytes().rpartition(b"\n")
        except FileNotFoundError:
            return None
        saved: dict[str, Any] = json.loads(text) if line_end + seal == _seal(text) else {}
        if obstacle := self._obstacle(saved):
            self.note = f"{obstacle}; starting over"
            self.checkpoint.unlink()
            return None
        progress = saved["progress"]
        self.progress = Progress(**{**progress, "position": Position(*progress["position"])})
        entries = self.progress.cleaned + self.progress.rejected
        self.note = f"resuming after {entries:,} entries of the interrupted run"
        return saved

    def _obstacle(self, saved: dict[str, Any]) -> str | None:
        """Return why the run of a checkpoint cannot be resumed; None if it can."""
        if not saved:
            return f"{self.checkpoint} is damaged"
        if changed := [what for what, digest in self.fingerprint.items() if saved["depends on"].get(what) != digest]:
            return f"{' and '.join(changed)} changed since the interrupted run"
        for part, path, size in zip(self.parts, self.paths, saved["bytes"], strict=True):
            if _size(part) < size and not (saved["whole"] and _size(path) == size):
                return f"{part} is not what the interrupted run had written"
        return None

    def _open_parts(self, sizes: Sequence[int], fresh: bool) -> None:
        with ExitStack() as begun:  # undone where the other one cannot be written, or is another run's
            for part, size in zip(self.parts, sizes, strict=True):
                file = locked(part)
                begun.callback(self._forget, file, part)
                if fresh:  # before anything that it vouches for goes, and only once no other run holds the output
                    self.checkpoint.unlink(missing_ok=True)
                file.truncate(size)
                file.seek(size)
                self.files = (*self.files, file)
            begun.pop_all()

    def _forget(self, file: IO[bytes], part: Path) -> None:
        file.close()
        if not self.has_checkpoint:
            part.unlink()


def _seal(text: bytes) -> bytes:
    """Return the last line of a checkpoint, which tells it from one that was edited, and from files of others."""
    return b"\n" + hashlib.sha256(text).hexdigest().encode()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
