"""Pages without a markup that is known: plain text, mirrors, and the outlet before 2016.

The order of their parts is all there is to go by, and only the repaired text shows it, since a mirror
damages labels too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.errors import UnreadableError
from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.page import Page
from tibetnews.text.page.byline import read_info, read_time
from tibetnews.text.page.parts import has_sentence, read_breadcrumbs, read_order


class Plain:
    """Any page that shows a time near its head and a sentence; any plain text."""

    HEAD_LINES = 80

    def matches(self, page: Page) -> bool:
        if page.is_text:
            return bool(page.lines)
        texts = [line.text for line in page.lines]
        return any(map(read_time, texts[: self.HEAD_LINES])) and any(map(has_sentence, texts))

    def needs(self, page: Page) -> Sequence[str]:
        return ()

    def read(self, page: Page, parts: Mapping[str, str]) -> Draft:
        return Draft(title="" if page.is_text else page.head_title, lines=list(page.lines))

    def arrange(self, draft: Draft) -> Draft:
        texts = [line.text for line in draft.lines]
        order = read_order(texts, draft.title)
        if order.info is None and draft.title:  # a page with tags, but no article of the outlet's kind
            raise UnreadableError("layout", "no known markup, and no line with the time of publication above a text")

        def text(at: int | None) -> str:
            return "" if at is None else texts[at]

        info = read_info(text(order.info))
        return Draft(
            breadcrumbs=list(read_breadcrumbs(text(order.breadcrumbs))),
            title=text(order.title),
            subtitle=text(order.subtitle),
            published=info.published_at or "",
            source=info.source or "",
            author="、".join(info.authors),
            head=texts[
                : min(at for at in (order.breadcrumbs, order.title, order.info, order.story[0]) if at is not None)
            ],
            lines=draft.lines[slice(*order.story)],
            tail=list(filter(None, ["\n".join(text for text in texts[order.story[1] :] if text)])),
        )
