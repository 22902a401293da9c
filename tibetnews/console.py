"""What of a text may reach a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with a sign in place of each character that a terminal might obey: control characters, marks that turn
    the direction of writing, halves of surrogate pairs. White space becomes blanks; the length stays."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c.isspace() and c not in _BREAKS else "\N{REPLACEMENT CHARACTER}" for c in text
    )


_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")
