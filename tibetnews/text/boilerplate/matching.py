"""Finds the lines of a text that rows of phrases.toml fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tibetnews.text.boilerplate.phrases import (
    OPENING_MARKS,
    Phrase,
    any_held_word,
    first_two_characters,
    phrases_by_held_words,
    phrases_for,
)
from tibetnews.text.line_forms import SPEAKER

# A pinyin annotation after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to backtrack over.
_ANNOTATION = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")


KnownPhrases = dict[str, Phrase | None]
"""The phrases that the lines of a page fit, and pairs of lines, as far as they were looked for; several finders ask."""


class FoundPhrases(NamedTuple):
    """The phrases that lines fit."""

    lines: Sequence[str]
    """Those that are not blank, without annotations."""
    matches: dict[int, Phrase]
    """By the places of the lines among these."""
    numbers: Sequence[int]
    """Which line of the text each is."""


def find_phrases(lines: Sequence[str], known: KnownPhrases | None = None) -> FoundPhrases:
    """Return the phrases that lines fit.

    Args:
        lines: Those of a text.
        known: What other lines of the same page fit; further ones are added.
    """
    known = {} if known is None else known
    text = "\n".join(lines)
    if "(" in text:  # an annotation never holds the end of a line
        text = _ANNOTATION.sub("", text)
        lines = text.split("\n")
    openings = first_two_characters()
    holds_word = any_held_word().search
    may_hold_word = holds_word(text) is not None
    candidates = {  # few lines; equal ones are looked at once
        line
        for line in lines
        if line
        and (
            line[:2] in openings
            or (line[0] in OPENING_MARKS and line.lstrip(OPENING_MARKS)[:2] in openings)
            or (may_hold_word and holds_word(line))
        )
    }
    fitting: dict[str, Phrase | None] = {}
    for line in candidates:
        if line not in known:
            core = line.lstrip(OPENING_MARKS)
            known[line] = _fitting_by_opening(core) or (_fitting_by_held_word(core) if may_hold_word else None)
        if (phrase := known[line]) or _is_open_label(line):
            fitting[line] = phrase
    if not fitting:
        return FoundPhrases((), {}, ())
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    if len(numbers) < len(lines):
        lines = [lines[number] for number in numbers]
    matches: dict[int, Phrase] = {}
    for place in [place for place, line in enumerate(lines) if line in fitting]:
        phrase = fitting[lines[place]]
        if phrase is None:
            pair = "\n".join(lines[place : place + 2])
            phrase = known[pair] if pair in known else known.setdefault(pair, _publication_on_two_lines(pair))
        if phrase:
            matches[place] = phrase
    return FoundPhrases(lines, matches, numbers)


def may_hold_kind(lines: Sequence[str], kind: str) -> bool:
    """Return, quickly, whether any line may fit a phrase of a kind."""
    text = "\n".join(lines)
    if "(" in text or any_held_word().search(text):
        return True
    openings = first_two_characters(kind)
    return any(line.lstrip(OPENING_MARKS)[:2] in openings for line in dict.fromkeys(lines))


def find_phrase(line: str) -> Phrase | None:
    """Return the phrase that a line fits without the lines around it."""
    if "(" in line:
        line = _ANNOTATION.sub("", line)
    core = line.lstrip(OPENING_MARKS)
    return _fitting_by_opening(core) or _fitting_by_held_word(core)


def _fitting_by_opening(core: str) -> Phrase | None:
    """Return the first phrase that fits a line without its opening marks, which one of its words opens."""
    if core[:2] in first_two_characters():
        for phrase in phrases_for(core):
            if phrase.fits(core):
                return phrase
    return None


def _fitting_by_held_word(core: str) -> Phrase | None:
    """Return the first phrase that fits such a line by a word that it holds anywhere."""
    if any_held_word().search(core):
        for phrase, words in phrases_by_held_words():
            if any(map(core.__contains__, words)) and phrase.fits(core):
                return phrase
    return None


def _publication_on_two_lines(pair: str) -> Phrase | None:
    """Return the phrase that a label fits with its value on the next line: 关键词： above 西藏 春耕."""
    line, _, below = pair.partition("\n")
    label, value = line.lstrip(OPENING_MARKS), below.strip()
    if not value or SPEAKER.match(value):
        return None
    fitting = (phrase for phrase in phrases_for(label) if phrase.kind == "publication" and phrase.fits(label + value))
    return next(fitting, None)


def has_value_below(place: int, found: FoundPhrases) -> bool:
    """Return whether a line that fits a phrase ends with a label of publication whose value is the next line."""
    is_label = found.matches[place].kind == "publication" and _is_open_label(found.lines[place])
    return is_label and place + 1 < len(found.lines)


def _is_open_label(line: str) -> bool:
    """Return whether a line ends as a label does whose value stands on the next line."""
    return line.rstrip().endswith(("：", ":"))
