"""Reads listing pages: the articles that they link to, and how many pages the listing has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tibetnews.errors import UnreadableError
from tibetnews.outlet import urls
from tibetnews.outlet.page import Page
from tibetnews.outlet.pager import page_count
from tibetnews.outlet.selectors import css
from tibetnews.outlet.urls import Address
from tibetnews.outlet.visible_text import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Where a listing keeps its own links, newest template first; beside them a page has menus and lists of other
# sections. The last takes every link, for an unknown template.
_CONTAINERS = (css("div.listnews a"), css("dt > a"), css("h4 > a"), css("a"))
_EVERYWHERE = _CONTAINERS[-1]
_EMPTY = css("div.listnews, dl")
"""What even an empty listing has."""


class Anchor(NamedTuple):
    """A link of any kind."""

    url: str
    """Its absolute address."""
    address: Address | None
    """Where it leads, by the grammar of addresses."""
    text: str


MAX_CHARACTERS = 1024 * 1024
"""Of a listing; the outlet's are below 200 KB, with some tens of links."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article."""

    address: Address
    """Where it leads, by the grammar of addresses."""
    url: str
    """The address to fetch."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a listing."""

    links: tuple[Link, ...]
    """Its articles in the order of the page, each once."""
    pages: int | None
    """How many pages the listing has; None if the page does not say it."""
    next: int | None
    """Number of the next page; None after the last."""
    unknown: tuple[str, ...] = ()
    """Addresses of pages of the outlet that its list links to and that the grammar of addresses does not know."""


def read_listing(page: Page) -> Listing:
    """Read one page of a listing. If it gives no number of pages, it may have a next page as long as it has links.

    Raises:
        UnreadableError: The document breaks off, so that links may be missing, or it is no listing.
    """
    if len(page.html) > MAX_CHARACTERS:
        raise UnreadableError("too_large", f"the listing has more than {MAX_CHARACTERS:,} characters")
    if not page.html.strip():
        raise UnreadableError("empty", "the listing has no content")
    if not page.is_whole:
        raise UnreadableError("truncated", "the listing opens <html> and breaks off before </body>")
    current = page.address.page if page.address else 0
    anchors: tuple[Anchor, ...] = ()
    links: tuple[Link, ...] = ()
    for find in _CONTAINERS:
        anchors = tuple(_anchors(page, find(page.root)))
        if links := _links(anchors, page.site):
            break
    unknown = tuple(dict.fromkeys(anchor.url for anchor in anchors if urls.is_unknown(anchor.url, page.site)))
    pages = page_count(page, _pager_name(page))
    if pages is not None:
        return Listing(links, pages, current + 1 if current + 1 < pages else None, unknown)
    if not links and not _EMPTY(page.root):
        raise UnreadableError("layout", "the page has no links to articles, no pager and no place for a list")
    return Listing(links, None, current + 1 if links else None, unknown)


def all_anchors(page: Page) -> list[Anchor]:
    """Return all links of a page, in its order."""
    return list(_anchors(page, _EVERYWHERE(page.root)))


def _anchors(page: Page, elements: Iterable[Element]) -> Iterator[Anchor]:
    for element in elements:
        if url := page.link(element.get("href") or ""):
            yield Anchor(url, urls.parse(url, page.site), text_of(element))


def _links(anchors: Iterable[Anchor], site: str | None) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for anchor in anchors:
        address = anchor.address
        if address and address.page_type != "listing" and address.id not in links:
            url = urls.at_site(anchor.url, site)
            if address.page:  # a later page of a long article: fetch the first
                url = url.removesuffix(f"_{address.page}{address.extension}") + address.extension
            links[address.id] = Link(address.at(0), url)
    return tuple(links.values())


def _pager_name(page: Page) -> str:
    if page.address is None:
        return "index"
    return page.address.file.name if page.address.file else page.address.area.listing
