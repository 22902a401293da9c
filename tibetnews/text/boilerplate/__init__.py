"""Removes the lines of a page that are not its story: breadcrumbs, editor line, copyright notice, share buttons, lists.

The rules are the rows of phrases.toml, each with an example of what goes and of what must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, takewhile

from tibetnews.text.boilerplate.evidence import is_entry
from tibetnews.text.boilerplate.matching import FoundPhrases, find_phrases, first_filled, value_below
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


def strip_boilerplate(text: str) -> Stripped:
    r"""Take the lines that belong to the page and not to its story out of the text of a page.

    Lines go whole, on the evidence of phrases.toml alone; with a heading such as 相关阅读 go the titles below
    it. A word such as 分享 among other words is one of a list and stays. Works on simplified and traditional
    characters, and where pinyin was inserted after them. Returns the same text where nothing is found.

    >>> strip_boilerplate("西藏春来早。\n\n（责编：李雨潼）")
    Stripped(text='西藏春来早。', removed=(Removed(kind='editor', text='（责编：李雨潼）'),))
    """
    return strip_lines(text, boilerplate_lines(text.split("\n")))


def strip_lines(text: str, kinds: Mapping[int, str]) -> Stripped:
    """Take lines out of a text, by their numbers and kinds."""
    return remove_spans(text, _spans(text, kinds)) if kinds else Stripped(text)


def boilerplate_lines(lines: Sequence[str]) -> dict[int, str]:
    """Return the kinds of the lines that :func:`strip_boilerplate` takes out, by their numbers."""
    found = find_phrases(lines)
    if not found.matches:
        return {}
    matches = found.matches
    for choose in (_without_short_runs, _without_listed_words, _without_quoted, _without_entries):
        matches = choose(found.lines, matches)
    return _kinds(found.lines, matches)


def _without_quoted(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without those that a sentence leads up to within the story."""
    first = min(matches, default=0)
    below = reversed(range(first, len(lines)))
    last = next((i for i in below if i not in matches and FULL_SENTENCE.search(lines[i])), first)
    if last == first:  # as below nearly all stories
        return matches

    def is_quoted(number: int) -> bool:
        above = first_filled(lines, reversed(range(number))) if number < last else None
        return above is not None and above not in matches and introduces(lines[above].strip())

    return {number: phrase for number, phrase in matches.items() if not is_quoted(number)}


def _without_entries(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without the entries of forms, notices and imprints."""
    found = FoundPhrases(lines, matches)
    return {number: phrase for number, phrase in matches.items() if not is_entry(number, found)}


def _without_listed_words(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without the words that stand among other words, as in a list of vocabulary."""
    if len(lines) == 1:
        return matches
    phrases = {lines[number]: phrase for number, phrase in matches.items()}  # equal lines are looked at once
    bare_lines = {line for line, phrase in phrases.items() if phrase.bare.fullmatch(line.lstrip(OPENING_MARKS))}
    bare = {n for n, p in matches.items() if lines[n] in bare_lines and value_below(n, lines, p.kind) is None}
    if not bare:
        return matches
    filled = [number for number, line in enumerate(lines) if line.strip()]
    runs: list[tuple[list[int], list[int]]] = []  # of such words, each with the lines beside it
    before: int | None = None  # the last line that is no such word
    run: list[int] = []
    for number in [*filled, None]:
        if number in bare:
            run.append(number)
            continue
        below = None if run and matches[run[-1]].block else number  # titles stand below a heading
        if run and (neighbours := [n for n in (before, below) if n is not None]):
            runs.append((run, neighbours))
        before, run = number, []
    beside = {n for _, neighbours in runs for n in neighbours if n not in matches}
    words_beside = set(filter(_is_word, {lines[n] for n in beside}))
    words = {n for n in beside if lines[n] in words_beside}
    among_words = {n for _, neighbours in runs if words.issuperset(neighbours) for n in neighbours}
    listed = {n for run, neighbours in runs if not among_words.isdisjoint(neighbours) for n in run}
    return {number: phrase for number, phrase in matches.items() if number not in listed}


def _is_word(line: str) -> bool:
    longest = _MAX_TIBETAN_WORD if "་" in line else _MAX_WORD
    return len(line.strip()) <= longest and not FULL_SENTENCE.search(line) and not _is_figure(line)


def _is_figure(line: str) -> bool:
    """Return whether a line is the number of a page."""
    return line.strip().isdecimal() and len(line.strip()) <= _MAX_FIGURE


def _without_short_runs(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
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


def _kinds(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, str]:
    """Return the kinds of the lines that go: those that a phrase fits, and those that belong to these.

    They are titles below headings and above entries, headings of notices, the values of labels, the figures of a pager
    and the story where it is repeated below its foot.
    """
    kinds: dict[int, str] = {}
    for number, phrase in matches.items():
        if phrase.titled:
            kinds |= dict.fromkeys(_title_above(lines, number, kinds), phrase.kind)
        if phrase.kind == "copyright":
            above = first_filled(lines, reversed(range(number)))
            if above is not None and above not in kinds and _NOTICE_HEADING.fullmatch(lines[above]):
                kinds[above] = "copyright"
        kinds[number] = phrase.kind
        if (value := value_below(number, lines, phrase.kind)) is not None:
            kinds[value] = phrase.kind
        if phrase.kind == "navigation" and _PAGER.search(lines[number]):
            for beside in (range(number + 1, len(lines)), reversed(range(number))):
                figures = takewhile(lambda i: not lines[i].strip() or _is_figure(lines[i]), beside)
                kinds |= {i: phrase.kind for i in figures if lines[i].strip()}
        below = number + 1
        while phrase.block and below < len(lines) and below not in matches:
            if lines[below].strip():
                if not _is_listed_title(lines[below]):
                    break
                kinds[below] = phrase.kind
            below += 1
    kinds |= dict.fromkeys(_repeated(lines, kinds), "repeated")
    return dict(sorted(kinds.items()))


def _title_above(lines: Sequence[str], number: int, kinds: Mapping[int, str]) -> Iterator[int]:
    """Yield the title above an entry of a list, and the mark that the list begins with."""
    for test in (_is_listed_title, lambda line: not line.strip(LIST_MARKS + " ")):
        above = first_filled(lines, reversed(range(number)))
        if above is None or above in kinds or not test(lines[above]):
            return
        yield above
        number = above


def _repeated(lines: Sequence[str], kinds: Mapping[int, str]) -> Iterator[int]:
    """Yield the paragraphs that stand above some line of the page and again below it, as in a copy for phones."""
    above: set[str] = set()
    since: set[str] = set()  # the last line of the page
    for number, line in enumerate(lines):
        if number in kinds:
            above |= since
            since.clear()
        elif len(line) >= _MIN_REPEATED:
            if line.strip() in above:
                yield number
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
