"""Reports what changed: the records of archived pages, read again, compared with those exported before."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.archive.captures import Capture
from tibetnews.archive.comparison import Comparison, Fetch
from tibetnews.console import printable
from tibetnews.crawl_session import ledger_session
from tibetnews.export_files import CHANGES
from tibetnews.extensions.exports import UNWRITABLE
from tibetnews.extensions.ledger import close_after_refusal
from tibetnews.items import Article
from tibetnews.ledger.errors import LedgerWriteError
from tibetnews.spiders.archive import ArchiveSpider
from tibetnews.spiders.archived_pages import page_read
from tibetnews.wording import counted

logger = logging.getLogger(__name__)

MAX_CHANGES_IN_LOG = 20
"""Further changes are in the file alone."""

_STATS = {
    "equal": stats.ARCHIVE_EQUAL,
    "changed": stats.ARCHIVE_CHANGED,
    "new": stats.ARCHIVE_NEW,
    "missing": stats.ARCHIVE_MISSING,
}
"""The stat of each verdict on a record."""


@dataclass(eq=False, kw_only=True)
class ArchiveComparison:
    """Extension of ``tibetnews crawl archive``: reports changes, in the log and in changes.jsonl beside the records.

    Counts ``archive/equal``, ``archive/changed``, ``archive/new`` (records of pages that gave none then) and
    ``archive/missing`` (pages that gave a record then and give none now).
    """

    stats: StatsCollector
    comparison: Comparison
    folder: Path
    """Where the file of changes is written."""
    on_error: Callable[[OSError], None]
    """What to do where it cannot be written, or an export cannot be read."""
    close_after_refusal: Callable[[], None]
    is_refused: bool = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension for the archive spider; for others it is not configured."""
        if not isinstance(crawler.spider, ArchiveSpider):
            raise NotConfigured
        extension = cls(
            stats=crawler.stats,
            comparison=Comparison(crawler.spider.exports),
            folder=Path(crawler.settings["EXPORT_DIR"]),
            on_error=ledger_session(crawler).fail,
            close_after_refusal=partial(close_after_refusal, crawler),
        )
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.page_read, signal=page_read)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Read the exports."""
        try:
            self.comparison.read_exports()
        except OSError as error:
            self.is_refused = True
            self.on_error(LedgerWriteError(f"nothing can be compared: {error}; mend that and run again"))
            self.close_after_refusal()
            raise CloseSpider(UNWRITABLE) from error

    def page_read(self, capture: Capture) -> None:
        """Note that a page was read again."""
        self.comparison.mark_read(Fetch(capture.url, f"{capture.at[:19]}Z"))

    def item_scraped(self, item: Article) -> None:
        """Compare a record."""
        self.comparison.add(item)

    def spider_closed(self) -> None:
        """Write and log what changed, and count it."""
        if self.is_refused:
            return
        changes = 0
        try:
            changes = self._write(self.comparison.changes())
        except OSError as error:
            self.on_error(error)
        counts, fields = self.comparison.counts, self.comparison.fields
        for verdict, name in _STATS.items():
            self.stats.set_value(name, counts[verdict])
        logger.info(
            "compared with %s: %s equal, %d changed, %d new, %d missing; %s not in these archives",
            counted(len(self.comparison.exports), "export"),
            counted(counts["equal"], "record"),
            *(counts[name] for name in ("changed", "new", "missing")),
            counted(counts["not in the archive"], "line of the exports is", "lines of the exports are"),
        )
        if fields:
            logger.info("fields that changed: %s", ", ".join(f"{name} {n}" for name, n in fields.most_common()))
        if counts["no records"]:
            logger.warning(
                "%s no record", counted(counts["no records"], "line of the exports is", "lines of the exports are")
            )
        if changes:
            logger.info("each change is in %s", self.folder / CHANGES)
        self.comparison.close()

    def _write(self, changes: Iterable[dict[str, Any]]) -> int:
        """Write the changes, and log the first of them; return their number."""
        number = 0
        file: IO[str] | None = None
        with ExitStack() as files:
            for change in changes:
                if file is None:
                    self.folder.mkdir(parents=True, exist_ok=True)
                    file = files.enter_context((self.folder / CHANGES).open("w", encoding="utf-8"))
                file.write(json.dumps(change, ensure_ascii=False) + "\n")
                number += 1
                if number <= MAX_CHANGES_IN_LOG:
                    fields = ", ".join(change["fields"])
                    logger.info(
                        "%s", printable(f"{change['verdict']} {change['id']} {change['fetched_from']} {fields}")
                    )
                elif number == MAX_CHANGES_IN_LOG + 1:
                    logger.info("… more in %s", self.folder / CHANGES)
        return number
