"""What a generation takes from a page: raw strings, before repair and before any field is read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tibetnews.items import Image, Kind
from tibetnews.outlet.page import Line, Page


@dataclass(slots=True)
class Draft:
    """The parts of one page, or of all pages of a long article, as they stand there.

    published, source, author and editor may carry their labels. head is what stands above title and
    breadcrumbs where no markup tells it from the article; lines is the story's column with its pictures; tail is what stands below the story in the same column, a string a block of markup with its
    lines joined by newlines. images and videos hold what scripts
    tell; pictures among the lines are not repeated there.
    """

    kind: Kind = "article"
    breadcrumbs: list[str] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    published: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    head: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    videos: list[str] = field(default_factory=list)

    def continued(self, following: Draft) -> None:
        """Add the next page of a long article."""
        self.lines += following.lines
        self.tail += following.tail
        self.editor = self.editor or following.editor


class Generation(Protocol):
    """A page layout: whether a page has it, which further documents it needs, and what stands where."""

    def matches(self, page: Page) -> bool:
        """True where the page's own markup is of this generation."""
        ...

    def needs(self, page: Page) -> Sequence[str]:
        """Absolute addresses of the documents that belong to the article and are not in this page."""
        ...

    def read(self, page: Page, parts: Mapping[str, str]) -> Draft:
        """Take the parts from the page and from ``parts``: texts of the needed documents by their addresses.

        A needed document that is not among the parts is left out.
        """
        ...

    def arrange(self, draft: Draft) -> Draft:
        """Put a repaired draft in order where only the repaired text tells which line is what."""
        ...
