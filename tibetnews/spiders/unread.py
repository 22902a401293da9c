"""Tells by its answer why an article or a listing cannot be read: each function raises UnreadableError for it."""

from __future__ import annotations

from scrapy.http import Response

from tibetnews.errors import UnreadableError
from tibetnews.health.listings import NO_RENDERER
from tibetnews.outlet import urls
from tibetnews.outlet.listing import Listing, read_listing
from tibetnews.outlet.page import Page
from tibetnews.rendering.choice import HINT
from tibetnews.rendering.needs_rendering import is_only_written_by_scripts
from tibetnews.requests import RENDERED, UNRENDERED, WHY, first_url
from tibetnews.spiders.repeated_pages import RepeatedBodyDetector

WITHOUT_ARTICLES = (
    "it was rendered and has no article, though it counts several pages; the next run asks again, and if it finds none"
    " either, open it in a browser"
)
"""Why a page of a listing is unread whose scripts did not write what they should."""


def check_scripts(page: Page, response: Response) -> None:
    """Raise UnreadableError for a page that only scripts write, if they were not run."""
    is_known = UNRENDERED in response.flags
    if RENDERED not in response.flags and (is_known or is_only_written_by_scripts(page)):
        why = response.meta.get(WHY) or f"{NO_RENDERER}; {HINT}"
        raise UnreadableError("unrendered", f"only scripts write it, and {why}")


def check_article(page: Page, response: Response, pages: RepeatedBodyDetector) -> None:
    """Raise UnreadableError for what a bot protection in front of the outlet answers in place of an article.

    That is a page outside the outlet's articles that an article's address leads to, or one page for two articles:
    theirs differ at least in their numbers. The next run asks again for the first of the two.
    """
    if page.address is None:
        if urls.parse(first_url(response), page.site) is not None:
            raise UnreadableError("moved", f"the article's address leads to {response.url}, which is no article")
    elif other := pages.first_owner(response.body, page.address.id):
        if UNRENDERED in response.flags:
            check_scripts(page, response)
        raise _repeated(other)


def _repeated(other: str) -> UnreadableError:
    return UnreadableError("interstitial", f"this is, byte for byte, the page that {other} was answered with")


def answered_section(response: Response, site: str | None) -> str:
    """Return the key of the section whose listing this is; raise UnreadableError where it is none."""
    address = urls.parse(response.url, site)
    if address is None or address.page_type != "listing":
        raise UnreadableError("moved", f"the listing's address leads to {response.url}, which is no listing")
    return address.section_key


def read_listing_of(section: str, page: Page, response: Response, pages: RepeatedBodyDetector) -> Listing:
    """Return what a page of a listing says; raise UnreadableError where it is none, or has no article but should."""
    if UNRENDERED in response.flags:
        check_scripts(page, response)
    if other := pages.first_owner(response.body, section):
        raise _repeated(other)
    try:
        listing = read_listing(page)
    except UnreadableError as error:
        if error.reason == "layout":
            check_scripts(page, response)
        raise
    if not listing.links:
        check_scripts(page, response)  # it would pass for an empty one
        if RENDERED in response.flags and (listing.pages or 0) > 1:
            raise UnreadableError("unrendered", WITHOUT_ARTICLES)
    return listing
