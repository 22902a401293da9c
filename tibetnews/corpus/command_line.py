"""The arguments that ``tibetnews clean`` and ``tibetnews merge`` share."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from tibetnews.console import PROGRAM, standard_output
from tibetnews.corpus.atomic_file import atomic_write
from tibetnews.corpus.inputs import STDIN, Input
from tibetnews.durability import may_be_replaced, resolved
from tibetnews.errors import WrongUseError


def add_output_options(parser: argparse.ArgumentParser, rejects: Path | None) -> None:
    """Add -O and --rejects. rejects: where refused lines go without -O; None where the command needs -O."""
    parser.add_argument(
        "-O",
        dest="output",
        metavar="OUT",
        type=Path,
        help=("write to OUT instead of standard output" if rejects else "write to OUT") + "; it appears when complete",
    )
    parser.add_argument(
        "--rejects",
        metavar="FILE",
        type=Path,
        help="copy rejected entries to FILE, which is made anew, by default to OUT.rejects.jsonl"
        + (f", without -O to {rejects}" if rejects else ""),
    )


def check_arguments(command: str, args: Sequence[str], opts: argparse.Namespace, missing: str, rejects: Path) -> None:
    """Check what the commands have in common, and set ``opts.rejects`` where it was not given.

    ``missing`` is the message where no input is named, ``rejects`` where refused lines go when the output is no file.
    Raises WrongUseError.
    """
    if unknown := [arg for arg in args if arg.startswith("-") and arg != STDIN]:
        raise WrongUseError(f"unknown option {unknown[0]}; `{PROGRAM} {command} -h` lists them")
    if not args:
        raise WrongUseError(missing)
    output: Path | None = opts.output
    if output and output.suffix == ".gz":
        raise WrongUseError(f"-O {output}: the output is not compressed; name it without .gz")
    if not opts.rejects:
        opts.rejects = output.with_suffix(".rejects.jsonl") if output and may_be_replaced(output) else rejects
    if output and not _names(output).isdisjoint(_names(opts.rejects)):
        raise WrongUseError(f"{output} cannot hold both the output and the rejected entries")
    for path in filter(None, (output, opts.rejects)):
        if not resolved(path).parent.is_dir():
            raise WrongUseError(f"cannot write {path}: its folder does not exist")


def check_inputs(inputs: Sequence[Input], written: Sequence[Path | None]) -> None:
    """Raise WrongUseError where an input would be written too, as it is or while it is not complete."""
    paths = set[str]().union(*(_names(path) for path in written if path))
    if both := [source.name for source in inputs if source.real_path in paths]:
        raise WrongUseError(f"{both[0]} is an input and would be overwritten; give the output another name")


def _names(path: Path) -> set[str]:
    """Return what a file that is written is called, and what lies beside it while it is not complete."""
    return {os.path.realpath(f"{resolved(path)}{end}") for end in ("", ".part", ".part.json")}


def total_bytes(inputs: Sequence[Input]) -> int | None:
    """Return the bytes of all inputs; None where one has no known size."""
    sizes = [source.size for source in inputs]
    return None if None in sizes else sum(filter(None, sizes))


class Outputs(NamedTuple):
    """What a command writes to."""

    lines: IO[bytes]
    rejects: IO[bytes]


@contextmanager
def open_outputs(output: Path | None, rejects: Path) -> Iterator[Outputs]:
    """Open the output, or standard output, and the file of rejects, which appears only if something is rejected."""
    with ExitStack() as files:
        out = files.enter_context(atomic_write(output) if output else standard_output())
        yield Outputs(out, files.enter_context(atomic_write(rejects, keep_empty=False)))
