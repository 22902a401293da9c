"""``tibetnews crawl``: Scrapy's own, with arguments checked first and an exit status that a scheduler can use."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyHelpFormatter
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import get_spider_loader

from tibetnews import clock
from tibetnews.command import status_of
from tibetnews.console import PROGRAM, ExitStatus, prepare_streams, print_message
from tibetnews.errors import WrongUseError
from tibetnews.export_files import check_feeds, exports_of
from tibetnews.extensions.log_sanitizer import sanitize_records
from tibetnews.ledger.errors import LedgerError

if TYPE_CHECKING:
    from tibetnews.spiders.base import ArticleSpider

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Scrapy's command; its exit statuses are those of :class:`~tibetnews.console.ExitStatus`."""

    settings: Settings  # both set by Scrapy before the methods below are called
    crawler_process: CrawlerProcessBase

    def short_desc(self) -> str:
        return "Crawl sections, read articles or archives, or fetch articles of the past"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.formatter_class = _HelpFormatter
        parser.add_argument("-h", "--help", action=_Help, settings=self.settings, help="print this and end")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        # Scrapy reads the source of every calling frame while it loads this: a fifth of a crawl's start, were it later.
        import scrapy.core.downloader.contextfactory  # noqa: F401

        from tibetnews.ledger.between_runs import check_ledger

        prepare_streams()
        try:
            self._read_options(args, opts)
            self._check(args, opts)
            for name, value in _spider(self.settings, args[0]).fixed_settings(self.settings).items():
                self.settings.set(name, value, "cmdline")  # over those given with -s
            if state := self.settings.get("STATE_DIR"):
                check_ledger(Path(state), exports_of(self.settings))
        except (WrongUseError, LedgerError, OSError) as error:
            print_message("crawl", str(error))
            sys.exit(status_of(error))  # before Scrapy starts its process and its log
        sanitize_records()  # before Scrapy tells its version

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from tibetnews.crawl_session import exit_status, is_cut_short

        crawler = self._create_crawler(args[0])
        if self.settings.getbool("HTTPCACHE_ENABLED"):
            logger.warning(
                "HTTPCACHE_ENABLED: news is not seen as long as the cache has a page; leave it off but for tests"
            )
        if args[0] in ("sections", "history") and not (self.settings["CONTACT"] or self.settings["OUTLET_SITE"]):
            logger.warning(
                "CONTACT is not set: operators of the server cannot reach you; add -s CONTACT=you@example.org"
            )
        self.crawler_process.crawl(crawler, **opts.spargs)
        try:
            self.crawler_process.start()
        except SystemExit as error:  # of a component; the threads that are at work would be waited for for ever
            logger.critical("a component ended the program; the next run continues", exc_info=error)
            os._exit(ExitStatus.PROGRAM_FAULT)
        self.exitcode = exit_status(crawler)
        if self.crawler_process.bootstrap_failed:
            self.exitcode = self.exitcode or ExitStatus.PROBLEMS
        elif self.exitcode in (ExitStatus.OK, ExitStatus.PROBLEMS) and is_cut_short(crawler):
            logger.warning("stopped before its end; the next run continues, and cuts back what was not committed")
            self.exitcode = ExitStatus.INTERRUPTED

    def _read_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options as Scrapy does, whose settings cannot hold a number in place of a table."""
        given = [("-a", argument) for argument in opts.spargs] + [("-s", setting) for setting in opts.set]
        if wrong := [f"{option} {text}" for option, text in given if "=" not in text]:
            raise WrongUseError(f"{wrong[0]}: write NAME=VALUE")
        try:
            super().process_options(args, opts)
        except (TypeError, ValueError) as error:
            tables = [one for one in opts.set if isinstance(self.settings.get(one.partition("=")[0]), BaseSettings)]
            if not tables:
                raise
            named = ", ".join(f"-s {setting}" for setting in tables)
            raise WrongUseError(f"{named}: a table is written as JSON, such as '{{\"name\": 1}}'") from error

    def _check(self, args: list[str], opts: argparse.Namespace) -> None:
        """Raise WrongUseError for a command line that cannot be used."""
        from tibetnews.settings_check import check_settings
        from tibetnews.spiders.arguments import parse_arguments

        spiders = get_spider_loader(self.settings)
        known = ", ".join(sorted(spiders.list()))
        if unknown := [arg for arg in args if arg.startswith("-")]:
            raise WrongUseError(f"unknown option {unknown[0]}; `{PROGRAM} crawl -h` lists them")
        if len(args) != 1:
            raise WrongUseError(f"name one spider: {known}")
        if args[0] not in spiders.list():
            raise WrongUseError(f"no spider {args[0]!r}; there are {known}")
        if clock.utc() < clock.EARLIEST:  # times in records would be wrong, and those of publication lie ahead
            raise WrongUseError(f"the machine's clock says {clock.utc():%Y-%m-%d %H:%M} UTC; set it, and run again")
        check_settings(self.settings)
        spider = _spider(self.settings, args[0])
        is_own = spider.__module__.startswith("tibetnews.")  # others may make further attributes as they run
        check_feeds(self.settings, dir(spider) if is_own else None)
        if read_arguments := spider.read_arguments:
            parse_arguments(read_arguments, opts.spargs)


class _HelpFormatter(ScrapyHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Scrapy's, with the lines of the epilog as they are."""


class _Help(argparse.Action):
    """Prints the help with the spiders and their arguments, which are loaded only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, settings: BaseSettings, **options: Any) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, **options)
        self.settings = settings

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from tibetnews.spiders.help import help_on_spiders

        parser.epilog = help_on_spiders(self.settings)
        parser.print_help()
        parser.exit()


def _spider(settings: BaseSettings, name: str) -> type[ArticleSpider]:
    from tibetnews.spiders.base import ArticleSpider

    spider = get_spider_loader(settings).load(name)
    if not issubclass(spider, ArticleSpider):
        raise WrongUseError(f"the spider {name!r} must be derived from tibetnews.spiders.base.ArticleSpider")
    return spider
