"""Opens the WARC files inside a WACZ file: a zip of archives with their indexes, by the Webrecorder tools."""

from __future__ import annotations

import io
import shutil
import struct
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

WACZ_SUFFIX = ".wacz"
WARC_SUFFIXES = (".warc", ".warc.gz")
_LOCAL_HEADER = struct.Struct("<26xHH")
"""Of a member of a zip file; lengths of its name and of its extra field."""
_MAX_RATIO = 100
"""A member that unpacks to more times its size is a bomb: archives are packed already."""


def members(path: Path) -> list[zipfile.ZipInfo]:
    """Return the WARC files of a WACZ file by name; none where it is another file, or cannot be read."""
    if path.suffix.lower() != WACZ_SUFFIX:
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            found = [member for member in archive.infolist() if member.filename.lower().endswith(WARC_SUFFIXES)]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
    return sorted(found, key=lambda member: member.filename)


def open_member(path: Path, name: str) -> IO[bytes]:
    """Open a file of a WACZ file; one that is packed against the format is unpacked to a temporary file.

    Raises OSError.
    """
    try:
        with ExitStack() as opened:
            archive = opened.enter_context(zipfile.ZipFile(path))
            member = archive.getinfo(name)
            if member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1:
                return cast(IO[bytes], io.BufferedReader(_Window(path, member)))
            if member.file_size > _MAX_RATIO * member.compress_size:
                raise OSError(f"{name} in it unpacks to {member.file_size:,} bytes")
            unpacked = opened.enter_context(tempfile.TemporaryFile())
            with archive.open(member) as packed:
                shutil.copyfileobj(packed, unpacked)
            unpacked.seek(0)
            archive.close()
            opened.pop_all()  # the caller closes the copy
            return cast(IO[bytes], unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise OSError(f"{name} in it cannot be unpacked: {error}") from error


class _Window(io.RawIOBase):
    """The bytes of a member that is stored as it is, without a copy."""

    def __init__(self, path: Path, member: zipfile.ZipInfo) -> None:
        self._file = path.open("rb")
        self._file.seek(member.header_offset)
        lengths = self._file.read(_LOCAL_HEADER.size)
        if len(lengths) < _LOCAL_HEADER.size:
            self._file.close()
            raise OSError(f"{member.filename} in it lies behind the file's end")
        self._start = member.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(lengths))
        self._size = member.file_size
        self._position = 0
        self._file.seek(self._start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)[: max(self._size - self._position, 0)]
        count = self._file.readinto(view)
        self._position += count
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        self._file.seek(self._start + self._position)
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._file.close()
        super().close()
