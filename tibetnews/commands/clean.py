"""``scrapy clean``: text, HTML, JSON Lines and WARC that exist already, cleaned by all cores, without a crawl."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, NoReturn

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text
from scrapy.commands import ScrapyCommand

from tibetnews.console import printable
from tibetnews.corpus.atomic_file import whole_file
from tibetnews.corpus.checkpoints import Resumable, Taken, can_resume, made_of
from tibetnews.corpus.diff_view import legend, render
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import STDIN, Input, find_inputs
from tibetnews.corpus.json_lines import NOTES
from tibetnews.corpus.pool import WorkerLost, cores
from tibetnews.corpus.run import LONGEST, Done, Tally, clean_inputs, cleaning_pool, compare_inputs, reject_line
from tibetnews.errors import InvalidInputError

SOME_REJECTED = 1
WRONG_USE = 2
FAULT = 70  # EX_SOFTWARE of sysexits.h
BROKEN_OFF = 74  # EX_IOERR
TAKEN = 75  # EX_TEMPFAIL
INTERRUPTED = 130
BROKEN_PIPE = 141  # as a shell reports SIGPIPE

REJECTS = Path("clean.rejects.jsonl")
"""Where refused lines go when the output is standard output."""


class Command(ScrapyCommand):
    """Exit status: 0 all well, 1 some entries were rejected, 2 wrong use, 70 a fault of this program, 74 broken off,
    75 another run writes the same output, 130 interrupted."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute

    def syntax(self) -> str:
        return "[options] FILE..."

    def short_desc(self) -> str:
        return "Clean files and folders of text, HTML, JSON Lines and WARC"

    def long_desc(self) -> str:
        return (
            "Clean files and folders of text (.txt), HTML (.html .htm .shtml), JSON Lines (.jsonl .ndjson) and archives "
            "(.warc), each also with .gz behind; - is standard input. Pages become records; lines keep all else that "
            "they hold. A run from files to -O OUT that was cut short goes on when the same command is given again. "
            "Exit status: 0 all well, 1 some were rejected, 2 wrong use, 70 a fault of this program, 74 broken off, "
            "75 another run writes OUT, 130 interrupted."
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
        parser.add_argument(
            "--field",
            default="text",
            metavar="NAME",
            help="the field of JSON Lines that holds the text; `text` without it",
        )
        parser.add_argument(
            "--format",
            choices=["text", "html", "jsonl", "warc"],
            help="what standard input (else: jsonl) and the named files hold, whatever their names say",
        )
        parser.add_argument(
            "--jobs", default=str(cores()), metavar="N", help="processes at work; without it one for each core"
        )
        parser.add_argument(
            "--max-bytes",
            default=str(LONGEST),
            metavar="N",
            help=f"refuse longer lines and pages; {LONGEST} without it",
        )
        parser.add_argument(
            "--diff", action="store_true", help="write nothing: show what would be changed and removed, and why"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        try:
            self.inputs = _checked(args, opts)
        except InvalidInputError as error:
            _tell(str(error))
            sys.exit(WRONG_USE)  # before anything is started

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        sys.excepthook = _end_with_fault
        self.goes_on = False
        try:
            self.exitcode = self._show(opts) if opts.diff else self._clean(opts)
        except KeyboardInterrupt:
            _tell("interrupted" + self._outlook(opts))
            self.exitcode = INTERRUPTED
        except BrokenPipeError:
            self.exitcode = BROKEN_PIPE
        except (OSError, WorkerLost) as error:
            _tell(f"broken off: {error}" + self._outlook(opts, if_nothing=""))
            self.exitcode = FAULT if isinstance(error, WorkerLost) and error.is_fault else BROKEN_OFF
        if self.exitcode not in (0, SOME_REJECTED, WRONG_USE):
            os._exit(self.exitcode)  # nothing is left to write, nor to wait for, be it the reader or what it reads

    def _outlook(self, opts: argparse.Namespace, if_nothing: str = "; nothing was written") -> str:
        if self.goes_on:
            return "; the same command goes on from here"
        return if_nothing if opts.output else ""

    def _clean(self, opts: argparse.Namespace) -> int:
        with ExitStack() as files:
            pool = files.enter_context(cleaning_pool(opts.jobs, opts.field, opts.max_bytes))  # before any thread starts
            try:
                sink = files.enter_context(self._sink(opts))
            except Taken as taken:
                _tell(str(taken))
                return TAKEN
            except OSError as error:
                _tell(f"cannot write {error.filename}: {error.strerror}")
                return WRONG_USE
            progress = files.enter_context(_progress(hidden=not opts.output and sys.stdout.isatty()))
            task = progress.add_task("cleaning", total=_total(self.inputs), rejected=sink.tally.rejected)
            for done in clean_inputs(self.inputs, pool, opts.max_bytes, sink.tally):
                sink.write(done)
                for reject in done.rejects:
                    _tell(f"{reject.place}: {reject.detail}", progress.console)
                progress.update(task, completed=done.taken, rejected=done.tally.rejected)
            sink.finish()
        if passed := sink.tally.passed:
            told = ", ".join(f"{count:,} {reason}" for reason, count in sorted(passed.items()))
            _tell(f"records passed over: {told}")
        return SOME_REJECTED if sink.tally.rejected else 0

    @contextmanager
    def _sink(self, opts: argparse.Namespace) -> Iterator[Resumable | _Streams]:
        """Where the results go."""
        if not can_resume(self.inputs, opts.output, opts.rejects):
            with ExitStack() as files:
                out = files.enter_context(whole_file(opts.output) if opts.output else _standard_output())
                yield _Streams(out, files.enter_context(whole_file(opts.rejects, keep_empty=False)))
            return
        options = {"field": opts.field, "max_bytes": opts.max_bytes, "rejects": str(opts.rejects.resolve())}
        sink = Resumable(opts.output, opts.rejects, made_of(self.inputs, options))
        if sink.note:
            _tell(sink.note)
        try:
            with sink:
                yield sink
        finally:
            self.goes_on = sink.can_go_on

    def _show(self, opts: argparse.Namespace) -> int:
        console = _Console(highlight=False, soft_wrap=True)
        rejected = changed = same = 0
        for place, comparison in compare_inputs(self.inputs, opts.field, opts.max_bytes):
            if isinstance(comparison, Reject):
                _tell(f"{place}: {comparison.detail}")
                rejected += 1
                continue
            if not comparison.lines:
                same += 1
                continue
            if not changed:
                console.print(legend(console.is_terminal))
            changed += 1
            for line in render(place, comparison, console.is_terminal):
                console.print(line)
        console.print(f"{changed} changed, {same} as they were")
        return SOME_REJECTED if rejected else 0


class _Streams:
    """Where results go that nobody can go on with: a pipe, a terminal, or a file made of one."""

    def __init__(self, out: IO[bytes], rejects: IO[bytes]) -> None:
        self.out = out
        self.rejects = rejects
        self.tally = Tally()

    def write(self, done: Done) -> None:
        self.out.write(done.lines)
        for reject in done.rejects:
            self.rejects.write(reject_line(reject))
        self.tally = done.tally

    def finish(self) -> None:
        self.out.flush()


def _end_with_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
    """Python's own end has the status of a run with rejects."""
    sys.__excepthook__(kind, error, trace)
    os._exit(FAULT)


class _Console(Console):
    """Rich's console, which would end a run with status 1 where its reader is gone."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _standard_output() -> IO[bytes]:
    """Standard output with a buffer, whatever PYTHONUNBUFFERED says: without one a write may be cut short."""
    return open(sys.stdout.fileno(), "wb", closefd=False)


def _checked(args: list[str], opts: argparse.Namespace) -> list[Input]:
    """The inputs; options become what they stand for. Raises InvalidInputError for what cannot be used."""
    if unknown := [arg for arg in args if arg.startswith("-") and arg != STDIN]:
        raise InvalidInputError(f"unknown option {unknown[0]}; `scrapy clean -h` lists them")
    if not args:
        raise InvalidInputError("name a file, a folder, or - for standard input")
    if opts.diff and (opts.output or opts.rejects):
        raise InvalidInputError("--diff only shows; it goes with neither -O nor --rejects")
    if opts.field in NOTES:
        raise InvalidInputError(f"--field {opts.field}: that name is kept for what the cleaning tells")
    opts.jobs = _number("--jobs", opts.jobs)
    opts.max_bytes = _number("--max-bytes", opts.max_bytes)
    if opts.output and opts.output.suffix == ".gz":
        raise InvalidInputError(f"-O {opts.output}: the output is not compressed; name it without .gz")
    opts.rejects = opts.rejects or _beside(opts.output)
    if opts.output and opts.output.resolve() == opts.rejects.resolve():
        raise InvalidInputError(f"{opts.output} cannot hold both what is cleaned and what is refused")
    inputs = find_inputs(args, opts.format)
    outputs = {path.resolve() for path in (opts.output, opts.rejects) if path and not opts.diff}
    if both := [source.name for source in inputs if source.path and source.path.resolve() in outputs]:
        raise InvalidInputError(f"{both[0]} would be read and written")
    return inputs


def _beside(output: Path | None) -> Path:
    """The rejects file of an output; that of standard output where the output is no file, as /dev/null."""
    if output is None or (output.exists() and not output.is_file()):
        return REJECTS
    return output.with_suffix(".rejects.jsonl")


def _number(option: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise InvalidInputError(f"{option} {value}: not a number from 1")
    return int(value)


def _total(inputs: list[Input]) -> int | None:
    """Bytes of all inputs; None where nobody knows."""
    sizes = [source.size for source in inputs]
    return None if None in sizes else sum(filter(None, sizes))


def _tell(message: str, console: Console | None = None) -> None:
    """Print one line to standard error, above the progress bar where there is one."""
    console = console or _console()
    console.print(Text(printable(f"scrapy clean: {message}")))


def _console() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _progress(hidden: bool) -> Progress:
    console = _console()
    return Progress(
        TextColumn("cleaning"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rejected]} rejected"),
        console=console,
        disable=hidden or not console.is_terminal,
    )
