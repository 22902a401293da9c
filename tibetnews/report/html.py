"""HTML and SVG as text in which nothing from outside is markup: elements, tables, sections of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from tibetnews.console import printable

_VOID = frozenset({"meta", "link", "br"})
_LINKED = ("http://", "https://", "../", "./")
_DATE = re.compile(r"(\b\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?)")
_SHORT = 24
PLAIN = "plain"
"""Class of tables of a few narrow columns, which stay tables on a narrow page."""


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Content = str | Markup | None


def text(value: str) -> Markup:
    """Return any text as markup that shows it, control characters as signs."""
    return Markup(escape(printable(value)))


def tag(name: str, /, *content: Content | Iterable[Content], **attributes: str | int | float | None) -> Markup:
    """Return an element. Content that is not Markup is escaped; None is left out.

    Attributes: ``class_`` and ``for_`` lose their underscore, others become dashes; None is left out.
    """
    rendered = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{rendered}>")
    return Markup(f"<{name}{rendered}>{joined(*content)}</{name}>")


def joined(*content: Content | Iterable[Content]) -> Markup:
    """Return the pieces one after the other."""
    parts: list[str] = []
    for piece in content:
        if piece is None:
            continue
        if isinstance(piece, Markup):
            parts.append(piece)
        elif isinstance(piece, str):
            parts.append(text(piece))
        else:
            parts.append(joined(*piece))
    return Markup("".join(parts))


def table(
    caption: str, heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[Content]], class_: str = ""
) -> Markup:
    """Return a table; on a narrow page each row is a small block with named cells.

    Args:
        caption: What the table shows.
        heads: The name and the CSS class (``n`` for numbers) of each column.
        rows: As many cells each; the first is the row's name.
        class_: CSS class of the table.
    """
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", (tag("th", name, class_=of or None, scope="col") for name, of in heads))),
        tag("tbody", (tag("tr", _cells(row, heads, is_plain=class_ == PLAIN)) for row in rows)),
        class_=class_ or None,
    )


def code(name: str) -> Markup:
    """Return a name of the program's world; one of usual length stays on one line."""
    return tag("code", name, class_="short" if len(name) <= _SHORT else None)


def dated(sentence: str) -> Markup:
    """Return a sentence whose days and times are not broken at the end of a line."""
    return joined(
        *(tag("span", part, class_="date") if i % 2 else part for i, part in enumerate(_DATE.split(sentence)))
    )


def link(content: Content, url: str | None) -> Content:
    """Return the content as a link, where there is an address that a browser may be sent to."""
    return tag("a", content, href=url, rel="noreferrer") if url and url.startswith(_LINKED) else content


def table_view(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[Content]], caption: str) -> Markup:
    """Return the values of a chart as a table that opens below it."""
    return tag("details", tag("summary", "Show as a table"), table(caption, heads, rows, PLAIN))


def section(id_: str, heading: str, summary: Content, *content: Content) -> Markup:
    """Return a section of the page: a heading, a sentence on it, and its content."""
    return tag("section", tag("h2", heading), tag("p", summary, class_="said"), *content, id=id_)


def legend(kinds: Iterable[tuple[str, str]]) -> Markup:
    """Return the meanings of colours: of each CSS class its words."""
    return tag("ul", (tag("li", tag("i", class_=class_), name) for class_, name in kinds), class_="legend")


def _cells(row: Sequence[Content], heads: Sequence[tuple[str, str]], *, is_plain: bool) -> Iterable[Markup]:
    first, *rest = row
    yield tag("th", first, class_=heads[0][1] or None, scope="row")
    for cell, (name, class_) in zip(rest, heads[1:], strict=True):
        yield tag("td", cell, class_=class_ or None, data_label=None if is_plain else name)
