"""``tibetnews sections``: the table of sections, or the record's JSON Schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tibetnews.command import ProjectCommand, add_spider_arguments, no_ledger, output_console, spider_arguments
from tibetnews.console import ExitStatus, print_message, printable
from tibetnews.errors import WrongUseError
from tibetnews.formats.columns import PROGRAMS
from tibetnews.health.outlet import SECTIONS_TABLE
from tibetnews.stats import LINKS_UNKNOWN, PROGRAM_ERRORS, REQUESTS
from tibetnews.wording import counted

if TYPE_CHECKING:
    from rich.table import Table as Grid

    from tibetnews.ledger.status import Failure, LatestCount, SectionState
    from tibetnews.outlet.sections import Section

FAILURES = 20
"""So many failures are listed."""


class Command(ProjectCommand):
    """``tibetnews sections``."""

    usage = "[--schema [--for PROGRAM] | --discover [-a editions=NAMES]]"
    summary = "List the outlet's sections and what is known of each; find further ones; print the JSON Schema"
    description = (
        "List the sections that a crawl reads, with what the ledger knows of each: `known`, articles in the ledger;"
        " `failed`, those of them that could not be fetched or read; `newest`, the last day with an article; `walked`,"
        " when a run last read the listing as far as it had to; `state`, what was wrong with it. Links of listings in"
        " no known form, and failures with their next attempt, follow."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of one line of the export")
        parser.add_argument(
            "--for", dest="program", choices=sorted(PROGRAMS), help="with --schema, print it as this program takes it"
        )
        parser.add_argument(
            "--discover",
            action="store_true",
            help="read the outlet's home pages and listings (at most 60 requests), and print what the table lacks",
        )
        add_spider_arguments(parser, "with --discover, editions=cn,tb,…: only these editions")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        if args:
            raise WrongUseError(f"unknown argument {args[0]}; it takes --schema or --discover")
        if opts.schema and opts.discover:
            raise WrongUseError("--schema prints a schema and --discover asks the outlet; give one of them")
        if opts.program and not opts.schema:
            raise WrongUseError("--for goes with --schema")
        if opts.arguments and not opts.discover:
            raise WrongUseError("-a goes with --discover")
        if opts.discover:
            return self._discover(spider_arguments(opts))
        if opts.schema:
            write = PROGRAMS[opts.program] if opts.program else _schema
            print(write().rstrip())
        else:
            self._print_table()
        return ExitStatus.OK

    def _discover(self, arguments: dict[str, str]) -> int:
        from tibetnews.outlet.discovery import Discovery
        from tibetnews.settings_check import check_settings
        from tibetnews.spiders.arguments import parse_arguments, read_editions
        from tibetnews.survey.discovery import DiscoverySpider
        from tibetnews.survey.spider import run_survey

        check_settings(self.settings)
        discovery = Discovery(parse_arguments(read_editions, arguments), self.settings.get("OUTLET_SITE") or None)
        crawler = run_survey(self.settings, DiscoverySpider, discovery=discovery)
        requests = crawler.stats.get_value(REQUESTS, 0)
        found, asked = counted(len(discovery.found), "section"), counted(requests, "request")
        print(f"# {found} that the table lacks, after {asked}. To follow one, put its")
        print(f"# row below the line [<area>.sections] of {SECTIONS_TABLE}.")
        print("\n".join(map(printable, discovery.rows_to_paste().split("\n"))))
        unasked = len(discovery.rows.keys() - discovery.asked)
        if unasked:
            print(
                f"# {counted(unasked, 'row was', 'rows were')} not asked for; -a editions=… leaves requests for more."
            )
        failures = getattr(crawler.spider, "failures", [])
        for failure in failures:
            print_message(self.name, failure)
        return ExitStatus.PROBLEMS if failures or crawler.stats.get_value(PROGRAM_ERRORS) else ExitStatus.OK

    def _print_table(self) -> None:
        from tibetnews.ledger.status import LedgerStatus
        from tibetnews.outlet.sections import section_table

        sections = section_table().sections
        state = self.settings.get("STATE_DIR")
        known: dict[str, SectionState] = {}
        failures: list[Failure] = []
        unknown: dict[str, LatestCount] = {}
        if state and (status := LedgerStatus.open(Path(state))):
            with closing(status.db):
                known, failures = status.sections(), status.failures(FAILURES)
                unknown = status.latest_counts(LINKS_UNKNOWN)
        elif state:
            print_message(self.name, no_ledger(state))
        console = output_console()
        console.print(_grid(sections, known, is_narrow=console.is_terminal))
        if console.is_terminal and (ill := {key: of.fault for key, of in known.items() if of.fault}):
            console.print("\n! Ill, as the last run found them:")
            for key, fault in ill.items():
                console.print(printable(f"  {key}: {fault}"), markup=False)
        if unknown:
            console.print("\nLinks of listings in no known form (N: a number), as the last run with them counted them:")
        for pattern, count in sorted(unknown.items(), key=lambda item: -item[1].number):
            console.print(printable(f"  {pattern}  {count.number}  ({count.day})"), markup=False)
        if failures:
            console.print(f"\nFailures, the {FAILURES} that are due first:")
        for failure in failures:
            again = f"again {failure.again} UTC" if failure.again else "not again"
            for line in (f"  {failure.url}", f"    {failure.error} ({failure.attempts} in a row, {again})"):
                console.print(printable(line), markup=False)


def _grid(sections: Sequence[Section], known: Mapping[str, SectionState], *, is_narrow: bool) -> Grid:
    """Return the table of sections; one for a terminal of 80 columns has marks for ill ones, and no addresses."""
    from rich.table import Column
    from rich.table import Table as Grid
    from rich.text import Text

    from tibetnews.ledger.status import SectionState
    from tibetnews.outlet import urls

    heads = ["edition", "section", "name", "known", "failed", "newest", "walked"]
    heads = ["", *heads] if is_narrow else [*heads[:3], "listing", *heads[3:], "state"]
    columns = (
        Column(head, no_wrap=head != "name", justify="right" if head in ("known", "failed") else "left")
        for head in heads
    )
    grid = Grid(*columns, box=None, pad_edge=False)
    grid.collapse_padding = True
    for section in sections:
        state = known.get(section.section_key, SectionState(0, 0, None, None))
        walked = (state.walked or "-")[: 10 if is_narrow else None]
        cells = [str(state.known), str(state.failed), (state.newest or "-")[:10], walked]
        name = Text(section.name, no_wrap=True, overflow="ellipsis")
        names = (section.area.edition, section.edition_path, name)
        if is_narrow:
            grid.add_row("!" if state.fault else "", *names, *cells)
        else:
            grid.add_row(*names, urls.build(urls.listing(section)), *cells, state.fault or "-")
    return grid


def _schema() -> str:
    from tibetnews.formats.json_schema import json_schema

    return json.dumps(json_schema(), ensure_ascii=False, indent=2)
