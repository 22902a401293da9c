"""From the visible text of a page to the story and its fields: repair, reading, boilerplate, spam.

The order of the steps is that of the crawl: what this module does with a text-only page, the outlet's reader and
the pipelines do with a page that has markup.
"""

from __future__ import annotations

from collections.abc import Callable

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import read_dateline, read_info
from tibetnews.text.page.captions import is_caption
from tibetnews.text.page.parts import read_breadcrumbs, read_order
from tibetnews.text.page.surroundings import above, below, find_editor
from tibetnews.text.repair import repair
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Cleaned, Removed, Stripped, merge_removed

STEPS: tuple[Callable[[str], Stripped], ...] = (strip_boilerplate, strip_spam)
"""What is done to a story after its page was read, in this order; the crawl's pipelines do the same."""


def clean(text: str, damaged: bool | None = None) -> Cleaned:
    """The story of a page and its fields, from the page's text, a block a line.

    damaged: None decides from the text whether a mirror damaged it, True and False impose the answer.
    Nothing is thrown away unseen: what is not in the story is in a field or in ``removed``.
    """
    repaired = repair(text, damaged)
    spam = strip_spam(repaired.text)  # before reading: a mirror puts its words above the title and into it
    lines = [line for raw in spam.text.split("\n") if (line := " ".join(raw.split()))]
    order = read_order(lines)
    info = read_info(lines[order.info] if order.info is not None else "")
    story, tail = lines[slice(*order.story)], lines[order.story[1] :]
    editor = None
    if found := find_editor(story):
        at, rest, editor = found
        story[at : at + 1] = [rest] if rest else []
    captions = [Removed("caption", line) for line in story if is_caption(line)]
    story = [line for line in story if not is_caption(line)]
    body = "\n\n".join(story)
    removed: list[Removed] = []
    for step in STEPS:
        stripped = step(body)
        body = stripped.text
        removed += stripped.removed
    dateline = next(filter(None, map(read_dateline, story[:2])), None)
    first = min(at for at in (order.breadcrumbs, order.title, order.info, order.story[0]) if at is not None)
    return Cleaned(
        text=body,
        breadcrumbs=read_breadcrumbs(lines[order.breadcrumbs]) if order.breadcrumbs is not None else (),
        title=lines[order.title] if order.title is not None else None,
        subtitle=lines[order.subtitle] if order.subtitle is not None else None,
        published_at=info.published_at,
        source=info.source,
        authors=info.authors or (dateline.reporters if dateline else ()),
        editor=editor,
        dateline=dateline.resolve(info.published_at) if dateline else None,
        removed=_in_order(
            [*spam.removed, *above(lines[:first]), *captions, *removed, *below(["\n".join(tail)] if tail else [])],
            repaired.text,
        ),
        repairs=repaired,
    )


def _in_order(pieces: list[Removed], page: str) -> tuple[Removed, ...]:
    """The pieces in the order of the page, neighbours of one kind as one."""
    folded = "\n".join(" ".join(line.split()) for line in page.split("\n"))
    places = {piece: folded.find(" ".join(piece.text.split("\n", 1)[0].split())) for piece in pieces}
    ordered = sorted(pieces, key=places.__getitem__)
    return tuple(merge_removed(ordered))
