"""The grammar of the outlet's addresses, both ways: ``parse(build(address)) == address``.

The CMS is TRS WCM, which publishes static pages, so the path alone names a document: query strings
(tracking parameters) and fragments are dropped, and http and https, ``www.``, ``m.`` and the bare
host are one place.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal
from urllib.parse import urljoin, urlsplit

from tibetnews.outlet.sections import Section, Tree, table

OUTLET_TIME = timezone(timedelta(hours=8))

Form = Literal["article", "legacy", "photo", "video", "listing"]

# A tree's prefix is followed by the section's path and by what names a document or a page of the listing. The
# parts of a path cannot hold "/", so there is one way to match it; a folder of six digits is a month, no section.
_DAY = r"(?P<day>\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_SECTION = r"(?P<section>[A-Za-z0-9_-]+(?:/(?!\d{6}/)[A-Za-z0-9_-]+)*)"
_LEAVES: dict[Form, str] = {
    "article": rf"(?P<month>\d{{6}})/t{_DAY}_(?P<number>\d{{1,15}})(?:_(?P<page>[1-9]\d{{0,3}}))?\.html",
    "photo": r"content_(?P<number>\d{1,15})\.shtml",
    "video": rf"{_DAY}/(?P<number>\d{{13}})\.shtml",
    "legacy": r"(?P<number>\d{13})\.shtml",
}
_LISTINGS = {
    "index": r"(?:index(?:_(?P<listing>[1-9]\d{0,5}))?\.html)?",
    "list": r"list(?:_(?P<listing>[1-9]\d{0,5}))?\.shtml",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A place at the outlet.

    form: what is there; section: its path in the tree; number: the document number, "" for a
    listing; day: the day in the address, YYYYMMDD, "" where it has none; page: 0 for the first page;
    month: an article's folder, YYYYMM, where it is not the month of its day.
    """

    form: Form
    tree: Tree
    section: str
    number: str = ""
    day: str = ""
    page: int = 0
    month: str = ""

    @property
    def id(self) -> str:
        """The record's id: edition and document number."""
        return f"{self.tree.edition}-{self.number}"

    @property
    def section_key(self) -> str:
        """What the record calls the section: politics, photo/news."""
        return self.tree.section(self.section)

    @property
    def date(self) -> str | None:
        """The day that the address tells, YYYY-MM-DD by the outlet's clock; None for photo stories and listings."""
        if self.day:
            return f"{self.day[:4]}-{self.day[4:6]}-{self.day[6:]}"
        if self.form == "legacy":  # its number is milliseconds since 1970
            return datetime.fromtimestamp(int(self.number) / 1000, OUTLET_TIME).date().isoformat()
        return None

    def at(self, page: int) -> Address:
        """The same document or listing at another of its pages."""
        return replace(self, page=page)


def parse(url: str, site: str | None = None) -> Address | None:
    """Read an absolute address; None where it is not one of the outlet's grammar on the outlet's hosts.

    ``site`` is a base URL that stands for all hosts, as the setting OUTLET_SITE gives it.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        return None
    if parts.scheme not in ("http", "https"):
        return None
    path = parts.path
    if path.startswith("/wap/news/"):
        path = path.removeprefix("/wap")
    prefix, slash, rest = path[1:].partition("/")
    tree, pattern = _trees().get(f"/{prefix}{slash}", (None, None))
    if tree is None or pattern is None or not (_is_site(parts.netloc, site) or parts.netloc.lower() in tree.hosts):
        return None
    found = pattern.fullmatch(rest)
    return _address(tree, found.groupdict()) if found else None


def build(address: Address, site: str | None = None) -> str:
    """Write the canonical address, or the same path at ``site``."""
    tree, page = address.tree, f"_{address.page}" if address.page else ""
    match address.form:
        case "article":
            leaf = f"{address.month or address.day[:6]}/t{address.day}_{address.number}{page}.html"
        case "photo":
            leaf = f"content_{address.number}.shtml"
        case "video":
            leaf = f"{address.day}/{address.number}.shtml"
        case "legacy":
            leaf = f"{address.number}.shtml"
        case "listing" if tree.listing == "list":
            leaf = f"list{page}.shtml"
        case "listing":
            leaf = f"index{page}.html" if page else ""
    base = site.rstrip("/") if site else f"http://{tree.hosts[0]}"
    return f"{base}{tree.prefix}{address.section}/{leaf}"


def listing(section: Section, page: int = 0) -> Address:
    """The address of one page of a section's listing."""
    return Address("listing", section.tree, section.path, page=page)


def at_site(url: str, site: str | None) -> str:
    """The address to fetch for a link of the outlet: without query and fragment, at ``site`` where one is set.

    The path is kept as it was linked: both spellings of a section are known, only one may be served.
    """
    parts = urlsplit(url)
    base = site.rstrip("/") if site else f"{parts.scheme}://{parts.netloc}"
    return base + parts.path


def absolute(href: str, base: str) -> str | None:
    """An address as a page writes it, resolved against the page's own; None where it is none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def outlet_hosts() -> frozenset[str]:
    """Every host of the outlet."""
    return frozenset(host for tree in table().trees for host in tree.hosts)


def foreign_id(url: str, edition: str = "cn") -> str:
    """The id of a page whose address has no document number, such as a mirror's."""
    return f"{edition}-{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def _form(tree: Tree) -> Form:
    """What the documents of a tree are."""
    forms: dict[str, Form] = {"/photo/": "photo", "/video/": "video", "/news/": "legacy"}
    return forms.get(tree.prefix, "article")


def _address(tree: Tree, parts: dict[str, str | None]) -> Address:
    head, slash, tail = (parts["section"] or "").partition("/")
    section = tree.spellings.get(head, head) + slash + tail
    if number := parts["number"]:
        day, month = parts.get("day") or "", parts.get("month") or ""
        page = int(parts.get("page") or 0)
        return Address(_form(tree), tree, section, number, day, page, month if month != day[:6] else "")
    return Address("listing", tree, section, page=int(parts["listing"] or 0))


@lru_cache(maxsize=1)
def _trees() -> dict[str, tuple[Tree, re.Pattern[str]]]:
    """Each tree, and the pattern of its addresses behind the prefix, by prefix."""
    return {
        tree.prefix: (tree, re.compile(f"{_SECTION}/(?:{_LEAVES[_form(tree)]}|{_LISTINGS[tree.listing]})", re.ASCII))
        for tree in table().trees
    }


@lru_cache(maxsize=8)
def _site_host(site: str) -> str:
    return urlsplit(site).netloc


def _is_site(netloc: str, site: str | None) -> bool:
    return site is not None and netloc == _site_host(site)
