"""``tibetnews merge``: exports of several machines or dates made one."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tibetnews.command import ProjectCommand
from tibetnews.console import ExitStatus, ProgressBar, duration, print_message
from tibetnews.corpus.atomic_file import OutputLockedError
from tibetnews.corpus.command_line import add_output_options, check_arguments, check_inputs, open_outputs, total_bytes
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import Input, each_once, find_exports, find_inputs
from tibetnews.corpus.run import read_entries, reject_line
from tibetnews.durability import may_be_replaced, resolved
from tibetnews.errors import WrongUseError
from tibetnews.export_files import check_outputs
from tibetnews.wording import counted

if TYPE_CHECKING:
    from tibetnews.corpus.merge import MergeStats

REJECTS_FILE = Path("merge.rejects.jsonl")
"""Where refused lines go when the output is standard output."""

_OTHER_FORMATS = (".csv", ".xml", ".parquet")
"""Formats of exports that cannot be merged."""


class Command(ProjectCommand):
    """``tibetnews merge``."""

    usage = "[options] FILE..."
    summary = "Join exports of several machines or dates: the newest revision of each article, in order of publication"
    description = (
        "Join exports (.jsonl .ndjson, also with .gz) and folders of them; - is standard input. The newest revision of"
        " each article is kept; of two records of one revision, the one that was fetched later. The records are ordered"
        " by time of publication and id, and stay byte for byte as they are, except for duplicate_of and similarity,"
        " which are computed again over all of them."
        " Exit status: 0 all well, 1 some lines were rejected, 2 wrong use,"
        " 74 aborted, 75 another run writes OUT, 130 interrupted."
    )

    foreign_keys = "kept as they are"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_output_options(parser, REJECTS_FILE)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        self.inputs = self.checked(args, opts)
        self.writes_file = bool(opts.output)
        return self._merge(opts)

    def checked(self, args: list[str], opts: argparse.Namespace) -> list[Input]:
        """Return the inputs. Raises WrongUseError for what cannot be used."""
        check_arguments(
            self.name, args, opts, "name an export, a folder of them, or - for standard input", REJECTS_FILE
        )
        inputs = each_once(source for name in args for source in self._exports(name))
        check_inputs(inputs, (opts.output, opts.rejects))
        check_outputs(self.settings, opts.output, opts.rejects)
        return inputs

    def write(self, lines: Iterator[bytes], out: IO[bytes]) -> Iterator[Reject]:
        """Write the merged lines; yield what cannot be written."""
        out.writelines(lines)
        yield from ()

    def _merge(self, opts: argparse.Namespace) -> int:
        from tibetnews.corpus.merge import Merge, add_entries

        rejected, started = 0, time.monotonic()
        with ExitStack() as files:
            try:
                out, rejects = files.enter_context(open_outputs(opts.output, opts.rejects))
            except OutputLockedError as error:
                return self.end(ExitStatus.BUSY, str(error))
            except OSError as error:
                return self.end(ExitStatus.WRONG_USE, f"cannot write {error.filename}: {error.strerror}")
            is_file = opts.output is not None and may_be_replaced(opts.output)
            merge = Merge(resolved(opts.output).parent if is_file else None)
            is_hidden = not opts.output and sys.stdout.isatty()
            total = total_bytes(self.inputs)
            bar = files.enter_context(
                ProgressBar("{task.fields[step]}", total=total, is_hidden=is_hidden, step="reading")
            )
            entries = read_entries(self.inputs, on_batch=bar.update)

            def merged() -> Iterator[Reject]:
                yield from add_entries(entries, merge)
                bar.update(step="writing")
                for refused in self.write(merge.lines(), out):
                    merge.stats.written -= 1
                    yield refused

            for reject in merged():
                rejects.write(reject_line(reject))
                print_message(self.name, f"{reject.place}: {reject.detail}", bar)
                rejected += 1
            out.flush()
        for message in summary(merge.stats, self.foreign_keys):
            print_message(self.name, message)
        told = f"{rejected:,} rejected to {opts.rejects}" if rejected else "none rejected"
        where = f"; see {opts.output}" if opts.output else ""
        print_message(self.name, f"done, {told}, in {duration(time.monotonic() - started)}{where}")
        return ExitStatus.PROBLEMS if rejected else ExitStatus.OK

    def _exports(self, name: str) -> list[Input]:
        """Return the inputs that a name stands for; of a folder those that hold records, and not what was refused."""
        if not (name and Path(name).is_dir()):
            if name.removesuffix(".gz").lower().endswith(_OTHER_FORMATS):
                raise WrongUseError(f"{name} is no JSON Lines; name the export in that format, .jsonl or .jsonl.gz")
            return find_inputs([name], "jsonl")
        return find_exports(name, partial(print_message, self.name))


def summary(stats: MergeStats, foreign: str) -> list[str]:
    """Return what a merge says at its end, a line each; ``foreign``: what became of keys of other versions."""
    from tibetnews.formats.json_schema import VERSION

    lines = [
        f"{counted(stats.written, 'article')} from {counted(stats.read, 'record')}; left out:"
        f" {counted(stats.older, 'older revision')}, {stats.refetched:,} fetched again"
    ]
    if stats.remarked:
        lines.append(
            f"duplicate_of changed in {counted(stats.remarked, 'record')}, now that all articles were compared"
        )
    if stats.dangling:
        copies = counted(stats.dangling, "copy names", "copies name")
        lines.append(f"{copies} an original in duplicate_of that is not among these articles")
    if stats.foreign:
        keys = ", ".join(f"{key} ({counted(count, 'line')})" for key, count in sorted(stats.foreign.items())[:10])
        lines.append(f"keys that version {VERSION} of the record does not have were {foreign}: {keys}")
    return lines
