"""The outlet: what it answers to a path, and what can be done to it while it runs."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import Any, Literal

from replica import mirrors
from replica.answer import GONE, NOT_FOUND, Answer
from replica.arrangement import Arrangement, Sheet
from replica.catalogue import NEWS_EVERY, OPENED, Catalogue, Entry
from replica.dice import Dice
from replica.home_pages import HOME_PAGES, home_page
from replica.layouts import LAYOUTS, media
from replica.listings import Listing, list_of
from replica.listings import render as render_listing
from replica.pictures import jpeg
from replica.planted import Planted, Record, http_date
from replica.sections import RENAMED, UNLISTED, Section, choose

_MEDIA_DATA = re.compile(r"/picture/pic_(\d{7})\.js|/video/json/(\d{13})\.json", re.ASCII)
_PICTURE = re.compile(r"/.*/(W0\d{20})\.jpg", re.ASCII)
_ROWS = re.compile(r"(/[\w/]+/)rows_(\d{1,6})\.json", re.ASCII)
_MIRROR = re.compile(r"(/mirror/(?:broken/)?)(\d{7})\.html", re.ASCII)
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


class Outlet:
    """A made-up outlet of a given size: the same for the same arguments."""

    def __init__(
        self,
        articles: int,
        seed: int = 1,
        sections: int | None = None,
        page_size: int = 10,
        edited: float = 0,
        scripted: bool = False,
        unlisted: bool = False,
    ) -> None:
        self.catalogue = Catalogue(articles, seed, choose(sections, scripted, unlisted), edited)
        self.unlisted = unlisted
        self.planted = Planted(self.catalogue)
        self.newest = articles
        self.removed: dict[int, int] = {}
        self.clock = OPENED
        self._touched: dict[Section, datetime] = {}
        self.listings = Arrangement(self.catalogue, page_size)
        self.answer = lru_cache(maxsize=4096)(self._answer)

    def publish(self, count: int) -> list[str]:
        """Publish news: they stand first in their sections. Gives their ids."""
        news = range(self.newest + 1, self.newest + count + 1)
        self.newest += count
        for number in news:
            self.listings.add(number)
            self._happen(number, NEWS_EVERY)
        return [self.catalogue.entry(number).id for number in news]

    def change(self, article_id: str) -> None:
        """Give an article a new text; its ETag, its Last-Modified and its record follow."""
        number = self._number(article_id)
        self.planted.revisions[number] = self.planted.revisions.get(number, 0) + 1
        self._happen()
        self.planted.changed[number] = self.clock

    def remove(self, article_id: str, status: int = 404) -> None:
        """Take an article away: it leaves the listings, and its address answers 404 or 410."""
        number = self._number(article_id)
        self.removed[number] = status
        self.listings.take(number)
        self._happen(number)

    def pin(self, article_id: str) -> None:
        """Let an article stand first in its sections for good."""
        number = self._number(article_id)
        self.listings.pin(number)
        self._happen(number)

    def rearrange(self, section: str, how: Literal["shuffle", "repeat", "blank", "restore"], pages: int = 0) -> None:
        """Shuffle a section's listing, repeat its first page for ever, make it so many empty pages, or restore it."""
        found = self.listings.section(section)
        if how == "blank":
            self.listings.blank(found, pages)
        else:
            listings = self.listings
            {"shuffle": listings.shuffle, "repeat": listings.repeat, "restore": listings.restore}[how](found)
        self._happen()
        self._touched[found] = self.clock

    def records(self) -> dict[str, Record]:
        """Return the record of every article, by canonical address; an article in two sections has two."""
        records: dict[str, Record] = {}
        for number in range(1, self.newest + 1):
            if number not in self.removed:
                for section in self.catalogue.sections_of(number):
                    record = self.planted.record(number, section)
                    records[record["url"]] = record
        return records

    def mirrors(self, base: str, folder: str = "/mirror/") -> dict[str, Record]:
        """Return the records of copies of the first articles, by the address at which the replica serves them."""
        copies = {}
        for number in filter(self.is_there, range(1, min(self.newest, 100) + 1)):
            url = f"{base}{folder}{self.catalogue.entry(number).document}.html"
            if copy := mirrors.record(self.planted, number, url, mirrors.FOLDERS[folder]):
                copies[url] = copy
        return copies

    def duplicates(self) -> list[list[str]]:
        """Return groups of ids that tell one story, oldest first; changed articles have left theirs."""
        groups: dict[int, list[str]] = {}
        for number in filter(self.is_there, range(1, self.newest + 1)):
            if number not in self.planted.revisions:
                entry = self.catalogue.entry(number)
                groups.setdefault((entry.twin_of or entry).number, []).append(entry.id)
        return [ids for ids in groups.values() if len(ids) > 1]

    def is_there(self, number: int) -> bool:
        """Whether an article is published and not removed."""
        return 1 <= number <= self.newest and number not in self.removed

    def _answer(self, path: str) -> Answer:
        if path == "/robots.txt":
            return Answer(200, ROBOTS, "text/plain")
        if found := self.catalogue.find(path):
            return self._article(*found)
        if picture := _PICTURE.fullmatch(path):
            return Answer(200, jpeg(picture[1]), "image/jpeg")
        if home := self._home_page(path):
            return home
        listing = self._listing(path) or self._listing_data(path)
        return listing or self._media_data(path) or self._mirror(path) or NOT_FOUND

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
            layout.render(page).encode(layout.charset.replace("gb2312", "gbk"), "xmlcharrefreplace"),
            f"text/html; charset={layout.charset}" if named else "text/html",
            self.planted.etag(entry, section, number),
            self.planted.last_modified(entry),
        )

    def _media_data(self, path: str) -> Answer | None:
        """Return the scripts and documents in which photo stories and videos keep their content."""
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

    def _mirror(self, path: str) -> Answer | None:
        """Return copies of articles on spam mirrors, and the sample of such a page."""
        if path == "/mirror/sample.html":
            return Answer(200, mirrors.sample_page())
        if path == "/mirror/sample.txt":
            return Answer(200, mirrors.sample_text(), "text/plain; charset=utf-8")
        found = _MIRROR.fullmatch(path)
        if found is None or not self.is_there(number := self.catalogue.number(int(found[2]))):
            return None
        body = mirrors.page(self.planted, number, mirrors.FOLDERS[found[1]])
        return None if body is None else Answer(200, body)

    def _listing(self, path: str) -> Answer | None:
        sheet = self.listings.sheet(path)
        if sheet is None:
            return None
        body = render_listing(self._shown(sheet)).encode()
        touched = OPENED if sheet.section.scripted else self._touched.get(sheet.section, OPENED)
        return Answer(200, body, etag=_etag(body), last_modified=http_date(touched))

    def _listing_data(self, path: str) -> Answer | None:
        """Return what the script of a listing fetches."""
        found = _ROWS.fullmatch(path)
        sheet = (
            self.listings.sheet(f"{found[1]}index_{found[2]}.html" if int(found[2]) else found[1]) if found else None
        )
        if sheet is None or not sheet.section.scripted:
            return None
        body = json.dumps({"rows": list_of(self._shown(sheet))}, ensure_ascii=False).encode()
        touched = http_date(self._touched.get(sheet.section, OPENED))
        return Answer(200, body, "application/json", _etag(body), touched)

    def _home_page(self, path: str) -> Answer | None:
        """Return the home page of an edition, a page of topics, or the way to a section's new path."""
        old, _, leaf = path.removeprefix("/cn/").partition("/")
        if self.unlisted and old in RENAMED:
            return Answer(301, headers=(("Location", f"/cn/{RENAMED[old]}/{leaf}"),))
        if self.unlisted and path == "/cn/ztzl/":
            return Answer(200, home_page("cn", (), self._newest("cn")).encode())
        edition = HOME_PAGES.get(path)
        if edition is None:
            return None
        sections = [section for section in self.catalogue.sections if section.edition == edition]
        return Answer(200, home_page(edition, sections, self._newest(edition)).encode())

    def _newest(self, edition: str) -> list[tuple[str, str]]:
        """Return addresses and titles of the newest articles of each section of an edition, one of each."""
        newest: dict[Section, int] = {}
        for number in filter(self.is_there, range(self.newest, max(self.newest - 300, 0), -1)):
            for section in self.catalogue.sections_of(number):
                if section.edition == edition:
                    newest.setdefault(section, number)
        return [
            (self.catalogue.entry(number).path(section), self.planted.story(number).title)
            for section, number in newest.items()
        ]

    def sections_not_listed(self) -> dict[str, dict[str, Any]]:
        """Return the sections that the project's table lacks: name, articles on the first page, newest day, by key."""
        rows = {}
        for section in self.catalogue.sections:
            if self.unlisted and (section in UNLISTED or section.path in RENAMED.values()):
                sheet = self.listings.sheet(section.listing())
                numbers = sheet.articles if sheet else ()
                newest = max((self.catalogue.entry(number).published for number in numbers), default=None)
                rows[f"{section.edition}/{section.path}"] = {
                    "name": section.name,
                    "articles": len(numbers),
                    "newest": f"{newest:%Y-%m-%d}" if newest else None,
                }
        return rows

    def _shown(self, sheet: Sheet) -> Listing:
        stories = [self.planted.story(number) for number in sheet.articles]
        guests = [self.planted.story(number) for number in self._guests(sheet)]
        children = [section for section in self.catalogue.sections if section.linked_from == sheet.section.path]
        return Listing(sheet.section, sheet.number, sheet.pages, stories, guests, self.catalogue.seed, children)

    def _guests(self, sheet: Sheet) -> list[int]:
        """Articles of other sections that a listing page shows: older than its newest one."""
        guests: list[int] = []
        newest = max(sheet.articles, default=0)
        dice = Dice(self.catalogue.seed, sheet.section.path, newest)
        for family in ("cn", "photo", "video"):
            if dice.one_in(3, f"{family} guest"):
                older = range(newest - 1, max(newest - 40, 0), -1)
                numbers = (n for n in older if self.catalogue.family(n) == family and self.is_there(n))
                others = (n for n in numbers if sheet.section not in self.catalogue.sections_of(n))
                guests += islice(others, 1)
        return guests

    def _happen(self, number: int | None = None, after: timedelta = timedelta(minutes=1)) -> None:
        """Let the clock go on, and the listings that show an article be new."""
        self.clock += after
        if number is not None:
            self._touched.update(dict.fromkeys(self.catalogue.listings_of(number), self.clock))
        self.answer.cache_clear()

    def _number(self, article_id: str) -> int:
        number = self.catalogue.number(int(article_id.partition("-")[2]))
        if not self.is_there(number) or self.catalogue.entry(number).id != article_id:
            raise KeyError(f"no article {article_id}")
        return number


def _etag(body: bytes) -> str:
    return f'"{blake2b(body, digest_size=8).hexdigest()}"'
