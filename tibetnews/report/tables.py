"""Tables that stay readable on a narrow page: there each row is a small block, its cells named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tibetnews.report.html import Content, Markup, tag


def table(
    caption: str, heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[Content]], class_: str = ""
) -> Markup:
    """heads: each column's name and CSS class (``n`` for numbers); rows: as many cells each, the first its name."""
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", (tag("th", name, class_=of or None, scope="col") for name, of in heads))),
        tag("tbody", (tag("tr", _cells(row, heads)) for row in rows)),
        class_=class_ or None,
    )


def _cells(row: Sequence[Content], heads: Sequence[tuple[str, str]]) -> Iterable[Markup]:
    first, *rest = row
    yield tag("th", first, class_=heads[0][1] or None, scope="row")
    for cell, (name, class_) in zip(rest, heads[1:], strict=True):
        yield tag("td", cell, class_=class_ or None, data_label=name)
