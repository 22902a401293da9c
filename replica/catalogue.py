"""What is where: the layout, the sections, the time and the address of every number.

Articles are numbered from 1, the oldest, to ``articles``; higher numbers are news, published while the
replica runs. Everything follows from the number, so that nothing is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from replica.dice import Dice
from replica.sections import SECTIONS, Family, Section

CLOCK = timezone(timedelta(hours=8))
OPENED = datetime(2024, 1, 9, 8, 0, tzinfo=CLOCK)
"""The outlet's time when the replica starts: all articles are older, all news later."""

NEWS_EVERY = timedelta(minutes=7)
ARTICLES_EVERY = timedelta(hours=4)
HISTORY = timedelta(days=8 * 365)
LEGACY_AGE = timedelta(days=3650)

LAYOUTS: dict[str, Family] = {
    "trs_editor": "cn",
    "custom_union": "cn",
    "bare_p": "cn",
    "line_breaks": "cn",
    "nested": "cn",
    "paged": "cn",
    "tb": "tb",
    "tb_paged": "tb",
    "legacy": "legacy",
    "legacy_gbk": "legacy",
    "photo": "photo",
    "video": "video",
}
CYCLE = (
    *("trs_editor", "bare_p", "tb", "custom_union", "legacy", "line_breaks", "photo", "nested", "paged"),
    *("video", "trs_editor", "legacy_gbk", "custom_union", "tb_paged", "bare_p", "trs_editor", "nested"),
    *("tb", "custom_union"),
)
"""The layouts in the order of the numbers, over and over."""

NEWS = ("trs_editor", "custom_union", "bare_p", "tb", "line_breaks", "nested")
"""News are plain pages, one request each."""

DOCUMENTS = 7_500_000
MILLISECONDS = 1_000_000

_ADDRESS = re.compile(
    r"/(?:(?:cn|tb|eng|fr|de)/[\w/]+/\d{6}/t\d{8}_|photo/[\w/]+/content_|video/\w+/\d{8}/|news/\w+/)"
    r"(?P<document>\d{7}|\d{13})(?:_(?P<page>\d{1,3}))?\.s?html",
    re.ASCII,
)


@dataclass(frozen=True)
class Entry:
    """One article's place in the outlet."""

    number: int
    layout: str
    sections: tuple[Section, ...]
    published: datetime
    document: int
    twin_of: Entry | None = None
    """The earlier article whose title and text this one repeats under a number of its own."""

    edited: float = 0
    """The share of its characters in which this one differs."""

    @property
    def family(self) -> Family:
        """The family of its first section."""
        return self.sections[0].family

    @property
    def host(self) -> str:
        """The host of its first section."""
        return self.sections[0].host

    @property
    def id(self) -> str:
        """The id of its record."""
        return f"{self.sections[0].edition}-{self.document}"

    def path(self, section: Section, page: int = 0) -> str:
        """Return the canonical path of the article in one of its sections."""
        day = self.published
        if self.family in ("cn", "tb"):
            tail = f"_{page}" if page else ""
            return f"{section.folder}{day:%Y%m}/t{day:%Y%m%d}_{self.document}{tail}.html"
        if self.family == "photo":
            return f"{section.folder}content_{self.document}.shtml"
        if self.family == "video":
            return f"{section.folder}{day:%Y%m%d}/{self.document}.shtml"
        return f"{section.folder}{self.document}.shtml"

    def url(self, section: Section, page: int = 0) -> str:
        """Return the canonical address of the article in one of its sections."""
        return f"http://{section.host}{self.path(section, page)}"


class Catalogue:
    """The places of all articles of one replica."""

    def __init__(
        self,
        articles: int,
        seed: int = 1,
        sections: tuple[Section, ...] = SECTIONS,
        edited: float = 0,
    ) -> None:
        self.articles = articles
        self.seed = seed
        self.sections = sections
        self._edited = edited
        self._of_family: dict[Family, list[Section]] = {}
        for section in (section for section in self.sections if not section.collects):
            self._of_family.setdefault(section.family, []).append(section)
        self._cycle = tuple(name for name in CYCLE if LAYOUTS[name] in self._of_family)
        self._news = tuple(name for name in NEWS if LAYOUTS[name] in self._of_family)
        self._turns = {family: self._cycle_turns(family) for family in self._of_family}
        self.entry = lru_cache(maxsize=10_000)(self._entry)
        """The place of an article."""
        self._step = min(ARTICLES_EVERY, HISTORY / max(articles, 1))

    def layout(self, number: int) -> str:
        """Return the name of the layout of an article."""
        names = self._cycle if number <= self.articles else self._news
        return names[(number - 1) % len(names)]

    def family(self, number: int) -> Family:
        """Return the family of an article."""
        return LAYOUTS[self.layout(number)]

    def published(self, number: int) -> datetime:
        """Return the time of an article; later numbers are later within each family."""
        if number > self.articles:
            return OPENED + (number - self.articles) * NEWS_EVERY
        jitter = Dice(self.seed, number).number("jitter") % 1000 / 1000 * 0.9 * self._step
        time = (OPENED - (self.articles - number + 1) * self._step + jitter).replace(microsecond=0)
        return time - LEGACY_AGE if self.family(number) == "legacy" else time

    def _entry(self, number: int) -> Entry:
        layout = self.layout(number)
        family = LAYOUTS[layout]
        published = self.published(number)
        document = DOCUMENTS + number
        if family in ("legacy", "video"):
            document = int(published.timestamp()) // 1000 * MILLISECONDS + number
        twin = self._twin(number)
        edited = self._edited if twin else 0
        return Entry(number, layout, self.sections_of(number), published, document, twin, edited)

    def number(self, document: int) -> int:
        """Return the number behind a document number, whether there is such an article or not."""
        return document % MILLISECONDS if document >= 10**12 else document - DOCUMENTS

    def find(self, path: str) -> tuple[Entry, Section, int] | None:
        """Return the article whose address has this path, in which section, and which page of it."""
        path = path.replace("/Instant/", "/instant/").replace("/wap/news/", "/news/")
        found = _ADDRESS.fullmatch(path)
        number = self.number(int(found["document"])) if found else 0
        if found is None or number < 1:
            return None
        entry, page = self.entry(number), int(found["page"] or 0)
        section = next((section for section in entry.sections if entry.path(section, page) == path), None)
        return None if section is None else (entry, section, page)

    def sections_of(self, number: int) -> tuple[Section, ...]:
        """Articles take turns through the sections of their family; some stand in a second one too."""
        family = self.family(number)
        sections = self._of_family[family]
        turn = number
        if number <= self.articles:
            cycle, slot = divmod(number - 1, len(self._cycle))
            turns = self._turns[family]
            turn = cycle * len(turns) + turns[slot]
        first = sections[turn % len(sections)]
        second = sections[(turn + 3) % len(sections)]
        if family == "cn" and number <= self.articles and number % 7 == 3 and second != first:
            return first, second
        return (first,)

    def listings_of(self, number: int) -> tuple[Section, ...]:
        """Return the sections whose listings name an article: its own, and one in seven of those that collect."""
        collections = (section for section in self.sections if section.collects)
        family = self.family(number)
        collecting = [section for section in collections if section.family == family]
        return (*self.sections_of(number), *collecting[number % 7 :: 7])

    def _cycle_turns(self, family: Family) -> dict[int, int]:
        slots = [slot for slot, name in enumerate(self._cycle) if LAYOUTS[name] == family]
        return {slot: turn for turn, slot in enumerate(slots)}

    def _twin(self, number: int) -> Entry | None:
        """One of eleven articles repeats an earlier one."""
        if number % 11 != 5 or number > self.articles or not self._plain(number):
            return None
        earlier = range(number - 5, 0, -1)
        return next((self.entry(n) for n in earlier if n % 11 != 5 and self._plain(n)), None)

    def _plain(self, number: int) -> bool:
        name = self.layout(number)
        return LAYOUTS[name] == "cn" and name != "paged"
