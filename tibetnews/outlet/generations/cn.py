"""The Chinese edition since 2016: title box, info spans, ``#text``.

Inside ``#text`` the story stands in ``div.TRS_Editor``, in ``div.Custom_UnionStyle``, in bare paragraphs or
between line breaks: a block is a block wherever it is nested, so one reading serves them all.
"""

from __future__ import annotations

from tibetnews.outlet.generations.draft import Draft
from tibetnews.outlet.generations.markup import Markup, around, below, breadcrumbs, first
from tibetnews.outlet.page import Page, by_id, css, lines, text_of
from tibetnews.text.byline import read_time


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
        """The spans are author, time, source; the one with the time tells which is which where one is missing."""
        at = next((i for i, span in enumerate(spans) if read_time(span)), 1)
        draft.author = " ".join(spans[:at])
        draft.published = " ".join([*spans[at : at + 1], *spans[at + 2 :]])  # what follows the source has labels
        draft.source = " ".join(spans[at + 1 : at + 2])
