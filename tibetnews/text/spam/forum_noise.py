"""Finds the noise that forums put at the ends of lines against copying: characters by chance, and the forum's name.

Discuz! does it: five to fifteen pairs of a character from blank to ``;``, a blank, and one from ``?`` to ``~``, with a
name of the forum before it where it ends a line and after it where it begins one.  Readers of the forum do not see it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.spans import Span

_PAIR = "(?:[!-;] | {1,2})[?-~]"  # HTML shows two blanks as one
_NOISE = lazy_pattern(f"(?:{_PAIR}){{5,15}}+")
_LEADING = lazy_pattern("([!-;]) [?-~]")
_FIRST_PAIRS = lazy_pattern(f" [?-~](?:{_PAIR}){{4}}")  # begins with a blank, which is found faster than a set
_MIN_CHANCE = 4  # different characters but blanks that begin its pairs; the initials of names have one
_MIN_NAME, _MAX_NAME = 4, 80  # characters
_MIN_TIMES = 3  # that a name ends lines
_MAX_COMPARED = 60  # pieces of noise whose neighbours are compared


def noise_spans(text: str, lines: Sequence[str]) -> Mapping[int, list[Span]]:
    """Return where noise stands in lines, with the names of the forum beside it, by the numbers of the lines.

    >>> noise_spans(line := '远处的山。 3 b% ^5 h) N; u7 C', [line])
    {0: [Span(start=5, end=20, kind='spam')]}
    """
    if not _FIRST_PAIRS.search(text):
        return {}
    found = {number: pieces for number, line in enumerate(lines) if (pieces := [*_noise(line)])}
    names = sorted({*_names(lines, found)}, key=len, reverse=True)
    return {number: [_with_name(lines[number], piece, names) for piece in pieces] for number, pieces in found.items()}


def _noise(line: str) -> Iterator[re.Match[str]]:
    for match in _NOISE.finditer(line):
        if len(set(_LEADING.findall(match[0]))) >= _MIN_CHANCE:
            yield match


def _names(lines: Sequence[str], found: Mapping[int, Sequence[re.Match[str]]]) -> Iterator[str]:
    """Yield the names of the forum: what stands before some piece of noise and after another, or before several."""
    beside: list[tuple[str, bool, bool]] = []  # texts, and whether noise stands before and after them
    for number, pieces in found.items():
        ends = [0, *(piece.end() for piece in pieces)]
        starts = [*(piece.start() for piece in pieces), len(lines[number])]
        for place, (start, end) in enumerate(zip(ends, starts, strict=True)):
            beside.append((lines[number][start:end], place > 0, place < len(pieces)))
    compared = beside[:_MAX_COMPARED]
    last_words = Counter(text.split()[-1] for text, _, ends in compared if ends and text.strip())
    yield from (
        word for word, times in last_words.items() if times >= _MIN_TIMES and _MIN_NAME <= len(word) <= _MAX_NAME
    )
    for text, begins, _ in compared:
        for length in range(min(len(text), _MAX_NAME) * begins, _MIN_NAME - 1, -1):
            name = text[:length]
            if any(other.endswith(name) for other, _, ends in compared if ends and other is not text):
                yield name
                break


def _with_name(line: str, noise: re.Match[str], names: Sequence[str]) -> Span:
    """Return where a piece of noise stands with the name beside it."""
    start, end = noise.span()
    before = next((name for name in names if line.endswith(name, 0, start)), "")
    after = "" if before else next((name for name in names if line.startswith(name, end)), "")
    return Span(start - len(before), end + len(after), "spam")
