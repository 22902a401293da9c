"""Finds the editor line at the end of a story and classifies all other text around the story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import read_editor, split_editor
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Removed

MAX_EDITOR_LINE_DISTANCE = 8
"""Lines from the end of the story, up or down, within which its editor line stands."""


class EditorLine(NamedTuple):
    """The line of a story that names the responsible editor."""

    position: int
    text: str
    """What else the line says; "" for a line of its own."""

    editor: str


def find_editor(lines: Sequence[str]) -> EditorLine | None:
    """Return the editor line among the last lines of a story; of two in a row, the first.

    >>> find_editor(["西藏春来早。", "西藏的春天来得晚。（责编：李雨潼）"])
    EditorLine(position=1, text='西藏的春天来得晚。', editor='李雨潼')
    """
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - MAX_EDITOR_LINE_DISTANCE), -1):
        if editor := read_editor(lines[i]):
            first = read_editor(lines[i - 1]) if i else None
            return EditorLine(i - 1, "", first) if first else EditorLine(i, "", editor)
        text, editor = split_editor(lines[i])
        if editor:
            return EditorLine(i, text, editor)
    return None


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
