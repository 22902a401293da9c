"""The grammar of the outlet's addresses, both ways: ``parse(build(address)) == address``.

The CMS is TRS WCM, which publishes static pages, so the path alone names a document: query strings
(tracking parameters) and fragments are dropped, and http and https, ``www.``, ``m.`` and the bare
host are one place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tibetnews.outlet.references import normal_form
from tibetnews.outlet.replays import read_replay
from tibetnews.outlet.sections import Section, SiteArea, section_key, section_table

OUTLET_TIME = timezone(timedelta(hours=8))

PageType = Literal["article", "legacy", "photo", "video", "phone", "listing"]

# An area's prefix is followed by the section's path and by what names a document or a page of the listing. The
# parts of a path cannot hold "/", so there is one way to match it; a folder of six digits is a month, no section.
# Listings that were set up by hand have file names of their own: index.htm, new_index.shtml, pic_index.shtml.
_DAY = r"(?P<day>\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_SECTION = r"(?P<section>[A-Za-z0-9_-]+(?:/(?!\d{6}/)[A-Za-z0-9_-]+)*)"
_LEAVES: dict[PageType, str] = {
    "article": rf"(?P<month>\d{{6}})/t{_DAY}_(?P<number>\d{{1,15}})"
    r"(?:_(?P<page>[1-9]\d{0,3}))?(?P<extension>\.html?)",
    "photo": r"content_(?P<number>\d{1,15})\.shtml",
    "video": rf"{_DAY}/(?P<number>\d{{11,13}})\.shtml",
    "phone": r"video_content_(?P<number>\d{1,15})\.shtml",
    "legacy": r"(?P<number>\d{13})\.shtml",
}
_DOCUMENT_TYPES: dict[str, PageType] = {"/photo/": "photo", "/video/": "video", "/wap/": "phone", "/news/": "legacy"}
"""By the prefix of their area; those of all others are articles."""
_LISTING_FILE = r"(?P<file>{})(?:_(?P<listing>[1-9]\d{{0,5}}))?(?P<ending>\.s?html?)"


_LISTING_NAMES = {"index": r"(?:[a-z]{1,20}_)?index", "list": r"(?:[a-z]{1,20}_)?index|list"}


class ListingFile(NamedTuple):
    """The file of a listing's first page; that of a further page has its number between the two parts."""

    name: str
    extension: str


_USUAL_FILES = {"index": ListingFile("index", ".html"), "list": ListingFile("list", ".shtml")}


class Address(NamedTuple):
    """A place at the outlet."""

    page_type: PageType
    area: SiteArea
    section: str
    """Path of the section in the area; "" for a listing of the whole area."""
    number: str = ""
    """The document number; "" for a listing."""
    day: str = ""
    """The day in the address, YYYYMMDD; "" where it has none."""
    page: int = 0
    """0 for the first page of a document or of a listing."""
    month: str = ""
    """An article's folder, YYYYMM, where it is not the month of its day."""
    extension: str = ".html"
    """The end of an article's address; the oldest ones have ``.htm``."""
    file: ListingFile | None = None
    """A listing's file where it is not the area's usual one."""

    @property
    def is_article(self) -> bool:
        """Whether it is the first page of an article."""
        return self.page_type != "listing" and not self.page

    @property
    def id(self) -> str:
        """The record's id: edition and document number."""
        return f"{self.area.edition}-{self.number}"

    @property
    def edition_path(self) -> str:
        """Path of the section in the edition, as the record has it: politics, photo/news."""
        return self.area.edition_path(self.section)

    @property
    def section_key(self) -> str:
        """Key of the section in the ledger, the counts and the reports: cn/politics."""
        return section_key(self.area.edition, self.edition_path)

    @property
    def date(self) -> str | None:
        """The day in the address, YYYY-MM-DD by the outlet's clock; None where it has none of the calendar."""
        if self.day:
            try:
                return dt.date(int(self.day[:4]), int(self.day[4:6]), int(self.day[6:])).isoformat()
            except ValueError:  # such as 31 February, which the pattern of addresses lets pass
                return None
        if self.page_type == "legacy":  # its number is milliseconds since 1970
            return datetime.fromtimestamp(int(self.number) / 1000, OUTLET_TIME).date().isoformat()
        return None

    def at(self, page: int) -> Address:
        """Return the same document or listing at another of its pages."""
        return self._replace(page=page)


def parse(url: str, site: str | None = None) -> Address | None:
    """Read an absolute address; return None if it is none of the outlet's grammar on the outlet's hosts.

    ``site`` is a base URL that stands for all hosts, as the setting OUTLET_SITE gives it. The address of a page that a
    web archive replays is that of the page.
    """
    if replay := read_replay(url):
        url = replay.url
    try:
        scheme, host, path = normal_form(url)
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        return None
    if scheme not in ("http", "https"):
        return None
    if path.startswith("/wap/news/"):
        path = path.removeprefix("/wap")
    folder, slash, remainder = path[1:].partition("/")
    is_site = _is_site(host, site)
    area = _prefixed_areas().get(f"/{folder}{slash}")
    if area is None:
        area, remainder = _unprefixed_area(host, folder, is_site), path[1:]
    if area is None or not (is_site or host in area.hosts):
        return None
    pattern = _pattern(_document_type(area), area.listing)
    match = pattern.fullmatch(remainder) or pattern.fullmatch(f"{remainder}/")  # a listing without its last slash
    address = _address(area, match.groupdict()) if match else None
    if address and area.folders and folder not in area.folders and address.page_type == "listing":
        return None
    return address


def build(address: Address, site: str | None = None) -> str:
    """Write the canonical address, or the same path at ``site``."""
    area, page = address.area, f"_{address.page}" if address.page else ""
    match address.page_type:
        case "article":
            leaf = f"{address.month or address.day[:6]}/t{address.day}_{address.number}{page}{address.extension}"
        case "photo":
            leaf = f"content_{address.number}.shtml"
        case "phone":
            leaf = f"video_content_{address.number}.shtml"
        case "video":
            leaf = f"{address.day}/{address.number}.shtml"
        case "legacy":
            leaf = f"{address.number}.shtml"
        case "listing":
            name, ending = address.file or _USUAL_FILES[area.listing]
            leaf = f"{name}{page}{ending}" if page or address.file or area.listing == "list" else ""
    base = site.rstrip("/") if site else f"http://{area.hosts[0]}"
    return f"{base}{area.prefix}{address.section}{'/' if address.section else ''}{leaf}"


def listing(section: Section, page: int = 0) -> Address:
    """Return the address of one page of a section's listing."""
    return Address("listing", section.area, section.path, page=page)


def at_site(url: str, site: str | None) -> str:
    """Return the address to fetch for a link of the outlet: without query and fragment, at ``site`` if one is set.

    The path stays as it was linked: the outlet may serve only one of the two spellings of a section.
    """
    scheme, host, path = normal_form(url)
    return (site.rstrip("/") if site else f"{scheme}://{host}") + path


_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|ico|css|js|swf)", re.I)


def is_unknown(url: str, site: str | None = None) -> bool:
    """Return whether this is the address of a page of the outlet that :func:`parse` does not know."""
    try:
        scheme, host, path = normal_form(url)
    except ValueError:
        return False
    if scheme not in ("http", "https") or not (_is_site(host, site) or is_outlet_host(host.partition(":")[0])):
        return False
    is_home = path in ("", "/") or path in _prefixed_areas()
    return not is_home and not _NO_PAGE.fullmatch(path[path.rfind(".") :]) and parse(url, site) is None


def pattern_of(url: str, site: str | None = None) -> str:
    """Return host and path of an address with N for each number in them; the path alone if the host is ``site``'s."""
    _, host, path = normal_form(url)
    return re.sub("[0-9]+", "N", path if _is_site(host, site) else host + path)


def is_outlet_host(host: str) -> bool:
    """Return whether a host is the outlet's, one of those that are no part of its table too, as for its media."""
    return host.endswith(".tibet.cn") or host in outlet_hosts()


@lru_cache(maxsize=1)
def outlet_hosts() -> frozenset[str]:
    """Return every host of the outlet."""
    return frozenset(host for area in section_table().areas for host in area.hosts)


def foreign_id(url: str, edition: str = "cn") -> str:
    """Return the id of a page whose address has no document number, such as a mirror's."""
    return f"{edition}-{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def _document_type(area: SiteArea) -> PageType:
    """Return what the documents of an area are."""
    return _DOCUMENT_TYPES.get(area.prefix, "article")


def _address(area: SiteArea, parts: dict[str, str | None]) -> Address | None:
    head, slash, tail = (parts["section"] or "").partition("/")
    section = area.aliases.get(head, head) + slash + tail
    if number := parts["number"]:
        day, month = parts.get("day") or "", parts.get("month") or ""
        page = int(parts.get("page") or 0)
        month = month if month != day[:6] else ""
        extension = parts.get("extension") or ".html"
        return Address(_document_type(area), area, section, number, day, page, month, extension) if section else None
    if not section and (_document_type(area) not in ("photo", "video") or not parts["file"]):
        return None  # the home page of an edition, or none of the outlet's pages
    file = ListingFile(parts["file"] or "index", parts["ending"] or ".html")
    usual = _USUAL_FILES[area.listing]
    return Address("listing", area, section, page=int(parts["listing"] or 0), file=None if file == usual else file)


@lru_cache(maxsize=1)
def _prefixed_areas() -> dict[str, SiteArea]:
    return {area.prefix: area for area in section_table().areas if area.prefix != "/"}


def _unprefixed_area(host: str, folder: str, is_site: bool) -> SiteArea | None:
    """Return the area without a prefix that an address belongs to: by its host, or by its folder at a copy."""
    areas = (area for area in section_table().areas if area.prefix == "/")
    return next((area for area in areas if (folder in area.folders if is_site else host in area.hosts)), None)


@cache
def _pattern(page_type: PageType, listing: str) -> re.Pattern[str]:
    """Return the pattern of addresses after their area's prefix."""
    is_optional = "?" if listing == "index" else ""
    file = _LISTING_FILE.format(_LISTING_NAMES[listing])
    return re.compile(f"(?:{_SECTION}/)?(?:{_LEAVES[page_type]}|(?:{file}){is_optional})", re.ASCII)


@lru_cache(maxsize=8)
def _site_host(site: str) -> str:
    return normal_form(site).host


def _is_site(netloc: str, site: str | None) -> bool:
    return site is not None and netloc == _site_host(site)
