"""The Tibetan edition: everything stands inside ``#contentK``."""

from __future__ import annotations

from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.layouts.markup import Markup, below, breadcrumbs, first
from tibetnews.outlet.page import Page, css, lines, text_of
from tibetnews.text.page.byline import read_time


class Tb(Markup):
    """Title in ``h1``, info in ``div.xinxi``, story in the third ``div`` of ``#contentK``."""

    BODY = css("#contentK > div:nth-of-type(3)")
    BOX = css("#contentK")
    TITLE = css("h1")
    SUBTITLE = css(".sub")
    INFO = css("div.xinxi")
    SPANS = css("div.xinxi > span")
    EDITOR = css('[class~="-articleeditor"]')
    BREADCRUMBS = css("div.wrap > div:first-of-type")

    def read_one(self, page: Page) -> Draft:
        box, body = self.BOX(page.root)[0], self.BODY(page.root)[0]
        spans = [text_of(span) for span in self.SPANS(box)]
        editor = text_of(first(self.EDITOR(box)))
        return Draft(
            breadcrumbs=breadcrumbs(self.BREADCRUMBS(page.root)),
            title=text_of(first(self.TITLE(box))),
            subtitle=text_of(first(self.SUBTITLE(box))),
            published=next((span for span in spans if read_time(span)), text_of(first(self.INFO(box)))),
            source=spans[1] if len(spans) > 1 else "",
            author=spans[2] if len(spans) > 2 else "",
            editor=editor,
            lines=[line for line in lines(body) if line.picture or line.text != editor],
            tail=[block for block in below(body, box) if block != editor],
        )
