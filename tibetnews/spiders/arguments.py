"""The arguments of the spiders, ``-a name=value``: read and checked before any request is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from tibetnews.archive import unusable
from tibetnews.errors import InvalidArgumentError
from tibetnews.outlet.sections import Section, table

T = TypeVar("T")


def check(read: Callable[..., T], given: Mapping[str, str]) -> T:
    """Call a reader of arguments with those given, and refuse names that it does not know."""
    known = list(inspect.signature(read).parameters)
    given = {name: value for name, value in given.items() if name != "_job"}  # scrapyd gives its own
    for name in given:
        if name not in known:
            raise InvalidArgumentError(f"-a {name}=…: there is no such argument; it can be {', '.join(known)}")
    return read(**given)


@dataclass(frozen=True, slots=True)
class Walk:
    """Which listings to walk, how far, and which days of articles to take."""

    sections: tuple[Section, ...]
    since: str = ""
    until: str = "9999-12-31"
    pages: int | None = None
    full: bool = False

    @property
    def takes_every_day(self) -> bool:
        """True where no day is left out, so that a walk to the end leaves nothing behind."""
        return not self.since and self.until == "9999-12-31"

    def covers(self, day: str | None) -> bool:
        """True for a day, YYYY-MM-DD, within the bounds; an unknown day is within them until it is known."""
        return day is None or self.since <= day <= self.until


def read_walk(
    editions: str | None = None,
    sections: str | None = None,
    since: str | None = None,
    until: str | None = None,
    pages: str | None = None,
    full: str | None = None,
) -> Walk:
    """The walk that the arguments of ``scrapy crawl sections`` ask for: by default all pages of all sections."""
    chosen = _sections(_names(editions, "editions"), _names(sections, "sections"))
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise InvalidArgumentError(f"-a since={since} -a until={until}: since lies behind until, so no day is left")
    if pages is not None and (not pages.isascii() or not pages.isdigit() or int(pages) < 1):
        raise InvalidArgumentError(f"-a pages={pages}: it is the number of listing pages of each section, 1 or more")
    if full not in (None, "0", "1"):
        raise InvalidArgumentError(f"-a full={full}: it is 1, or it is left out")
    return Walk(chosen, first or "", last or "9999-12-31", int(pages) if pages else None, full == "1")


@dataclass(frozen=True, slots=True)
class Named:
    """Addresses that the user named, in their order, each once."""

    urls: tuple[str, ...]

    @property
    def hosts(self) -> frozenset[str]:
        """Their hosts, with the port where one is written."""
        return frozenset(urlsplit(url).netloc for url in self.urls if not url.startswith("file:"))

    @property
    def files(self) -> frozenset[str]:
        """Those of them that are files."""
        return frozenset(url for url in self.urls if url.startswith("file:"))


def read_named(urls: str | None = None) -> Named:
    """The addresses that ``scrapy crawl articles -a urls=…`` asks for: a list with commas, or ``@`` and a file."""
    if not urls:
        raise InvalidArgumentError("-a urls=URL,URL or -a urls=@FILE is missing: which articles?")
    if urls.startswith("@"):
        path = Path(urls[1:])
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidArgumentError(f"-a urls={urls}: {path} cannot be read: {_why(error)}") from error
        found = {
            f"{path}:{i}": line.strip() for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
        }
    else:
        found = {f"-a urls, address {i}": url.strip() for i, url in enumerate(urls.split(","), 1) if url.strip()}
    if not found:
        raise InvalidArgumentError(f"-a urls={urls}: there is no address in it")
    for where, url in found.items():
        _check_address(where, url)
    return Named(tuple(dict.fromkeys(found.values())))


WARCS = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Reread:
    """Archives to read again, in the order of their names, and the exports that are compared with."""

    archives: tuple[Path, ...]
    exports: tuple[Path, ...] | None


def read_archive(warc: str | None = None, against: str | None = None) -> Reread:
    """What ``scrapy crawl archive -a warc=FILE_OR_FOLDER`` reads; ``against`` names other exports than EXPORT_DIR's."""
    if not warc:
        raise InvalidArgumentError("-a warc=FILE_OR_FOLDER is missing: which archive?")
    archives = _files("warc", warc, WARCS)
    if archives == (Path(warc),):
        start = _start(archives[0])
        if why := unusable(start) if start else "is empty":
            raise InvalidArgumentError(f"-a warc={warc}: it {why}")
    return Reread(archives, None if against is None else _files("against", against, (".jsonl",)))


def _files(argument: str, named: str, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    """The named file, or the files with these suffixes in the named folder and those below it."""
    path = Path(named)
    try:
        if not path.is_dir():
            _start(path)
            return (path,)
        found = sorted(file for file in path.rglob("*") if file.name.endswith(suffixes) and file.is_file())
    except (OSError, ValueError) as error:
        raise InvalidArgumentError(f"-a {argument}={named}: it cannot be read: {_why(error)}") from error
    if not found:
        raise InvalidArgumentError(f"-a {argument}={named}: there is no {' or '.join(suffixes)} file in this folder")
    return tuple(found)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _check_address(where: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidArgumentError(f"{where}: {url}: {error}") from error
    if parts.scheme == "file":
        try:
            Path(unquote(parts.path)).open("rb").close()
        except (OSError, ValueError) as error:
            raise InvalidArgumentError(f"{where}: {url} cannot be read: {_why(error)}") from error
    elif parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidArgumentError(f"{where}: {url!r} is no address: it begins with http://, https:// or file://")


def _sections(editions: list[str], names: list[str]) -> tuple[Section, ...]:
    all_of = table()
    for edition in editions:
        if edition not in all_of.editions:
            raise InvalidArgumentError(f"-a editions: no edition {edition!r}; there are {', '.join(all_of.editions)}")
    within = [s for s in all_of.sections if not editions or s.area.edition in editions]
    wanted = [_canonical(name) for name in names]
    for name in wanted:
        if not any(section.edition_path == name for section in within):
            raise InvalidArgumentError(f"-a sections: no section {name!r} here; `scrapy sections` lists them")
    chosen = tuple(section for section in within if not wanted or section.edition_path in wanted)
    if not chosen:
        raise InvalidArgumentError(
            f"-a editions={','.join(editions)}: no section of it is known; add one to sections.toml"
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
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InvalidArgumentError(f"-a {argument}={value}: it is a day such as 2023-10-01 ({error})") from error


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
