"""Removes the lines of a page that are not its story: breadcrumbs, editor line, copyright notice, share buttons, lists.

The rules are the rows of phrases.toml, each with an example of what goes and of what must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from tibetnews.text.boilerplate.phrases import (
    LIST_MARKS,
    OPENING_MARKS,
    Phrase,
    any_held_word,
    first_two_characters,
    phrases_by_held_word,
    phrases_for,
)
from tibetnews.text.line_forms import FULL_SENTENCE, PARAGRAPH_ENDS, SPEAKER, breaks_off, introduces, shows_example
from tibetnews.text.spans import Span, remove_spans
from tibetnews.text.types import Stripped

# A pinyin annotation after a character, as mirrors insert them. One literal bracket, then at most eight
# characters: nothing to backtrack over.
_ANNOTATION = re.compile(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6} ?\) ?")

# Lists below headings such as 相关阅读 are made of titles: neither long nor indented nor full sentences.
_MAX_LISTED_TITLE = 60  # characters
_MAX_WORD = 8  # characters of a line that is an entry of a list of words
_MAX_TIBETAN_WORD = 24  # Tibetan script needs three for a Chinese one
_MAX_FIGURE = 3  # digits of the number of a page
_NOTICE_HEADING = re.compile(
    r"[【（(]?\s*(?:[^\s。！？，：:]{0,8}版[权權](?:[与與及和]免[责責])?|免[责責]|[转轉][载載]|特[别別])[声聲]明\s*[】）)]?\s*[：:]?\s*"
)
_PAGER = re.compile("[页頁]")
_UPDATED = re.compile(r"\s*更新")
_INDENT = "\u3000\u3000"
_CODE_INDENTS = ("  ", "\t")


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
    found = _find_phrases(lines)
    if not found.matches:
        return {}
    matches = found.matches
    for choose in (_without_short_runs, _without_listed_words, _without_quoted):
        matches = choose(found.lines, matches)
    return _kinds(found.lines, matches)


def has_boilerplate(lines: Sequence[str]) -> bool:
    """Return whether a text has a line that only a page has, such as its copyright notice below the story.

    >>> has_boilerplate(["西藏春来早。", "分享到：微信 微博"]), has_boilerplate(["阅读", "分享", "写作"])
    (True, False)
    """
    found = _find_phrases(lines)
    if not found.matches:
        return False
    sentences = [i for i, line in enumerate(found.lines) if FULL_SENTENCE.search(line)]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(lines), -1)
    return any(
        (not _is_weak(number, found) or (number > last >= 0 and _shows_page_at_foot(number, found)))
        and not phrase.bare.fullmatch(found.lines[number].lstrip(OPENING_MARKS))
        # A source file opens with a notice of copyright, too, and an official notice with its day.
        and (phrase.kind not in ("copyright", "publication") or first < number or "中国西藏网" in found.lines[number])
        # The text goes on below the day in a policy or in the log of a program.
        and not (_UPDATED.match(found.lines[number]) and number < last)
        and not _is_quoted(number, lines, phrase.kind, goes_on=number < last)
        and not (phrase.kind in ("publication", "editor") and _stands_between_labels(number, found))
        for number, phrase in found.matches.items()
    )


def _is_weak(number: int, found: _Found) -> bool:
    """Return whether an honest text may have a line, alone or as an entry of a list."""
    phrase = found.matches[number]
    return phrase.weak or (phrase.kind != "copyright" and found.lines[number].lstrip()[:1] in LIST_MARKS)


def _shows_page_at_foot(number: int, found: _Found) -> bool:
    """Return whether a line below the last sentence shows a page, if weakly: by its row, or with the next one."""
    phrase = found.matches[number]
    if not phrase.foot:
        return _stands_in_pair(number, found)
    above = _first_filled(found.lines, reversed(range(number)))
    is_below_story = above is not None and (
        above in found.matches or found.lines[above].rstrip().endswith(PARAGRAPH_ENDS)
    )
    return is_below_story and sum(other is phrase for other in found.matches.values()) == 1


def _stands_in_pair(number: int, found: _Found) -> bool:
    """Return whether the next line fits the same phrase with another of its words, as 下一篇：… below 上一篇：…."""
    below = _first_filled(found.lines, range(number + 1, len(found.lines)))
    if below is None or found.matches.get(below) is not found.matches[number]:
        return False
    line, next_line = (found.lines[i].lstrip(OPENING_MARKS) for i in (number, below))
    return line[:3] != next_line[:3]


def _first_filled(lines: Sequence[str], numbers: Iterable[int]) -> int | None:
    """Return the first of some lines that is not blank."""
    return next((i for i in numbers if lines[i].strip()), None)


def _is_quoted(number: int, lines: Sequence[str], kind: str, *, goes_on: bool) -> bool:
    """Return whether a story quotes a line: the one above leads up to it, or to the indented lines around it.

    Args:
        number: The line's.
        lines: Those of the text.
        kind: The line's kind of boilerplate.
        goes_on: Whether a sentence stands below the line.
    """
    if kind == "publication" and shows_example(lines, number):
        return True
    is_indented = lines[number].startswith(_CODE_INDENTS)
    for line in reversed(lines[:number]):
        if (above := line.strip()) and not (is_indented and line.startswith(_CODE_INDENTS)):
            return introduces(above) or (kind == "editor" and goes_on and breaks_off(above))
    return False


def _stands_between_labels(number: int, found: _Found) -> bool:
    """Return whether a line stands among labels of other things, as in a notice or an imprint."""
    above = _first_filled(found.lines, reversed(range(number)))
    below = _first_filled(found.lines, range(number + 1, len(found.lines)))
    below = above if below is None else below
    return all(
        i is not None and i not in found.matches and SPEAKER.match(found.lines[i].strip()) for i in (above, below)
    )


class _Found(NamedTuple):
    """Lines without annotations, and the phrases that they fit, by their numbers."""

    lines: Sequence[str]
    matches: dict[int, Phrase]


def _find_phrases(lines: Sequence[str]) -> _Found:
    """Return the phrases that lines fit."""
    text = "\n".join(lines)
    if "(" in text:  # an annotation never holds the end of a line
        text = _ANNOTATION.sub("", text)
        lines = text.split("\n")
    openings = first_two_characters()
    holds_word = any_held_word().search
    by_word = phrases_by_held_word() if holds_word(text) else {}
    matches: dict[int, Phrase] = {}
    known: dict[str, Phrase | None] = {}
    candidates = [
        n
        for n, line in enumerate(lines)
        if line and (line.lstrip(OPENING_MARKS)[:2] in openings or (by_word and holds_word(line)))
    ]
    for number in candidates:  # few lines
        core = lines[number].lstrip(OPENING_MARKS)
        if core not in known:
            fitting = phrases_for(core)
            if by_word:  # looked for where no opening fits
                fitting += tuple(phrase for word, phrase in by_word.items() if word in core)
            known[core] = next((phrase for phrase in fitting if phrase.fits(core)), None)
        if phrase := known[core] or _publication_on_two_lines(core, number, lines):
            matches[number] = phrase
    return _Found(lines, matches)


def _publication_on_two_lines(label: str, number: int, lines: Sequence[str]) -> Phrase | None:
    """Return the phrase that a label fits with its value on the next line: 关键词： above 西藏 春耕."""
    below = _value_below(number, lines)
    if below is None:
        return None
    value = lines[below].strip()
    fitting = (phrase for phrase in phrases_for(label) if phrase.kind == "publication" and phrase.fits(label + value))
    return None if SPEAKER.match(value) else next(fitting, None)


def _value_below(number: int, lines: Sequence[str], kind: str = "publication") -> int | None:
    """Return the line of the value that a label of publication at the end of a line announces."""
    if kind != "publication" or not lines[number].rstrip().endswith(("：", ":")):
        return None
    return _first_filled(lines, range(number + 1, len(lines)))


def _without_quoted(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without those that a sentence leads up to within the story."""
    last = next((i for i in reversed(range(len(lines))) if i not in matches and FULL_SENTENCE.search(lines[i])), -1)

    def is_quoted(number: int) -> bool:
        above = _first_filled(lines, reversed(range(number)))
        return number < last and above is not None and above not in matches and introduces(lines[above].strip())

    return {number: phrase for number, phrase in matches.items() if not is_quoted(number)}


def _without_listed_words(lines: Sequence[str], matches: dict[int, Phrase]) -> dict[int, Phrase]:
    """Return the matches without the words that stand among other words, as in a list of vocabulary."""
    if len(lines) == 1:
        return matches
    bare = {
        n
        for n, phrase in matches.items()
        if phrase.bare.fullmatch(lines[n].lstrip(OPENING_MARKS)) and _value_below(n, lines, phrase.kind) is None
    }
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
    words = {n for _, neighbours in runs for n in neighbours if n not in matches and _is_word(lines[n])}
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

    They are titles below headings, headings of notices, the values of labels and the figures of a pager.
    """
    kinds: dict[int, str] = {}
    for number, phrase in matches.items():
        if phrase.kind == "copyright":
            above = _first_filled(lines, reversed(range(number)))
            if above is not None and above not in kinds and _NOTICE_HEADING.fullmatch(lines[above]):
                kinds[above] = "copyright"
        kinds[number] = phrase.kind
        if (value := _value_below(number, lines, phrase.kind)) is not None:
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
    return dict(sorted(kinds.items()))


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
