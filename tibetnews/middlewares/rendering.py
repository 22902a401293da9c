"""Has pages rendered that need their scripts, before the spiders read them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.outlet import urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.rendering.choice import make_renderer
from tibetnews.rendering.needs_rendering import is_blank, is_document
from tibetnews.rendering.renderer import Renderer, RendererDownError, RenderError
from tibetnews.requests import RENDERED, UNRENDERED, WHY, RequestRole, header

page_rendered = object()
"""Signal: a page was rendered, with its ``request``, ``url``, ``html`` in bytes, and ``has_validators``: whether those
of the page vouch for what was made of it."""

logger = logging.getLogger(__name__)

_BODY_HEADERS = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
_VALIDATORS = ("ETag", "Last-Modified")


@dataclass(eq=False)
class Rendering:
    """Downloader middleware that has pages rendered: blank ones with RENDER=auto, all with RENDER=always.

    The response keeps the outlet's status, address and headers; its body is the page as its scripts left it. Where
    the renderer fails, the plain page goes on. A page that was blank loses ETag and Last-Modified, which vouch for the
    page and not for what its scripts fetched, so that the next run asks for it anew. A blank page that could not be
    rendered has the flag UNRENDERED. Counts ``rendering/pages``, ``rendering/failed`` and
    ``rendering/failed/<reason>``: timeout, connection, http_<status of the renderer>, garbage, refused, paused,
    crashed (a page that ends each browser), moved (a script went to another page), incomplete (still blank, because
    the outlet could not give a script what it asked for).
    """

    stats: StatsCollector
    renderer: Renderer
    _: KW_ONLY
    announce: Callable[..., object]
    """Sends page_rendered with its arguments."""
    always: bool
    """Whether pages with text are rendered too."""
    site: str | None = None
    has_warned: bool = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware with the client of the renderer that the settings choose."""
        settings, renderer = crawler.settings, make_renderer(crawler)
        crawler.signals.connect(renderer.close, signal=signals.spider_closed)
        return cls(
            crawler.stats,
            renderer,
            announce=partial(crawler.signals.send_catch_log, page_rendered),
            always=settings["RENDER"] == "always",
            site=settings.get("OUTLET_SITE") or None,
        )

    async def process_response(self, request: Request, response: Response) -> Response:
        """Replace the body of a page that needs its scripts."""
        if response.status != 200 or not self._is_page(request, response):
            return response
        page = Page(decode(response.body, header(response, "Content-Type")), response.url, self.site)
        if not is_document(page):
            return response
        was_blank = is_blank(page)
        if not was_blank and not self.always:
            return response
        try:
            html = await self._render(page, was_blank, header(request, "User-Agent") or "")
        except RenderError as error:
            self._note_failure(response.url, error)
            if not was_blank:
                return response
            is_down = isinstance(error, RendererDownError)
            request.meta[WHY] = f"{error}" if is_down else f"{self.renderer.name} did not render it: {error}"
            return _without(_VALIDATORS, response).replace(flags=[*response.flags, UNRENDERED])
        self.stats.inc_value(stats.RENDERED_PAGES)
        rendered = _without(_BODY_HEADERS + (_VALIDATORS if was_blank else ()), response)
        rendered.headers["Content-Type"] = "text/html; charset=utf-8"
        body = html.encode("utf-8", "replace")
        self.announce(request=request, url=response.url, html=body, has_validators=not was_blank)
        return rendered.replace(cls=HtmlResponse, body=body, encoding="utf-8", flags=[*response.flags, RENDERED])

    async def _render(self, page: Page, was_blank: bool, user_agent: str) -> str:
        rendered = await self.renderer.render(page, user_agent)
        if was_blank and (missing := rendered.missing_documents) and is_blank(Page(rendered.html, page.url, self.site)):
            example = f" ({rendered.first_failure})" if rendered.first_failure else ""
            raise RenderError(
                "incomplete", f"it is still blank, and {missing} of its scripts' requests failed{example}"
            )
        return rendered.html

    def _is_page(self, request: Request, response: Response) -> bool:
        """Return whether this is a listing, an article or a further page of one, and no document beside a page."""
        if not response.url.startswith(("http://", "https://")):
            return False
        role = RequestRole.of(request)
        if role is RequestRole.PART:
            return urls.parse(response.url, self.site) is not None
        return role in (RequestRole.LISTING, RequestRole.ARTICLE)

    def _note_failure(self, url: str, error: RenderError) -> None:
        self.stats.inc_value(stats.RENDERING_FAILED)
        self.stats.inc_value(f"{stats.RENDERING_FAILED_BY_REASON}{error.reason}")
        level = logging.DEBUG if self.has_warned else logging.WARNING
        name = "" if isinstance(error, RendererDownError) else f"{self.renderer.name} did not render it: "
        logger.log(level, "%s counts as it was fetched: %s%s", url, name, error)
        if not self.has_warned:
            logger.warning("further such pages are counted: rendering/failed")
        self.has_warned = True


def _without(names: tuple[str, ...], response: Response) -> Response:
    """Return the response without some headers."""
    headers = response.headers.copy()
    for name in names:
        headers.pop(name, None)
    return response.replace(headers=headers)
