"""What of a page is not its story: breadcrumbs, editor line, copyright notice, share buttons, lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from tibetnews.text.cutting import Span, without
from tibetnews.text.results import Stripped

# The blanks that lines are indented, trimmed and filled with.
_BLANKS = r"[ \t\r\xa0\u3000]*+"

# A pinyin reading after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to come back to.
_READING = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")

# Lists below headings such as 相关阅读 are made of titles: neither long nor indented nor full sentences.
_LONGEST_TITLE = 60
_INDENT = "\u3000\u3000"
_SENTENCE = re.compile(r"[。；]|[！？!?]”?$|།\s*།|\. [A-Z]|\.$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of phrases.toml; what its keys mean is told at the head of that file."""

    kind: str
    languages: list[str]
    pattern: str
    example: str
    keeps: str
    seen: str
    block: bool = False
    run: int = 1


def strip_boilerplate(text: str) -> Stripped:
    """Take the lines that belong to the page and not to its story out of a text.

    Lines go whole, on the evidence of phrases.toml alone; with a heading such as 相关阅读 go the titles below
    it. Works on simplified and traditional characters, and where readings were inserted after them. Returns
    the same text where nothing is found.

    >>> strip_boilerplate("西藏春来早。\\n\\n（责编：李雨潼）")
    Stripped(text='西藏春来早。', removed=(Removed(kind='editor', text='（责编：李雨潼）'),))
    """
    shown = _READING.sub("", text) if _READING.search(text) else text
    matched = _matched(shown)
    return without(text, _spans(text, shown, matched)) if matched else Stripped(text)


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the rows of phrases.toml."""
    return tuple(Phrase(**row) for row in _table()["phrase"])


def _matched(shown: str) -> dict[int, Phrase]:
    """Return the lines that a phrase fits, by number from 0."""
    matched: dict[int, Phrase] = {}
    rows = {f"r{row}": phrase for row, phrase in enumerate(phrases())}
    number, end = 0, 0
    # A newline in front makes all lines begin alike; searching for one literal character is fast.
    shown = f"\n{shown}"
    for match in _any_phrase().finditer(shown):
        number += shown.count("\n", end, match.start())
        end = match.start()
        matched[number] = rows[str(match.lastgroup)]
    return matched


def _spans(text: str, shown: str, matched: dict[int, Phrase]) -> Iterator[Span]:
    """Yield the lines that go: those that a phrase fits, and the titles below the headings among them."""
    lines = shown.split("\n")
    kinds: dict[int, str] = {}
    heading = ""
    filled = (number for number, line in enumerate(lines) if line.strip())
    for needed, group in groupby(filled, key=lambda number: matched[number].run if number in matched else 0):
        numbers = list(group)
        for number in numbers:
            if needed and len(numbers) >= needed:
                kinds[number] = matched[number].kind
                heading = matched[number].kind if matched[number].block else ""
            elif heading and _is_title(lines[number]):
                kinds[number] = heading
            else:
                heading = ""
    begin = 0
    for number, line in enumerate(text.split("\n")):
        if number in kinds:
            yield begin, begin + len(line), kinds[number]
        begin += len(line) + 1


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not line.startswith(_INDENT) and not _SENTENCE.search(line)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("tibetnews.text").joinpath("phrases.toml").read_text(encoding="utf-8"))


@cache
def _any_phrase() -> re.Pattern[str]:
    """Return what matches a newline and the whole line after it; lastgroup names the row: r0, r1, …"""
    rows = "|".join(f"(?P<r{number}>{expanded(phrase.pattern)})" for number, phrase in enumerate(phrases()))
    return re.compile(rf"\n{_BLANKS}(?:{rows}){_BLANKS}(?=\n|\Z)")


def expanded(pattern: str) -> str:
    """Return a pattern of phrases.toml as one of re: shorthands spelt out, as the file's head tells."""
    forms = {pair[0]: pair for key in ("marks", "traditional") for pair in _table()[key].split()}

    def spelt_out(match: re.Match[str]) -> str:
        piece = match.group()
        if piece == " ":
            return _BLANKS
        if piece.startswith("["):
            inside = "".join(forms.get(character, character) for character in piece[1:])
            return f"[^\\n{inside[1:]}" if inside.startswith("^") else f"[{inside}"
        return f"[{forms[piece]}]" if piece in forms else piece

    return re.sub(r"\\.|\[(?:\\.|[^\]\\])*+\]|.", spelt_out, pattern)
