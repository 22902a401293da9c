"""What a look at a page finds: how it is read, what is missing, what the readers could not place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.outlet import urls
from tibetnews.outlet.article import layout_name
from tibetnews.outlet.listing import Listing, read_listing
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle
from tibetnews.outlet.sections import Section
from tibetnews.text import read_time

COMPARED_FIELDS = ("title", "published_at", "source", "authors", "editor", "breadcrumbs", "images", "videos")
MIN_ALIKE = 3
"""So many articles of an edition without a source mean that it is not found, and not that they have none."""
_EXCERPT = 30
"""Characters of a piece that could not be placed."""
_MAX_TIME_LINE = 200
"""Characters of a line that may tell the time of publication."""


@dataclass(kw_only=True)
class Finding:
    """What one page showed."""

    subject: str
    """What it is: "listing cn/politics", "newest article of cn"."""
    url: str
    answer: str = ""
    """The status, or in one word why there is none."""
    links: int | None = None
    """Articles that a listing links to."""
    layout: str = ""
    fields: tuple[str, ...] = ()
    """Fields that were found."""
    unplaced: tuple[str, ...] = ()
    """Beginnings of pieces, or patterns of links, that the readers could not place."""
    faults: list[str] = field(default_factory=list)
    edition: str = ""


def look_at_listing(finding: Finding, page: Page, section: Section) -> Listing | None:
    """Add to a finding what a section's listing shows, and return the listing; None if it cannot be read."""
    address = page.address
    if address is None or address.page_type != "listing":
        finding.faults.append(f"leads to {page.url}, which is no listing")
        return None
    if address.section_key != section.section_key:
        finding.faults.append(f"leads to the section {address.section_key}")
    try:
        listing = read_listing(page)
    except UnreadableError as error:
        finding.faults.append(str(error))
        return None
    finding.links = len(listing.links)
    finding.unplaced = tuple(Counter(urls.pattern_of(url, page.site) for url in listing.unknown))
    if not listing.links:
        finding.faults.append("links to no article")
    return listing


def look_at_article(finding: Finding, pending: PendingArticle[Any]) -> None:
    """Add to a finding what an article shows."""
    page = pending.page
    try:
        finding.layout = layout_name(page)
        article = pending.read()
    except UnreadableError as error:
        finding.faults.append(str(error))
        return
    has_date = _shows_date(page, article)
    finding.fields = tuple(
        name for name in COMPARED_FIELDS if getattr(article, name) and (name != "published_at" or has_date)
    )
    finding.unplaced = tuple(
        piece.text.replace("\n", " ")[:_EXCERPT] for piece in article.removed if piece.kind in ("other", "byline")
    )
    if page.address and page.address.page_type == "article" and finding.layout == "plain":
        finding.faults.append("layout: no layout knows its markup; it was read by the order of its parts")
    if not has_date:
        finding.faults.append("published_at: the page shows no time of publication")


def missing_everywhere(findings: Iterable[Finding]) -> Iterator[str]:
    """Report editions none of whose articles shows a source."""
    read: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fields:
            read.setdefault(finding.edition, []).append(finding)
    for edition, articles in read.items():
        if len(articles) >= MIN_ALIKE and not any("source" in article.fields for article in articles):
            yield f"{edition}: none of {len(articles)} articles shows a source"


def _shows_date(page: Page, article: Article) -> bool:
    """Return whether the time of publication stands on the page, and not in its address alone."""
    day = (article.published_at or "")[:10]
    if not day or (page.address and article.published_at != page.address.date):
        return bool(day)
    texts = [*page.meta.values(), *(line.text for line in page.lines if len(line.text) <= _MAX_TIME_LINE)]
    return any((read_time(text) or "").startswith(day) for text in texts)
