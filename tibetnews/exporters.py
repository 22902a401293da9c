"""Writes records to exports, one file a day by default, whose lines count with the ledger's commits."""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Self, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter, CsvItemExporter, JsonLinesItemExporter, XmlItemExporter
from scrapy.extensions.feedexport import FileFeedStorage
from scrapy.utils.serialize import ScrapyJSONEncoder

from tibetnews.crawl_session import exported_revision, ledger_session
from tibetnews.durability import may_be_replaced
from tibetnews.export_files import today
from tibetnews.formats.schema_org import news_article
from tibetnews.items import Article
from tibetnews.ledger.committed_files import CommittedFile, lock_export
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.line_files import mend_last_line
from tibetnews.ledger.session import LedgerSession

LINE_FORMATS = frozenset({"jsonlines", "jsonl", "jl", "newsarticle"})
"""Formats that write one line an article, so that a file can be cut back to a whole line."""


class CommittedStorage(FileFeedStorage):
    """Feed storage for local files of lines that are appended to: each line counts once the ledger has committed it.

    A file that is overwritten (``-O``), packed, of another format or not in UTF-8 counts as a whole, see Exports, as do
    devices and pipes, and all where there is no ledger; but no file is written by two runs at once.
    """

    def __init__(
        self, uri: str, session: Callable[[], LedgerSession], *, feed_options: dict[str, Any] | None = None
    ) -> None:
        super().__init__(uri, feed_options=feed_options)
        options = feed_options or {}
        self.session = session
        is_plain = not options.get("overwrite") and not options.get("postprocessing")
        is_utf8 = codecs.lookup(options.get("encoding") or "utf-8").name == "utf-8"  # recovery reads its lines
        self.holds_lines = is_plain and is_utf8 and options.get("format") in LINE_FORMATS and not self._is_device()
        self.committed = self.holds_lines

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:
        """Return the storage; the session opens after it."""
        storage = cls(uri, partial(ledger_session, crawler), feed_options=feed_options)
        storage.committed &= bool(crawler.settings.get("STATE_DIR"))
        return storage

    def open(self, _spider: Spider) -> IO[bytes]:
        """Open the file, as a committed one if it is a local file of lines."""
        session = self.session()
        try:
            if not self.committed:
                self._keep_others_out()
                mode = "ab" if self._is_device() else self.write_mode  # /dev/stdout may be a file with lines in it
                return io.BufferedWriter(_ExportFile(self.path, mode, session.fail))
            return cast("IO[bytes]", CommittedFile(session.ledger, Path(self.path)))
        except (OSError, LedgerError) as error:
            session.fail(error)  # which ends the run; nothing that it exports counts
            return Path(os.devnull).open("wb")

    def _keep_others_out(self) -> None:
        """Lock the file, before it is truncated, for as long as the storage is there."""
        if self._is_device():
            return
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = path.open("ab")
        lock_export(self.lock.fileno(), path)
        if self.holds_lines:
            mend_last_line(path)

    def _is_device(self) -> bool:
        """Return whether there is a device or a named pipe in its place."""
        return not may_be_replaced(Path(self.path)) and not Path(self.path).is_dir()


class _ExportFile(io.FileIO):
    """A file whose first failing write is told; what is written after it is lost, since the run has failed."""

    def __init__(self, path: str, mode: str, on_error: Callable[[OSError], None]) -> None:
        super().__init__(path, mode, opener=_opened_now)
        self._on_error: Callable[[OSError], None] | None = on_error

    def write(self, data: Any) -> int:
        """Write some of the bytes."""
        if self._on_error:
            try:
                return super().write(data)
            except OSError as error:
                self._on_error(OSError(error.errno, error.strerror, self.name))
                self._on_error = None
        return len(data)


def _opened_now(path: str, flags: int) -> int:
    """Open a file. Raises OSError for a pipe without a reader, which would be waited for for ever."""
    try:
        handle = os.open(path, flags | os.O_NONBLOCK, 0o666)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        raise OSError(f"{path} is no file, and nobody reads from it; remove it, or start its reader first") from error
    os.set_blocking(handle, True)
    return handle


class _RecordEncoder(ScrapyJSONEncoder):
    """Writes the parts of a record in a third of the time: it knows that they are dataclasses."""

    def default(self, o: Any) -> Any:
        """Return what stands for a part."""
        return vars(o) if is_dataclass(o) and hasattr(o, "__dict__") else super().default(o)


class CommittedJsonLines(JsonLinesItemExporter):
    """JSON Lines exporter that marks each article as exported in the ledger transaction its line belongs to."""

    def __init__(self, file: IO[bytes], session: LedgerSession | None, **kwargs: Any) -> None:
        super().__init__(cast("io.BytesIO", file), **kwargs)
        self.encoder = _RecordEncoder(**self._kwargs)
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> Self:
        """Return the exporter; only committed files have to do with the session."""
        return cls(file, ledger_session(crawler) if isinstance(file, CommittedFile) else None, **kwargs)

    def export_item(self, item: Article) -> None:
        """Write the line, and count the article as exported in the same transaction."""
        if self.session is None:
            super().export_item(self.serialize_record(item))
            return
        exported = exported_revision(item)  # nothing may fail between the line and its row
        self.session.begin_record(item)
        super().export_item(self.serialize_record(item))
        self.session.record_exported(exported)

    def serialize_record(self, record: Article) -> Article | Mapping[str, Any]:
        """Return what a line says of a record."""
        return record


class NewsArticles(CommittedJsonLines):
    """The feed format ``newsarticle``: schema.org's NewsArticle as JSON-LD, one object a line."""

    def serialize_record(self, record: Article) -> Mapping[str, Any]:
        """Return the record as NewsArticle."""
        return news_article(record)


class JsonCells(BaseItemExporter):
    """What has parts stands in its cell as JSON."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return a cell."""
        has_parts = isinstance(value, list) or is_dataclass(value)
        cell = json.dumps(value, default=vars, ensure_ascii=False) if has_parts else value
        return super().serialize_field(field, name, cell)


class CsvRecords(JsonCells, CsvItemExporter):
    """The feed format ``csv``."""


class XmlRecords(JsonCells, XmlItemExporter):
    """The feed format ``xml``."""


class ParquetRecords(BaseItemExporter):
    """The feed format ``parquet``, whose types do not depend on the records; needs the extra ``parquet``."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self.file = file

    def start_exporting(self) -> None:
        """Open the file. Raises ModuleNotFoundError without pyarrow."""
        from tibetnews.formats.parquet import ParquetFile  # pyarrow is an extra, and slow to load

        self.parquet = ParquetFile(self.file)

    def export_item(self, item: Article) -> None:
        """Add the record."""
        self.parquet.add(asdict(item))

    def finish_exporting(self) -> None:
        """Complete the file."""
        self.parquet.close()


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Add to Scrapy's parameters of a feed's address ``export_dir`` and ``day``, that of the crawl in China."""
    return {**params, "export_dir": spider.settings["EXPORT_DIR"], "day": today()}
