"""Tells which pages need their scripts: listings without links and articles without text that have scripts."""

from __future__ import annotations

from tibetnews.errors import UnreadableError
from tibetnews.outlet import article
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page


def is_document(page: Page) -> bool:
    """Return whether this is a whole HTML document. A browser would complete a truncated one and so hide the loss."""
    return bool(page.html.strip()) and "\x00" not in page.html and page.is_whole and not page.is_text


def is_blank(page: Page) -> bool:
    """Return whether a listing has no link to an article, or an article no text, while there are scripts.

    Photo stories never are: their content is in a script that their reader fetches itself.
    """
    if not is_document(page) or next(page.root.iter("script"), None) is None:
        return False
    page_type = page.address.page_type if page.address else "article"
    if page_type == "photo":
        return False
    try:
        if page_type == "listing":
            return not read_listing(page.html, page.url, page.site).links
        return not article.has_text(page)
    except UnreadableError as error:
        return error.reason == "layout"  # no known markup, as where scripts write the whole page
