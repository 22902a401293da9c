"""The Chinese edition since 2016: title box, byline spans, ``#text``.

Inside ``#text`` the story stands in ``div.TRS_Editor``, in ``div.Custom_UnionStyle``, in bare paragraphs or
between line breaks: a block is a block wherever it is nested, so one way of reading serves them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tibetnews.outlet.layouts.base import (
    RawArticle,
    SingleBodyLayout,
    ancestor_with,
    blocks_after,
    first_breadcrumbs,
    first_text,
)
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import ElementFinder, by_id, css
from tibetnews.outlet.visible_text import text_of, visible_lines
from tibetnews.text import has_label, read_time

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class ChineseLayout(SingleBodyLayout):
    """Breadcrumbs in ``div.wrap``, title in ``div.title_box``, story in ``#text``."""

    BODY = by_id("text")
    COLUMN = "left"
    WRAP = "wrap"
    BOX = css("div.title_box")
    TITLE = css("h2, h1")
    SUBTITLE = css("h3, p.sub")
    BYLINE = css("div.info > span, div.info > p > span")
    BREADCRUMBS = css("div.wrap > div")

    def parse_page(self, page: Page) -> RawArticle:
        """Take the strings from one page."""
        body = self.BODY(page.root)[0]
        column, wrap = ancestor_with(body, self.COLUMN), ancestor_with(body, self.WRAP)
        boxes = (([] if column is None else self.BOX(column)) or self.BOX(page.root))[:1]

        def within(find: ElementFinder) -> list[Element]:
            return [element for box in boxes for element in find(box)]

        published, author, source = _byline_fields([text_of(span) for span in within(self.BYLINE)])
        return RawArticle(
            breadcrumbs=first_breadcrumbs(self.BREADCRUMBS(page.root) if wrap is None else wrap.iterchildren("div")),
            title=first_text(within(self.TITLE)),
            subtitle=first_text(within(self.SUBTITLE)),
            published=published,
            author=author,
            source=source,
            lines=tuple(visible_lines(body)),
            tail=tuple(blocks_after(body, column)),
        )


def _byline_fields(spans: Sequence[str]) -> tuple[str, str, str]:
    """Return time, author and source of a byline.

    The spans stand for author, time and source in this order. A label overrules the order: such a span goes with
    the time, where the grammar of bylines reads it.
    """
    time = next((i for i, span in enumerate(spans) if read_time(span)), 1)
    labelled = [i for i, span in enumerate(spans) if i != time and has_label(span)]
    bare = [i for i in range(len(spans)) if i != time and i not in labelled]
    published = " ".join(spans[i] for i in (time, *labelled) if i < len(spans))
    author = " ".join(spans[i] for i in bare if i < time)
    return published, author, next((spans[i] for i in bare if i > time), "")
