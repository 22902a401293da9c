"""Cleans a record and finds what is wrong with it: the same for a crawl, a corpus and the saved pages of the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tibetnews.errors import Rejection
from tibetnews.items import Article
from tibetnews.outlet.mojibake import is_mojibake
from tibetnews.text import closing_source, is_possible, merge_removed, strip_body

_CONTEXT = 12
"""Characters that a message quotes before a place that could not be decoded."""


_IN_STORY = frozenset({"caption", "attachment", "audio", "embedded"})
"""Kinds of what stands among the paragraphs of a story; its boilerplate stands below them."""


def clean_record(article: Article) -> None:
    """Move boilerplate from the text to ``removed``, below what stood among the paragraphs, and spam to its end.

    The source is the medium that the boilerplate names, if the byline names none.
    """
    body = strip_body(article.text)
    article.text = body.text
    spam = [piece for piece in body.removed if piece.kind == "spam"]
    boilerplate = [piece for piece in body.removed if piece.kind != "spam"]
    pieces = article.removed
    end = max((i for i, piece in enumerate(pieces, 1) if piece.kind in _IN_STORY), default=0)
    article.removed = [*merge_removed([*pieces[:end], *boilerplate, *pieces[end:]]), *spam]
    article.source = article.source or closing_source(article.removed)


def drop_impossible_time(article: Article, now: datetime) -> bool:
    """Take a time at which no article can have been published out of a record; return whether there was one.

    The date of its dateline goes too, since its year is that of the publication.
    """
    if article.published_at is None or is_possible(article.published_at, now):
        return False
    article.published_at = None
    if article.dateline:
        article.dateline = replace(article.dateline, date=None)
    return True


def find_problem(article: Article, *, title_required: bool = True) -> Rejection | None:
    """Return why a cleaned article cannot be exported; None if it can.

    A text that is no page of the outlet may have no title: ``title_required`` is False for it.
    """
    if title_required and not article.title.strip():
        return Rejection("title", "no title is left after cleaning")
    if not article.text.strip():
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in article.removed)) or "nothing"
        return Rejection("text", f"no text is left after cleaning; removed: {kinds}")
    for name, value in (("title", article.title), ("text", article.text)):
        if is_mojibake(value):
            detail = (
                f"{name} was read in a wrong encoding and stored so; the bytes of {value[:_CONTEXT]!r} cannot be told"
            )
            return Rejection("encoding", detail)
        if (index := value.find("\ufffd")) >= 0:
            before = value[max(0, index - _CONTEXT) : index]
            return Rejection("encoding", f"{name} has a character that could not be decoded after {before!r}")
    return None
