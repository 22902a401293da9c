"""Finds the lines of a text that rows of phrases.toml fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tibetnews.text.boilerplate.phrases import (
    OPENING_MARKS,
    Phrase,
    any_held_word,
    first_two_characters,
    phrases_by_held_word,
    phrases_for,
)
from tibetnews.text.line_forms import SPEAKER

# A pinyin annotation after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to backtrack over.
_ANNOTATION = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")


class FoundPhrases(NamedTuple):
    """Lines without annotations, and the phrases that they fit, by their numbers."""

    lines: Sequence[str]
    matches: dict[int, Phrase]


def find_phrases(lines: Sequence[str]) -> FoundPhrases:
    """Return the phrases that lines fit."""
    text = "\n".join(lines)
    if "(" in text:  # an annotation never holds the end of a line
        text = _ANNOTATION.sub("", text)
        lines = text.split("\n")
    openings = first_two_characters()
    holds_word = any_held_word().search
    by_word = phrases_by_held_word() if holds_word(text) else {}
    known: dict[str, Phrase | None] = {}
    for line in dict.fromkeys(lines):  # equal lines are looked at once
        core = line.lstrip(OPENING_MARKS)
        if core[:2] in openings or (by_word and holds_word(line)):  # few lines
            fitting = phrases_for(core)
            if by_word:  # looked for where no opening fits
                fitting += tuple(phrase for word, phrase in by_word.items() if word in core)
            phrase = next((phrase for phrase in fitting if phrase.fits(core)), None)
            if phrase or _is_open_label(line):
                known[line] = phrase
    matches: dict[int, Phrase] = {}
    for number in [n for n, line in enumerate(lines) if line in known] if known else ():
        if phrase := known[lines[number]] or _publication_on_two_lines(number, lines):
            matches[number] = phrase
    return FoundPhrases(lines, matches)


def _publication_on_two_lines(number: int, lines: Sequence[str]) -> Phrase | None:
    """Return the phrase that a label fits with its value on the next line: 关键词： above 西藏 春耕."""
    below = value_below(number, lines)
    if below is None or SPEAKER.match(value := lines[below].strip()):
        return None
    label = lines[number].lstrip(OPENING_MARKS)
    fitting = (phrase for phrase in phrases_for(label) if phrase.kind == "publication" and phrase.fits(label + value))
    return next(fitting, None)


def value_below(number: int, lines: Sequence[str], kind: str = "publication") -> int | None:
    """Return the line of the value that a label of publication at the end of a line announces."""
    is_label = kind == "publication" and _is_open_label(lines[number])
    return first_filled(lines, range(number + 1, len(lines))) if is_label else None


def _is_open_label(line: str) -> bool:
    """Return whether a line ends as a label does whose value stands on the next line."""
    return line.rstrip().endswith(("：", ":"))


def first_filled(lines: Sequence[str], numbers: Iterable[int]) -> int | None:
    """Return the first of some lines that is not blank."""
    for number in numbers:
        if lines[number].strip():
            return number
    return None
