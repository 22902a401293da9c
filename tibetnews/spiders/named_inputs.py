"""What the user names with ``-a``: addresses to read, archives, exports to compare with; read and checked at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tibetnews.archive.captures import why_unusable
from tibetnews.archive.comparison import holds_record
from tibetnews.archive.wacz import WACZ_SUFFIX, WARC_SUFFIXES, members
from tibetnews.errors import InvalidArgumentError


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
    """Return the addresses of ``tibetnews crawl articles``.

    Args:
        urls: Addresses with commas, or @ and a file with an address a line; file:// names a page on the disk.

    Raises:
        InvalidArgumentError: One is missing, or is none.
    """
    if not urls:
        raise InvalidArgumentError("-a urls=URL,URL or -a urls=@FILE is missing: which articles?")
    if urls.startswith("@"):
        path = Path(urls[1:])
        try:
            lines = path.read_text("utf-8-sig").splitlines()
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


ARCHIVE_SUFFIXES = (*WARC_SUFFIXES, WACZ_SUFFIX)


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
        with archives[0].open("rb") as file:
            fault = why_unusable(file) if file.peek(1) else "is empty"
        if fault:
            raise InvalidArgumentError(f"-a warc={warc}: it {fault}")
    exports = None if against is None else _files("against", against, (".jsonl",))
    if exports and not any(map(holds_record, exports)):
        raise InvalidArgumentError(f"-a against={against}: there is no record in it to compare with")
    return ArchiveSelection(archives, exports)


def read_archives_to_adopt(warc: str | None = None) -> ArchiveSelection:
    """Return what ``tibetnews crawl adopt`` reads.

    Args:
        warc: A file, or a folder of them.

    Raises:
        InvalidArgumentError: It is missing or cannot be read.
    """
    return read_archive_selection(warc)


def _files(argument: str, value: str, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the file, or the files with these suffixes in the folder and those below it."""
    path = Path(value)
    try:
        if not path.is_dir():
            _check_file(path)
            return (path,)
        files = sorted(file for file in path.rglob("*") if file.name.endswith(suffixes) and file.is_file())
    except (OSError, ValueError) as error:
        raise InvalidArgumentError(f"-a {argument}={value}: it cannot be read: {_why(error)}") from error
    if not files:
        raise InvalidArgumentError(f"-a {argument}={value}: there is no {' or '.join(suffixes)} file in this folder")
    return tuple(files)


def _check_file(path: Path) -> None:
    """Raise OSError for a file that cannot be read, and for what is none: a pipe gives its bytes only once."""
    if path.exists() and not path.is_file():
        raise OSError("it is no file but a device, a pipe or a folder")
    path.open("rb").close()


def _check_url(origin: str, url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidArgumentError(f"{origin}: {url}: {error}") from error
    if parts.scheme == "file":
        try:
            _check_file(Path(unquote(parts.path)))
        except (OSError, ValueError) as error:
            raise InvalidArgumentError(f"{origin}: {url} cannot be read: {_why(error)}") from error
    elif parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidArgumentError(f"{origin}: {url!r} is no address: write one with http://, https:// or file://")


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
