"""``tibetnews crawl``: Scrapy's own, with arguments checked first and an exit status that a scheduler can use."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import get_spider_loader

from tibetnews.command import status_of
from tibetnews.console import ExitStatus, print_message
from tibetnews.crawl_session import session_outcome
from tibetnews.errors import InvalidArgumentError, InvalidTableError
from tibetnews.export_files import exports_of
from tibetnews.extensions.log_sanitizer import sanitize_records
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.session import check_ledger
from tibetnews.settings_check import wrong_setting
from tibetnews.spiders.arguments import parse_arguments
from tibetnews.spiders.base import ArticleSpider

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """``scrapy crawl``; its exit statuses are those of :class:`~tibetnews.console.ExitStatus`."""

    settings: Settings  # both set by Scrapy before the methods below are called
    crawler_process: CrawlerProcessBase

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if wrong_use := self._wrong_use(args, opts):
            print_message("crawl", wrong_use)
            sys.exit(ExitStatus.WRONG_USE)  # before Scrapy starts its process and its log
        for name, value in _spider(self.settings, args[0]).fixed_settings(self.settings).items():
            self.settings.set(name, value, "cmdline")  # over those given with -s
        if state := self.settings.get("STATE_DIR"):
            try:
                check_ledger(Path(state), exports_of(self.settings))
            except LedgerError as error:
                print_message("crawl", str(error))
                sys.exit(status_of(error))
        sanitize_records()  # before Scrapy tells its version

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        crawler = self._create_crawler(args[0])
        if self.settings.getbool("HTTPCACHE_ENABLED"):
            logger.warning(
                "HTTPCACHE_ENABLED: news is not seen as long as the cache has a page; leave it off but for tests"
            )
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        outcome = session_outcome(crawler)
        if outcome.refusal:  # another run began after process_options
            self.exitcode = status_of(outcome.refusal)
        elif outcome.failure:
            self.exitcode = ExitStatus.IO_ERROR
        elif outcome.faults or self.crawler_process.bootstrap_failed:
            self.exitcode = ExitStatus.PROBLEMS

    def _wrong_use(self, args: list[str], opts: argparse.Namespace) -> str | None:
        """Return what is wrong with the command line, in one line; None if nothing is."""
        spiders = get_spider_loader(self.settings)
        known = ", ".join(sorted(spiders.list()))
        if unknown := [arg for arg in args if arg.startswith("-")]:
            return f"unknown option {unknown[0]}; `scrapy crawl -h` lists them"
        if len(args) != 1:
            return f"name one spider: {known}"
        if args[0] not in spiders.list():
            return f"no spider {args[0]!r}; there are {known}"
        if wrong := wrong_setting(self.settings):
            return wrong
        try:
            if read_arguments := _spider(self.settings, args[0]).read_arguments:
                parse_arguments(read_arguments, opts.spargs)
        except (InvalidArgumentError, InvalidTableError) as error:
            return str(error)
        return None


def _spider(settings: BaseSettings, name: str) -> type[ArticleSpider]:
    spider = get_spider_loader(settings).load(name)
    if not issubclass(spider, ArticleSpider):
        raise InvalidArgumentError(f"the spider {name!r} must be derived from tibetnews.spiders.base.ArticleSpider")
    return spider
