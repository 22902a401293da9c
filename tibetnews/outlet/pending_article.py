"""An article whose page was read, and which of the documents it depends on are still missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Self, TypeVar

from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.outlet import article
from tibetnews.outlet.page import Page

Source = TypeVar("Source")

MAX_CHARACTERS = 8 * 1024 * 1024
"""Of all parts of an article; the outlet's pages are below 200 KB."""


@dataclass
class PendingArticle(Generic[Source]):
    """An article that is put together from its page and its parts: further pages, photo script, video data."""

    source: Source
    """What brought the page: a response or an archived capture."""
    page: Page
    needed: list[str]
    """Addresses of all parts, in the order in which they are to be added."""
    parts: dict[str, str] = field(default_factory=dict)
    """Texts of the parts so far, by address."""

    @classmethod
    def begin(cls, source: Source, page: Page) -> Self:
        """Return the article of a page, as yet without parts. Raises UnreadableError."""
        return cls(source, page, article.needs(page))

    @property
    def next_part(self) -> str | None:
        """The address of the part that is needed next; None for a complete article."""
        return self.needed[len(self.parts)] if len(self.parts) < len(self.needed) else None

    def add_part(self, text: str) -> None:
        """Add the text of the part that is needed next. Raises UnreadableError where the article gets too large."""
        if sum(map(len, self.parts.values())) + len(text) > MAX_CHARACTERS:
            raise UnreadableError("too_large", f"the parts of the article have more than {MAX_CHARACTERS:,} characters")
        self.parts[self.needed[len(self.parts)]] = text

    def read(self) -> Article:
        """Return the record of the complete article. Raises UnreadableError."""
        return article.read(self.page, self.parts)
