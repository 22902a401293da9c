"""What a request is for: the keys of ``request.meta`` that spiders set and middlewares read.

========== =========================================================================
key        value
========== =========================================================================
ROLE       RequestRole
SECTION    edition/section whose listing is asked for
PAGE       number of the listing page, from 0
ARTICLE    id of the article that is asked for
PART_OF    address of the page that a part or a picture belongs to
PICTURE    the picture's address in the record
VALIDATORS (ETag, Last-Modified) of the last fetch
FETCHED_AT moment of the capture, ISO 8601, UTC, where a response is an archive's
RECORD_ID  id of the response's record in the archive
WHY        why the page has the flag UNRENDERED
========== =========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Container
from enum import StrEnum
from typing import Any

from scrapy import Request
from scrapy.http import Headers, Response

from tibetnews.errors import UnreadableError

ROLE = "role"
SECTION = "section"
PAGE = "page"
ARTICLE = "article"
PART_OF = "part_of"
PICTURE = "picture"
VALIDATORS = "validators"
FETCHED_AT = "fetched_at"
RECORD_ID = "record_id"
WHY = "why_unrendered"

RENDERED = "rendered"
"""Flag of a response: a renderer ran the page's scripts. Set by middlewares.rendering."""
UNRENDERED = "unrendered"
"""Flag of a response: the page is blank without its scripts, and they could not be run. Read by spiders.unread."""

Validators = tuple[str | None, str | None]
Callback = Callable[..., Any]


class RequestRole(StrEnum):
    """What a request is for. Archives keep all but the last three by these names."""

    LISTING = "listing"
    ARTICLE = "article"
    PART = "part"
    PICTURE = "picture"
    SCRIPT = "script"
    """Asked for by a script of a page that Chromium renders."""
    INDEX = "index"
    """Asked of the index of a web archive."""
    CAPTURE = "capture"
    """Asked of a web archive: what the outlet once sent."""
    RENDERER = "renderer"
    """Asked of the user's own renderer, such as Splash, and not of the outlet."""

    @staticmethod
    def of(message: Request | Response) -> RequestRole | None:
        """Return the role of a request, or of a response's request; None for robots.txt."""
        role: RequestRole | None = message.meta.get(ROLE)
        return role


def listing_request(
    url: str,
    callback: Callback,
    *,
    section: str,
    page: int,
    validators: Validators | None,
    may_be_missing: bool,
    **kw: Any,
) -> Request:
    """Return the request for a page of a listing.

    Args:
        url: Address of the page.
        callback: Called with the response, also for a 304.
        section: Key of the section, edition/section.
        page: Number of the page, from 0.
        validators: ETag and Last-Modified of the last fetch.
        may_be_missing: Whether a 404 goes to the callback too, as for a page whose existence is a guess.
        kw: Keyword arguments of the callback.
    """
    meta = {
        ROLE: RequestRole.LISTING,
        SECTION: section,
        PAGE: page,
        VALIDATORS: validators,
        "handle_httpstatus_list": [304, 404] if may_be_missing else [304],
    }
    return Request(url, callback, meta=meta, cb_kwargs=kw, dont_filter=True)


def article_request(url: str, callback: Callback, id_: str, validators: Validators) -> Request:
    """Return the request for an article's page; the callback gets a 304 too.

    Scrapy's filter of repeated addresses is not used: it would silently drop a redirect to an address that was asked
    for before, also that of a loop. Spiders ask for each id once.
    """
    meta = {ROLE: RequestRole.ARTICLE, ARTICLE: id_, VALIDATORS: validators, "handle_httpstatus_list": [304]}
    return Request(url, callback, meta=meta, dont_filter=True)


def part_request(url: str, callback: Callback, page: Response, **kw: Any) -> Request:
    """Return the request for a document that belongs to the article of the response ``page``.

    Its priority is higher than that of other requests, so that few unfinished articles are held in memory.
    """
    meta = {ROLE: RequestRole.PART, PART_OF: page.url, ARTICLE: page.meta.get(ARTICLE), "handle_httpstatus_list": [304]}
    return Request(url, callback, meta=meta, cb_kwargs=kw, priority=1, dont_filter=True)


def picture_request(url: str, *, picture: str, page: str, max_bytes: int) -> Request:
    """Return the request for a picture of an article.

    Args:
        url: Address to fetch.
        picture: The address that the record gives.
        page: Address of the article's page.
        max_bytes: A larger picture is not fetched.
    """
    meta = {ROLE: RequestRole.PICTURE, PICTURE: picture, PART_OF: page, "download_maxsize": max_bytes}
    return Request(url, headers={"Referer": page}, meta=meta)


def is_conditional(response: Response) -> bool:
    """Return whether the request had a validator, so that the server may call the page unchanged."""
    return response.request is not None and any(
        name in response.request.headers for name in ("If-None-Match", "If-Modified-Since")
    )


def asked_again(response: Response) -> Request:
    """Return the request of a response of status 304 that nobody asked for, once more; no cache may answer it.

    Raises UnreadableError where the server gives the same answer again.
    """
    request = response.request
    if request is None or "Cache-Control" in request.headers:
        raise UnreadableError("http_304", "the server calls this page unchanged, but was not asked whether it is")
    meta = {name: value for name, value in request.meta.items() if name in _BUILT}  # Scrapy warns of its own keys
    again: Request = request.replace(url=first_url(request), dont_filter=True, meta=meta)
    again.headers["Cache-Control"] = "no-cache"
    return again


_BUILT = frozenset({ROLE, SECTION, PAGE, ARTICLE, PART_OF, VALIDATORS, "handle_httpstatus_list"})
"""Keys of ``request.meta`` that the builders above set."""


def header(message: Request | Response, name: str) -> str | None:
    """Return the last header of this name as text; None without one."""
    value = message.headers.get(name)
    return value.decode("latin-1") if value else None


def header_lines(headers: Headers, left_out: Container[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return names and values of headers, several of one name too; ``left_out``: names in small letters."""
    names = [name for name in headers if name.decode("latin-1").lower() not in left_out]
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name in names for value in headers.getlist(name))


def first_url(message: Request | Response) -> str:
    """Return the address that was asked for before all redirects."""
    url: str = (message.meta.get("redirect_urls") or [message.url])[0]
    return url


def page_url(request: Request) -> str:
    """Return the address of the page that a request serves: a part's article, else the one first asked for."""
    return request.meta.get(PART_OF) or first_url(request)


def error_in_words(error: BaseException | None) -> str:
    """Return the message of an error of the network; of one that only holds others, as Twisted's do, the first's."""
    holder = getattr(error, "__cause__", None) or error
    reasons = getattr(holder, "reasons", None)
    message = reasons[0].getErrorMessage() if reasons else str(error)
    return message.strip().rstrip(".") or type(error).__name__
