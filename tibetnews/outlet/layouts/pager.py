"""How many pages a listing or a long article has, as TRS templates tell it."""

from __future__ import annotations

import re

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page

# createPageHTML(<pages>, <current>, "<name>", "<ending>"): the arguments are short, so the pattern is bounded.
_SCRIPT = re.compile(
    r"createPageHTML\(\s*(?P<pages>\d{1,6})\s*,\s*(?P<current>\d{1,6})\s*,\s*[\"'](?P<name>[\w-]{1,64})[\"']"
)

_MOST_PAGES = 200
"""No article has more; a pager that claims more is a fault of the page."""


def page_count(page: Page, name: str) -> int | None:
    """Pages of the document called ``name`` (index, list, t20231013_7500001) by the page's script; None where it has none."""
    if "createPageHTML" not in page.html:  # a search for a word is much faster than one for a pattern
        return None
    for found in _SCRIPT.finditer(page.html):
        if found["name"] == name:
            return int(found["pages"])
    return None


def further_pages(page: Page) -> list[str]:
    """Addresses of the second and later pages of a long article, as its script or its pager's links name them."""
    address = page.address
    if address is None or address.page_type != "article" or address.page:
        return []
    count = page_count(page, f"t{address.day}_{address.number}") or 1
    for found in re.finditer(rf"t{address.day}_{address.number}_(?P<page>[1-9]\d{{0,2}})\.html", page.html):
        count = max(count, int(found["page"]) + 1)
    stem = urls.at_site(page.url, None).removesuffix(".html")
    return [f"{stem}_{n}.html" for n in range(1, min(count, _MOST_PAGES))]
