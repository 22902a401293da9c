"""``tibetnews probe``: a first look at the outlet, one table of how its pages are read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tibetnews.command import ProjectCommand, add_spider_arguments, output_console, spider_arguments
from tibetnews.console import ExitStatus, printable
from tibetnews.errors import WrongUseError
from tibetnews.stats import PROGRAM_ERRORS, REQUESTS
from tibetnews.wording import counted, listed

if TYPE_CHECKING:
    from rich.table import Table as Grid

    from tibetnews.survey.findings import Finding


class Command(ProjectCommand):
    """``tibetnews probe``."""

    usage = "[-a editions=NAMES] [-a sections=NAMES] [--save DIR]"
    summary = "Look at some forty pages of the outlet, and print how each was read; nothing is stored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_spider_arguments(parser, "editions=cn,tb,… or sections=politics,…: look at these alone")
        parser.add_argument("--save", metavar="DIR", help="keep the pages that were not read well in this folder")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from tibetnews.settings_check import check_settings
        from tibetnews.spiders.arguments import parse_arguments, read_probe_sections
        from tibetnews.survey.findings import missing_everywhere
        from tibetnews.survey.probe import ProbeSpider
        from tibetnews.survey.spider import run_survey

        if args:
            raise WrongUseError(f"unknown argument {args[0]}; it takes -a and --save only")
        check_settings(self.settings)
        sections = parse_arguments(read_probe_sections, spider_arguments(opts))
        folder = Path(opts.save) if opts.save else None
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return self.end(ExitStatus.IO_ERROR, f"--save {opts.save}: {error.strerror}")
        crawler = run_survey(self.settings, ProbeSpider, sections=sections, folder=folder)
        spider = crawler.spider
        findings = spider.findings if isinstance(spider, ProbeSpider) else []
        unasked = spider.unasked if isinstance(spider, ProbeSpider) else 0
        faults = [*_faults(findings), *missing_everywhere(findings)]
        if not findings or crawler.stats.get_value(PROGRAM_ERRORS):
            faults.append("this program failed; the lines above say how")
        console = output_console()
        console.print(_table(findings))
        requests = crawler.stats.get_value(REQUESTS, 0)
        asked = f"{counted(len(findings), 'page')}, {counted(requests, 'request')}"
        console.print(f"\n{asked}; {counted(unasked, 'section was', 'sections were')} not asked for.")
        console.print("All were read well." if not faults else "What was not read well:")
        for fault in faults:
            print(printable(f"  {fault}"))
        return ExitStatus.PROBLEMS if faults else ExitStatus.OK


def _faults(findings: list[Finding]) -> list[str]:
    """Return what is wrong with the pages; a fault that several of them have, such as a host that is down, is one."""
    pages: dict[str, list[str]] = {}
    for finding in findings:
        for fault in finding.faults:
            pages.setdefault(fault, []).append(finding.subject)
    return [f"{listed(subjects)}: {fault}" for fault, subjects in pages.items()]


def _table(findings: list[Finding]) -> Grid:
    from rich.table import Table as Grid

    from tibetnews.survey.findings import COMPARED_FIELDS

    grid = Grid("page", "address", "answer", "links", "layout", "not found", "not placed", box=None, pad_edge=False)
    for finding in findings:
        missing = [name for name in COMPARED_FIELDS if finding.fields and name not in finding.fields]
        cells = (finding.subject, finding.url, finding.answer, "" if finding.links is None else str(finding.links))
        rest = (finding.layout, " ".join(missing), " | ".join(finding.unplaced))
        grid.add_row(*(printable(cell).replace("[", "\\[") for cell in (*cells, *rest)))
    return grid
