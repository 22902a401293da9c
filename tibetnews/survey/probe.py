"""Looks at first pages of listings, and at a new, a middle and an old article of each area of the outlet."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response

from tibetnews.errors import Rejection, UnreadableError
from tibetnews.outlet import urls
from tibetnews.outlet.listing import Link, Listing
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle
from tibetnews.outlet.sections import Section
from tibetnews.rendering.choice import HINT
from tibetnews.rendering.needs_rendering import is_blank
from tibetnews.requests import PART_OF, RENDERED, RequestRole, header
from tibetnews.survey.findings import Finding, look_at_article, look_at_listing
from tibetnews.survey.saved_pages import write_draft
from tibetnews.survey.spider import SurveySpider

MAX_LISTINGS = 18
"""First pages of listings that are asked for; the rest of the requests is for articles."""
MAX_PARTS = 3
"""Parts of an article that are asked for."""


@dataclass(kw_only=True)
class Look:
    """A page to look at: a listing, an article, or a part of an article."""

    finding: Finding
    section: Section
    is_listing: bool = False
    picks: str = ""
    """What the article is that is to be picked from this further page of a listing."""
    pending: PendingArticle[Response] | None = None
    """The article, where the page is a part of it."""


class ProbeSpider(SurveySpider):
    """Reads pages as a crawl does, and notes how each was read.

    Attributes:
        findings: What each page showed, in the order of the requests.
        unasked: Number of sections whose listings were not asked for.
    """

    name = "probe"
    max_requests = 42

    def __init__(
        self, name: str | None = None, *, sections: Sequence[Section], folder: Path | None = None, **arguments: Any
    ) -> None:
        super().__init__(name, **arguments)
        self.folder = folder
        self.findings: list[Finding] = []
        self.chosen = deque(most_important(sections))
        self.unasked = len(sections) - len(self.chosen)
        self.looks: deque[Look] = deque()
        self.largest: dict[str, tuple[Section, Listing]] = {}

    def next_request(self) -> Request | None:
        """Return the request for the next page: listings, then articles and what belongs to them."""
        if self.chosen:
            section = self.chosen.popleft()
            finding = self._finding(
                f"listing {section.section_key}", section, urls.build(urls.listing(section), self.site)
            )
            self.looks.append(Look(finding=finding, section=section, is_listing=True))
        elif not self.looks:
            for section, listing in self.largest.values():
                self._choose_articles(section, listing)
            self.largest.clear()
        if not self.looks:
            return None
        look = self.looks.popleft()
        if look.pending is None:
            role = RequestRole.LISTING if look.is_listing else RequestRole.ARTICLE
            return self.request(look.finding.url, role, look=look)
        request = self.request(urls.at_site(look.pending.next_part or "", self.site), RequestRole.PART, look=look)
        request.meta[PART_OF] = look.finding.url
        return request

    def answered(self, response: Response, page: Page, *, look: Look) -> None:  # type: ignore[override]
        """Note how the page was read."""
        if response.status != 200:
            self._note(look, Rejection(f"http_{response.status}", f"answers {response.status}"))
            return
        if look.pending is not None:
            look.pending.add_part(page.html)
            self._go_on(look, look.pending)
            return
        finding = look.finding
        finding.answer = str(response.status)
        if not look.picks:
            self.findings.append(finding)
        if RENDERED not in response.flags and is_blank(page):
            finding.faults.append(f"only scripts write it; {HINT}")
        elif look.is_listing:
            self._look_at_listing(look, page)
        else:
            try:
                self._go_on(look, PendingArticle.begin(response, page))
                return
            except UnreadableError as error:
                finding.faults.append(str(error))
        if finding.faults:
            self._save(response, page)

    def failed(self, request: Request, rejection: Rejection) -> None:
        """Note why a page could not be fetched."""
        self._note(request.cb_kwargs["look"], rejection)

    def _look_at_listing(self, look: Look, page: Page) -> None:
        """Note what a listing shows; keep it for the choice of articles, or pick the oldest one of a further page."""
        listing = look_at_listing(look.finding, page, look.section)
        if look.picks and listing and (own := _own(listing, look.section)):
            self._ask_article(min(own, key=_day), look.picks, look.section)
        elif look.picks:
            self.findings.append(look.finding)
        elif listing and listing.links:
            _, kept = self.largest.get(look.section.area.name, (None, None))
            if kept is None or (listing.pages or 1) > (kept.pages or 1):
                self.largest[look.section.area.name] = look.section, listing

    def _go_on(self, look: Look, pending: PendingArticle[Response]) -> None:
        """Ask for the next part of an article, or note how the whole one was read."""
        if pending.next_part and len(pending.parts) < MAX_PARTS:
            self.looks.appendleft(Look(finding=look.finding, section=look.section, pending=pending))
            return
        look_at_article(look.finding, pending)
        if look.finding.faults:
            self._save(pending.source, pending.page)

    def _choose_articles(self, section: Section, listing: Listing) -> None:
        """Ask for the newest article of an area's largest listing, one from its middle and one from its end.

        Only of articles with a day in their address: videos, photo stories and legacy pages have one age.
        """
        area, newest_first = section.area.name, sorted(_own(listing, section), key=_day, reverse=True)
        if not newest_first:
            return
        newest, last = newest_first[0], (listing.pages or 1) - 1
        self._ask_article(newest, f"newest article of {area}", section)
        if newest.address.page_type != "article":
            return
        choices = (
            (f"middle article of {area}", last // 2, newest_first[len(newest_first) // 2]),
            (f"old article of {area}", last, newest_first[-1]),
        )
        for subject, number, link in choices:
            if not number:
                self._ask_article(link, subject, section)
                continue
            url = urls.build(urls.listing(section, number), self.site)
            finding = self._finding(f"page {number + 1} of listing {section.section_key}", section, url)
            self.looks.append(Look(finding=finding, section=section, is_listing=True, picks=subject))

    def _ask_article(self, link: Link, subject: str, section: Section) -> None:
        if all(look.finding.url != link.url for look in self.looks):
            self.looks.append(Look(finding=self._finding(subject, section, link.url), section=section))

    def _finding(self, subject: str, section: Section, url: str) -> Finding:
        return Finding(subject=subject, url=url, edition=section.area.edition)

    def _note(self, look: Look, rejection: Rejection) -> None:
        """Note why a page, or a part of an article, could not be fetched."""
        if look.pending is not None:
            look.finding.faults.append(f"incomplete: a part of it cannot be fetched: {rejection.detail}")
            return
        look.finding.answer = rejection.reason
        look.finding.faults.append(rejection.detail)
        self.findings.append(look.finding)

    def _save(self, response: Response, page: Page) -> None:
        """Save a page that did not read well, under the name that its address gives."""
        if self.folder is None:
            return
        name = re.sub("[^A-Za-z0-9]+", "-", page.canonical.partition("://")[2]).strip("-")
        if not (self.folder / name).exists():
            write_draft(self.folder / name, response.body, header(response, "Content-Type"), page.canonical)


def most_important(sections: Sequence[Section]) -> list[Section]:
    """Return as many sections as are asked for: the first rows of each area, in proportion to its number of rows."""
    rows: dict[str, list[Section]] = {}
    for section in sections:
        rows.setdefault(section.area.name, []).append(section)
    places = {section: i / len(area) for area in rows.values() for i, section in enumerate(area)}
    return sorted(sections, key=lambda section: places[section])[:MAX_LISTINGS]


def _own(listing: Listing, section: Section) -> list[Link]:
    """Return the articles of the section's area."""
    return [link for link in listing.links if link.address.area == section.area]


def _day(link: Link) -> str:
    return link.address.date or ""
