"""The number of pages of a listing or a long article, as TRS templates write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page
from tibetnews.text.unicode_ranges import HAN_BASIC

# createPageHTML(<pages>, <current>, "<name>", "<ending>"); articles have the name of an element before these, and may
# leave out what follows the numbers. The arguments are short, so the pattern is bounded.
_SCRIPT = re.compile(
    r"""
    createPageHTML\s{0,9}\(\s*
    (?:["'][\w-]{1,64}["']\s*,\s*)?
    (?:["']?(?P<pages>\d{1,6})["']?|(?P<variable>[A-Za-z_]\w{0,40}))\s*,\s*["']?\d{1,6}["']?\s*
    (?:,\s*["'](?P<name>[\w-]{1,64})["'])?
    """,
    re.VERBOSE,
)
_ASSIGNED = re.compile(r"""(?P<name>[A-Za-z_](?<!\w.)\w{0,40})\s{0,9}=\s{0,9}["']?(?P<number>\d{1,6})\b""")
_COUNT_NAME = re.compile(r"_?page_?count", re.IGNORECASE)
_COUNT_WORDS = ("pagecount", "page_count")
"""One of them stands in each such name, in lower case."""
_COMMENT = re.compile(r"/(?:\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|(?<![:'\"\w]/)/[^\n]*+)")
_TOTAL = re.compile(r"共\s{0,3}(?P<pages>\d{1,3})\s{0,3}页")

_MAY_TELL_TOTAL = re.compile(f"共(?![{HAN_BASIC}])")
"""What the markup of a total holds: in most pages 共 is a part of a word."""

_MAX_ARTICLE_PAGES = 200
"""No article has more; a pager that claims more is a fault of the page."""


def page_count(page: Page, name: str) -> int | None:
    """Return how many pages the document has by the page's script; None if the script does not name it.

    The script calls the document by ``name``: index, list, t20231013_7500001.
    """
    if "createPageHTML" not in page.html:
        return None
    scripts = _COMMENT.sub("", page.scripts)
    return next((pages for pages, of in _counts(scripts, _numbers(scripts)) if of == name), None)


def further_pages(page: Page) -> list[str]:
    """Return the addresses of the second and later pages of a long article, by its script or its pager's links."""
    address = page.address
    if address is None or address.page_type != "article" or address.page:
        return []
    name = f"t{address.day}_{address.number}"
    counts = [1]
    source = page.scripts
    if "createPageHTML" in source or "countPage" in source or _may_count(source, name):
        scripts = _COMMENT.sub("", source)
        numbers = _numbers(scripts)
        counts += [pages for pages, of in _counts(scripts, numbers) if of in (None, name)]
        counts.append(numbers.get("countPage", 1))
        if name in scripts:  # else such a variable may count the pages of comments
            counts += [number for variable, number in numbers.items() if _COUNT_NAME.fullmatch(variable)]
    html = page.html
    if f"{name}_" in html:  # a search for a word is much faster than one for a pattern
        links = re.finditer(rf"{name}_(?P<page>[1-9]\d{{0,2}}){re.escape(address.extension)}", html)
        linked = [int(match["page"]) + 1 for match in links]
        totals = _TOTAL.finditer(page.text) if linked and _MAY_TELL_TOTAL.search(html) else ()
        counts += [*linked, *(int(total["pages"]) for total in totals)]
    if max(counts) == 1:
        return []
    stem = urls.at_site(page.url, None).removesuffix(address.extension)
    return [f"{stem}_{number}{address.extension}" for number in range(1, min(max(counts), _MAX_ARTICLE_PAGES))]


def _may_count(source: str, name: str) -> bool:
    """Return whether scripts may name the document and a count of pages."""
    return name in source and any(word in source.lower() for word in _COUNT_WORDS)


def _counts(scripts: str, numbers: Mapping[str, int]) -> Iterator[tuple[int, str | None]]:
    """Yield the numbers of pages that the calls of the pager tell, and the documents that they name."""
    for call in _SCRIPT.finditer(scripts):
        pages = int(call["pages"]) if call["pages"] else numbers.get(call["variable"])
        if pages is not None:
            yield pages, call["name"]


def _numbers(scripts: str) -> dict[str, int]:
    """Return the variables of scripts that numbers are assigned to."""
    return {match["name"]: int(match["number"]) for match in _ASSIGNED.finditer(scripts)}
