"""The outlet: what it answers to a path, and what can be done to it while it runs."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from tests.replica import listings
from tests.replica.catalogue import NEWS_EVERY, OPENED, Catalogue, Entry
from tests.replica.layouts import LAYOUTS, media
from tests.replica.planted import Planted, Record, http_date
from tests.replica.sections import Section

_MEDIA_DATA = re.compile(r"/picture/pic_(\d{7})\.js|/video/json/(\d{13})\.json", re.ASCII)
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True)
class Answer:
    """What the server sends: status, headers and body."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def unless_known(self, if_none_match: str | None, if_modified_since: str | None) -> Answer:
        """This answer, or 304 where the client holds the same page already (RFC 9110, 13.2.2)."""
        if self.status != 200:
            return self
        if if_none_match is not None:
            tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
            known = self.etag is not None and (self.etag in tags or "*" in tags)
        elif if_modified_since is not None and self.last_modified is not None:
            known = _not_later(self.last_modified, if_modified_since)
        else:
            known = False
        return Answer(304, b"", self.content_type, self.etag, self.last_modified) if known else self


NOT_FOUND = Answer(404, "<html><body><h1>404</h1><p>您访问的页面不存在</p></body></html>".encode())
GONE = Answer(410, b"<html><body><h1>410 Gone</h1></body></html>")


class Outlet:
    """A made-up outlet of a given size: the same for the same arguments."""

    def __init__(self, articles: int, seed: int = 1, sections: int | None = None, page_size: int = 10) -> None:
        self.catalogue = Catalogue(articles, seed, sections)
        self.planted = Planted(self.catalogue)
        self.page_size = page_size
        self.newest = articles
        self.removed: dict[int, int] = {}
        self.clock = OPENED
        self._touched: dict[Section, datetime] = {}
        self._listed: dict[Section, list[int]] = {section: [] for section in self.catalogue.sections}
        for number in range(1, articles + 1):
            for section in self.catalogue.sections_of(number):
                self._listed[section].append(number)
        self._folders = {section.folder: section for section in self.catalogue.sections}
        self.answer = lru_cache(maxsize=4096)(self._answer)

    def publish(self, count: int) -> list[str]:
        """Publish news: they stand first in their sections. Gives their ids."""
        self.clock += count * NEWS_EVERY
        news = range(self.newest + 1, self.newest + count + 1)
        self.newest += count
        for number in news:
            self._touch(number)
            for section in self.catalogue.sections_of(number):
                insort(self._listed[section], number)
        self.answer.cache_clear()
        return [self.catalogue.entry(number).id for number in news]

    def change(self, article_id: str) -> None:
        """Give an article a new text; its ETag, its Last-Modified and its record follow."""
        number = self._number(article_id)
        self.clock += timedelta(minutes=1)
        self.planted.revisions[number] = self.planted.revisions.get(number, 0) + 1
        self.planted.changed[number] = self.clock
        self.answer.cache_clear()

    def remove(self, article_id: str, status: int = 404) -> None:
        """Take an article away: it leaves the listings, and its address answers 404 or 410."""
        number = self._number(article_id)
        self.clock += timedelta(minutes=1)
        self.removed[number] = status
        self._touch(number)
        for section in self.catalogue.sections_of(number):
            self._listed[section].remove(number)
        self.answer.cache_clear()

    def records(self) -> dict[str, Record]:
        """The record of every article, by canonical address; an article in two sections has two."""
        records: dict[str, Record] = {}
        for number in range(1, self.newest + 1):
            if number not in self.removed:
                for section in self.catalogue.sections_of(number):
                    record = self.planted.record(number, section)
                    records[record["url"]] = record
        return records

    def duplicates(self) -> list[list[str]]:
        """Groups of ids whose title and text are the same."""
        groups: dict[tuple[Any, Any], dict[str, None]] = {}
        for record in self.records().values():
            groups.setdefault((record["title"], record["text"]), {})[record["id"]] = None
        return [list(ids) for ids in groups.values() if len(ids) > 1]

    def is_there(self, number: int) -> bool:
        """Whether an article is published and not removed."""
        return 1 <= number <= self.newest and number not in self.removed

    def _answer(self, path: str) -> Answer:
        if path == "/robots.txt":
            return Answer(200, ROBOTS, "text/plain")
        if found := self.catalogue.find(path):
            return self._article(*found)
        return self._listing(path) or self._media_data(path) or NOT_FOUND

    def _article(self, entry: Entry, section: Section, number: int) -> Answer:
        page = self.planted.page(entry, section, number)
        if entry.number > self.newest or number >= page.pages:
            return NOT_FOUND
        if entry.number in self.removed:
            return GONE if self.removed[entry.number] == 410 else NOT_FOUND
        layout = LAYOUTS[entry.layout]
        named = entry.layout != "legacy_gbk" or page.dice.one_in(2, "charset in the header")
        return Answer(
            200,
            layout.render(page).encode(layout.charset, "xmlcharrefreplace"),
            f"text/html; charset={layout.charset}" if named else "text/html",
            self.planted.etag(entry, section, number),
            self.planted.last_modified(entry),
        )

    def _media_data(self, path: str) -> Answer | None:
        """The scripts and documents in which photo stories and videos keep their content."""
        found = _MEDIA_DATA.fullmatch(path)
        number = self.catalogue.number(int(found[1] or found[2])) if found else 0
        if not self.is_there(number):
            return None
        entry = self.catalogue.entry(number)
        page = self.planted.page(entry, entry.sections[0])
        etag, last_modified = self.planted.etag(entry, page.section), self.planted.last_modified(entry)
        if entry.family == "photo" and path == media.photo_script(page):
            return Answer(200, media.photo_data(page).encode(), "application/javascript", etag, last_modified)
        if entry.family == "video" and path == media.video_document(page):
            return Answer(200, media.video_data(page).encode(), "application/json", etag, last_modified)
        return None

    def _listing(self, path: str) -> Answer | None:
        folder, _, name = path.replace("/Instant/", "/instant/").rpartition("/")
        section = self._folders.get(folder + "/")
        if section is None:
            return None
        numbers = self._listed[section][::-1]
        pages = max(1, -(-len(numbers) // self.page_size))
        page = next((page for page in range(pages) if section.listing(page) == f"{folder}/{name}"), None)
        if name == "index.html":
            page = 0
        if page is None:
            return None
        shown = numbers[page * self.page_size : (page + 1) * self.page_size]
        stories = [self.planted.story(number) for number in shown]
        listing = listings.Listing(section, stories, page, pages, self.catalogue.seed)
        body = listings.render(listing).encode()
        etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
        return Answer(200, body, etag=etag, last_modified=http_date(self._touched.get(section, OPENED)))

    def _touch(self, number: int) -> None:
        for section in self.catalogue.sections_of(number):
            self._touched[section] = self.clock

    def _number(self, article_id: str) -> int:
        number = self.catalogue.number(int(article_id.partition("-")[2]))
        if not self.is_there(number) or self.catalogue.entry(number).id != article_id:
            raise KeyError(f"no article {article_id}")
        return number


def _not_later(time: str, than: str) -> bool:
    try:
        return parsedate_to_datetime(time) <= parsedate_to_datetime(than)
    except (TypeError, ValueError):
        return False
