"""What the middleware asks of a renderer, whichever program it is: a page as its scripts leave it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from tibetnews.outlet.page import Page


class RenderedPage(NamedTuple):
    """A page as its scripts left it."""

    html: str
    missing_documents: int
    """How many documents the scripts asked for that the outlet could not give them just now."""


class RenderError(Exception):
    """The renderer gave no page.

    Attributes:
        reason: One word, for the count.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


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
            RenderError: No page came.
        """
