"""The number of pages of a listing or a long article, as TRS templates write it."""

from __future__ import annotations

import re

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page

# createPageHTML(<pages>, <current>, "<name>", "<ending>"); articles have the name of an element before these, and may
# leave out what follows the numbers. The arguments are short, so the pattern is bounded.
_SCRIPT = re.compile(
    r"""
    createPageHTML\s{0,9}\(\s*
    (?:["'][\w-]{1,64}["']\s*,\s*)?
    ["']?(?P<pages>\d{1,6})["']?\s*,\s*["']?\d{1,6}["']?\s*
    (?:,\s*["'](?P<name>[\w-]{1,64})["'])?
    """,
    re.VERBOSE,
)
_WORDS = re.compile(b"P(?:(?<=createP)ageHTML|(?<=countP)age)")  # begins with one byte, which is found much faster
_COUNT = re.compile(r"""countPage(?<=\bcountPage)\s{0,9}=\s{0,9}["']?(?P<pages>\d{1,6})\b""")

_MAX_ARTICLE_PAGES = 200
"""No article has more; a pager that claims more is a fault of the page."""


def page_count(page: Page, name: str) -> int | None:
    """Return how many pages the document has by the page's script; None if the script does not name it.

    The script calls the document by ``name``: index, list, t20231013_7500001.
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
    counts = [1]
    if _WORDS.search(page.data):
        counts += [int(match["pages"]) for match in _SCRIPT.finditer(page.html) if match["name"] in (None, name)]
        counts += [int(match["pages"]) for match in _COUNT.finditer(page.html)]
    if f"{name}_" in page.html:
        links = re.finditer(rf"{name}_(?P<page>[1-9]\d{{0,2}}){re.escape(address.extension)}", page.html)
        counts += [int(match["page"]) + 1 for match in links]
    if max(counts) == 1:
        return []
    stem = urls.at_site(page.url, None).removesuffix(address.extension)
    return [f"{stem}_{number}{address.extension}" for number in range(1, min(max(counts), _MAX_ARTICLE_PAGES))]
