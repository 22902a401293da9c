"""What every part of the page has: a heading, a sentence on it, its content."""

from __future__ import annotations

from tibetnews.report.html import Content, Markup, tag


def part(id_: str, heading: str, said: Content, *content: Content) -> Markup:
    """A part of the page."""
    return tag("section", tag("h2", heading), tag("p", said, class_="said"), *content, id=id_)
