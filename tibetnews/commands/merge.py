"""``scrapy merge``: exports of several machines or dates made one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text
from scrapy.commands import ScrapyCommand

from tibetnews.console import printable
from tibetnews.corpus.atomic_file import whole_file
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import STDIN, Input, find_inputs
from tibetnews.corpus.lines import LineReader
from tibetnews.corpus.merge import Merge, Tally, entries_of
from tibetnews.corpus.run import LONGEST, reject_line
from tibetnews.errors import InvalidInputError
from tibetnews.formats.json_schema import VERSION

SOME_REJECTED = 1
WRONG_USE = 2
BROKEN_OFF = 74  # EX_IOERR of sysexits.h
INTERRUPTED = 130
BROKEN_PIPE = 141  # as a shell reports SIGPIPE

REJECTS = Path("merge.rejects.jsonl")
"""Where refused lines go when the output is standard output."""


class Command(ScrapyCommand):
    """Exit status: 0 all well, 1 some lines were rejected, 2 wrong use, 74 broken off, 130 interrupted."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute

    def syntax(self) -> str:
        return "[options] FILE..."

    def short_desc(self) -> str:
        return "Make exports of several machines or dates one: the newest revision of each article, by time"

    def long_desc(self) -> str:
        return (
            "Merge exports (.jsonl .ndjson, each also with .gz behind) and folders of them; - is standard input. Of each"
            " article the newest revision is kept, byte for byte, by time of publication and id; of one revision the"
            " record that was fetched later. Exit status: 0 all well, 1 some lines were rejected, 2 wrong use,"
            " 74 broken off, 130 interrupted."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-O",
            dest="output",
            metavar="OUT",
            type=Path,
            help="write here instead of standard output; the name appears when all is done",
        )
        parser.add_argument(
            "--rejects",
            metavar="FILE",
            type=Path,
            help=f"copy what is refused here; else beside OUT, to OUT.rejects.jsonl, or without -O to {REJECTS}",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        try:
            self.inputs = _checked(args, opts)
        except InvalidInputError as error:
            _tell(str(error))
            sys.exit(WRONG_USE)  # before anything is started

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self.exitcode = self._merge(opts)
        except KeyboardInterrupt:
            _tell("interrupted; nothing was written" if opts.output else "interrupted")
            self.exitcode = INTERRUPTED
        except BrokenPipeError:
            self.exitcode = BROKEN_PIPE
        except OSError as error:
            _tell(f"broken off: {error}")
            self.exitcode = BROKEN_OFF
        if self.exitcode not in (0, SOME_REJECTED, WRONG_USE):
            os._exit(self.exitcode)  # nothing is left to write, and nobody waits for a reader that has gone

    def _merge(self, opts: argparse.Namespace) -> int:
        rejected = 0
        with ExitStack() as files:
            try:
                out = files.enter_context(whole_file(opts.output) if opts.output else _standard_output())
                rejects = files.enter_context(whole_file(opts.rejects, keep_empty=False))
            except OSError as error:
                _tell(f"cannot write {error.filename}: {error.strerror}")
                return WRONG_USE
            is_file = opts.output is not None and (opts.output.is_file() or not opts.output.exists())
            merge = Merge(opts.output.resolve().parent if is_file else None)
            reader = LineReader(self.inputs, LONGEST)
            progress = files.enter_context(_progress(hidden=not opts.output and sys.stdout.isatty()))
            task = progress.add_task("reading", total=_total(self.inputs))
            for reject in entries_of(_watched(reader, progress, task), merge):
                rejects.write(reject_line(reject))
                _tell(f"{reject.place}: {reject.detail}", progress.console)
                rejected += 1
            progress.update(task, description="writing")
            for line in merge.lines():
                out.write(line)
            out.flush()
        for told in summary(merge.tally):
            _tell(told)
        return SOME_REJECTED if rejected else 0


def summary(tally: Tally) -> list[str]:
    """What a merge tells at its end, a line each."""
    told = [
        f"{tally.written:,} articles of {tally.read:,} records; left out: {tally.older:,} older revisions,"
        f" {tally.again:,} fetched again"
    ]
    if tally.dangling:
        told.append(f"{tally.dangling:,} copies name an original in duplicate_of that is not among these articles")
    if tally.foreign:
        keys = ", ".join(f"{key} ({count:,} lines)" for key, count in sorted(tally.foreign.items())[:10])
        told.append(f"keys that version {VERSION} of the record does not have were passed as they are: {keys}")
    return told


def _watched(reader: LineReader, progress: Progress, task: TaskID) -> Iterator[Entry | Reject]:
    for entry in reader:
        yield entry
        progress.update(task, completed=reader.taken)


def _standard_output() -> IO[bytes]:
    """Standard output with a buffer, whatever PYTHONUNBUFFERED says: without one a write may be cut short."""
    return open(sys.stdout.fileno(), "wb", closefd=False)


def _checked(args: list[str], opts: argparse.Namespace) -> list[Input]:
    """The inputs; options become what they stand for. Raises InvalidInputError for what cannot be used."""
    if unknown := [arg for arg in args if arg.startswith("-") and arg != STDIN]:
        raise InvalidInputError(f"unknown option {unknown[0]}; `scrapy merge -h` lists them")
    if not args:
        raise InvalidInputError("name an export, a folder of them, or - for standard input")
    if opts.output and opts.output.suffix == ".gz":
        raise InvalidInputError(f"-O {opts.output}: the output is not compressed; name it without .gz")
    opts.rejects = opts.rejects or _beside(opts.output)
    if opts.output and opts.output.resolve() == opts.rejects.resolve():
        raise InvalidInputError(f"{opts.output} cannot hold both what is merged and what is refused")
    inputs = [source for name in args for source in _exports(name)]
    outputs = {path.resolve() for path in (opts.output, opts.rejects) if path}
    if both := [source.name for source in inputs if source.path and source.path.resolve() in outputs]:
        raise InvalidInputError(f"{both[0]} would be read and written")
    return inputs


def _exports(name: str) -> list[Input]:
    """The inputs that a name stands for; of a folder those that hold records, and not what was refused."""
    if not Path(name).is_dir():
        return find_inputs([name], "jsonl")
    found = [source for source in find_inputs([name]) if source.kind == "jsonl" and source.path]
    exports = [source for source in found if not _holds_rejects(source.path.name if source.path else "")]
    if not exports:
        raise InvalidInputError(f"{name} holds no export, a file that ends in .jsonl or .jsonl.gz")
    return exports


def _holds_rejects(name: str) -> bool:
    """True for the names that crawls and cleaning give to files of what was refused."""
    return name.startswith("rejected-") or ".rejects." in name


def _beside(output: Path | None) -> Path:
    """The rejects file of an output; that of standard output where the output is no file, as /dev/null."""
    if output is None or (output.exists() and not output.is_file()):
        return REJECTS
    return output.with_suffix(".rejects.jsonl")


def _total(inputs: list[Input]) -> int | None:
    """Bytes of all inputs; None where nobody knows."""
    sizes = [source.size for source in inputs]
    return None if None in sizes else sum(filter(None, sizes))


def _tell(message: str, console: Console | None = None) -> None:
    """Print one line to standard error, above the progress bar where there is one."""
    console = console or _console()
    console.print(Text(printable(f"scrapy merge: {message}")))


def _console() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _progress(hidden: bool) -> Progress:
    console = _console()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=hidden or not console.is_terminal,
    )
