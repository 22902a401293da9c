"""``tibetnews report``: the runs of a year on one page of HTML."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tibetnews.command import ProjectCommand
from tibetnews.console import PROGRAM, ExitStatus, standard_output
from tibetnews.errors import WrongUseError
from tibetnews.ledger.status import LedgerStatus
from tibetnews.ledger.yearly import summarize_year
from tibetnews.outlet.sections import table
from tibetnews.report.page import page

STDOUT = "-"


class Command(ProjectCommand):
    """``tibetnews report``."""

    usage = "[-o FILE]"
    summary = "Write the report of the runs, one page of HTML, to STATE_DIR/report.html"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE; - is standard output")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        state = self.settings.get("STATE_DIR")
        if args:
            raise WrongUseError(f"unknown argument {args[0]}; it takes -o FILE only")
        if not state:
            raise WrongUseError("STATE_DIR is empty, so that nothing is remembered of any run")
        names = {section.section_key: section.name for section in table().sections}
        status = LedgerStatus.open(Path(state))
        if status is None:
            raise WrongUseError(f"there is no ledger in {state}; {PROGRAM} crawl sections makes one")
        with closing(status.db):
            html = page(summarize_year(status, datetime.now(UTC)), names, str(Path(state).absolute()))
        if opts.output == STDOUT:
            with standard_output() as out:
                out.write(html.encode())
            return ExitStatus.OK
        path = Path(opts.output) if opts.output else Path(state) / "report.html"
        try:
            _write(path, html)
        except OSError as error:
            return self.end(ExitStatus.IO_ERROR, f"{path} cannot be written: {error.strerror}")
        print(path)
        return ExitStatus.OK


def _write(path: Path, html: str) -> None:
    """Write a file that gets its name once it is whole, under one of its own until then: two may be made at once."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(html, "utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
