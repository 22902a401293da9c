"""What stands around a story: its editor line is read, and everything else is named by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import read_editor, split_editor
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Removed

REACH = 8
"""The editor line is one of the last lines of the story or one of the first below it."""


def find_editor(lines: Sequence[str]) -> tuple[int, str, str] | None:
    """The editor line among the last lines of a story: its place, what else the line says, and the name.

    Of two editor lines in a row the first names the responsible editor.
    """
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - REACH), -1):
        if editor := read_editor(lines[i]):
            first = read_editor(lines[i - 1]) if i else None
            return (i - 1, "", first) if first else (i, "", editor)
        text, editor = split_editor(lines[i])
        if editor:
            return i, text, editor
    return None


def above(lines: Iterable[str]) -> list[Removed]:
    """What stands above an article: link farms and keywords that a mirror put there, and the site's menus."""
    text = "\n".join(filter(None, lines))
    if not text:
        return []
    spam = strip_spam(text)
    menus = spam.text.strip()
    return [*spam.removed, *([Removed("navigation", menus)] if menus else [])]


def below(blocks: Iterable[str]) -> list[Removed]:
    """What stands below a story, by kind.

    blocks: pieces that belong together, their lines joined by newlines. The lines of a block that no rule
    knows are of the kind that its other lines are, or ``other``.
    """
    found: list[Removed] = []
    for block in blocks:
        boilerplate = strip_boilerplate(block)
        rest = boilerplate.text.strip()
        if not rest:
            found += boilerplate.removed
            continue
        spam = strip_spam(rest)
        rest = spam.text.strip()
        removed = [*boilerplate.removed, *spam.removed]
        kinds = {piece.kind for piece in removed}
        if rest and len(kinds) == 1:
            found.append(Removed(kinds.pop(), block))
        else:
            found += [*removed, *([Removed("other", rest)] if rest else [])]
    return found
