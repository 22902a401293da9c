"""Pages without a markup that is known: plain text, mirrors, and the outlet before 2016.

The order of their parts is all there is to go by, and only the repaired text shows it, since a mirror
damages labels too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.errors import UnreadableError
from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.page import Page
from tibetnews.text.page.byline import read_time
from tibetnews.text.page.parts import has_sentence, parse_text_page


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
        parsed = parse_text_page(texts, draft.title)
        if not parsed.has_byline and draft.title:  # a page with tags, but no article of the outlet's kind
            raise UnreadableError("layout", "no known markup, and no line with the time of publication above a text")
        return Draft(
            breadcrumbs=list(parsed.breadcrumbs),
            title=parsed.title,
            subtitle=parsed.subtitle,
            published=parsed.byline.published_at or "",
            source=parsed.byline.source or "",
            author="、".join(parsed.byline.authors),
            head=list(parsed.head),
            lines=draft.lines[parsed.body],
            tail=["\n".join(parsed.tail)] if parsed.tail else [],
        )
