"""The peer of the crawl: what a day's work with Scrapy gives: title, date and paragraphs by selectors, plain ``-o``."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    """Follows the same listings as ours, to the same articles."""

    name = "bare"

    def __init__(self, listings: str = "", articles: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.listings = listings.split(",") if listings else []
        self.articles = articles.split(",") if articles else []

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Request the listings and the articles that were named."""
        for url in self.listings:
            yield scrapy.Request(url, self.parse_listing)
        for url in self.articles:
            yield scrapy.Request(url, self.parse_article)

    def parse_listing(self, response: Response) -> Iterator[scrapy.Request]:
        """Follow the listing's links to articles, and its next page."""
        site = "/".join(response.url.split("/")[:3])
        for href in response.css("div.listnews h4 > a::attr(href)").getall():
            url = re.sub(r"^https?://[\w.]*tibet\.cn", site, response.urljoin(href))
            if url.startswith(site):
                yield scrapy.Request(url.split("?")[0], self.parse_article)
        pages = re.search(r"createPageHTML\((\d+), (\d+)", response.text)
        if pages and int(pages[2]) + 1 < int(pages[1]):
            yield response.follow(f"index_{int(pages[2]) + 1}.html", self.parse_listing)

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """Yield title, date and paragraphs."""
        yield {
            "title": response.css("div.title_box h2::text").get(),
            "date": response.css("div.info span::text").re_first(r"\d{4}-\d\d-\d\d[ \d:]*"),
            "paragraphs": [" ".join(p.css("::text").getall()).strip() for p in response.css("#text p")],
        }
