"""What the middleware asks of a renderer, whichever program it is: a page as its scripts leave it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol, Self
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page

MAX_FAILURES = 3
COOLDOWN_SECONDS = 60.0
"""After MAX_FAILURES failures of the renderer in a row it is left alone for this long: each page would wait for it."""


class RenderedPage(NamedTuple):
    """A page as its scripts left it."""

    html: str
    missing_documents: int
    """How many documents the scripts asked for that the outlet could not give them just now, or that are forbidden."""
    first_failure: str = ""
    """Address and cause of one of them, where the renderer tells."""


class RenderLimits(NamedTuple):
    """How long a page may take, and what its scripts may ask."""

    idle_seconds: float
    """A page is finished once its scripts have asked for nothing for this long."""
    timeout_seconds: float
    """How long a page may take the renderer; without the requests that wait for the outlet."""
    named_hosts: frozenset[str] = frozenset()
    """Hosts besides the outlet's that scripts may ask."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the limits from the settings."""
        return cls(
            settings.getfloat("RENDER_IDLE_SECONDS"),
            settings.getfloat("RENDER_TIMEOUT_SECONDS"),
            frozenset(settings.getlist("RENDER_HOSTS")),
        )


class RenderError(Exception):
    """The renderer gave no page.

    Attributes:
        reason: One word, for the count.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class RendererDownError(RenderError):
    """The renderer itself does not answer or refuses, whatever the page; the message says so and what to do."""


class Renderer(Protocol):
    """A client of a program that runs a page's scripts."""

    name: str
    """Program and address, for the log."""

    async def render(self, page: Page, user_agent: str) -> RenderedPage:
        """Return the page as its scripts leave it.

        Args:
            page: The page as it was fetched; its address is not asked for again.
            user_agent: User agent of the scripts' own requests.

        Raises:
            RendererDownError: No page came, and none would come for another page.
            RenderError: No page came.
        """

    async def close(self) -> None:
        """End what the client has started."""


class Cooldown:
    """Leaves a renderer alone for a while that failed several times in a row."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.error: RenderError | None = None
        self._failures = 0
        self._paused_until = 0.0

    def check(self) -> None:
        """Raise the last error again while the renderer is left alone."""
        if self.error is not None and self.clock() < self._paused_until:
            kind = type(self.error)
            raise kind("paused", str(self.error))

    def failed(self, error: RenderError) -> RenderError:
        """Count a failure, and return its error."""
        self.error = error
        self._failures += 1
        if self._failures >= MAX_FAILURES:
            self._paused_until = self.clock() + COOLDOWN_SECONDS
        return error

    def succeeded(self) -> None:
        """Forget the failures so far."""
        self.error = None
        self._failures = 0


def script_hosts(page: Page, named: Iterable[str]) -> frozenset[str]:
    """Return the hosts that a page's scripts may ask: its own, those of the outlet or its site, and the ``named``."""
    outlet = {urlsplit(page.site).netloc} if page.site else urls.outlet_hosts()
    return frozenset({urlsplit(page.url).netloc, *outlet, *named})
