"""Third step: an article that was exported before is written again only if the outlet changed it."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from tibetnews import clock, stats
from tibetnews.crawl_session import details_hash, ledger_session
from tibetnews.items import Article
from tibetnews.ledger.articles import Articles
from tibetnews.ledger.pictures import MissingPictures
from tibetnews.pipelines.dropped import UnchangedRecordError
from tibetnews.text import content_hash, is_content_hash


class Revisions:
    """Item pipeline that sets content_hash and revision; a correction of byline, time or media is a revision too.

    Counts ``revisions/changed`` and ``revisions/unchanged``.
    """

    def __init__(
        self, articles: Articles, collector: StatsCollector, missing_pictures: MissingPictures | None = None
    ) -> None:
        """``missing_pictures``: where the pipeline of pictures, which comes later, decides on their articles."""
        self.articles = articles
        self.stats = collector
        self.missing_pictures = missing_pictures

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl, with the crawl's ledger."""
        session = ledger_session(crawler)
        saves_images = crawler.settings.getbool("SAVE_IMAGES")
        return cls(session.articles, crawler.stats, session.missing_pictures if saves_images else None)

    def process_item(self, item: Article) -> Article:
        """Set both fields, or drop a record that is exported already."""
        item.content_hash, details = content_hash(item.title, item.text), details_hash(item)
        known = self.articles.last_export(item.id)
        if known is None:
            return item
        has_same_text = is_content_hash(known.content_hash, item.title, item.text)
        is_unchanged = has_same_text and known.details_hash in (None, details)
        if is_unchanged and self.missing_pictures and self.missing_pictures.find(item.id):
            self.missing_pictures.refetched.add(item.id)
        elif is_unchanged:
            note_unchanged(item, self.articles, self.stats, details)
            raise UnchangedRecordError
        else:
            self.stats.inc_value(stats.REVISIONS_CHANGED)
        item.revision = known.revision + 1
        return item


def note_unchanged(item: Article, articles: Articles, collector: StatsCollector, details: str | None = None) -> None:
    """Note in the ledger that an article is as it was exported, and count it; ``details``: as for mark_unchanged."""
    validators = (item.http.etag, item.http.last_modified) if item.http else None
    articles.mark_unchanged(item.id, validators, clock.now(), item.fetched_at, details)
    collector.inc_value(stats.REVISIONS_UNCHANGED)
