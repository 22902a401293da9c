"""Finds the outlet's sections by its own pages: those that the table lacks, and rows of the table that are out of date.

A page that is a listing by its address is a section's if it links to several articles of that section.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tibetnews.outlet import urls
from tibetnews.outlet.listing import Anchor, all_anchors
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import Section, SiteArea, section_table
from tibetnews.outlet.urls import Address
from tibetnews.text import fold_script
from tibetnews.text.page.breadcrumbs import read_breadcrumbs

MIN_ARTICLES = 3
"""Articles of its own that a section's listing links to, at least. Menus and boxes of other pages link to fewer."""

_MAX_NAME = 40
"""Characters of a section's name; longer texts of links are headlines."""
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_EDGES = " \t\xa0\u3000[]【】（）()<>《》»›>|·:：。།་-"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSection:
    """A section that the table lacks."""

    section: Section
    articles: int
    """Articles of its own on the first page of its listing."""
    newest: str | None
    """Day of the newest of them, YYYY-MM-DD."""
    former_path: str | None = None
    """Path of the row of the table that this section has replaced."""


class Discovery:
    """What is known of the outlet's sections so far, from pages in any order.

    Attributes:
        found: Sections that the table lacks, by key.
        outdated: What is wrong with rows of the table, by key.
    """

    def __init__(self, editions: Iterable[str] = (), site: str | None = None) -> None:
        """Look at these editions alone, or at all; ``site``: the base URL that stands for all hosts of the outlet."""
        known = section_table()
        chosen = set(editions) or set(known.editions)
        self.site = site
        self.areas = [area for area in known.areas if area.edition in chosen]
        self.rows = {section.section_key: section for section in known.sections if section.area.edition in chosen}
        self.found: dict[str, FoundSection] = {}
        self.outdated: dict[str, str] = {}
        self.asked: set[str] = set()
        self._listings: dict[str, Address] = {}
        self._implied: dict[str, Address] = {}
        self._on_home_pages: set[str] = set()
        self._link_texts: dict[str, Counter[str]] = {}
        self._keys_by_text: dict[str, set[str]] = {}

    def home_pages(self) -> list[str]:
        """Return the addresses of the editions' home pages."""
        return [
            _home_page(area, self.site, area.prefix, "index.shtml" if area.listing == "list" else "")
            for area in self.areas
            if area.prefix not in ("/", "/news/", "/wap/")
        ]

    def host_pages(self) -> list[str]:
        """Return the addresses of their hosts' home pages, for editions that have none below their prefix."""
        return list(dict.fromkeys(_home_page(area, self.site, "/") for area in self.areas))

    @property
    def has_listings(self) -> bool:
        """Whether a page has linked to a listing."""
        return bool(self._listings)

    def next_unlisted(self) -> Address | None:
        """Return the listing to read next among those that the table lacks; None after the last."""
        for listings in (self._listings, self._implied):
            keys = [key for key in listings if key not in self.rows and key not in self.asked]
            if keys:
                return self._ask(listings[min(keys, key=lambda key: key.count("/"))])
        return None

    def next_row(self) -> Address | None:
        """Return the listing to read next among the rows of the table: first those that no home page links to."""
        keys = [key for key in self.rows if key not in self.asked]
        key = min(keys, key=lambda key: key in self._on_home_pages, default=None)
        return self._ask(urls.listing(self.rows[key])) if key else None

    def read(self, page: Page, asked: Address | None = None) -> FoundSection | None:
        """Read a page; return the section if it is the listing of one that the table lacks.

        Args:
            page: The page.
            asked: The listing that was asked for; None for a home page.
        """
        anchors = [anchor for anchor in all_anchors(page) if anchor.address and anchor.address.area in self.areas]
        self._follow(anchors, is_home=asked is None)
        if asked is None:
            return None
        answered, row = page.address, self.rows.get(asked.section_key)
        if answered is None or answered.page_type != "listing":
            self.unreadable(asked, f"leads to {page.url}")
            return None
        self.asked.add(answered.section_key)
        own = {
            address.id: address
            for address in (anchor.address for anchor in anchors)
            if address and address.page_type != "listing" and address.section_key == answered.section_key
        }
        if answered.section_key in self.rows:
            if answered.section_key == asked.section_key:
                self._check_row(page, answered)
            else:
                self.unreadable(asked, f'leads to the section "{answered.section}"')
            return None
        if len(own) < MIN_ARTICLES or not answered.section:
            self.unreadable(asked, f"leads to {page.url}")
            return None
        days = [address.date for address in own.values() if address.date] or _DAY.findall(page.text)
        if row:
            self.outdated[asked.section_key] = f'is "{answered.section}" now'
        found = FoundSection(
            section=Section(answered.area, answered.section, row.name if row else self._name(page, answered)),
            articles=len(own),
            newest=max(days, default=None),
            former_path=row.path if row else None,
        )
        self.found[answered.section_key] = found
        return found

    def unreadable(self, asked: Address, problem: str) -> None:
        """Note why the listing that was asked for is none, which counts for rows of the table alone."""
        if asked.section_key in self.rows:
            self.outdated[asked.section_key] = problem

    def rows_to_paste(self) -> str:
        """Return what was found as TOML: rows for sections.toml, and comments about rows that are out of date."""
        found = sorted(self.found.values(), key=lambda found: self.areas.index(found.section.area))
        lines: list[str] = []
        for area, group in groupby(found, key=lambda found: found.section.area):
            lines.append(f"[{area.name}.sections]")
            lines += map(_row, group)
            lines.append("")
        if self.outdated:
            lines.append("# Rows of the table that are out of date:")
        for key, problem in self.outdated.items():
            section = self.rows[key]
            name = (section.area, section.name)
            found_now = (new for new in self.found.values() if new.former_path is None)
            same = next((new for new in found_now if (new.section.area, new.section.name) == name), None)
            likely = f'; "{same.section.path}" has the same name' if same else ""
            lines.append(f'# [{section.area.name}.sections] "{section.path}" {problem}{likely}')
        return "\n".join(lines).rstrip("\n")

    def _ask(self, address: Address) -> Address:
        self.asked.add(address.section_key)
        return address

    def _follow(self, anchors: Iterable[Anchor], *, is_home: bool) -> None:
        """Note the listings that a page links to, and those that its articles must have."""
        for anchor in anchors:
            address = anchor.address
            if address is None:
                continue
            key = address.section_key
            if address.page_type != "listing":
                self._implied.setdefault(key, Address("listing", address.area, address.section))
                continue
            self._listings.setdefault(key, address.at(0))
            if is_home:
                self._on_home_pages.add(key)
            text = anchor.text.strip(_NAME_EDGES)
            if text and len(text) <= _MAX_NAME and not text.isdigit():
                self._link_texts.setdefault(key, Counter())[text] += 1
                self._keys_by_text.setdefault(text, set()).add(key)

    def _name(self, page: Page, address: Address) -> str:
        """Return the section's name: by its breadcrumbs, the links to it, the page's title, or else its path.

        A text that leads to several sections, such as 更多, names none of them.
        """
        if name := _name_by_breadcrumbs(page):
            return name
        texts = self._link_texts.get(address.section_key, Counter())
        own = [text for text, _ in texts.most_common() if len(self._keys_by_text[text]) == 1]
        title = re.split("[_|-]", page.head_title)[0].strip()
        return next(filter(None, [*own, title]), address.section)

    def _check_row(self, page: Page, address: Address) -> None:
        """Note that a row's listing names no article, or another name than the row."""
        row = self.rows[address.section_key]
        if not any(anchor.address and anchor.address.page_type != "listing" for anchor in all_anchors(page)):
            self.outdated[address.section_key] = "names no article"
        elif (name := _name_by_breadcrumbs(page)) and name.strip(_NAME_EDGES) not in {
            known.strip(_NAME_EDGES) for known in row.names
        }:
            self.outdated[address.section_key] = f"is called {json.dumps(name, ensure_ascii=False)} now"


def _home_page(area: SiteArea, site: str | None, path: str, file: str = "") -> str:
    return f"{site.rstrip('/') if site else f'http://{area.hosts[0]}'}{path}{file}"


def _name_by_breadcrumbs(page: Page) -> str | None:
    crumbs = next(
        filter(None, (read_breadcrumbs(fold_script(line.text)) for line in page.lines if ">" in line.text)), ()
    )
    return crumbs[-1] if crumbs and crumbs[0] in {area.home_label for area in section_table().areas} else None


def _row(found: FoundSection) -> str:
    section = found.section
    former = f', replaces "{found.former_path}"' if found.former_path else ""
    row = f"{json.dumps(section.path)} = {json.dumps(section.name, ensure_ascii=False)}"
    return f"{row}  # {found.articles} articles on its first page, newest {found.newest or 'unknown'}{former}"
