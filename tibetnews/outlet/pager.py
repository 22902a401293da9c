"""The number of pages of a listing or a long article, as TRS templates write it."""

from __future__ import annotations

import re

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page

# createPageHTML(<pages>, <current>, "<name>", "<ending>"): the arguments are short, so the pattern is bounded.
_SCRIPT = re.compile(
    r"createPageHTML\(\s*(?P<pages>\d{1,6})\s*,\s*(?P<current>\d{1,6})\s*,\s*[\"'](?P<name>[\w-]{1,64})[\"']"
)

_MAX_ARTICLE_PAGES = 200
"""No article has more; a pager that claims more is a fault of the page."""


def page_count(page: Page, name: str) -> int | None:
    """Return how many pages the document has by the page's script; None if the script does not name it.

    Args:
        page: Any page of the document.
        name: What the script calls the document: index, list, t20231013_7500001.
    """
    if "createPageHTML" not in page.html:  # a search for a word is much faster than one for a pattern
        return None
    return next((int(match["pages"]) for match in _SCRIPT.finditer(page.html) if match["name"] == name), None)


def further_pages(page: Page) -> list[str]:
    """Return the addresses of the second and later pages of a long article, by its script or its pager's links."""
    address = page.address
    if address is None or address.page_type != "article" or address.page:
        return []
    name = f"t{address.day}_{address.number}"
    count = page_count(page, name) or 1
    for match in re.finditer(rf"{name}_(?P<page>[1-9]\d{{0,2}})\.html", page.html):
        count = max(count, int(match["page"]) + 1)
    stem = urls.at_site(page.url, None).removesuffix(".html")
    return [f"{stem}_{number}.html" for number in range(1, min(count, _MAX_ARTICLE_PAGES))]
