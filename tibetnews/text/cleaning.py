"""Turns the visible text of a page into its story and fields: repair, spam, parts, boilerplate.

:data:`STEPS` is the order in which every body is stripped: here, in the crawl's pipeline and for saved pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import removed_byline
from tibetnews.text.page.captions import is_caption
from tibetnews.text.page.credits import find_credits, removed_credits
from tibetnews.text.page.dateline import read_dateline
from tibetnews.text.page.parts import parse_text_page
from tibetnews.text.page.surroundings import classify_above, classify_below
from tibetnews.text.repair import repair
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Cleaned, Removed, Stripped, merge_removed

STEPS: tuple[Callable[[str], Stripped], ...] = (strip_boilerplate, strip_spam)
"""What is taken out of a body after its page was read, in this order."""


def strip_body(text: str) -> Stripped:
    r"""Take boilerplate and spam out of the body of an article.

    Returns:
        What stays, and what each of :data:`STEPS` took out, step after step: spam comes last. The counts of pieces
        by kind say nothing of what the reader of the page had removed before.

    >>> strip_body("西藏春来早。\n\n分享到：微信 微博")
    Stripped(text='西藏春来早。', removed=(Removed(kind='share', text='分享到：微信 微博'),))
    """
    removed: list[Removed] = []
    for step in STEPS:
        stripped = step(text)
        text = stripped.text
        removed += stripped.removed
    return Stripped(text, tuple(removed))


def clean(text: str, damaged: bool | None = None) -> Cleaned:
    r"""Return the story of a page and its fields.

    Args:
        text: the visible text of the page, a block a line.
        damaged: whether a mirror damaged the text; None decides from the text itself.

    Returns:
        The story and its fields. Nothing is lost: what is not in the story is in a field or in ``removed``.

    >>> cleaned = clean("西藏春来早\n2023-10-13 来源：新华网\n西藏的春天来得晚。\n（责编：李雨潼）\n分享到：微信")
    >>> cleaned.title, cleaned.text, cleaned.source, cleaned.editor
    ('西藏春来早', '西藏的春天来得晚。', '新华网', '李雨潼')
    >>> cleaned.removed
    (Removed(kind='share', text='分享到：微信'),)
    """
    repaired = repair(text, damaged)
    spam = strip_spam(repaired.text)  # before reading: a mirror puts its words above the title and into it
    lines = [line for raw in spam.text.split("\n") if (line := " ".join(raw.split()))]
    page = parse_text_page(lines)
    paragraphs = lines[page.body]
    credit_lines = find_credits(paragraphs)
    for found in reversed(credit_lines):
        paragraphs[found.start : found.end] = filter(None, [found.story])
    named = [found.credit for found in credit_lines]
    authors = tuple(dict.fromkeys(name for credit in named for name in credit.authors))
    captions = [Removed("caption", line) for line in paragraphs if is_caption(line)]
    paragraphs = [line for line in paragraphs if not is_caption(line)]
    body = strip_body("\n\n".join(paragraphs))
    dateline = next(filter(None, map(read_dateline, paragraphs[:2])), None)
    byline = page.byline
    below = classify_below(["\n".join(page.tail)] if page.tail else [])
    return Cleaned(
        text=body.text,
        breadcrumbs=page.breadcrumbs,
        title=page.title or None,
        subtitle=page.subtitle or None,
        published_at=byline.published_at,
        source=byline.source,
        authors=byline.authors or authors or (dateline.reporters if dateline else ()),
        editor=next((credit.editor for credit in named if credit.editor), byline.editor),
        dateline=dateline.resolve(byline.published_at) if dateline else None,
        removed=_in_page_order(
            [
                *spam.removed,
                *classify_above(page.head),
                *removed_byline(page.byline_text, byline),
                *removed_credits(credit_lines),
                *captions,
                *body.removed,
                *below,
            ],
            repaired.text,
        ),
        repairs=repaired,
    )


def _in_page_order(pieces: Sequence[Removed], page: str) -> tuple[Removed, ...]:
    """Return the pieces in the order of the page, neighbours of one kind as one."""
    folded = "\n".join(" ".join(line.split()) for line in page.split("\n"))
    positions = {piece: folded.find(" ".join(piece.text.split("\n", 1)[0].split())) for piece in pieces}
    return tuple(merge_removed(sorted(pieces, key=positions.__getitem__)))
