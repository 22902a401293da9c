"""Tells which pages need their scripts: listings without links and articles without text that have scripts."""

from __future__ import annotations

import re

from tibetnews.errors import UnreadableError
from tibetnews.outlet import article
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page


def is_document(page: Page) -> bool:
    """Return whether this is a whole HTML document. A browser would complete a truncated one and so hide the loss."""
    return bool(page.html.strip()) and "\x00" not in page.html and page.is_whole and not page.is_text


_WRITES = re.compile(
    r"innerHTML|outerHTML|insertAdjacent|document\.write|XMLHttpRequest|\bfetch\s*\(|\.(?:ajax|getJSON|load|append|html)\s*\("
)
"""What scripts that write a page's content use; those that count its readers do not."""


def is_blank(page: Page) -> bool:
    """Return whether a listing has no link to an article, or an article no text, while there are scripts.

    A section without articles has none either: its listing's pager counts one page at most, and no script of the page
    writes anything. Photo stories never are blank: their content is in a script that their reader fetches itself.
    """
    if not is_document(page) or next(page.root.iter("script"), None) is None:
        return False
    page_type = page.address.page_type if page.address else "article"
    if page_type == "photo":
        return False
    try:
        if page_type == "listing":
            listing = read_listing(page)
            is_empty = listing.pages is not None and listing.pages <= 1 and not _writes_itself(page)
            return not listing.links and not is_empty
        return not article.has_text(page)
    except UnreadableError as error:
        return error.reason == "layout"  # no known markup, as where scripts write the whole page


def is_only_written_by_scripts(page: Page) -> bool:
    """Return whether a page is blank since scripts write it, and not since the outlet has emptied its listing.

    A listing that the outlet writes has its pager, and no script that writes.
    """
    if not is_blank(page):
        return False
    if page.address is None or page.address.page_type != "listing":
        return True
    try:
        return read_listing(page).pages is None or _writes_itself(page)
    except UnreadableError:
        return True


def _writes_itself(page: Page) -> bool:
    return any(_WRITES.search(script.text or "") for script in page.root.iter("script"))
