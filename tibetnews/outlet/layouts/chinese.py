"""The Chinese edition since 2016: title box, byline spans, ``#text``.

Inside ``#text`` the story stands in ``div.TRS_Editor``, in ``div.Custom_UnionStyle``, in bare paragraphs or
between line breaks: a block is a block wherever it is nested, so one way of reading serves them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from tibetnews.outlet.layouts.base import (
    RawArticle,
    SingleBodyLayout,
    ancestor_with,
    blocks_after,
    first_text,
    inline_pieces,
)
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import by_id, css, first_of_class
from tibetnews.outlet.visible_text import visible_lines
from tibetnews.text import has_label, is_organisation, is_person, read_time
from tibetnews.text.page.byline import is_medium_with_names

_NO_BOX = etree.Element("div")  # for all pages, since to make an element makes a document


class ChineseLayout(SingleBodyLayout):
    """Breadcrumbs in ``div.wrap``, title in ``div.title_box``, byline in ``div.info``, story in ``#text``."""

    BODY = by_id("text")
    BREADCRUMBS = css("div.wrap > div")

    def parse_page(self, page: Page) -> RawArticle:
        """Take the strings from one page."""
        body = page.find(self.BODY)[0]
        column = ancestor_with(body, "left")
        box = first_of_class(column, "div", "title_box")
        if box is None and (box := first_of_class(page.root, "div", "title_box")) is None:
            box = _NO_BOX
        bylines = (line for line in box.iter("div") if "info" in line.get("class", "").split())
        subtitles = (line for line in box.iter("h3", "p") if line.tag == "h3" or "sub" in line.get("class", "").split())
        published, author, source = _byline_fields([piece for line in bylines for piece in inline_pieces(line)])
        return RawArticle(
            breadcrumbs=self.breadcrumbs(page, body),
            title=first_text(box.iter("h2", "h1")),
            subtitle=first_text(subtitles),
            published=published,
            author=author,
            source=source,
            lines=tuple(visible_lines(body)),
            tail=tuple(blocks_after(body, column)),
        )


class _BylineFields(NamedTuple):
    published: str
    author: str
    source: str


def _byline_fields(pieces: Sequence[str]) -> _BylineFields:
    """Return the fields of a byline.

    The pieces stand for author, time and source in this order. A label overrules the order: such a piece goes with
    the time, where the grammar of bylines reads it. So does a medium in front of the time, a person behind it, both in
    one piece, and a further time.
    """
    unlabelled = [i for i, piece in enumerate(pieces) if piece and not has_label(piece)]
    if not unlabelled:  # as in most bylines
        return _BylineFields("\n".join(filter(None, pieces)), "", "")
    times = [i for i, piece in enumerate(pieces) if read_time(piece)] or [1]
    time = times[0]
    bare = [i for i in unlabelled if i not in times and not is_medium_with_names(pieces[i])]
    authors = [i for i in bare if i < time and not is_organisation(pieces[i])]
    source = next((i for i in bare if i > time and not is_person(pieces[i])), None)
    published = "\n".join(piece for i, piece in enumerate(pieces) if piece and i not in authors and i != source)
    return _BylineFields(published, " ".join(pieces[i] for i in authors), "" if source is None else pieces[source])
