"""CSS selectors, compiled once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from lxml import etree
from parsel import css2xpath
from parsel.csstranslator import HTMLTranslator

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class ElementFinder(Protocol):
    """Finds elements below an element."""

    def __call__(self, element: Element, /) -> list[Element]:
        """Return the matching elements in document order."""
        ...


def css(selector: str) -> ElementFinder:
    """Compile a CSS selector."""
    return _compile(css2xpath(selector))


def first_of_class(element: Element | None, tag: str, name: str) -> Element | None:
    """Return the first ``tag`` with a class inside an element; nothing after it is looked at."""
    if element is None:
        return None
    return next((node for node in element.iter(tag) if name in node.get("class", "").split()), None)


def first_in_page(tag: str) -> ElementFinder:
    """Compile what finds the first ``tag`` of a page; unlike an iterator it does not look ahead for a second one."""
    return _compile(f"descendant::{tag}[1]")


def by_id(name: str) -> ElementFinder:
    """Compile what ``#name`` finds in a whole page: it asks the parser's table of ids and searches no tree."""
    return _compile(f"id('{name}')")


def inside_id(name: str, selector: str) -> ElementFinder:
    """Compile what ``#name > selector`` finds in a whole page; as :func:`by_id` it searches no tree."""
    return _compile(HTMLTranslator().css_to_xpath(selector, prefix=f"id('{name}')/"))


def _compile(path: str) -> ElementFinder:
    """Compile a path, without the functions for regular expressions, which would cost a fifth of each call."""
    return cast(ElementFinder, etree.XPath(path, regexp=False))
