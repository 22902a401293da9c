"""Addresses as pages write them: resolved against the page's own, and in their normal form (RFC 3986, 5 and 6.2)."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit


def absolute(href: str, base: str) -> str | None:
    """Return an address as a page writes it, resolved against the page's own; None if it is none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def fetchable(href: str, base: str) -> str | None:
    """Return an address as :func:`absolute` does; None too for one that no client of the web can ask for.

    That is one of another scheme than http, such as ``javascript:`` or ``data:``, but for a relative one of a saved
    page; one without a host or with an impossible port; and one with control codes or halves of characters.
    """
    try:
        url = (absolute(href, base) or "").replace(" ", "%20")
        url.encode()
        parts = urlsplit(url)
        has_host = parts.hostname is not None and parts.port != 0
        is_saved = parts.scheme not in ("http", "https") and not urlsplit(href.strip()).scheme
    except ValueError:  # such as a port of 99999
        return None
    is_on_web = parts.scheme in ("http", "https") and has_host
    return url if parts.scheme and (is_on_web or is_saved) and not _NEVER_IN_ADDRESS.search(url) else None


_NEVER_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")


def is_web_address(url: str) -> bool:
    """Return whether a text is an absolute address that a request can be made to."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as an unclosed bracket, or a port of 99999
        return False


class NormalAddress(NamedTuple):
    """An address in normal form."""

    scheme: str
    host: str
    path: str


def normal_form(url: str) -> NormalAddress:
    """Return scheme, host and path of an address in the normal form of RFC 3986, section 6.2.

    The host is in lower case, without the root's dot and the scheme's own port or an empty one; the path without dots
    as segments and empty ones, which the outlet's server ignores, and without escapes of characters that need none.
    Raises ValueError for no address.
    """
    if plain := _NORMAL.fullmatch(url):  # as nearly all
        return NormalAddress(*plain.groups())
    parts = urlsplit(url)
    host = parts.netloc.lower()
    if port := _PORTS.get(parts.scheme):
        host = port.sub("", host)
    host = host.removesuffix(".")
    path = parts.path
    if "%" in path:
        path = _ESCAPE.sub(lambda match: _unescaped(match[0]), path)
    if "//" in path:
        path = re.sub("/{2,}", "/", path)
    if "/." in path:
        path = urljoin(f"{parts.scheme}://{host}", path).removeprefix(f"{parts.scheme}://{host}")
    return NormalAddress(parts.scheme, host, path)


_NORMAL = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]*[a-z0-9])(?P<path>(?:/[\w~-][\w.~-]*+)*+/?)", re.ASCII)
_PORTS = {"http": re.compile(r":(?:80)?$"), "https": re.compile(r":(?:443)?$")}
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")


def _unescaped(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape
