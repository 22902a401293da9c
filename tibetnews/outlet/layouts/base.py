"""What a layout is, what it takes from a page, and what the layouts with markup share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from tibetnews.items import Image, Kind
from tibetnews.outlet.page import Page
from tibetnews.outlet.pager import further_pages
from tibetnews.outlet.selectors import ElementFinder, css
from tibetnews.outlet.visible_text import VisibleLine, fold_whitespace, is_visible, text_of, visible_texts
from tibetnews.text import read_breadcrumbs
from tibetnews.text.page.breadcrumbs import read_weak_breadcrumbs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class RawArticle(NamedTuple):
    """The strings of one page, or of all pages of a long article, before repair and before any field is read."""

    kind: Kind = "article"
    title: str = ""
    subtitle: str = ""
    published: str = ""
    """Time of publication; this and the next three may carry their labels."""
    source: str = ""
    author: str = ""
    editor: str = ""
    breadcrumbs: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    """Lines above breadcrumbs and title, where no markup tells them from the article."""
    lines: tuple[VisibleLine, ...] = ()
    """The story's column with what it embeds."""
    tail: tuple[str, ...] = ()
    """What stands below the story in the same column: a string for each block of markup, its lines joined by \\n."""
    images: tuple[Image, ...] = ()
    """Pictures that a script names; those among the lines are not repeated here."""
    videos: tuple[str, ...] = ()
    """Addresses of media files that a script names."""

    def followed_by(self, page: RawArticle) -> RawArticle:
        """Return the article with the next page of a long one added."""
        return self._replace(
            lines=self.lines + page.lines, tail=self.tail + page.tail, editor=self.editor or page.editor
        )

    def map_text(self, change: Callable[[str], str]) -> RawArticle:
        """Return the article with each string changed but those of ``head``, which only :meth:`Layout.reorder` fills.

        ``change`` is called once for each, always in one order.
        """
        texts: dict[str, Any] = {name: change(getattr(self, name)) for name in _TEXTS}
        return self._replace(
            **texts,
            breadcrumbs=tuple(map(change, self.breadcrumbs)),
            lines=tuple(line.with_words(change(line.words)) if line.words else line for line in self.lines),
            tail=tuple(map(change, self.tail)),
        )

    def strings(self) -> list[str]:
        """Return all strings in the order of ``map_text``."""
        texts: list[str] = [getattr(self, name) for name in _TEXTS]
        return [*texts, *self.breadcrumbs, *[words for line in self.lines if (words := line.words)], *self.tail]


_TEXTS = ("title", "subtitle", "published", "source", "author", "editor")
"""Fields of RawArticle that are one string each."""


class Layout(ABC):
    """A page layout: whether a page has it, which further documents it needs, and what stands where."""

    @abstractmethod
    def matches(self, page: Page) -> bool:
        """Return whether the page's own markup is of this layout."""

    def needs(self, _page: Page, /) -> Sequence[str]:
        """Return absolute addresses of the documents that belong to the article and are not in this page."""
        return ()

    @abstractmethod
    def read(self, page: Page, parts: Mapping[str, str], /) -> RawArticle:
        """Take the strings from a page and from the documents that it needs: their texts by address, if they came."""

    def reorder(self, raw: RawArticle) -> RawArticle:
        """Put a repaired article in order, for a layout in which only undamaged text tells which line is what."""
        return raw


class MediaLayout(Layout):
    """A page of the media host, whose address tells that it is of KIND."""

    KIND: ClassVar[Literal["photo", "video"]]
    TITLE = css("div.title_box > h2, h1, h2")
    BREADCRUMBS = css("div.wrap > div:first-of-type")

    def matches(self, page: Page) -> bool:
        """Return whether the address is that of such a page."""
        return page.address is not None and page.address.page_type == self.KIND

    def frame(self, page: Page) -> RawArticle:
        """Return the strings that such pages have in common."""
        return RawArticle(
            kind=self.KIND,
            breadcrumbs=first_breadcrumbs(self.BREADCRUMBS(page.root)),
            title=first_text(self.TITLE(page.root)),
        )


class SingleBodyLayout(Layout):
    """A layout whose story stands in one element of each page, which the selector BODY finds."""

    BODY: ClassVar[ElementFinder]
    BREADCRUMBS: ClassVar[ElementFinder]

    @abstractmethod
    def parse_page(self, page: Page) -> RawArticle:
        """Take the strings from one page."""

    def matches(self, page: Page) -> bool:
        """Return whether the page has the element."""
        return bool(page.find(self.BODY))

    def needs(self, page: Page) -> Sequence[str]:
        """Return the addresses of the further pages of a long article."""
        return further_pages(page)

    def breadcrumbs(self, page: Page, element: Element) -> tuple[str, ...]:
        """Return the breadcrumbs in the wrap around an element, or else in the page."""
        wrap = ancestor_with(element, "wrap")
        return first_breadcrumbs(self.BREADCRUMBS(page.root) if wrap is None else wrap.iterchildren("div"))

    def read(self, page: Page, parts: Mapping[str, str]) -> RawArticle:
        """Take the strings from the page and its further pages."""
        raw = self.parse_page(page)
        for address in self.needs(page):
            if address in parts and self.matches(further := Page(parts[address], address, page.site)):
                raw = raw.followed_by(self.parse_page(further))
        return raw


def first_breadcrumbs(candidates: Iterable[Element]) -> tuple[str, ...]:
    """Return the parts of the first element that reads as breadcrumbs."""
    texts: list[str] = []
    for element in candidates:  # the story's column is among them, so no text is read before its turn
        texts.append(text_of(element))
        if parts := read_breadcrumbs(texts[-1]):
            return parts
    return next(filter(None, map(read_weak_breadcrumbs, texts)), ())


def first_text(elements: Iterable[Element]) -> str:
    """Return the visible text of the first element on one line; "" for none."""
    return text_of(next(iter(elements), None))


def ancestor_with(body: Element, name: str) -> Element | None:
    """Return the nearest element around ``body`` with the class or id ``name``."""
    for parent in body.iterancestors():
        if name in parent.get("class", "").split() or parent.get("id") == name:
            return parent
    return None


def blocks_after(body: Element, column: Element | None) -> list[str]:
    """Return what follows ``body``, an element a block, up to the end of ``column`` or else of its own parent."""
    nodes = [body]
    while column is not None and (parent := nodes[-1].getparent()) is not None and parent is not column:
        nodes.append(parent)
    return [block for node in nodes for sibling in node.itersiblings() if (block := block_text(sibling))]


def inline_pieces(element: Element) -> list[str]:
    """Return the texts of a line of markup, one for each of its elements and for words between them."""
    pieces = [fold_whitespace(element.text or "")]
    for child in element:
        if child.tag in ("p", "div"):
            pieces += inline_pieces(child)
        elif is_visible(child):
            pieces.append(text_of(child))
        pieces.append(fold_whitespace(child.tail or ""))
    return [piece for piece in pieces if piece.strip("|｜丨·/ ")]


def block_text(element: Element) -> str:
    """Return the visible lines of an element, joined by newlines; "" for a comment or a script."""
    return "\n".join(visible_texts(element)) if is_visible(element) else ""
