"""Which pages are nothing without their scripts: the listing has no links, the article no text, but scripts write them."""

from __future__ import annotations

from tibetnews.errors import UnreadableError
from tibetnews.outlet import article
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page


def is_document(page: Page) -> bool:
    """True for a whole HTML document. A browser would end one that breaks off, and its loss would never be seen."""
    return bool(page.html.strip()) and "\x00" not in page.html and page.is_whole and not page.is_text


def is_blank(page: Page) -> bool:
    """True where a listing shows no link to an article, or an article no text, and there are scripts.

    Photo stories are none of these: what they tell is in a script that their reader asks for by itself.
    """
    if not is_document(page) or next(page.root.iter("script"), None) is None:
        return False
    form = page.address.page_type if page.address else "article"
    if form == "photo":
        return False
    try:
        if form == "listing":
            return not read_listing(page.html, page.url, page.site).links
        return not article.has_text(page)
    except UnreadableError as error:
        return error.reason == "layout"  # no markup that is known, as where scripts write the whole page
