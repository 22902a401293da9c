"""Walks from the editions' home pages to the listings of their sections."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.http import Response

from tibetnews.errors import Rejection
from tibetnews.outlet import urls
from tibetnews.outlet.discovery import Discovery
from tibetnews.outlet.page import Page
from tibetnews.outlet.urls import Address
from tibetnews.requests import RequestRole
from tibetnews.survey.spider import SurveySpider

MIN_ROW_REQUESTS = 15
"""Requests that are kept for rows of the table, however many sections are not in it."""
GONE = (404, 410)


class DiscoverySpider(SurveySpider):
    """Reads home pages first, then listings that the table lacks, then rows of the table.

    Attributes:
        discovery: What is known so far.
        failures: What could not be read, and is no sign of a row that is out of date: a line each.
    """

    name = "discovery"
    max_requests = 60

    def __init__(self, name: str | None = None, *, discovery: Discovery, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.discovery = discovery
        self.failures: list[str] = []
        self.home_pages = discovery.home_pages()
        self.seen_home_pages: set[str] = set()

    def next_request(self) -> Request | None:
        """Return the request for the next home page or listing."""
        while self.home_pages:
            url = self.home_pages.pop(0)
            if url not in self.seen_home_pages:
                self.seen_home_pages.add(url)
                return self.request(url, RequestRole.LISTING, asked=None)
        address = self.discovery.next_unlisted() if self.requests_left > MIN_ROW_REQUESTS else None
        address = address or self.discovery.next_row() or self.discovery.next_unlisted()
        if address is None:
            return None
        return self.request(urls.build(address, self.site), RequestRole.LISTING, asked=address)

    def answered(self, response: Response, page: Page, *, asked: Address | None) -> None:  # type: ignore[override]
        """Read a page."""
        if response.status == 200:
            self.discovery.read(page, asked)
        elif asked and response.status in GONE:
            self.discovery.unreadable(asked, f"answers {response.status}")
        else:
            self.failures.append(f"{response.url}: http_{response.status}")
        if asked is None and (response.status != 200 or not self.discovery.has_listings):
            self.home_pages += self.discovery.host_pages()

    def failed(self, request: Request, rejection: Rejection) -> None:
        """Note what could not be fetched."""
        self.failures.append(f"{request.url}: {rejection.reason}: {rejection.detail}")
