"""Takes the records of archived pages into exports and ledger, as if they had been crawled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from scrapy.settings import BaseSettings

from tibetnews import stats
from tibetnews.archive.captures import ArchivePart
from tibetnews.archive.order import in_order_of_capture
from tibetnews.items import Article
from tibetnews.outlet import urls
from tibetnews.outlet.replays import read_replay
from tibetnews.spiders.archived_pages import ArchiveReader
from tibetnews.spiders.arguments import parse_arguments
from tibetnews.spiders.named_inputs import read_archives_to_adopt


class AdoptSpider(ArchiveReader):
    """``tibetnews crawl adopt -a warc=FILE_OR_FOLDER``: archived articles are exported and entered in the ledger.

    Each record has the time of its capture. Captures of one article are its revisions, in the order of their times. A
    capture that is not newer than what the ledger has of the article is left out, so that a run can be repeated. Counts
    ``archive/known`` (captures left out).
    """

    name = "adopt"
    read_arguments = staticmethod(read_archives_to_adopt)

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.selection = parse_arguments(read_archives_to_adopt, arguments)

    @classmethod
    def fixed_settings(cls, settings: BaseSettings) -> dict[str, str]:
        """Switch off what is for pages that are fetched: the archive, rendering and pictures."""
        return {"ARCHIVE_DIR": "", "RENDER": "never", "SAVE_IMAGES": "0"}

    async def records(self) -> AsyncIterator[Article]:
        """Yield the records, unless no revisions could be counted."""
        if self.session.lock and not self.session.has_committed_export:
            self.session.faults.append(
                "nothing was adopted: revisions are counted only with an export of lines that is appended to; leave -O"
                " out, or write -o FILE.jsonl"
            )
            return
        async for record in super().records():
            yield record

    def places(self) -> Sequence[ArchivePart]:
        """Return the archives, or parts of them, in the order of their captures."""
        return in_order_of_capture(self.selection.archives, self._article_id)

    def wants(self, record: Article) -> bool:
        """Return whether a capture is newer than what the ledger has of its article."""
        known = self.session.articles.last_export(record.id)
        if known and (known.captured_at is None or (record.fetched_at or "") <= known.captured_at):
            self.crawler.stats.inc_value(stats.ARCHIVE_KNOWN)
            return False
        replay = read_replay(record.fetched_from or "")
        fetched_from = replay.url if replay else record.fetched_from
        if fetched_from and urls.parse(fetched_from, self.site):  # as a later revisit may ask for it
            url = urls.at_site(fetched_from, self.site)
            record.fetched_from = url if url != record.url else None
        return True

    def _article_id(self, url: str) -> str | None:
        address = urls.parse(url, self.site)
        return address.id if address and address.is_article else None
