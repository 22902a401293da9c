"""Classifies the text around a story."""

from __future__ import annotations

from collections.abc import Iterable

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Removed


def classify_above(lines: Iterable[str]) -> list[Removed]:
    """Return what stands above an article by kind: a mirror's ``spam``, and the site's ``navigation``."""
    text = "\n".join(filter(None, lines))
    if not text:
        return []
    spam = strip_spam(text)
    menus = spam.text.strip()
    return [*spam.removed, *([Removed("navigation", menus)] if menus else [])]


def classify_below(blocks: Iterable[str]) -> list[Removed]:
    """Return what stands below a story by kind.

    Args:
        blocks: pieces that belong together, such as an element each; their lines are joined by newlines.

    Returns:
        The pieces in their order. Lines that no rule knows take the kind of the other lines of their block, if
        those have one kind only, and are ``other`` if not.
    """
    pieces: list[Removed] = []
    for block in blocks:
        boilerplate = strip_boilerplate(block)
        spam = strip_spam(boilerplate.text.strip())
        unknown = spam.text.strip()
        removed = [*boilerplate.removed, *spam.removed]
        kinds = {piece.kind for piece in removed}
        if unknown and len(kinds) == 1:
            pieces.append(Removed(kinds.pop(), block))
        else:
            pieces += [*removed, *([Removed("other", unknown)] if unknown else [])]
    return pieces
