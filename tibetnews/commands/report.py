"""``tibetnews report``: the runs of a year on one page of HTML."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tibetnews.command import ProjectCommand, status_of
from tibetnews.console import ExitStatus, standard_output
from tibetnews.errors import InvalidTableError
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.status import LedgerStatus
from tibetnews.ledger.yearly import summarize_year
from tibetnews.outlet.sections import table
from tibetnews.report.page import page

STDOUT = "-"


class Command(ProjectCommand):
    """``scrapy report``; its exit statuses are those of :class:`~tibetnews.console.ExitStatus`."""

    def syntax(self) -> str:
        return "[-o FILE]"

    def short_desc(self) -> str:
        return "Write the report of the runs, one page of HTML, to STATE_DIR/report.html"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE; - is standard output")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        state = self.settings.get("STATE_DIR")
        if args:
            self.end(ExitStatus.WRONG_USE, f"unknown argument {args[0]}; it takes -o FILE only")
            return
        if not state:
            self.end(ExitStatus.WRONG_USE, "STATE_DIR is empty, so that nothing is remembered of any run")
            return
        try:
            names = {section.section_key: section.name for section in table().sections}
            status = LedgerStatus.open(Path(state))
            if status is None:
                self.end(ExitStatus.WRONG_USE, f"there is no ledger in {state}; scrapy crawl sections makes one")
                return
            with closing(status.db):
                html = page(summarize_year(status, datetime.now(UTC)), names, str(Path(state).absolute()))
        except InvalidTableError as error:
            self.end(ExitStatus.WRONG_USE, str(error))
            return
        except LedgerError as error:
            self.end(status_of(error), str(error))
            return
        if opts.output == STDOUT:
            with standard_output() as out:
                out.write(html.encode())
            return
        path = Path(opts.output) if opts.output else Path(state) / "report.html"
        try:
            _write(path, html)
        except OSError as error:
            self.end(ExitStatus.IO_ERROR, f"{path} cannot be written: {error.strerror}")
            return
        print(path)


def _write(path: Path, html: str) -> None:
    """Write a file that gets its name once it is whole, under one of its own until then: two may be made at once."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(html, "utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
