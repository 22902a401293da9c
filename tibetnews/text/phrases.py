"""Which phrase of phrases.toml a line is, if any."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any

_BLANKS = r"[ \t\r\xa0\u3000]*+"

# An escape, a set of characters, or one character of a pattern.
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*+\]|.")

# What may stand before the first word of a line.
_FRONT = " \t\xa0\u3000（([【<＜«《■●▶◆★"


@dataclass(frozen=True)
class Phrase:
    """A row of phrases.toml; what its keys mean is told at the head of that file."""

    kind: str
    languages: list[str]
    opens: list[str]
    pattern: str
    example: str
    keeps: str
    seen: str
    block: bool = False
    run: int = 1

    @cached_property
    def line(self) -> re.Pattern[str]:
        """The pattern as one of re, with the shorthands of phrases.toml spelt out; compiled at first use."""
        longest_first = sorted(self.opens, key=len, reverse=True)
        words = "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first)
        return re.compile(_PIECE.sub(_spelt_out, self.pattern.replace("@", f"(?:{words})")) + _BLANKS)


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the rows of phrases.toml."""
    return tuple(Phrase(**row) for row in _table()["phrase"])


@cache
def matcher() -> Callable[[str], Phrase | None]:
    """Return the function that tells which phrase a line is.

    It looks up the first two characters of a line, so that nearly every line costs no more than that.
    """
    by_opening: dict[str, list[Phrase]] = {}
    for phrase in phrases():
        for opening in {"".join(forms) for word in phrase.opens for forms in product(*map(_forms, word[:2]))}:
            by_opening.setdefault(opening, []).append(phrase)
    for opening, its in by_opening.items():
        if len(opening) > 1:
            its += by_opening.get(opening[0], [])

    def match(line: str) -> Phrase | None:
        start = line.lstrip(_FRONT)
        for phrase in by_opening.get(start[:2]) or by_opening.get(start[:1]) or ():
            if phrase.line.fullmatch(start):
                return phrase
        return None

    return match


def _spelt_out(piece: re.Match[str]) -> str:
    shown = piece.group()
    if shown == " ":
        return _BLANKS
    if shown.startswith("["):
        inside = "".join(map(_forms, shown[1:]))
        return rf"[^\n{inside[1:]}" if inside.startswith("^") else f"[{inside}"
    forms = _forms(shown)
    return f"[{forms}]" if forms != shown else shown


def _forms(character: str) -> str:
    """Return a character of phrases.toml with the other forms that it stands for."""
    return _other_forms().get(character, character)


@cache
def _other_forms() -> dict[str, str]:
    return {forms[0]: forms for key in ("marks", "traditional") for forms in _table()[key].split()}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("tibetnews.text").joinpath("phrases.toml").read_text(encoding="utf-8"))
