"""The Chinese edition since 2016: title box, info spans, ``#text``.

Inside ``#text`` the story stands in ``div.TRS_Editor``, in ``div.Custom_UnionStyle``, in bare paragraphs or
between line breaks: a block is a block wherever it is nested, so one reading serves them all.
"""

from __future__ import annotations

from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.layouts.markup import Markup, around, below, breadcrumbs, first
from tibetnews.outlet.page import Page, by_id, css, lines, text_of
from tibetnews.text.page.byline import has_label, read_time


class Cn(Markup):
    """Breadcrumbs in ``div.wrap``, title in ``div.title_box``, story in ``#text``."""

    BODY = by_id("text")
    COLUMN = "left"
    WRAP = "wrap"
    BOX = css("div.title_box")
    TITLE = css("h2, h1")
    SUBTITLE = css("h3, p.sub")
    INFO = css("div.info > span, div.info > p > span")
    BREADCRUMBS = css("div.wrap > div")

    def read_one(self, page: Page) -> Draft:
        body = self.BODY(page.root)[0]
        column, wrap = around(body, self.COLUMN), around(body, self.WRAP)
        draft = Draft(
            breadcrumbs=breadcrumbs(self.BREADCRUMBS(page.root) if wrap is None else wrap.iterchildren("div")),
            lines=lines(body),
            tail=below(body, column),
        )
        boxes = [] if column is None else self.BOX(column)
        for box in (boxes or self.BOX(page.root))[:1]:
            draft.title = text_of(first(self.TITLE(box)))
            draft.subtitle = text_of(first(self.SUBTITLE(box)))
            self._info([text_of(span) for span in self.INFO(box)], draft)
        return draft

    def _info(self, spans: list[str], draft: Draft) -> None:
        """The spans are author, time, source; labels go before places, and the span with the time before both."""
        at = next((i for i, span in enumerate(spans) if read_time(span)), 1)
        labelled = [i for i, span in enumerate(spans) if i != at and has_label(span)]
        bare = [i for i in range(len(spans)) if i != at and i not in labelled]
        draft.published = " ".join(spans[i] for i in (at, *labelled) if i < len(spans))
        draft.author = " ".join(spans[i] for i in bare if i < at)
        draft.source = next((spans[i] for i in bare if i > at), "")
