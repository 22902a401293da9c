"""Which responses are given to a renderer, whichever it is, and what becomes of them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.statscollectors import StatsCollector
from scrapy.utils.test import get_crawler

from tibetnews.middlewares.rendering import Rendering
from tibetnews.outlet.page import Page
from tibetnews.rendering.renderer import RenderedPage, RenderError
from tibetnews.requests import PART_OF, ROLE, RequestRole

URL = "http://www.tibet.cn/cn/politics/202401/t20240101_7500001.html"
BLANK = b'<html><body><div id="text"></div><script>write();</script></body></html>'
WRITTEN = '<html><body><div id="text"><p>正文。</p></div><script>write();</script></body></html>'


class Stub:
    """A renderer that answers with a page, or fails."""

    name = "stub"

    def __init__(self, answer: RenderedPage | RenderError) -> None:
        self.answer = answer
        self.urls: list[str] = []

    async def render(self, page: Page, user_agent: str) -> RenderedPage:
        self.urls.append(page.url)
        if isinstance(self.answer, RenderError):
            raise self.answer
        return self.answer

    async def close(self) -> None:
        pass


def through(
    stub: Stub, body: bytes = BLANK, *, always: bool = False, meta: dict[str, Any] | None = None
) -> tuple[Response, dict[str, int]]:
    """The response that the middleware gives, and what it counted."""
    collector, pages = StatsCollector(get_crawler()), []
    request = Request(URL, meta=meta or {ROLE: RequestRole.ARTICLE})
    response = HtmlResponse(URL, body=body, headers={"ETag": b'"x"'}, request=request)
    middleware = Rendering(collector, stub, announce=lambda **page: pages.append(page["url"]), always=always)
    answer = asyncio.run(middleware.process_response(request, response))
    assert pages == [URL] * ("rendered" in answer.flags)
    return answer, collector.get_stats()


def test_a_blank_page_is_rendered_and_loses_its_validators() -> None:
    response, counts = through(Stub(RenderedPage(WRITTEN, 0)))
    assert (response.text, response.flags, response.headers.get("ETag")) == (WRITTEN, ["rendered"], None)
    assert counts == {"rendering/pages": 1}


def test_a_blank_page_that_cannot_be_rendered_is_flagged() -> None:
    response, counts = through(Stub(RenderError("garbage", "it answered nonsense")))
    assert (response.body, response.flags, response.headers.get("ETag")) == (BLANK, ["unrendered"], None)
    assert counts == {"rendering/failed": 1, "rendering/failed/garbage": 1}


def test_a_page_that_stays_blank_since_documents_are_missing_is_no_success() -> None:
    response, counts = through(Stub(RenderedPage(BLANK.decode(), 2)))
    assert response.flags == ["unrendered"]
    assert counts == {"rendering/failed": 1, "rendering/failed/incomplete": 1}


@pytest.mark.parametrize("always", [False, True])
def test_a_page_with_text_is_rendered_only_where_all_are(always: bool) -> None:
    stub = Stub(RenderedPage(WRITTEN, 0))
    response, _ = through(stub, WRITTEN.encode(), always=always)
    assert (stub.urls, response.headers["ETag"]) == ([URL] if always else [], b'"x"')


@pytest.mark.parametrize("role", [None, RequestRole.RENDERER])
def test_what_is_no_page_of_the_outlet_is_left_alone(role: RequestRole | None) -> None:
    stub = Stub(RenderedPage(WRITTEN, 0))
    through(stub, always=True, meta={ROLE: role})
    assert stub.urls == []
    through(stub, always=True, meta={ROLE: RequestRole.PART, PART_OF: URL})  # a further page is one
    assert stub.urls == [URL]
