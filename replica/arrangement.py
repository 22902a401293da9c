"""The order of listings: what stands on which page, and the oddities that a listing can be given."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass

from replica.catalogue import Catalogue
from replica.dice import Dice
from replica.sections import Section

_PAGE = re.compile(r"(?:index|list)_(\d{1,6})\.s?html", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """One page of a listing: the numbers of its articles in their order, and how many pages it counts."""

    section: Section
    number: int
    pages: int
    articles: tuple[int, ...]


class Arrangement:
    """The listings of all sections, newest first unless told otherwise."""

    def __init__(self, catalogue: Catalogue, page_size: int) -> None:
        self._catalogue = catalogue
        self._page_size = page_size
        self._folders = {section.folder: section for section in catalogue.sections}
        self._oldest_first: dict[Section, list[int]] = {section: [] for section in catalogue.sections}
        for number in range(1, catalogue.articles + 1):
            for section in catalogue.listings_of(number):
                self._oldest_first[section].append(number)
        self._pinned: list[int] = []
        self._shuffled: dict[Section, int] = {}
        self._repeated: set[Section] = set()
        self._blank: dict[Section, int] = {}

    def sheet(self, path: str) -> Sheet | None:
        """Return the page of a listing that has this path."""
        folder, slash, name = path.replace("/Instant/", "/instant/").rpartition("/")
        section = self._folders.get(folder + slash)
        if section is None:
            return None
        found = _PAGE.fullmatch(name)
        number = int(found[1]) if found else 0
        if name != "index.html" and section.listing(number) != f"{folder}/{name}":
            return None
        return self._sheet(section, number)

    def section(self, path: str) -> Section:
        """Return the section with this path, such as ``instant/domestic``."""
        return next(section for section in self._oldest_first if section.path == path)

    def add(self, number: int) -> None:
        """Put an article into its sections' listings."""
        for section in self._catalogue.listings_of(number):
            insort(self._oldest_first[section], number)

    def take(self, number: int) -> None:
        """Take an article out of the listings."""
        for section in self._catalogue.listings_of(number):
            self._oldest_first[section].remove(number)

    def pin(self, number: int) -> None:
        """Let an article stand first in its sections' listings, whatever is published."""
        self._pinned.append(number)

    def shuffle(self, section: Section) -> None:
        """Put a listing into another order."""
        self._shuffled[section] = self._shuffled.get(section, 0) + 1

    def repeat(self, section: Section) -> None:
        """Let every page of a listing be its first one, and promise one more each time."""
        self._repeated.add(section)

    def blank(self, section: Section, pages: int) -> None:
        """Let a listing be so many pages without articles."""
        self._blank[section] = pages

    def restore(self, section: Section) -> None:
        """Let a listing be as it should again, newest first."""
        self._shuffled.pop(section, None)
        self._repeated.discard(section)
        self._blank.pop(section, None)

    def _sheet(self, section: Section, number: int) -> Sheet | None:
        if section in self._blank:
            pages = self._blank[section]
            return Sheet(section, number, pages, ()) if number < pages else None
        articles = self._order(section)
        pages = max(1, -(-len(articles) // self._page_size))
        if section in self._repeated:
            return Sheet(section, number, max(pages, number + 2), articles[: self._page_size])
        first = number * self._page_size
        return Sheet(section, number, pages, articles[first : first + self._page_size]) if number < pages else None

    def _order(self, section: Section) -> tuple[int, ...]:
        articles = self._oldest_first[section][::-1]
        if section in self._shuffled:
            Dice(section.path, self._shuffled[section]).stream("order").shuffle(articles)
        if self._pinned:
            articles.sort(key=lambda number: number not in self._pinned)
        return tuple(articles)
