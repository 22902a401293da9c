"""Pages without a known markup: plain text, mirrors, and the outlet before 2016.

The order of their parts is the only evidence, and only the repaired text shows it, since a mirror damages labels too.
"""

from __future__ import annotations

from collections.abc import Mapping

from tibetnews.errors import UnreadableError
from tibetnews.outlet.layouts.base import Layout, RawArticle
from tibetnews.outlet.page import Page
from tibetnews.text import has_sentence, is_byline, parse_text_page, read_time
from tibetnews.text.page.byline import readable
from tibetnews.text.page.byline_lines import time_end
from tibetnews.text.page.headline import titles_apart
from tibetnews.text.page.text_page import find_closing_byline
from tibetnews.text.page.times import may_hold_time


class PlainLayout(Layout):
    """Any page that shows a time and a sentence; any plain text."""

    HEAD_LINES = 80

    def matches(self, page: Page) -> bool:
        """Return whether the page shows a time and a sentence."""
        if page.is_text:
            return bool(page.lines)
        texts = [line.text for line in page.lines]
        head = texts[: self.HEAD_LINES]
        has_time = any(map(_tells_when, texts)) or any(time_end(head, i) > i + 1 for i in range(len(head)))
        return has_time and any(map(has_sentence, texts))

    def read(self, page: Page, _parts: Mapping[str, str], /) -> RawArticle:
        """Take all visible lines."""
        return RawArticle(title="" if page.is_text else page.head_title, lines=tuple(page.lines))

    def reorder(self, raw: RawArticle) -> RawArticle:
        """Find the parts among the lines."""
        apart = [(raw.lines[i], text) for i, text in titles_apart([line.text for line in raw.lines])]
        texts = [text for _, text in apart]
        lines = tuple(line if line.text == text else line._replace(text=text) for line, text in apart)
        raw = raw._replace(lines=lines)
        parsed = parse_text_page(texts, raw.title)
        body, byline, tail = parsed.body, parsed.byline_text, parsed.tail
        if raw.title and not any(
            map(_tells_when, byline.split("\n"))
        ):  # a page with tags: an article of the outlet's kind, or none
            closing = find_closing_byline(texts, body) if parsed.title else range(0)
            if not closing:
                raise UnreadableError("layout", "no known markup, and no line with the time of publication")
            byline = "\n".join(filter(None, (byline, *texts[closing.start : closing.stop])))
            body, tail = slice(body.start, closing.start), list(filter(None, texts[closing.stop :]))
        return RawArticle(
            breadcrumbs=parsed.breadcrumbs,
            title=parsed.title,
            subtitle=parsed.subtitle,
            published=byline,
            head=tuple(parsed.head),
            lines=(*(raw.lines[i] for i in parsed.unplaced), *raw.lines[body]),
            tail=("\n".join(tail),) if tail else (),
        )


def _tells_when(line: str) -> bool:
    """Return whether a line holds a time, or is a byline whose time lacks its year."""
    return may_hold_time(readable(line)) and (read_time(line) is not None or is_byline(line))
