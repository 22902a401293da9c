"""The visible text of markup, a block a line, as a browser would show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lxml.etree import Comment, Entity, ProcessingInstruction

from tibetnews.outlet.embedded import READERS, Embedded, read_background
from tibetnews.text.line_forms import HAS_STOP

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("html", "li", "main", "nav", "ol", "option", "p", "pre", "section"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_INVISIBLE = frozenset(
    {
        *("head", "link", "meta", "script", "select", "style", "template", "textarea", "title"),
        *(Comment, Entity, ProcessingInstruction),  # instead of a tag's name
    }
)
_REPLACED = frozenset({"iframe", "object", "video", "audio", "canvas", "noscript"})
"""Elements whose text is for browsers that cannot show what they embed, or run no scripts."""
_UNREAD = _INVISIBLE | _REPLACED
_CENTRING = frozenset({"center", "dd", "figcaption"})
_CENTRING_CLASSES = frozenset(
    {
        *("center", "text-center", "aligncenter", "caption", "wp-caption-text", "img-caption", "photo-caption"),
        *("pic-caption", "pictext"),
    }
)
"""Classes of paragraphs that style sheets centre, or that say themselves what they are."""
_STYLING = frozenset({"align", "hidden", "style"})
"""Attributes that can hide or centre an element; few elements have one."""

_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3,}"
)
"""For lower case, where its beginnings are found much faster."""
_WIDE = r"\u3001-\u303f\u3400-\u9fff\uff01-\uff5e"
_QUOTES = "“”‘’…—"  # they stand in other languages, too
_BREAK = r"[ \t\r]{0,99}\n\s{0,99}"
_BREAK_IN_SENTENCE = re.compile(rf"(?<=[{_WIDE}]){_BREAK}(?=[{_WIDE}{_QUOTES}])|(?<=[{_QUOTES}]){_BREAK}(?=[{_WIDE}])")
"""A line break of the source between Chinese characters or their marks, which are written without spaces."""

_WITHOUT_FILES = {tag: reader for tag, reader in READERS.items() if tag != "a"}
"""Readers for those who need no more than the text: a file stands in no line of its own."""


class VisibleLine(NamedTuple):
    """One block of visible text, or one thing that is embedded."""

    text: str = ""
    """The text with its white space folded; "" for what is embedded."""
    centred: bool = False
    """Whether the markup of the block centres it."""
    embedded: Embedded | None = None
    """A picture, a film, a file or the like. A file stands before the line that links to it."""

    @property
    def words(self) -> str:
        """The text, or the name of a file."""
        return self.embedded.name if self.embedded else self.text

    def with_words(self, words: str) -> VisibleLine:
        """Return the line with other words."""
        return (
            self._replace(embedded=self.embedded._replace(name=words)) if self.embedded else self._replace(text=words)
        )


_line: Callable[[tuple[str, bool, Embedded | None]], VisibleLine] = partial(tuple.__new__, VisibleLine)
"""Makes a line of its parts in half the time that the class itself takes."""


def fold_whitespace(text: str) -> str:
    """Return the text with white space of any kind, full-width too, as single spaces, and none at the ends."""
    return " ".join(text.split())


def text_of(element: Element | None) -> str:
    """Return the visible text inside an element on one line; "" for no element."""
    if element is None:
        return ""
    return " ".join(visible_texts(element))


def visible_texts(element: Element) -> list[str]:
    """Return the visible blocks inside an element, without what it embeds."""
    if not len(element):  # most titles and spans: no need to walk
        text = fold_whitespace(_without_breaks(element.text or ""))
        return [text] if text else []
    return [line.text for line in visible_lines(element, _WITHOUT_FILES) if line.text]


def visible_lines(
    element: Element, readers: Mapping[str, Callable[[Element], Embedded | None]] = READERS
) -> list[VisibleLine]:
    """Return the visible blocks inside ``element`` and what it embeds, in document order.

    A block ends where a browser would begin a new line: at block elements and at ``<br>``.
    Scripts, styles and what CSS in the markup hides are left out.
    """
    lines: list[VisibleLine] = []
    pieces: list[str] = []  # of the line that is being read
    _add(element.text, pieces)
    # A loop with its own stack, since pages can be nested deeper than Python calls can.
    stack: list[tuple[Iterator[Element], Element, bool]] = [(iter(element), element, False)]
    while stack:
        children, parent, centred = stack[-1]
        for child in children:
            tag = child.tag
            names = child.keys()
            is_styled = bool(names) and not _STYLING.isdisjoint(names)
            if tag not in _INVISIBLE and not (is_styled and is_hidden(child)):
                is_centred = centred or (is_styled and _is_centred(child))
                if is_block := tag in _BLOCKS:
                    if pieces:
                        _end(pieces, lines, centred)
                    if not is_centred:
                        is_centred = tag in _CENTRING or (tag == "p" and bool(names) and _has_centring_class(child))
                    if is_styled and (background := read_background(child)):
                        lines.append(_line(("", False, background)))
                elif (reader := readers.get(tag)) and (embedded := reader(child)):
                    if pieces and embedded.kind != "attachment":  # the words of a link stay in their line
                        _end(pieces, lines, centred)
                    lines.append(_line(("", False, embedded)))
                if tag in _REPLACED:
                    if tag == "noscript":
                        _add_unscripted(child, lines)
                elif len(child):
                    _add(child.text, pieces, is_kept=tag == "pre")
                    inner: Iterable[Element] = child
                    if tag == "figure":  # whose caption stands below its picture
                        inner = sorted(child, key=lambda each: each.tag == "figcaption")
                    stack.append((iter(inner), child, is_centred))
                    break
                elif text := child.text:
                    if "\n" in text and tag != "pre":
                        text = _without_breaks(text)
                    if not is_block:
                        pieces.append(text)
                    elif words := " ".join(text.split()):  # as most paragraphs: the whole of a line
                        lines.append(_line((words, is_centred, None)))
            if (tail := child.tail) and (pieces or not tail.isspace()):
                pieces.append(_without_breaks(tail) if "\n" in tail else tail)
        else:
            stack.pop()
            if pieces and parent.tag in _BLOCKS:
                _end(pieces, lines, centred)
            if parent is not element:
                _add(parent.tail, pieces)
    if pieces:
        _end(pieces, lines, False)
    return lines


def _add(text: str | None, pieces: list[str], *, is_kept: bool = False) -> None:
    """Add the text of a node to a line, which begins with no space."""
    if text and (pieces or not text.isspace()):
        pieces.append(_without_breaks(text) if "\n" in text and not is_kept else text)


def _end(pieces: list[str], lines: list[VisibleLine], centred: bool) -> None:
    """Add the line to the lines, if there is anything in it."""
    text = "".join(pieces)
    if "\n" in text and HAS_STOP.search(text):  # between the elements of a sentence, too, but not of a menu
        text = _BREAK_IN_SENTENCE.sub("", text)
    if words := " ".join(text.split()):
        lines.append(_line((words, centred, None)))
    pieces.clear()


def _add_unscripted(noscript: Element, lines: list[VisibleLine]) -> None:
    """Add the pictures that browsers without scripts show; the picture in front of them is a preview of the first."""
    read = READERS["img"]
    pictures = [
        picture for image in noscript.iter("img") if not is_hidden(image) and (picture := read(image)) is not None
    ]
    preview = noscript.getprevious()
    if pictures and preview is not None and preview.tag == "img" and (shown := read(preview)):
        lines[:] = [*lines[:-1], *(line for line in lines[-1:] if line.embedded != shown)]
    lines.extend(VisibleLine("", False, picture) for picture in pictures)


def is_visible(node: Element) -> bool:
    """Return False for comments, scripts, styles and what CSS in the markup hides."""
    return node.tag not in _UNREAD and not is_hidden(node)


def is_hidden(node: Element) -> bool:
    """Return whether CSS in the markup hides an element."""
    style = node.get("style")
    return (style is not None and _HIDING_STYLE.search(style.lower()) is not None) or node.get("hidden") is not None


def _has_centring_class(node: Element) -> bool:
    name = node.get("class")
    return name is not None and not _CENTRING_CLASSES.isdisjoint(name.split())


def _is_centred(node: Element) -> bool:
    align, style = node.get("align"), node.get("style")
    return (align is not None and align.lower() in ("center", "middle")) or (
        style is not None and "text-align:center" in style.replace(" ", "").lower()
    )


def _without_breaks(text: str) -> str:
    """Return a piece of text without line breaks inside Chinese sentences; between elements they separate words."""
    return _BREAK_IN_SENTENCE.sub("", text) if "\n" in text.strip() else text
