"""The arguments of the spiders, ``-a name=value``: read and checked before any request is made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from tibetnews import clock
from tibetnews.archive.captures import unusable
from tibetnews.archive.wacz import SUFFIX, WARC_SUFFIXES, members
from tibetnews.console import PROGRAM
from tibetnews.errors import InvalidArgumentError
from tibetnews.outlet.sections import Section, table
from tibetnews.outlet.urls import OUTLET_TIME
from tibetnews.spiders.shard import ALL, Shard, read_shard

T = TypeVar("T")


def parse_arguments(read: Callable[..., T], arguments: Mapping[str, str]) -> T:
    """Return what ``read`` makes of the arguments.

    Args:
        read: Function whose parameters are the known arguments.
        arguments: What was given with ``-a``, by name.

    Raises:
        InvalidArgumentError: An argument is unknown, missing or wrong.
    """
    known = list(inspect.signature(read).parameters)
    arguments = {name: value for name, value in arguments.items() if name != "_job"}  # scrapyd passes its own
    for name in arguments:
        if name not in known:
            raise InvalidArgumentError(f"-a {name}=…: there is no such argument; it can be {', '.join(known)}")
    return read(**arguments)


LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlScope:
    """Which listings to crawl, how far, and which days of articles to read; days are YYYY-MM-DD."""

    sections: tuple[Section, ...]
    since: str = ""
    until: str = LAST_DAY
    pages: int | None = None
    """Number of listing pages of each section; None for all."""
    full: bool = False
    """Whether listings are read to their end, even below articles known before."""
    discover: tuple[str, ...] = ()
    """Editions whose home pages are to lead to sections that the table lacks."""
    shard: Shard = ALL
    """The share of this machine; ``sections`` has no others."""

    @property
    def has_all_days(self) -> bool:
        """Whether no day is left out, so that every link of a listing is followed."""
        return not self.since and self.until == LAST_DAY

    def covers(self, day: str | None) -> bool:
        """Return whether a day is in scope; a day that is not known yet is."""
        return day is None or self.since <= day <= self.until


def read_crawl_scope(
    editions: str | None = None,
    sections: str | None = None,
    since: str | None = None,
    until: str | None = None,
    pages: str | None = None,
    full: str | None = None,
    discover: str | None = None,
    shard: str | None = None,
) -> CrawlScope:
    """Return the scope of ``tibetnews crawl sections``; without arguments all pages of all sections.

    Args:
        editions: Names of editions, with commas.
        sections: Names of sections, with commas, as ``tibetnews sections`` lists them; cn/edu means one edition's.
        since: First day: YYYY-MM-DD, today, yesterday, or -7d for seven days before today, by the outlet's clock.
        until: Last day, likewise.
        pages: Number of listing pages of each section, 1 or more.
        full: "1" to read listings to their end.
        discover: "1" to crawl sections that the table lacks too, if the outlet's pages lead to them.
        shard: This machine's share of the sections, such as 1/2 on the first of two machines.

    Raises:
        InvalidArgumentError: An argument cannot be used.
    """
    within, share = read_editions(editions), read_shard(shard)
    if discover not in (None, "0", "1"):
        raise InvalidArgumentError(f"-a discover={discover}: write 1, or leave it out")
    chosen = _sections(within, _names(sections, "sections"), may_be_none=discover == "1")
    if chosen and not any(share.has(section.section_key) for section in chosen):
        raise InvalidArgumentError(f"-a shard={shard}: none of the {len(chosen)} sections is in it; name fewer shares")
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise InvalidArgumentError(f"-a since={since} -a until={until}: since is after until, so no day is left")
    if pages is not None and (not pages.isascii() or not pages.isdigit() or int(pages) < 1):
        raise InvalidArgumentError(f"-a pages={pages}: it is the number of listing pages of each section, 1 or more")
    if full not in (None, "0", "1"):
        raise InvalidArgumentError(f"-a full={full}: write 1, or leave it out")
    return CrawlScope(
        sections=tuple(section for section in chosen if share.has(section.section_key)),
        shard=share,
        since=first or "",
        until=last or LAST_DAY,
        pages=int(pages) if pages else None,
        full=full == "1",
        discover=within if discover == "1" else (),
    )


@dataclass(frozen=True, slots=True)
class UrlList:
    """Addresses that the user listed, in their order, each once."""

    urls: tuple[str, ...]

    @property
    def hosts(self) -> frozenset[str]:
        """Their hosts, with the port where one is written."""
        return frozenset(urlsplit(url).netloc for url in self.urls if not url.startswith("file:"))

    @property
    def files(self) -> frozenset[str]:
        """Those of them that are files."""
        return frozenset(url for url in self.urls if url.startswith("file:"))


def read_url_list(urls: str | None = None) -> UrlList:
    """Return the addresses of ``tibetnews crawl articles -a urls=…``: a list with commas, or ``@`` and a file.

    Raises InvalidArgumentError.
    """
    if not urls:
        raise InvalidArgumentError("-a urls=URL,URL or -a urls=@FILE is missing: which articles?")
    if urls.startswith("@"):
        path = Path(urls[1:])
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidArgumentError(f"-a urls={urls}: {path} cannot be read: {_why(error)}") from error
        by_origin = {
            f"{path}:{i}": line.strip() for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
        }
    else:
        by_origin = {f"-a urls, address {i}": url.strip() for i, url in enumerate(urls.split(","), 1) if url.strip()}
    if not by_origin:
        raise InvalidArgumentError(f"-a urls={urls}: there is no address in it")
    for origin, url in by_origin.items():
        _check_url(origin, url)
    return UrlList(tuple(dict.fromkeys(by_origin.values())))


ARCHIVE_SUFFIXES = (*WARC_SUFFIXES, SUFFIX)


@dataclass(frozen=True, slots=True)
class ArchiveSelection:
    """Archives to read again, in the order of their names, and the exports to compare with."""

    archives: tuple[Path, ...]
    exports: tuple[Path, ...] | None
    """None for those in EXPORT_DIR."""


def read_archive_selection(warc: str | None = None, against: str | None = None) -> ArchiveSelection:
    """Return what ``tibetnews crawl archive`` reads.

    Args:
        warc: A file, or a folder of them.
        against: Other exports than EXPORT_DIR's to compare with: a file or a folder.

    Raises:
        InvalidArgumentError: An argument is missing or cannot be read.
    """
    if not warc:
        raise InvalidArgumentError("-a warc=FILE_OR_FOLDER is missing: which archive?")
    archives = _files("warc", warc, ARCHIVE_SUFFIXES)
    if archives == (Path(warc),) and not members(archives[0]):
        start = _first_bytes(archives[0])
        if fault := unusable(start) if start else "is empty":
            raise InvalidArgumentError(f"-a warc={warc}: it {fault}")
    return ArchiveSelection(archives, None if against is None else _files("against", against, (".jsonl",)))


def read_archives_to_adopt(warc: str | None = None) -> ArchiveSelection:
    """Return what ``tibetnews crawl adopt`` reads: a file, or a folder of them. Raises InvalidArgumentError."""
    return read_archive_selection(warc)


def _files(argument: str, value: str, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the file, or the files with these suffixes in the folder and those below it."""
    path = Path(value)
    try:
        if not path.is_dir():
            _first_bytes(path)
            return (path,)
        files = sorted(file for file in path.rglob("*") if file.name.endswith(suffixes) and file.is_file())
    except (OSError, ValueError) as error:
        raise InvalidArgumentError(f"-a {argument}={value}: it cannot be read: {_why(error)}") from error
    if not files:
        raise InvalidArgumentError(f"-a {argument}={value}: there is no {' or '.join(suffixes)} file in this folder")
    return tuple(files)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _check_url(origin: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidArgumentError(f"{origin}: {url}: {error}") from error
    if parts.scheme == "file":
        try:
            Path(unquote(parts.path)).open("rb").close()
        except (OSError, ValueError) as error:
            raise InvalidArgumentError(f"{origin}: {url} cannot be read: {_why(error)}") from error
    elif parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidArgumentError(f"{origin}: {url!r} is no address: write one with http://, https:// or file://")


def read_probe_sections(editions: str | None = None, sections: str | None = None) -> tuple[Section, ...]:
    """Return the sections that ``tibetnews probe`` may look at; by default all. Raises InvalidArgumentError."""
    return _sections(read_editions(editions), _names(sections, "sections"), may_be_none=False)


def read_editions(editions: str | None = None) -> tuple[str, ...]:
    """Return the editions of ``tibetnews sections --discover``, by default all. Raises InvalidArgumentError."""
    names = _names(editions, "editions")
    for name in names:
        if name not in table().editions:
            raise InvalidArgumentError(f"-a editions: no edition {name!r}; there are {', '.join(table().editions)}")
    return tuple(names) or table().editions


def _sections(editions: Sequence[str], names: list[str], *, may_be_none: bool) -> tuple[Section, ...]:
    within = [s for s in table().sections if s.area.edition in editions]
    wanted = [_canonical(name) for name in names]
    for name in wanted:
        if not any(name in (section.edition_path, section.section_key) for section in within):
            raise InvalidArgumentError(f"-a sections: no section {name!r} here; `{PROGRAM} sections` lists them")
    chosen = tuple(s for s in within if not wanted or not {s.edition_path, s.section_key}.isdisjoint(wanted))
    if not chosen and not may_be_none:
        raise InvalidArgumentError(
            f"-a editions={','.join(editions)}: no section of it is known; add one to sections.toml, or add"
            " -a discover=1"
        )
    return chosen


def _canonical(name: str) -> str:
    head, slash, tail = name.strip("/").partition("/")
    for area in table().areas:
        head = area.aliases.get(head, head)
    return head + slash + tail


def _names(value: str | None, argument: str) -> list[str]:
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    if value is not None and not names:
        raise InvalidArgumentError(f"-a {argument}=: it is empty; leave it out for all")
    return names


def _day(argument: str, value: str | None) -> str | None:
    if value is None:
        return None
    today = clock.utc().astimezone(OUTLET_TIME).date()
    try:
        if ago := _DAYS_AGO.fullmatch(value):
            return (today - timedelta(days=int(ago["days"]))).isoformat()
        return (
            today - timedelta(days=_DAY_NAMES[value]) if value in _DAY_NAMES else date.fromisoformat(value)
        ).isoformat()
    except (ValueError, OverflowError) as error:
        raise InvalidArgumentError(
            f"-a {argument}={value}: it is a day such as 2023-10-01, yesterday, or -7d for a week ago"
        ) from error


_DAYS_AGO = re.compile(r"-(?P<days>\d{1,6})d", re.ASCII)
_DAY_NAMES = {"today": 0, "yesterday": 1}


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
