"""HTML and SVG as text in which nothing from outside is markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tibetnews.console import printable

_VOID = frozenset({"meta", "link", "br"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Content = str | Markup | None


def text(value: str) -> Markup:
    """Any text as markup that shows it, control characters as signs."""
    return Markup(escape(printable(value)))


def tag(name: str, /, *content: Content | Iterable[Content], **attributes: str | int | float | None) -> Markup:
    """An element. Content that is not Markup is escaped; None is left out.

    Attributes: ``class_`` and ``for_`` lose their underscore, others become dashes; None is left out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(*content)}</{name}>")


def joined(*content: Content | Iterable[Content]) -> Markup:
    """Pieces one behind the other."""
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
