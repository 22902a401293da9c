"""What all generations with markup share: a long article read page by page, breadcrumbs, the column."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.layouts.pager import further_pages
from tibetnews.outlet.page import Find, Page, is_shown, lines, text_of
from tibetnews.text.page.parts import read_breadcrumbs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Markup(ABC):
    """A generation whose story stands in one element that its selector BODY finds."""

    BODY: ClassVar[Find]

    @abstractmethod
    def read_one(self, page: Page) -> Draft:
        """The parts of one page."""

    def matches(self, page: Page) -> bool:
        return bool(self.BODY(page.root))

    def needs(self, page: Page) -> Sequence[str]:
        return further_pages(page)

    def read(self, page: Page, parts: Mapping[str, str]) -> Draft:
        draft = self.read_one(page)
        for address in self.needs(page):
            if address in parts and self.matches(further := Page(parts[address], address, page.site)):
                draft.continued(self.read_one(further))
        return draft

    def arrange(self, draft: Draft) -> Draft:
        return draft


def breadcrumbs(candidates: Iterable[Element]) -> list[str]:
    """The parts of the first element that reads as breadcrumbs."""
    return list(next(filter(None, (read_breadcrumbs(text_of(element)) for element in candidates)), ()))


def first(elements: Iterable[Element]) -> Element | None:
    """The first element found, or None."""
    return next(iter(elements), None)


def around(body: Element, name: str) -> Element | None:
    """The nearest element around ``body`` with the class or id ``name``."""
    for parent in body.iterancestors():
        if name in parent.get("class", "").split() or parent.get("id") == name:
            return parent
    return None


def below(body: Element, column: Element | None) -> list[str]:
    """What follows ``body``, an element a block, up to the end of ``column`` or, without one, of its own parent."""
    nodes = [body]
    while column is not None and (parent := nodes[-1].getparent()) is not None and parent is not column:
        nodes.append(parent)
    return [block for node in nodes for sibling in node.itersiblings() if (block := block_of(sibling))]


def block_of(element: Element) -> str:
    """The visible lines of an element, joined by newlines; "" for a comment or a script."""
    return "\n".join(line.text for line in lines(element) if line.text) if is_shown(element) else ""
