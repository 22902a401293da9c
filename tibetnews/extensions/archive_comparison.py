"""What changed since: the records of archived pages, read again, beside those that were exported then."""

from __future__ import annotations

import json
import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from tibetnews import stats
from tibetnews.archive import Capture
from tibetnews.console import printable
from tibetnews.extensions.health import Health
from tibetnews.items import Article
from tibetnews.spiders.archive import ArchiveSpider, page_read

logger = logging.getLogger(__name__)

SHOWN = 20
"""So many changes are told in the log; the file has all."""

_STATS = {
    "equal": stats.ARCHIVE_EQUAL,
    "changed": stats.ARCHIVE_CHANGED,
    "new": stats.ARCHIVE_NEW,
    "missing": stats.ARCHIVE_MISSING,
}
"""The stat of each verdict on a record."""

FILE = "changes.jsonl"

Fetch = tuple[str, str]
"""What a record and its exported line have in common whatever the readers make of the page: address and second."""


class Comparison:
    """What differs between records and lines of an export; lines that are equal are counted and cost no parse.

    Memory goes by the number of lines, not by their length.
    """

    def __init__(self, exports: Sequence[Path]) -> None:
        self.exports = exports
        self.counts: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self._lines: dict[int, tuple[int, int]] = {}
        self._others: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - close() ends it
        self._read: set[int] = set()
        for number, path in enumerate(exports):
            with path.open("rb") as file:
                offset = 0
                for line in file:
                    self._lines[_digest(line.rstrip(b"\n"))] = (number, offset)
                    offset += len(line)

    def page(self, fetch: Fetch) -> None:
        """Note that a page was read again."""
        self._read.add(hash(fetch))

    def record(self, item: Article) -> None:
        """Compare one record."""
        line = json.dumps(vars(item), ensure_ascii=False, default=vars).encode()
        if self._lines.pop(_digest(line), None) is not None:
            self.counts["equal"] += 1
        else:
            self._others.write(line + b"\n")

    def changes(self) -> Iterator[dict[str, Any]]:
        """What differs, once all records were compared: the lines of the file of changes."""
        before: dict[Fetch, dict[str, Any]] = {}
        for record in self._left():
            fetch = fetch_of(record)
            if hash(fetch) in self._read:
                before[fetch] = record
            else:
                self.counts["not in the archive"] += 1
        self._others.seek(0)
        for line in self._others:
            record = json.loads(line)
            was = before.pop(fetch_of(record), None)
            verdict = "changed" if was else "new"
            fields = _differences(was, record) if was else {}
            self.fields.update(list(fields))
            yield self._change(verdict, record, fields)
        for was in before.values():
            yield self._change("missing", was, {})

    def close(self) -> None:
        """Let the memory go."""
        self._others.close()
        self._lines.clear()

    def _left(self) -> Iterator[dict[str, Any]]:
        """The exported records that no record is equal to."""
        for number, path in enumerate(self.exports):
            with path.open("rb") as file:
                for offset in sorted(at for its, at in self._lines.values() if its == number):
                    file.seek(offset)
                    try:
                        record = json.loads(file.readline())
                        fetch_of(record)
                    except (ValueError, TypeError, KeyError):
                        self.counts["no records"] += 1
                        continue
                    yield record

    def _change(self, verdict: str, record: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        self.counts[verdict] += 1
        url, at = fetch_of(record)
        return {"verdict": verdict, "id": record["id"], "fetched_from": url, "fetched_at": at, "fields": fields}


def fetch_of(record: dict[str, Any]) -> Fetch:
    """The fetch that a record came from."""
    return record["fetched_from"] or record["url"], record["fetched_at"]


def _differences(was: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    names = [name for name in {**now, **was} if was.get(name, ...) != now.get(name, ...)]
    return {name: {"was": was.get(name), "is": now.get(name)} for name in names}


def _digest(line: bytes) -> int:
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "big")


class ComparisonWithExports:
    """Extension of ``scrapy crawl archive``: tells in the log, and in changes.jsonl beside the records, what changed.

    Counts ``archive/equal``, ``archive/changed``, ``archive/new`` (records of pages that gave none then) and
    ``archive/missing`` (pages that gave a record then and give none now).
    """

    def __init__(self, crawler: Crawler, comparison: Comparison, folder: Path) -> None:
        self.crawler = crawler
        self.comparison = comparison
        self.folder = folder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        assert isinstance(crawler.spider, ArchiveSpider)
        exports = crawler.spider.reread.exports
        if exports is None:
            exports = tuple(sorted(Path(crawler.settings["COMPARED"]).glob("articles-*.jsonl")))
        extension = cls(crawler, Comparison(exports), Path(crawler.settings["EXPORT_DIR"]))
        crawler.signals.connect(extension.page_read, signal=page_read)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def page_read(self, capture: Capture) -> None:
        self.comparison.page((capture.url, f"{capture.at[:19]}Z"))

    def item_scraped(self, item: Article) -> None:
        self.comparison.record(item)

    def spider_closed(self) -> None:
        told = self._write(self.comparison.changes())
        counts, fields = self.comparison.counts, self.comparison.fields
        for verdict, name in _STATS.items():
            self.crawler.stats.set_value(name, counts[verdict])
        logger.info(
            "compared with %d exported files: %d records equal, %d changed, %d new, %d missing; "
            "%d lines of the exports are not in these archives",
            len(self.comparison.exports),
            *(counts[name] for name in ("equal", "changed", "new", "missing", "not in the archive")),
        )
        if fields:
            logger.info("fields that changed: %s", ", ".join(f"{name} {n}" for name, n in fields.most_common()))
        if counts["no records"]:
            logger.warning("%d lines of the exports are no records", counts["no records"])
        if told:
            logger.info("each change is in %s", self.folder / FILE)
        self.comparison.close()
        if health := self.crawler.get_extension(Health):
            for fault in self._faults():
                health.add_fault(fault)

    def _faults(self) -> Iterator[str]:
        """What is wrong with the archives themselves, for the exit status."""
        if damaged := self.crawler.stats.get_value(stats.ARCHIVE_DAMAGED, 0):
            yield f"{damaged} archive files could not be read to their end; the lines above say where"
        if not self.crawler.stats.get_value(stats.ARCHIVE_PAGES, 0):
            yield "these archives hold no article of the outlet"

    def _write(self, changes: Iterable[dict[str, Any]]) -> int:
        """Write the changes, and tell the first of them; gives their number."""
        number = 0
        file: IO[str] | None = None
        for change in changes:
            if file is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                file = (self.folder / FILE).open("w", encoding="utf-8")
            file.write(json.dumps(change, ensure_ascii=False) + "\n")
            number += 1
            if number <= SHOWN:
                fields = ", ".join(change["fields"])
                logger.info("%s", printable(f"{change['verdict']} {change['id']} {change['fetched_from']} {fields}"))
            elif number == SHOWN + 1:
                logger.info("… more in %s", self.folder / FILE)
        if file is not None:
            file.close()
        return number
