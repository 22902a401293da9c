"""What files need to last: names made durable, as ``os.fsync`` makes bytes, and folders that can be written."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def fsync_folder(folder: Path) -> None:
    """Make the names of new, renamed and removed files in a folder durable. Raises OSError."""
    _fsync(folder)


def fsync_file(path: Path) -> None:
    """Make a file durable, and its name; a device or a pipe is left out. Raises OSError."""
    if path.is_file():
        _fsync(path)
        _fsync(path.parent)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        raise naming(error, path) from error
    finally:
        os.close(handle)


def naming(error: OSError, path: Path) -> OSError:
    """Return the error with the file's name in its message; one without a number has it there already."""
    return OSError(error.errno, error.strerror, str(path)) if error.errno else error


def check_in_place(path: Path, opened: os.stat_result) -> os.stat_result:
    """Return what is told of a file now; raise OSError if its name has none or another one since it was opened."""
    with suppress(FileNotFoundError):
        if os.path.samestat(found := path.stat(), opened):
            return found
    raise OSError(f"{path}: another program has moved, removed or replaced it during the run")


def check_untouched(path: Path, left: os.stat_result) -> None:
    """Raise OSError if a file is not in place any more, or was written to since it was left so."""
    found = check_in_place(path, left)
    if (found.st_size, found.st_mtime_ns) != (left.st_size, left.st_mtime_ns):
        raise OSError(f"{path}: another program has written to it during the run")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, durably. Raises OSError."""
    folder = folder.absolute()
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        fsync_folder(path.parent)


def check_writable(path: Path) -> None:
    """Raise OSError if a file cannot be appended to or, where there is none, be made; nothing is changed."""
    if path.is_file() or path.is_dir():
        os.close(os.open(path, os.O_WRONLY))
    elif not path.exists():
        folder = next(folder for folder in path.absolute().parents if folder.exists())
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise naming(error, folder) from error


def may_be_replaced(path: Path) -> bool:
    """Return whether a file may take this place: one is there or nothing, and no device, no pipe, no folder.

    Nor does one take the place of /dev/stdout and its like: they are names of files that others have opened.
    """
    folder = os.path.realpath(path.parent)
    return (path.is_file() or not path.exists()) and folder != "/dev" and not folder.startswith("/proc/")


def resolved(path: Path) -> Path:
    """Return a path without links; Path.resolve would raise RuntimeError for links in a circle."""
    return Path(os.path.realpath(path))


def write_whole(path: Path, data: bytes, part: Path | None = None) -> None:
    """Write a file that lasts, whole or not at all. Raises OSError.

    Args:
        path: Its name; a link stays a link. What no file may replace is appended to.
        data: Its bytes.
        part: What it is called until it is whole; by default a name beside it that no other process takes.
    """
    if not may_be_replaced(path):
        with path.open("ab") as device:
            device.write(data)
        return
    path = resolved(path)
    part = part or path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb", buffering=0) as file:
            _write_all(file, data)
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise naming(error, path) from error
    finally:
        part.unlink(missing_ok=True)
    fsync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Append a line to a file, whole or not at all; what a killed process left of a line is cut off before.

    Raises OSError.
    """
    make_folder(path.parent)
    with path.open("a+b", buffering=0) as file:
        size = whole = file.seek(0, io.SEEK_END)
        while whole and (file.seek(whole - 1), file.read(1))[1] != b"\n":
            whole -= 1
        if whole < size:
            file.truncate(whole)
        try:
            _write_all(file, line)
        except OSError:
            with suppress(OSError):  # it is no regular file
                file.truncate(whole)
            raise


def _write_all(file: io.FileIO, data: bytes) -> None:
    remainder = memoryview(data)
    while remainder:  # the system may take a part at a time
        remainder = remainder[file.write(remainder) :]
