"""What a listing names is durable before anything of it is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from tibetnews.ledger_session import memory_of


class Discovery:
    """Spider middleware that commits the ledger between a listing's discovery and the requests that follow from it."""

    def __init__(self, crawler: Crawler) -> None:
        self.memory = memory_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        if not response.meta.get("listing"):
            async for item_or_request in result:
                yield item_or_request
            return
        found = [item_or_request async for item_or_request in result]
        self.memory.commit()
        for item_or_request in found:
            yield item_or_request
