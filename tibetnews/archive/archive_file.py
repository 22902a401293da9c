"""A WARC file: one of its own, or one inside a WACZ file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tibetnews.archive.wacz import members, open_member


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A WARC file. inside: its name in the WACZ file at ``path``; "" where it is a file of its own."""

    path: Path
    inside: str = ""

    @property
    def name(self) -> str:
        """The path, and the name in the WACZ file."""
        return f"{self.path}/{self.inside}" if self.inside else str(self.path)

    def open(self) -> IO[bytes]:
        """Open the file for reading and seeking. Raises OSError."""
        return open_member(self.path, self.inside) if self.inside else self.path.open("rb")


def archive_files(path: Path) -> list[ArchiveFile]:
    """Return the WARC files that a path stands for: those of a WACZ file by name, else the file itself."""
    return [ArchiveFile(path, member.filename) for member in members(path)] or [ArchiveFile(path)]
