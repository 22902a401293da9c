"""One fetched page: its text, its address and its one parse, shared by all that read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from lxml import etree
from parsel import css2xpath

from tibetnews.outlet import urls

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "head",
        "iframe",
        "link",
        "meta",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
    ]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3,}", re.I
)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)  # one for all pages: to make one takes as long as a page
_PICTURE_SOURCES = ("src", "data-src", "data-original", "oldsrc")
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|table|script|meta|h[1-6])\b", re.I)
_HEAD, _TAIL = 20_000, 2000
"""So many characters of a page are looked at for how it opens and how it ends."""


class Find(Protocol):
    """Gives the elements found below an element."""

    def __call__(self, element: Element, /) -> list[Element]: ...


def css(selector: str) -> Find:
    """A CSS selector, compiled once."""
    return cast(Find, etree.XPath(css2xpath(selector)))


def by_id(name: str) -> Find:
    """What ``#name`` finds in a whole page, from the parser's table of ids and not by a search of the tree."""
    return cast(Find, etree.XPath(f"id('{name}')"))


class Line(NamedTuple):
    """One block of visible text, or one picture.

    text: white space folded, "" for a picture; centred: by the markup of its block;
    picture: the picture's address as the page writes it.
    """

    text: str = ""
    centred: bool = False
    picture: str | None = None


class Page:
    """A page as it was fetched. html: its decoded text; url: the address that it came from."""

    def __init__(self, html: str, url: str, site: str | None = None) -> None:
        self.html = html
        self.url = url
        self.site = site
        self.address = urls.parse(url, site)

    @cached_property
    def root(self) -> Element:
        """The root element, parsed at the first use; an empty one where there is nothing to parse."""
        try:
            root = etree.fromstring(self.html.replace("\x00", "").encode("utf-8", "replace"), _PARSER)
        except etree.XMLSyntaxError:
            root = None
        return etree.Element("html") if root is None else root

    @cached_property
    def is_text(self) -> bool:
        """True for plain text: pages that a dump or a mirror's text view holds, without any markup of a page."""
        return _MARKUP.search(self.html, 0, _HEAD) is None

    @property
    def is_whole(self) -> bool:
        """False for a document that breaks off: one that opens and never ends."""
        tail = self.html[-_TAIL:].lower()
        ends = ("</html" in tail or "</body" in tail) and not tail.endswith(("<", "</"))
        return ends or "<html" not in self.html[:_HEAD].lower()

    @cached_property
    def meta(self) -> dict[str, str]:
        """Contents of the meta tags by their names in lower case; the first of a name counts."""
        found: dict[str, str] = {}
        for tag in self.root.iter("meta"):  # a stray tag in the head makes a parser put the rest into the body
            name = (tag.get("name") or tag.get("property") or "").lower()
            if name and (content := fold(tag.get("content") or "")):
                found.setdefault(name, content)
        return found

    @property
    def head_title(self) -> str:
        """The text of the page's title tag."""
        return text_of(next(self.root.iter("title"), None))

    @cached_property
    def lines(self) -> list[Line]:
        """The visible blocks and pictures of the whole page."""
        if self.is_text:
            return [Line(text) for raw in self.html.split("\n") if (text := fold(raw))]
        return lines(self.root)

    @property
    def text(self) -> str:
        """The visible text, one block a line."""
        return "\n".join(line.text for line in self.lines if line.text)

    def link(self, href: str) -> str | None:
        """The absolute address of a link of this page, at the place that the page was fetched from."""
        return urls.absolute(href, self.url)

    @cached_property
    def canonical(self) -> str:
        """The page's address at the outlet, wherever it was fetched from; its own where it has none there."""
        return urls.build(self.address) if self.address else self.url

    def picture(self, source: str) -> str:
        """The absolute address of a picture at the outlet."""
        return urls.absolute(source, self.canonical) or source


def fold(text: str) -> str:
    """White space of any kind, full-width too, folded to single spaces, none at the ends."""
    return " ".join(text.split())


def text_of(element: Element | None) -> str:
    """The visible text inside an element on one line; "" for no element."""
    if element is None:
        return ""
    if not len(element):  # most titles and spans: no need to walk
        return fold(element.text or "")
    return " ".join(line.text for line in lines(element) if line.text)


def lines(element: Element) -> list[Line]:
    """The visible blocks and pictures inside ``element``, in document order.

    A block ends where a browser would begin a new line: at block elements and at ``<br>``.
    Scripts, styles and what CSS in the markup hides are left out.
    """
    found: list[Line] = []
    buffer: list[str] = []

    def flush(centred: bool) -> None:
        if text := fold("".join(buffer)):
            found.append(Line(text, centred))
        buffer.clear()

    # A loop with its own stack, since pages can be nested deeper than Python calls can.
    ways: list[tuple[Iterator[Element], Element, bool]] = [(iter(element), element, False)]
    if element.text:
        buffer.append(element.text)
    while ways:
        children, parent, centred = ways[-1]
        for child in children:
            tag = child.tag
            if tag.__class__ is str and tag not in _SILENT and not is_hidden(child):  # comments have no name
                is_block = tag in _BLOCKS
                if is_block or tag == "br":
                    if buffer:
                        flush(centred)
                elif tag == "img" and (source := _picture(child)):
                    flush(centred)
                    found.append(Line(picture=source))
                if child.text:
                    buffer.append(child.text)
                if len(child):
                    ways.append((iter(child), child, centred or _is_centred(child)))
                    break
                if is_block and buffer:
                    flush(centred or _is_centred(child))
            if child.tail:
                buffer.append(child.tail)
        else:
            ways.pop()
            if buffer and parent.tag in _BLOCKS:
                flush(centred)
            if parent.tail and parent is not element:
                buffer.append(parent.tail)
    flush(False)
    return found


def is_shown(node: Element) -> bool:
    """False for comments, scripts, styles and what CSS in the markup hides."""
    return isinstance(node.tag, str) and node.tag not in _SILENT and not is_hidden(node)


def is_hidden(node: Element) -> bool:
    """True for an element that CSS in the markup hides."""
    style = node.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or node.get("hidden") is not None


def _is_centred(node: Element) -> bool:
    if node.get("align", "").lower() == "center" or node.tag == "center":
        return True
    style = node.get("style")
    return style is not None and "text-align:center" in style.replace(" ", "").lower()


def _picture(node: Element) -> str | None:
    for name in _PICTURE_SOURCES:
        source = (node.get(name) or "").strip()
        if source and not source.startswith("data:"):
            return source
    return None
