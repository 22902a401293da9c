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
_PICTURE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src", "oldsrc")
"""Where a page names a picture; a page that loads pictures late has a placeholder in ``src``."""

_NO_PICTURE = re.compile(
    r"""
    (?:data|file|javascript|about|blob):  # what only the author's machine or a script knows
    | [a-z]:[\\/] | .*\\                # a path of the author's machine or of its network
    | (?:[^?#]*/)?(?:loading|lazy(?:load)?|blank|spacer|pixel|placeholder|transparent|1x1|grey|gray)\.(?:gif|png|svg)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TRACKING_PIXELS = frozenset({"0", "1", "1px"})
"""Widths and heights of pictures that nobody sees."""


_BREAK_IN_SENTENCE = re.compile(
    r"(?<=[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e])[ \t\r]{0,99}\n\s{0,99}(?=[\u3400-\u9fff])"
)
"""A line break of the source between Chinese characters, which are written without spaces."""


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
        if text := " ".join("".join(buffer).split()):
            lines.append(VisibleLine(text, centred))
        buffer.clear()

    # A loop with its own stack, since pages can be nested deeper than Python calls can.
    stack: list[tuple[Iterator[Element], Element, bool]] = [(iter(element), element, False)]
    if text := element.text:
        buffer.append(_without_breaks(text) if "\n" in text else text)
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
                if text := child.text:
                    buffer.append(_without_breaks(text) if "\n" in text and tag != "pre" else text)
                if len(child):
                    stack.append((iter(child), child, centred or _is_centred(child)))
                    break
                if is_block and buffer:
                    flush(centred or _is_centred(child))
            if text := child.tail:
                buffer.append(_without_breaks(text) if "\n" in text else text)
        else:
            stack.pop()
            if buffer and parent.tag in _BLOCKS:
                flush(centred)
            if parent is not element and (text := parent.tail):
                buffer.append(_without_breaks(text) if "\n" in text else text)
    flush(False)
    return lines


def is_visible(node: Element) -> bool:
    """Return False for comments, scripts, styles and what CSS in the markup hides."""
    return isinstance(node.tag, str) and node.tag not in _INVISIBLE and not is_hidden(node)


def is_hidden(node: Element) -> bool:
    """Return whether CSS in the markup hides an element."""
    names = node.keys()
    if not names:
        return False
    return ("style" in names and _HIDING_STYLE.search(node.get("style", "")) is not None) or "hidden" in names


def _is_centred(node: Element) -> bool:
    align, style = node.get("align"), node.get("style")
    if (align is not None and align.lower() == "center") or node.tag == "center":
        return True
    return style is not None and "text-align:center" in style.replace(" ", "").lower()


def _without_breaks(text: str) -> str:
    """Return a piece of text without line breaks inside Chinese sentences; between elements they separate words."""
    return _BREAK_IN_SENTENCE.sub("", text) if "\n" in text.strip() else text


def _picture(node: Element) -> str | None:
    """Return the address of the picture that a reader sees, as the page writes it."""
    if node.get("width") in _TRACKING_PIXELS or node.get("height") in _TRACKING_PIXELS:
        return None
    for name in _PICTURE_ATTRIBUTES:
        source = (node.get(name) or "").strip()
        if source and not _NO_PICTURE.match(source):
            return source
    return _largest(node.get("srcset") or node.get("data-srcset") or "")


def _largest(srcset: str) -> str | None:
    """Return the largest picture of a srcset: the one with the greatest width or density."""
    best, best_size = None, -1.0
    for candidate in srcset.split(","):
        source, _, size = candidate.strip().partition(" ")
        number = float(size.strip()[:-1]) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?[wx]", size.strip()) else 1.0
        if source and not _NO_PICTURE.match(source) and number > best_size:
            best, best_size = source, number
    return best
