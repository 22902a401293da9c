"""What of a page is not its story: breadcrumbs, editor line, copyright notice, share buttons, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.boilerplate.phrases import FRONT, Phrase, phrases_by_opening
from tibetnews.text.spans import Span, without
from tibetnews.text.types import Stripped

# A pinyin reading after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to come back to.
_READING = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")

# Lists below headings such as 相关阅读 are made of titles: neither long nor indented nor full sentences.
_LONGEST_TITLE = 60
_INDENT = "\u3000\u3000"
_SENTENCE = re.compile(r"[。；]|[！？!?]”?$|།\s*།|\. [A-Z]|\.$")


def strip_boilerplate(text: str) -> Stripped:
    r"""Take the lines that belong to the page and not to its story out of a text.

    Lines go whole, on the evidence of phrases.toml alone; with a heading such as 相关阅读 go the titles below
    it. Works on simplified and traditional characters, and where readings were inserted after them. Returns
    the same text where nothing is found.

    >>> strip_boilerplate("西藏春来早。\n\n（责编：李雨潼）")
    Stripped(text='西藏春来早。', removed=(Removed(kind='editor', text='（责编：李雨潼）'),))
    """
    shown = _READING.sub("", text) if "(" in text else text  # a reading never holds the end of a line
    lines = shown.split("\n")
    by_opening = phrases_by_opening()
    matched: dict[int, Phrase] = {}
    for number, line in enumerate(lines):
        start = line.lstrip(FRONT)
        if start[:2] in by_opening:
            for phrase in by_opening[start[:2]]:
                if phrase.line.fullmatch(start):
                    matched[number] = phrase
                    break
    if not matched:
        return Stripped(text)
    return without(text, _spans(text, _kinds(lines, _runs_only(lines, matched))))


def _runs_only(lines: list[str], matched: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the lines that a phrase fits, without those that need more lines of their like and have none."""
    kept = {number: phrase for number, phrase in matched.items() if phrase.run == 1}
    if len(kept) == len(matched):
        return matched
    run: list[int] = []
    for number in [*(number for number in matched if number not in kept), len(lines)]:
        if run and (number == len(lines) or any(map(str.strip, lines[run[-1] + 1 : number]))):
            if len(run) >= matched[run[0]].run:
                kept.update((place, matched[place]) for place in run)
            run = []
        run.append(number)
    return kept


def _kinds(lines: list[str], matched: dict[int, Phrase]) -> dict[int, str]:
    """Return the kinds of the lines that go: those that a phrase fits, and the titles below headings."""
    kinds: dict[int, str] = {}
    for number, phrase in matched.items():
        kinds[number] = phrase.kind
        below = number + 1
        while phrase.block and below < len(lines) and below not in matched:
            if lines[below].strip():
                if not _is_title(lines[below]):
                    break
                kinds[below] = phrase.kind
            below += 1
    return kinds


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and not line.startswith(_INDENT) and not _SENTENCE.search(line)


def _spans(text: str, kinds: dict[int, str]) -> Iterator[Span]:
    begin = 0
    for number, line in enumerate(text.split("\n")):
        if number in kinds:
            yield begin, begin + len(line), kinds[number]
        begin += len(line) + 1
