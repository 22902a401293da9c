"""The visible text of markup, a block a line, as a browser would show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

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
_INVISIBLE = frozenset(
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
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3,}", re.I
)
_PICTURE_ATTRIBUTES = ("src", "data-src", "data-original", "oldsrc")


class VisibleLine(NamedTuple):
    """One block of visible text, or one picture."""

    text: str = ""
    """The text with its white space folded; "" for a picture."""

    centred: bool = False
    """Whether the markup of the block centres it."""

    picture: str | None = None
    """The picture's address as the page writes it."""


def fold_whitespace(text: str) -> str:
    """Return the text with white space of any kind, full-width too, as single spaces, and none at the ends."""
    return " ".join(text.split())


def text_of(element: Element | None) -> str:
    """Return the visible text inside an element on one line; "" for no element."""
    if element is None:
        return ""
    if not len(element):  # most titles and spans: no need to walk
        return fold_whitespace(element.text or "")
    return " ".join(line.text for line in visible_lines(element) if line.text)


def visible_lines(element: Element) -> list[VisibleLine]:
    """Return the visible blocks and pictures inside ``element``, in document order.

    A block ends where a browser would begin a new line: at block elements and at ``<br>``.
    Scripts, styles and what CSS in the markup hides are left out.
    """
    lines: list[VisibleLine] = []
    buffer: list[str] = []

    def flush(centred: bool) -> None:
        if text := fold_whitespace("".join(buffer)):
            lines.append(VisibleLine(text, centred))
        buffer.clear()

    # A loop with its own stack, since pages can be nested deeper than Python calls can.
    stack: list[tuple[Iterator[Element], Element, bool]] = [(iter(element), element, False)]
    if element.text:
        buffer.append(element.text)
    while stack:
        children, parent, centred = stack[-1]
        for child in children:
            tag = child.tag
            if tag.__class__ is str and tag not in _INVISIBLE and not is_hidden(child):  # comments have no name
                is_block = tag in _BLOCKS
                if is_block or tag == "br":
                    if buffer:
                        flush(centred)
                elif tag == "img" and (source := _picture(child)):
                    flush(centred)
                    lines.append(VisibleLine(picture=source))
                if child.text:
                    buffer.append(child.text)
                if len(child):
                    stack.append((iter(child), child, centred or _is_centred(child)))
                    break
                if is_block and buffer:
                    flush(centred or _is_centred(child))
            if child.tail:
                buffer.append(child.tail)
        else:
            stack.pop()
            if buffer and parent.tag in _BLOCKS:
                flush(centred)
            if parent.tail and parent is not element:
                buffer.append(parent.tail)
    flush(False)
    return lines


def is_visible(node: Element) -> bool:
    """Return False for comments, scripts, styles and what CSS in the markup hides."""
    return isinstance(node.tag, str) and node.tag not in _INVISIBLE and not is_hidden(node)


def is_hidden(node: Element) -> bool:
    """Return whether CSS in the markup hides an element."""
    style = node.get("style")
    return (style is not None and _HIDING_STYLE.search(style) is not None) or node.get("hidden") is not None


def _is_centred(node: Element) -> bool:
    if node.get("align", "").lower() == "center" or node.tag == "center":
        return True
    style = node.get("style")
    return style is not None and "text-align:center" in style.replace(" ", "").lower()


def _picture(node: Element) -> str | None:
    for name in _PICTURE_ATTRIBUTES:
        source = (node.get(name) or "").strip()
        if source and not source.startswith("data:"):
            return source
    return None
