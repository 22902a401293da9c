"""A disk as a power loss may leave it, made from a log of the calls that change files (see failing_calls.c).

What was synced is there: a file's bytes after an fsync of the file, a name after an fsync of its folder. Of what was
not, anything may be there: all, nothing, a beginning torn in the last write, or some writes, torn or as zeros, in any
order. POSIX promises no more; most file systems do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Literal

SECTOR_BYTES = 512
BOOT = Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()


@dataclass(frozen=True)
class Call:
    """A line of the log."""

    kind: str
    """w: write, t: truncate, s: sync, c: create, m: make a folder, r: rename, l: link, u: remove."""
    path: str
    """Below the folder of the log."""
    number: int
    """Offset of a write, or length of a truncated file."""
    data: bytes
    """Of a write, or the old name of a file."""


def read_log(log: Path, folder: Path) -> list[Call]:
    """Return the calls below a folder."""
    data, at = log.read_bytes(), 0
    calls = []
    while at < len(data):
        end = data.index(b"\n", at)
        kind, path, number, size = data[at:end].decode().split("\t")
        at = end + 1 + int(size)
        if Path(path).is_relative_to(folder):
            calls.append(Call(kind, str(Path(path).relative_to(folder)), int(number), data[end + 1 : at]))
    return calls


@dataclass(eq=False)
class Inode:
    """A file or folder: what of it is on the disk, and the calls since; of a folder these change its names."""

    content: bytes = b""
    unsynced: list[Call] = field(default_factory=list)
    is_folder: bool = False

    def synced(self) -> None:
        """Make a file durable."""
        data = bytearray(self.content)
        for call in self.unsynced:
            apply(data, call)
        self.content, self.unsynced = bytes(data), []


@dataclass(frozen=True)
class NameChange:
    """A change of a folder's names: ``inode`` gets the name ``new``, and ``old`` is gone."""

    folder: str
    new: str | None
    old: str | None
    inode: Inode | None


class Disk:
    """Files and names as a program sees them, and as they are on the disk."""

    def __init__(self, folder: Path) -> None:
        """Take a folder whose files are all on the disk."""
        self.names: dict[str, Inode] = {".": Inode(is_folder=True)}
        for path in folder.rglob("*"):
            is_folder = path.is_dir()
            content = b"" if is_folder else path.read_bytes()
            self.names[str(path.relative_to(folder))] = Inode(content, is_folder=is_folder)
        self.durable = dict(self.names)
        self.changes: list[NameChange] = []

    def play(self, call: Call) -> None:
        """Make the call."""
        inode = self.names.get(call.path)
        if call.kind in "wt":
            if inode:  # otherwise a file without a name
                inode.unsynced.append(call)
        elif call.kind == "s":
            if inode and inode.is_folder:
                kept = [change for change in self.changes if change.folder != call.path]
                for change in self.changes:
                    if change.folder == call.path:
                        rename(self.durable, change)
                self.changes = kept
            elif inode:
                inode.synced()
        else:
            self._play_names(call)

    def _play_names(self, call: Call) -> None:
        folder = str(Path(call.path).parent)
        if call.kind in "cm":
            if call.path in self.names:
                return
            change = NameChange(folder, call.path, None, Inode(is_folder=call.kind == "m"))
        elif call.kind == "u":
            change = NameChange(folder, None, call.path, None)
        else:
            old = self.old_name(call)
            change = NameChange(folder, call.path, old if call.kind == "r" else None, self.names.get(old))
        rename(self.names, change)
        self.changes.append(change)

    def old_name(self, call: Call) -> str:
        """Return the old name of a renamed or linked file, below the folder."""
        depth = len(Path(call.path).parts)
        return str(Path(*Path(call.data.decode()).parts[-depth:]))

    def lose_power(self, dice: random.Random, folder: Path) -> None:
        """Make a folder as the disk may be after a loss of power now."""
        names = dict(self.durable)
        for change in chosen(dice, self.changes):
            rename(names, change)
        for name, inode in sorted(names.items()):
            path = folder / name
            if any(str(above) not in names for above in Path(name).parents):
                continue  # a folder above it is not there
            if inode.is_folder:
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.write_bytes(self.after_loss(dice, inode, name))

    def after_loss(self, dice: random.Random, inode: Inode, name: str) -> bytes:
        """Return what is left of a file."""
        data = bytearray(inode.content)
        for call in torn(dice, inode.unsynced):
            apply(data, call)
        if name.endswith("/writing"):  # it notes the boot, and the machine was started anew
            return bytes(data).replace(BOOT, bytes(reversed(BOOT)))
        return bytes(data)


def apply(data: bytearray, call: Call) -> None:
    """Write to a file, or cut it or fill it up."""
    if call.kind == "t":
        del data[call.number :]
        data.extend(bytes(call.number - len(data)))
    else:
        data.extend(bytes(max(0, call.number - len(data))))
        data[call.number : call.number + len(call.data)] = call.data


def rename(names: dict[str, Inode], change: NameChange) -> None:
    """Change the names; what is below a renamed folder comes with it."""
    if change.old is not None:
        names.pop(change.old, None)
        below = [name for name in names if name.startswith(f"{change.old}/")]
        for name in below:
            inode = names.pop(name)
            if change.new is not None:
                names[change.new + name.removeprefix(change.old)] = inode
    if change.new is not None and change.inode is not None:
        names[change.new] = change.inode


def chosen(dice: random.Random, changes: list[NameChange]) -> list[NameChange]:
    """Return those of the changes that are on the disk: all, none, the first ones, or any."""
    match dice.randrange(4):
        case 0:
            return list(changes)
        case 1:
            return []
        case 2:
            return changes[: dice.randint(0, len(changes))]
        case _:
            return [change for change in changes if dice.random() < 0.5]


def torn(dice: random.Random, calls: list[Call]) -> Iterator[Call]:
    """Yield what of the unsynced calls is on the disk: all, none, the first ones with a torn last one, or any."""
    match dice.randrange(4):
        case 0:
            yield from calls
        case 1:
            return
        case 2:
            number = dice.randint(0, len(calls))
            yield from calls[: max(0, number - 1)]
            yield from (_tear(dice, call, "beginning") for call in calls[max(0, number - 1) : number])
        case _:
            for call in calls:
                match dice.randrange(5):
                    case 0 | 1:
                        yield call
                    case 2:
                        yield _tear(dice, call, "sectors")
                    case 3:
                        yield replace(call, data=bytes(len(call.data)))  # the length is there, the bytes are not


def _tear(dice: random.Random, call: Call, how: Literal["beginning", "sectors"]) -> Call:
    if call.kind == "t" or not call.data:
        return call
    if how == "beginning":
        return replace(call, data=call.data[: dice.randrange(len(call.data))])
    data = bytearray(call.data)
    for start in range(0, len(data), SECTOR_BYTES):
        if dice.random() < 0.5:
            end = min(len(data), start + SECTOR_BYTES)
            data[start:end] = bytes(end - start)
    return replace(call, data=bytes(data))


def losses(base: Path, calls: list[Call], count: int, seed: str) -> Iterator[tuple[int, Disk, random.Random]]:
    """Yield so many instants of a log with the disk as it is then."""
    dice = random.Random(seed)
    instants = sorted(dice.randrange(1, len(calls) + 1) for _ in range(count))
    disk, played = Disk(base), iter(calls)
    done = 0
    for instant in instants:
        for call in islice(played, instant - done):
            disk.play(call)
        done = instant
        yield instant, disk, dice
