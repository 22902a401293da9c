"""Removes the lines of a page that are not its story: breadcrumbs, editor line, copyright notice, share buttons, lists.

The rules are the rows of phrases.toml, each with an example of what goes and of what must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.boilerplate.phrases import OPENING_MARKS, Phrase, phrases_by_opening
from tibetnews.text.spans import Span, remove_spans
from tibetnews.text.types import Stripped

# A pinyin annotation after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to backtrack over.
_ANNOTATION = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")

# Lists below headings such as 相关阅读 are made of titles: neither long nor indented nor full sentences.
_MAX_LISTED_TITLE = 60  # characters
_INDENT = "\u3000\u3000"
_SENTENCE = re.compile(r"[。；]|[！？!?]”?$|།\s*།|\. [A-Z]|\.$")


def strip_boilerplate(text: str) -> Stripped:
    r"""Take the lines that belong to the page and not to its story out of a text.

    Lines go whole, on the evidence of phrases.toml alone; with a heading such as 相关阅读 go the titles below
    it. Works on simplified and traditional characters, and where pinyin was inserted after them. Returns the
    same text where nothing is found.

    >>> strip_boilerplate("西藏春来早。\n\n（责编：李雨潼）")
    Stripped(text='西藏春来早。', removed=(Removed(kind='editor', text='（责编：李雨潼）'),))
    """
    plain = _ANNOTATION.sub("", text) if "(" in text else text  # an annotation never holds the end of a line
    lines = plain.split("\n")
    by_opening = phrases_by_opening()
    matches: dict[int, Phrase] = {}
    for number, line in enumerate(lines):
        core = line.lstrip(OPENING_MARKS)
        if core[:2] in by_opening:
            for phrase in by_opening[core[:2]]:
                if phrase.line.fullmatch(core):
                    matches[number] = phrase
                    break
    if not matches:
        return Stripped(text)
    return remove_spans(text, _spans(text, _kinds(lines, _without_short_runs(lines, matches))))


def _without_short_runs(lines: list[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without those that need more lines of their like around them than there are."""
    kept = {number: phrase for number, phrase in matches.items() if phrase.run == 1}
    if len(kept) == len(matches):
        return matches
    run: list[int] = []
    for number in [*(number for number in matches if number not in kept), len(lines)]:
        if run and (number == len(lines) or any(map(str.strip, lines[run[-1] + 1 : number]))):
            if len(run) >= matches[run[0]].run:
                kept.update((member, matches[member]) for member in run)
            run = []
        run.append(number)
    return kept


def _kinds(lines: list[str], matches: dict[int, Phrase]) -> dict[int, str]:
    """Return the kinds of the lines that go: those that a phrase fits, and the titles below headings."""
    kinds: dict[int, str] = {}
    for number, phrase in matches.items():
        kinds[number] = phrase.kind
        below = number + 1
        while phrase.block and below < len(lines) and below not in matches:
            if lines[below].strip():
                if not _is_listed_title(lines[below]):
                    break
                kinds[below] = phrase.kind
            below += 1
    return kinds


def _is_listed_title(line: str) -> bool:
    return len(line) <= _MAX_LISTED_TITLE and not line.startswith(_INDENT) and not _SENTENCE.search(line)


def _spans(text: str, kinds: dict[int, str]) -> Iterator[Span]:
    start = 0
    for number, line in enumerate(text.split("\n")):
        if number in kinds:
            yield Span(start, start + len(line), kinds[number])
        start += len(line) + 1
