"""``tibetnews report``: the runs of a year on one page of HTML."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tibetnews.command import ProjectCommand, no_ledger
from tibetnews.console import ExitStatus, standard_output
from tibetnews.durability import write_whole
from tibetnews.errors import WrongUseError
from tibetnews.export_files import check_outputs
from tibetnews.health.limits import Limits

STDOUT = "-"
LOG_LINES = 20
LOG_BYTES = 1 << 16
"""Of the last run's log so many last lines are shown, if they are in so many last bytes."""


class Command(ProjectCommand):
    """``tibetnews report``."""

    usage = "[-o FILE]"
    summary = "Write the report of the runs, one page of HTML, to STATE_DIR/report.html"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            help="write to FILE (- is standard output), by default to STATE_DIR/report.html",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from tibetnews.ledger.status import RUN_LOG, LedgerStatus
        from tibetnews.ledger.yearly import summarize_year
        from tibetnews.outlet import urls
        from tibetnews.outlet.sections import section_table
        from tibetnews.report.page import Project, page

        state = self.settings.get("STATE_DIR")
        if args:
            raise WrongUseError(f"unknown argument {args[0]}; it takes -o FILE only")
        if not state:
            raise WrongUseError("STATE_DIR is empty, so that nothing is remembered of any run")
        sections = {section.section_key: section for section in section_table().sections}
        status = LedgerStatus.open(Path(state))
        if status is None:
            raise WrongUseError(no_ledger(state))
        path = Path(opts.output) if opts.output else Path(state) / "report.html"
        if not opts.output and path.exists() and not path.is_file():  # a pipe would be waited for
            raise WrongUseError(f"{path} is no file; remove it, or name another with -o")
        check_outputs(self.settings, path)
        rejects = max(Path(self.settings["EXPORT_DIR"]).glob("rejected-*.jsonl"), default=None)
        project = Project(
            place=str(Path(state).absolute()),
            names={key: section.name for key, section in sections.items()},
            listings={key: urls.build(urls.listing(section)) for key, section in sections.items()},
            rejects=str(rejects) if rejects else None,
            rejects_link=_link(path, rejects) if rejects and opts.output != STDOUT else None,
            log=_tail(Path(state) / RUN_LOG),
            limits=Limits.from_settings(self.settings.getfloat),
        )
        with closing(status.db):
            html = page(summarize_year(status, datetime.now(UTC)), project)
        if opts.output == STDOUT:
            with standard_output() as out:
                out.write(html.encode())
            return ExitStatus.OK
        try:
            write_whole(path, html.encode())
        except OSError as error:
            return self.end(ExitStatus.IO_ERROR, f"{path} cannot be written: {error.strerror}")
        print(path)
        return ExitStatus.OK


def _link(report: Path, file: Path) -> str:
    """Return the address of a file as the report has it beside itself."""
    way = os.path.relpath(file.absolute(), report.absolute().parent)
    return quote(os.fsencode(way if way.startswith("..") else f"./{way}"))


def _tail(path: Path) -> list[str]:
    """Return the last lines of the log; none where there is none."""
    if not path.is_file():  # a pipe would be waited for
        return []
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LOG_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()[-LOG_LINES:]
    except OSError:
        return []
