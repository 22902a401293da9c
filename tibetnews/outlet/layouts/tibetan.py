"""The Tibetan edition: everything stands inside ``#contentK``."""

from __future__ import annotations

from tibetnews.outlet.layouts.base import RawArticle, SingleBodyLayout, blocks_after, first_text
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import by_id, css, inside_id
from tibetnews.outlet.visible_text import text_of, visible_lines
from tibetnews.text import has_label, read_time


class TibetanLayout(SingleBodyLayout):
    """Title in ``h1``, byline in ``div.xinxi``, story in the next ``div`` of ``#contentK``."""

    BODY = inside_id("contentK", "div.xinxi ~ div:not(.sub), div:nth-of-type(3)")
    BOX = by_id("contentK")
    TITLE = css("h1")
    SUBTITLE = css(".sub")
    BYLINE = css("div.xinxi")
    SPANS = css("div.xinxi > span")
    EDITOR = css('[class~="-articleeditor"]')
    BREADCRUMBS = css("div.wrap > div:first-of-type")

    def parse_page(self, page: Page) -> RawArticle:
        """Take the strings from one page."""
        box, bodies = self.BOX(page.root)[0], page.find(self.BODY)
        for body in bodies:
            lines = visible_lines(body)
            if any(line.text or (line.embedded and line.embedded.kind == "picture") for line in lines):
                break
        else:
            body, lines = bodies[0], visible_lines(bodies[0])
        spans = [text_of(span) for span in self.SPANS(box)] or [first_text(self.BYLINE(box))]
        # Time, source and author in this order; a label overrules it, and the grammar of bylines reads such spans.
        bare = {i: span for i, span in enumerate(spans) if i and not (has_label(span) or read_time(span))}
        editor = first_text(self.EDITOR(box))
        return RawArticle(
            breadcrumbs=self.breadcrumbs(page, box),
            title=first_text(self.TITLE(box)),
            subtitle=first_text(self.SUBTITLE(box)),
            published="\n".join(span for i, span in enumerate(spans) if span and i not in bare),
            source=bare.get(1, ""),
            author=bare.get(2, ""),
            editor=editor,
            lines=tuple(line for line in lines if line.embedded or line.text != editor),
            tail=tuple(block for block in blocks_after(body, box) if block != editor),
        )
