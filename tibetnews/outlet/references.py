"""Links and sources as pages write them, resolved against the page's address (RFC 3986, section 5)."""

from __future__ import annotations

import re
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
