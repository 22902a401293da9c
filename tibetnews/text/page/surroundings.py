"""Classifies the text around a story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tibetnews.text.boilerplate import boilerplate_lines, strip_lines
from tibetnews.text.page.captions import may_be_caption, may_hold_caption, split_caption
from tibetnews.text.remembered import remembered
from tibetnews.text.spam import is_empty_tag, strip_spam
from tibetnews.text.types import Removed

_MAX_NOTICE = 1000  # characters of what may stand around all stories of a site, and is then classified once


class CaptionedStory(NamedTuple):
    """The paragraphs of a story, and its captions."""

    paragraphs: list[str]
    captions: list[Removed]


def split_captions(paragraphs: Iterable[str]) -> CaptionedStory:
    """Tell the paragraphs of a story from its captions; captions alone are the story of a picture page."""
    paragraphs = list(paragraphs)
    if not may_hold_caption("\n".join(paragraphs)):
        return CaptionedStory(list(filter(None, paragraphs)), [])
    marked = filter(may_be_caption, dict.fromkeys(paragraphs))  # equal ones are read once
    known = {paragraph: split_caption(paragraph) for paragraph in marked}
    captions = list(filter(None, (known[paragraph].caption for paragraph in paragraphs if paragraph in known)))
    stories = (known[paragraph].story if paragraph in known else paragraph for paragraph in paragraphs)
    if story := list(filter(None, stories)):
        return CaptionedStory(story, [Removed("caption", caption) for caption in captions])
    return CaptionedStory(captions, [])


def classify_above(lines: Iterable[str]) -> list[Removed]:
    """Return what stands above an article by kind: a mirror's ``spam``, and the site's ``navigation``."""
    text = "\n".join(filter(None, lines))
    if not text:
        return []
    return [*_classify_top(text)]


@remembered(_MAX_NOTICE)
def _classify_top(text: str) -> tuple[Removed, ...]:
    tags = [line for line in text.split("\n") if is_empty_tag(line)]
    spam = strip_spam("\n".join(line for line in text.split("\n") if line not in tags))
    menus = spam.text.strip()
    removed = [*(Removed("spam", tag) for tag in tags), *spam.removed]
    return (*removed, Removed("navigation", menus)) if menus else tuple(removed)


def classify_below(blocks: Iterable[str]) -> list[Removed]:
    """Return what stands below a story by kind.

    Args:
        blocks: pieces that belong together, such as an element each; their lines are joined by newlines.

    Returns:
        The pieces in their order. Lines that no rule knows take the kind of the other lines of their block, if
        those have one kind only, and are ``other`` if not.
    """
    return [piece for block in blocks for piece in _classify_block(block)]


@remembered(_MAX_NOTICE)
def _classify_block(block: str) -> tuple[Removed, ...]:
    lines = block.split("\n")
    known = boilerplate_lines(lines)
    if len(known) == len(lines) and len({*known.values()}) == 1:  # as most blocks
        return (Removed(known[0], block),)
    boilerplate = strip_lines(block, known)
    unknown = boilerplate.text.strip()
    removed = boilerplate.removed
    if unknown:
        spam = strip_spam(unknown)
        unknown = spam.text.strip()
        removed += spam.removed
    kinds = {piece.kind for piece in removed}
    if unknown and len(kinds) == 1:
        return (Removed(kinds.pop(), block),)
    return (*removed, Removed("other", unknown)) if unknown else removed
