"""Reads phrases.toml and compiles its rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any

from tibetnews.text.data_files import read_toml, unusable_file
from tibetnews.text.spans import pattern_of_words

_BLANKS = r"[ \t\r\xa0\u3000]*+"

# An escape, a set of characters, or one character of a pattern.
_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*+\]|.")

_PART = re.compile(r"\{([a-z]+)\}")

LIST_MARKS = "-·•*"
"""In front of an entry of a list, which any text may have."""

# Blanks, brackets and bullets that may stand before the first word of a line; no pattern sees them.
OPENING_MARKS = f" \t\xa0\u3000（([【<＜«《■●▶◆★※◎▍▎▌┃{LIST_MARKS}"


_FILE = "boilerplate/phrases.toml"


@dataclass(frozen=True)
class Phrase:
    """A row of phrases.toml; the head of that file explains the keys."""

    kind: str
    languages: list[str]
    opens: list[str]
    pattern: str
    example: str
    keeps: str
    seen: str
    anywhere: bool = False
    block: bool = False
    run: int = 1
    titled: bool = False
    weak: bool = False
    foot: bool = False

    def fits(self, line: str) -> bool:
        """Return whether the pattern fits a whole line; words alone fit no line that is longer than all of them."""
        if self._longest and len(line) > self._longest and not line[self._longest :].isspace():
            return False
        return self.line.fullmatch(line) is not None

    @cached_property
    def _longest(self) -> int:
        """Characters of the longest word where the pattern is nothing but the words; 0 for any other."""
        is_words = self.pattern == "@" and not any(" " in word for word in self.opens)
        return max(map(len, self.opens)) if is_words else 0

    @cached_property
    def line(self) -> re.Pattern[str]:
        """The pattern of ``re``, with the shorthands of phrases.toml expanded; compiled at first use."""
        return self._compile(self.pattern)

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """Lines that say nothing but one of the words; they prove little."""
        return self._compile("@[ ：】）|＞»་།༔]*+")

    def _compile(self, pattern: str) -> re.Pattern[str]:
        longest_first = sorted(self.opens, key=len, reverse=True)
        words = "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first)
        return _compile(pattern.replace("@", f"(?:{words})"), _BLANKS)


def part_of_patterns(name: str) -> re.Pattern[str]:
    """Return what a name of the table of parts stands for. Raises OSError where its pattern cannot be used."""
    return _compile(f"{{{name}}}")


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the rows of phrases.toml. Raises OSError."""
    return read_phrases(_table().get("phrase", ()))


def read_phrases(rows: Iterable[dict[str, Any]]) -> tuple[Phrase, ...]:
    """Return phrases from rows of phrases.toml. Raises OSError where a key is missing or mistyped."""
    found = []
    for row in rows:
        try:
            found.append(Phrase(**row))
        except TypeError as error:
            raise unusable_file(_FILE, f"[[phrase]] {row}: {error}") from error
    return tuple(found)


@cache
def phrases_by_opening() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by the first characters of the lines that they fit: three, or a word of two."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for number, phrase in enumerate(phrases()):
        for word in () if phrase.anywhere else phrase.opens:
            for forms in product(*map(_forms, word[: 2 if " " in word[:3] else 3])):  # a blank may be another, or none
                numbers["".join(forms)].add(number)
    return {
        opening: tuple(phrases()[number] for number in sorted(found | numbers.get(opening[:2], set())))
        for opening, found in numbers.items()
    }


@cache
def first_two_characters(kind: str | None = None) -> frozenset[str]:
    """Return how the openings begin, of one kind or of all; for nearly every line this look-up is the whole cost."""
    return frozenset(
        opening[:2]
        for opening, fitting in phrases_by_opening().items()
        if kind is None or any(phrase.kind == kind for phrase in fitting)
    )


def phrases_for(line: str) -> tuple[Phrase, ...]:
    """Return the phrases of which one opens the line; OPENING_MARKS are no part of it."""
    by_opening = phrases_by_opening()
    return by_opening.get(line[:3]) or by_opening.get(line[:2], ())


@cache
def phrases_by_held_words() -> tuple[tuple[Phrase, tuple[str, ...]], ...]:
    """Return the phrases that can begin with anything, each with the words of which its lines hold one."""
    return tuple(
        (phrase, tuple("".join(forms) for word in phrase.opens for forms in product(*map(_forms, word))))
        for phrase in phrases()
        if phrase.anywhere
    )


@cache
def any_held_word() -> re.Pattern[str]:
    """Return what finds any of these words; one search is faster than one for each, or for those that hold another."""
    words = [word for _, held in phrases_by_held_words() for word in held]
    shortest = [word for word in words if not any(other in word for other in words if other != word)]
    return pattern_of_words(word[0] + re.escape(word[1:]) for word in shortest)


def _compile(pattern: str, end: str = "") -> re.Pattern[str]:
    """Compile a pattern of phrases.toml, and an end that is none. Raises OSError."""
    try:
        return re.compile(_PIECE.sub(_expand, _with_parts(pattern, _parts())) + end)
    except (re.error, KeyError) as error:
        raise unusable_file(_FILE, f"the pattern {pattern!r} cannot be used: {error}") from error


@cache
def _parts() -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, pattern in _table().get("parts", {}).items():
        parts[name] = _with_parts(pattern, parts)
    return parts


def _with_parts(pattern: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda name: parts[name[1]], pattern)


def _expand(piece: re.Match[str]) -> str:
    source = piece.group()
    if source == " ":
        return _BLANKS
    if source.startswith("["):
        inside = "".join(map(_forms, source[1:])).replace(" ", " \\t\xa0\u3000")
        return rf"[^\n{inside[1:]}" if inside.startswith("^") else f"[{inside}"
    forms = _forms(source)
    return f"[{forms}]" if forms != source else source


def _forms(character: str) -> str:
    """Return a character of phrases.toml and the other forms that it stands for."""
    return _other_forms().get(character, character)


@cache
def _other_forms() -> dict[str, str]:
    return {forms[0]: forms for key in ("marks", "traditional") for forms in _table()[key].split()}


@cache
def _table() -> dict[str, Any]:
    return read_toml(_FILE)
