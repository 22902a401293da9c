"""``tibetnews clean``: text, HTML, JSON Lines and WARC that exist already, cleaned by all cores, without a crawl."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tibetnews.command import ProjectCommand, output_console
from tibetnews.console import RESUME_HINT, ExitStatus, ProgressBar, duration, print_message
from tibetnews.corpus.atomic_file import OutputLockedError
from tibetnews.corpus.checkpoints import ResumableOutput, can_resume, input_fingerprint
from tibetnews.corpus.command_line import (
    Outputs,
    add_output_options,
    check_arguments,
    check_inputs,
    open_outputs,
    total_bytes,
)
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import Input, find_inputs
from tibetnews.corpus.json_lines import NOTES
from tibetnews.corpus.pool import WorkerLostError, cores
from tibetnews.corpus.run import MAX_BYTES, Done, Progress, clean_inputs, cleaning_pool, compare_inputs, reject_line
from tibetnews.durability import resolved
from tibetnews.errors import WrongUseError
from tibetnews.export_files import check_outputs
from tibetnews.outlet.sections import section_table
from tibetnews.wording import counted

REJECTS_FILE = Path("clean.rejects.jsonl")
"""Where refused lines go when the output is standard output."""

MOST_JOBS, MOST_BYTES = 4096, 1 << 40
"""More processes, or longer lines, than any machine has room for."""


class Command(ProjectCommand):
    """``tibetnews clean``."""

    usage = "[options] FILE..."
    summary = "Clean files and folders of text, HTML, JSON Lines and WARC"
    description = (
        "Clean files and folders of text (.txt), HTML (.html .htm .shtml), JSON Lines (.jsonl .ndjson), archives "
        "(.warc), each also with .gz, and WACZ (.wacz); - is standard input. A page becomes a record; of a JSON line "
        "only the text changes. An interrupted run from files to -O OUT is resumed by the same command. "
        "Exit status: 0 all well, 1 some were rejected, 2 wrong use, 70 a fault of this program, 74 aborted, "
        "75 another run writes OUT, 130 interrupted."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_output_options(parser, REJECTS_FILE)
        parser.add_argument(
            "--field",
            default="text",
            metavar="NAME",
            help="the field of JSON Lines that holds the text, by default text",
        )
        parser.add_argument(
            "--format",
            choices=["text", "html", "jsonl", "warc"],
            help="what the inputs hold; by default files hold what their names say, and standard input jsonl",
        )
        parser.add_argument(
            "--jobs", default=str(cores()), metavar="N", help="processes at work, by default one for each core"
        )
        parser.add_argument(
            "--max-bytes",
            default=str(MAX_BYTES),
            metavar="N",
            help=f"refuse lines and pages of more bytes, by default {MAX_BYTES}",
        )
        parser.add_argument(
            "--fresh", action="store_true", help="start from the beginning, even if an interrupted run could be resumed"
        )
        parser.add_argument(
            "--diff", action="store_true", help="write nothing: show what would be changed and removed, and why"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        self.inputs = _checked(args, opts)
        check_outputs(self.settings, opts.output, opts.rejects)
        self.writes_file = bool(opts.output)
        try:
            return self._show(opts) if opts.diff else self._clean(opts)
        except WorkerLostError as error:
            status = ExitStatus.PROGRAM_FAULT if error.is_fault else ExitStatus.IO_ERROR
            return self.end(status, f"aborted: {error}{RESUME_HINT if self.has_checkpoint else ''}")

    def _clean(self, opts: argparse.Namespace) -> int:
        started = time.monotonic()
        with ExitStack() as files:
            pool = files.enter_context(cleaning_pool(opts.jobs, opts.field, opts.max_bytes))  # before any thread starts
            try:
                sink = files.enter_context(self._sink(opts))
            except OutputLockedError as error:
                return self.end(ExitStatus.BUSY, str(error))
            except OSError as error:
                return self.end(ExitStatus.WRONG_USE, f"cannot write {error.filename}: {error.strerror}")
            is_hidden = not opts.output and sys.stdout.isatty()
            columns, rejected = ("cleaning", "{task.fields[rejected]} rejected"), sink.progress.rejected
            total = total_bytes(self.inputs)
            bar = files.enter_context(ProgressBar(*columns, total=total, is_hidden=is_hidden, rejected=rejected))
            for done in clean_inputs(self.inputs, pool, opts.max_bytes, sink.progress):
                sink.write(done)
                for reject in done.rejects:
                    print_message("clean", f"{reject.place}: {reject.detail}", bar)
                bar.update(done.bytes_read, rejected=done.progress.rejected)
            sink.finish()
        if opts.output or sys.stderr.isatty() or sink.progress.rejected:  # in a pipe a filter, which is silent
            progress, where = sink.progress, f"; see {opts.output}" if opts.output else ""
            print_message("clean", f"{_done(progress, opts.rejects)} in {duration(time.monotonic() - started)}{where}")
        if (
            sink.progress.rejected
            and not (sink.progress.cleaned or opts.format)
            and any(not i.path for i in self.inputs)
        ):
            print_message(
                "clean", "standard input was read as JSON Lines; --format text, html or warc reads it otherwise"
            )
        if skipped := sink.progress.skipped:
            counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(skipped.items()))
            print_message("clean", f"skipped records: {counts}")
        return ExitStatus.PROBLEMS if sink.progress.rejected else ExitStatus.OK

    @contextmanager
    def _sink(self, opts: argparse.Namespace) -> Iterator[ResumableOutput | _Streams]:
        """Open what the results go to."""
        if not can_resume(self.inputs, opts.output, opts.rejects):
            with open_outputs(opts.output, opts.rejects) as outputs:
                yield _Streams(outputs)
            return
        options = {"field": opts.field, "max_bytes": opts.max_bytes, "rejects": str(resolved(opts.rejects))}
        sink = ResumableOutput(opts.output, opts.rejects, input_fingerprint(self.inputs, options), fresh=opts.fresh)
        if sink.note:
            print_message("clean", sink.note)
        try:
            with sink:
                yield sink
        finally:
            self.has_checkpoint = sink.has_checkpoint

    def _show(self, opts: argparse.Namespace) -> int:
        from tibetnews.corpus.diff_view import legend, render

        console = output_console(soft_wrap=True)
        rejected = changed = same = 0
        for place, comparison in compare_inputs(self.inputs, opts.field, opts.max_bytes):
            if isinstance(comparison, Reject):
                print_message("clean", f"{place}: {comparison.detail}")
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
        return ExitStatus.PROBLEMS if rejected else ExitStatus.OK


def _done(progress: Progress, rejects: Path) -> str:
    """Return what a cleaning that has ended says of its records."""
    rejected = f"{progress.rejected:,} rejected to {rejects}" if progress.rejected else "none rejected"
    return f"{counted(progress.cleaned, 'record')} cleaned, {rejected}"


class _Streams:
    """An output that cannot be resumed: a pipe, a terminal, or a file made from one."""

    def __init__(self, outputs: Outputs) -> None:
        self.outputs = outputs
        self.progress = Progress()

    def write(self, done: Done) -> None:
        self.outputs.lines.write(done.lines)
        for reject in done.rejects:
            self.outputs.rejects.write(reject_line(reject))
        self.progress = done.progress

    def finish(self) -> None:
        self.outputs.lines.flush()


def _checked(args: list[str], opts: argparse.Namespace) -> list[Input]:
    """Return the inputs; options become what they stand for. Raises WrongUseError for what cannot be used."""
    is_shown = opts.diff and not (opts.output or opts.rejects)
    check_arguments("clean", args, opts, "name a file, a folder, or - for standard input", REJECTS_FILE)
    if opts.diff and not is_shown:
        raise WrongUseError("--diff writes no file; leave out -O and --rejects")
    if opts.field in NOTES:
        raise WrongUseError(f"--field {opts.field}: that name is reserved for what cleaning adds")
    opts.jobs = _number("--jobs", opts.jobs, MOST_JOBS)
    opts.max_bytes = _number("--max-bytes", opts.max_bytes, MOST_BYTES)
    section_table()  # the pages are read in other processes, which could only fail
    inputs = find_inputs(args, opts.format, lambda message: print_message("clean", message))
    check_inputs(inputs, () if opts.diff else (opts.output, opts.rejects))
    return inputs


def _number(option: str, value: str, most: int) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not (is_number and 0 < int(value) <= most):
        raise WrongUseError(f"{option} {value}: not a number from 1 to {most:,}")
    return int(value)
