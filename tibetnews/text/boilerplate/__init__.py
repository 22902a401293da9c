"""Removes the lines of a page that are not its story: breadcrumbs, editor line, copyright notice, share buttons, lists.

The rules are the rows of phrases.toml, each with an example of what goes and of what must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, takewhile

from tibetnews.text.boilerplate.evidence import is_entry
from tibetnews.text.boilerplate.matching import (
    FoundPhrases,
    KnownPhrases,
    find_phrase,
    find_phrases,
    has_value_below,
    may_hold_kind,
)
from tibetnews.text.boilerplate.phrases import LIST_MARKS, OPENING_MARKS, Phrase
from tibetnews.text.line_forms import FULL_SENTENCE, introduces
from tibetnews.text.spans import Span, remove_spans
from tibetnews.text.types import Stripped

# Lists below headings such as 相关阅读 are made of titles: neither long nor indented nor full sentences.
_MAX_LISTED_TITLE = 60  # characters
_MAX_WORD = 8  # characters of a line that is an entry of a list of words
_MAX_TIBETAN_WORD = 24  # Tibetan script needs three for a Chinese one
_MAX_FIGURE = 3  # digits of the number of a page
_MIN_REPEATED = 40  # characters of a paragraph that nobody writes twice
_NOTICE_HEADING = re.compile(
    r"[【（(]?\s*(?:[^\s。！？，：:]{0,8}版[权權](?:[与與及和]免[责責])?|免[责責]|[转轉][载載]|特[别別])[声聲]明\s*[】）)]?\s*[：:]?\s*"
)
_PAGER = re.compile("[页頁]")
_INDENT = "\u3000\u3000"


def strip_boilerplate(text: str, known: KnownPhrases | None = None) -> Stripped:
    r"""Take the lines that belong to the page and not to its story out of the text of a page.

    Lines go whole, on the evidence of phrases.toml alone; with a heading such as 相关阅读 go the titles below
    it. A word such as 分享 among other words is one of a list and stays. Works on simplified and traditional
    characters, and where pinyin was inserted after them. Returns the same text where nothing is found.

    Args:
        text: any text.
        known: the phrases that its lines fit, where the caller knows them of the page.

    >>> strip_boilerplate("西藏春来早。\n\n（责编：李雨潼）")
    Stripped(text='西藏春来早。', removed=(Removed(kind='editor', text='（责编：李雨潼）'),))
    """
    return strip_lines(text, boilerplate_lines(text.split("\n"), known))


def strip_lines(text: str, kinds: Mapping[int, str]) -> Stripped:
    """Take lines out of a text, by their numbers and kinds."""
    return remove_spans(text, _spans(text, kinds)) if kinds else Stripped(text)


def boilerplate_lines(lines: Sequence[str], known: KnownPhrases | None = None) -> dict[int, str]:
    """Return the kinds of the lines that :func:`strip_boilerplate` takes out, by their numbers."""
    return _boilerplate_lines(find_phrases(lines, known))


def is_boilerplate(line: str) -> bool:
    """Return whether a line that stands alone is one of these: no line beside it speaks for it or against it.

    >>> is_boilerplate("（责编：李雨潼）"), is_boilerplate("西藏春来早。")
    (True, False)
    """
    phrase = find_phrase(line)
    return phrase is not None and phrase.run == 1


def notice_lines(lines: Sequence[str], known: KnownPhrases | None = None) -> set[int]:
    """Return the numbers of the lines among them that are a notice of copyright, which may have sentences."""
    if not may_hold_kind(lines, "copyright"):  # as most texts
        return set()
    found = find_phrases(lines, known)
    if all(phrase.kind != "copyright" for phrase in found.matches.values()):
        return set()
    return {number for number, kind in _boilerplate_lines(found).items() if kind == "copyright"}


def _boilerplate_lines(found: FoundPhrases) -> dict[int, str]:
    for choose in (_without_short_runs, _without_listed_words, _without_quoted, _without_entries):
        if not found.matches:
            return {}
        found = found._replace(matches=choose(found))
    kinds, numbers = _kinds(found), found.numbers
    return {numbers[place]: kinds[place] for place in sorted(kinds)}


def _without_quoted(found: FoundPhrases) -> dict[int, Phrase]:
    """Return the matches without those that a sentence leads up to within the story."""
    lines, matches, _ = found
    first = min(matches)
    below = reversed(range(first, len(lines)))
    last = next((i for i in below if i not in matches and FULL_SENTENCE.search(lines[i])), first)
    if last == first:  # as below nearly all stories
        return matches
    led_up_to = (i for i in matches if 0 < i < last and i - 1 not in matches and introduces(lines[i - 1].strip()))
    return _without(matches, set(led_up_to))


def _without_entries(found: FoundPhrases) -> dict[int, Phrase]:
    """Return the matches without the entries of forms, notices and imprints."""
    return _without(found.matches, {place for place in found.matches if is_entry(place, found)})


def _without(matches: dict[int, Phrase], others: set[int]) -> dict[int, Phrase]:
    return {place: phrase for place, phrase in matches.items() if place not in others} if others else matches


def _without_listed_words(found: FoundPhrases) -> dict[int, Phrase]:
    """Return the matches without the words that stand among other words, as in a list of vocabulary."""
    lines, matches, _ = found
    if len(lines) == 1:
        return matches
    phrases = {lines[i]: phrase for i, phrase in matches.items()}  # equal lines are looked at once
    bare_lines = {line for line, phrase in phrases.items() if phrase.bare.fullmatch(line.lstrip(OPENING_MARKS))}
    bare = {i for i in matches if lines[i] in bare_lines} if bare_lines else set()
    bare -= {i for i in bare if matches[i].kind == "publication" and has_value_below(i, found)}
    around = {lines[i] for place in bare for i in (place - 1, place + 1) if 0 <= i < len(lines) and i not in matches}
    if not any(map(_is_word, around)):  # as on nearly all pages
        return matches
    runs: list[tuple[range, list[int]]] = []  # of such words, each with the lines beside it
    for start in (i for i in bare if i - 1 not in bare):
        stop = start + 1
        while stop in bare:
            stop += 1
        neighbours = [start - 1] if start else []
        if stop < len(lines) and not matches[stop - 1].block:  # titles stand below a heading
            neighbours.append(stop)
        if neighbours:
            runs.append((range(start, stop), neighbours))
    beside = {i for _, neighbours in runs for i in neighbours if i not in matches}
    words_beside = set(filter(_is_word, {lines[i] for i in beside}))
    words = {i for i in beside if lines[i] in words_beside}
    among_words = {i for _, neighbours in runs if words.issuperset(neighbours) for i in neighbours}
    return _without(matches, {i for run, neighbours in runs if not among_words.isdisjoint(neighbours) for i in run})


def _is_word(line: str) -> bool:
    longest = _MAX_TIBETAN_WORD if "་" in line else _MAX_WORD
    return len(line.strip()) <= longest and not FULL_SENTENCE.search(line) and not _is_figure(line)


def _is_figure(line: str) -> bool:
    """Return whether a line is the number of a page."""
    figure = line.strip()
    return len(figure) <= _MAX_FIGURE and figure.isdecimal()


def _without_short_runs(found: FoundPhrases) -> dict[int, Phrase]:
    """Return the matches without those that need more lines of their like around them than there are."""
    matches = found.matches
    kept = {place: phrase for place, phrase in matches.items() if phrase.run == 1}
    if len(kept) == len(matches):
        return matches
    run: list[int] = []
    for place in [*(place for place in matches if place not in kept), None]:
        if run and (place is None or place > run[-1] + 1):
            if len(run) >= matches[run[0]].run:
                kept.update((member, matches[member]) for member in run)
            run = []
        if place is not None:
            run.append(place)
    return kept


def _kinds(found: FoundPhrases) -> dict[int, str]:
    """Return the kinds of the lines that go: those that a phrase fits, and those that belong to these.

    They are titles below headings and above entries, headings of notices, the values of labels, the figures of a pager
    and the story where it is repeated below its foot.
    """
    lines, matches, _ = found
    kinds: dict[int, str] = {}
    figures = set(filter(_is_figure, set(lines)))
    navigation = {lines[i] for i, phrase in matches.items() if phrase.kind == "navigation"} if figures else set()
    pagers = set(filter(_PAGER.search, navigation))
    for place, phrase in matches.items():
        kind = phrase.kind
        if phrase.titled:
            kinds |= dict.fromkeys(_title_above(lines, place, kinds), kind)
        if kind == "copyright" and place and place - 1 not in kinds and _NOTICE_HEADING.fullmatch(lines[place - 1]):
            kinds[place - 1] = "copyright"
        kinds[place] = kind
        if kind == "publication" and has_value_below(place, found):
            kinds[place + 1] = kind
        if lines[place] in pagers:
            for step in (1, -1):
                beside = place + step
                while 0 <= beside < len(lines) and lines[beside] in figures:
                    kinds[beside] = kind
                    beside += step
        if phrase.block:
            below = takewhile(lambda i: i not in matches and _is_listed_title(lines[i]), range(place + 1, len(lines)))
            kinds |= dict.fromkeys(below, kind)
    return kinds | dict.fromkeys(_repeated(lines, kinds), "repeated")


def _title_above(lines: Sequence[str], place: int, kinds: Mapping[int, str]) -> Iterator[int]:
    """Yield the title above an entry of a list, and the mark that the list begins with."""
    for test in (_is_listed_title, lambda line: not line.strip(LIST_MARKS + " ")):
        place -= 1
        if place < 0 or place in kinds or not test(lines[place]):
            return
        yield place


def _repeated(lines: Sequence[str], kinds: Mapping[int, str]) -> Iterator[int]:
    """Yield the paragraphs that stand above some line of the page and again below it, as in a copy for phones."""
    above: set[str] = set()
    since: set[str] = set()  # the last line of the page
    for place, line in enumerate(lines):
        if place in kinds:
            if since:
                above |= since
                since.clear()
        elif len(line) >= _MIN_REPEATED:
            if line.strip() in above:
                yield place
            since.add(line.strip())


def _is_listed_title(line: str) -> bool:
    return len(line) <= _MAX_LISTED_TITLE and not line.startswith(_INDENT) and not FULL_SENTENCE.search(line)


def _spans(text: str, kinds: Mapping[int, str]) -> Iterator[Span]:
    """Yield where lines stand, neighbours of one kind as one.

    :func:`remove_spans` would join them too, but takes three times as long for a megabyte of short lines.
    """
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    start = end = 0
    before = ""
    for number, kind in kinds.items():
        if before != kind or not text[end : starts[number]].isspace():
            if before:
                yield Span(start, end, before)
            start, before = starts[number], kind
        end = starts[number + 1] - 1
    if before:
        yield Span(start, end, before)
