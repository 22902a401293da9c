"""The arguments of the history spider: which web archive, and which articles of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from tibetnews.archive.cdx import Index
from tibetnews.errors import InvalidArgumentError
from tibetnews.outlet.references import is_web_address
from tibetnews.outlet.sections import Section, section_table
from tibetnews.outlet.urls import Address, outlet_hosts
from tibetnews.spiders.arguments import CrawlScope, read_crawl_scope

COLLECTIONS = "collinfo.json"
"""End of the address of a list of indexes, as Common Crawl has it."""
WAYBACK_PATH = "/cdx/search/cdx"
"""End of the address of an index in the dialect of the Wayback Machine."""

KNOWN = {
    "commoncrawl": ("https://index.commoncrawl.org/collinfo.json", "https://data.commoncrawl.org/"),
    "wayback": ("https://web.archive.org/cdx/search/cdx", ""),
}
"""Archives by name: address of the index, and of the folder of its WARC files."""


class Target(NamedTuple):
    """What a query asks an index for."""

    url: str
    match: str
    """"prefix", "host" or "domain"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryScope:
    """Which articles to take from which web archive."""

    source: str
    """Address of its index, or of a list of indexes."""
    records: str
    """Address of the folder of its WARC files; "" where it shows its captures itself."""
    sections: tuple[Section, ...] | None
    """None for all that the grammar of addresses knows, those that the table lacks too."""
    days: CrawlScope
    """Their days; ``full`` says whether queries that were read to their end are asked again."""

    @property
    def has_collections(self) -> bool:
        """Whether ``source`` is a list of indexes, to which nothing is ever added."""
        return self.source.endswith(COLLECTIONS)

    def index(self, endpoint: str) -> Index:
        """Return an index of the archive by its address."""
        if endpoint.endswith(WAYBACK_PATH):
            replay = endpoint.removesuffix(WAYBACK_PATH) + "/web"
            return Index(endpoint=endpoint, dialect="wayback", replay=replay)
        replay = endpoint.rpartition("/")[0]
        return Index(endpoint=endpoint, dialect="pywb", replay=replay, records=self.records)

    def covers(self, address: Address | None, day: str | None) -> bool:
        """Return whether an address is that of an article in scope; ``day`` is that of its publication, if known."""
        if address is None or not address.is_article or not self.days.covers(day):
            return False
        return self.sections is None or any(s.section_key == address.section_key for s in self.sections)

    def targets(self, site: str | None) -> Iterator[Target]:
        """Yield what is asked of each index, each once; ``site``: as for :func:`tibetnews.outlet.urls.parse`."""
        if self.sections is None:
            domains = {".".join(urlsplit(f"//{host}").hostname.split(".")[-2:]) for host in outlet_hosts()}  # type: ignore[union-attr]
            yield from [Target(f"{site}/", "prefix")] if site else [Target(host, "domain") for host in sorted(domains)]
            return
        targets: dict[Target, None] = {}
        for section in self.sections:
            head, slash, tail = section.path.partition("/")
            names = [head, *(old for old, new in section.area.aliases.items() if new == head)]
            hosts = section.area.hosts  # of which an index drops the "www."
            for host in [site] if site else [f"http://{host}" for host in hosts if f"www.{host}" not in hosts]:
                for name in names:
                    targets[Target(f"{host}{section.area.prefix}{name}{slash}{tail}/", "prefix")] = None
        yield from targets


def read_history_scope(
    source: str | None = None,
    records: str | None = None,
    editions: str | None = None,
    sections: str | None = None,
    since: str | None = None,
    until: str | None = None,
    full: str | None = None,
) -> HistoryScope:
    """Return what ``tibetnews crawl history`` is to take.

    Args:
        source: "commoncrawl", "wayback", or the address of a CDX index.
        records: Address of a folder with the WARC files that the index names.
        editions: Names of editions, with commas.
        sections: Names of sections, with commas, as ``tibetnews sections`` lists them.
        since: First day of publication: YYYY-MM-DD, today, yesterday, or -7d for seven days before today.
        until: Last day, likewise.
        full: "1" to ask the index again for what was read to its end.

    Raises:
        InvalidArgumentError: An argument is missing or cannot be used.
    """
    if not source:
        raise InvalidArgumentError(f"-a source=… is missing: it is {', '.join(KNOWN)}, or the address of a CDX index")
    url, folder = KNOWN.get(source, (source, records or ""))
    for name, address in (("source", url), ("records", folder)):
        if address and (not is_web_address(address) or urlsplit(address).query):
            what = f"{', '.join(KNOWN)}, or the address of a CDX index" if name == "source" else "an address"
            raise InvalidArgumentError(f"-a {name}={address}: it is {what} such as http://127.0.0.1:8090/outlet/cdx")
    if source in KNOWN and records:
        raise InvalidArgumentError(f"-a records={records}: leave it out; it is known where {source} has its records")
    if url.endswith(COLLECTIONS) and not folder:
        raise InvalidArgumentError(f"-a source={source}: add -a records=URL, the folder of the WARC files")
    days = read_crawl_scope(editions, sections, since, until, full=full)
    return HistoryScope(
        source=url,
        records=folder,
        sections=days.sections
        if sections or (editions and len(days.sections) < len(section_table().sections))
        else None,
        days=days,
    )
