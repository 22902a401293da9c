"""Finds the noise that forums put at the ends of lines against copying: characters by chance, and the forum's name.

Discuz! does it: some five to sixteen pairs of a character from blank to ``;``, a blank, and one from ``?`` to ``~``,
with a name of the forum before it where it ends a line and after it where it begins one.  Readers of the forum do not
see it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.spans import Span

_PAIR = "(?:[!-;] | {1,2})[?-~]"  # HTML shows two blanks as one, and none at the beginning of a line
_NOISE = lazy_pattern(f"(?:^[?-~])?(?:{_PAIR}){{3,}}+")
_BEGINNINGS = lazy_pattern("([!-;]) [?-~]| {1,2}[?-~]")
_FIRST_PAIRS = lazy_pattern(f" [?-~](?:{_PAIR}){{4}}")  # begins with a blank, which is found faster than a set
_SIGN = lazy_pattern(r"[^\w ]|_")
_ODD = lazy_pattern(r"[\d?@[-`{-~]")  # what rhyme schemes and groups of initials have not
_MIN_PAIRS, _MIN_DIFFERENT = 5, 4
"""Pairs, and the different characters but blanks that begin them: the initials of names have one."""
_MIN_DIFFERENT_AMONG_OTHERS = 2  # on a page with several such pieces
_MIN_SIGNS = 2  # different ones that are no letters or digits: A1 B2 C3 D4 E5 F6 has none
_MIN_NAME, _MAX_NAME = 4, 80  # characters
_MIN_TIMES = 3  # that noise stands on a page, and a name in front of it
_MAX_COMPARED = 60  # pieces of noise whose neighbours are compared


def noise_spans(text: str, lines: Sequence[str]) -> Mapping[int, list[Span]]:
    """Return where noise stands in lines, with the names of the forum beside it, by the numbers of the lines.

    >>> noise_spans(line := '远处的山。 3 b% ^5 h) N; u7 C', [line])
    {0: [Span(start=5, end=24, kind='spam')]}
    """
    if not _FIRST_PAIRS.search(text):
        return {}
    found = _noise(lines, _is_noise_alone)
    if sum(map(len, found.values())) >= _MIN_TIMES:
        found = _noise(lines, _is_noise_among_others)
    names = sorted({*_names(lines, found)}, key=len, reverse=True)
    return {number: [_with_name(lines[number], piece, names) for piece in pieces] for number, pieces in found.items()}


def _noise(lines: Sequence[str], is_noise: Callable[[str], bool]) -> dict[int, list[re.Match[str]]]:
    """Return the pieces of noise in lines, by the numbers of the lines."""
    found: dict[int, list[re.Match[str]]] = {}
    for number, line in enumerate(lines):
        for match in _NOISE.finditer(line):
            if is_noise(match[0]):
                found.setdefault(number, []).append(match)
    return found


def _is_noise_alone(pairs: str) -> bool:
    return (
        len(_BEGINNINGS.findall(pairs)) >= _MIN_PAIRS
        and _different_beginnings(pairs) >= _MIN_DIFFERENT
        and len({*_SIGN.findall(pairs)}) >= _MIN_SIGNS
        and _ODD.search(pairs) is not None
    )


def _is_noise_among_others(pairs: str) -> bool:
    return _different_beginnings(pairs) >= _MIN_DIFFERENT_AMONG_OTHERS


def _different_beginnings(pairs: str) -> int:
    return len({*_BEGINNINGS.findall(pairs)} - {""})


class _Neighbour(NamedTuple):
    """What stands beside noise in a line."""

    text: str
    follows_noise: bool
    precedes_noise: bool


def _names(lines: Sequence[str], found: Mapping[int, Sequence[re.Match[str]]]) -> Iterator[str]:
    """Yield the names of the forum: what stands before some piece of noise and after another, or before several."""
    neighbours = [*islice(_neighbours(lines, found), _MAX_COMPARED)]
    in_front = [each.text.strip() for each in neighbours if each.precedes_noise and each.text.strip()]
    times = Counter([*in_front, *(text.split()[-1] for text in in_front if " " in text)])
    yield from (name for name, number in times.items() if number >= _MIN_TIMES and _MIN_NAME <= len(name) <= _MAX_NAME)
    for each in neighbours:
        others = [other.text for other in neighbours if other.precedes_noise and other is not each]
        for length in range(min(len(each.text), _MAX_NAME), _MIN_NAME - 1, -1) if each.follows_noise else ():
            if any(other.endswith(each.text[:length]) for other in others):
                yield each.text[:length]
                break


def _neighbours(lines: Sequence[str], found: Mapping[int, Sequence[re.Match[str]]]) -> Iterator[_Neighbour]:
    for number, pieces in found.items():
        starts = [0, *(piece.end() for piece in pieces)]
        ends = [*(piece.start() for piece in pieces), len(lines[number])]
        for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
            yield _Neighbour(lines[number][start:end], follows_noise=place > 0, precedes_noise=place < len(pieces))


def _with_name(line: str, noise: re.Match[str], names: Sequence[str]) -> Span:
    """Return where a piece of noise stands with the name beside it, and the blanks in front."""
    text = line[: noise.start()].rstrip()
    before = next(filter(text.endswith, names), "")
    after = "" if before else next((name for name in names if line.startswith(name, noise.end())), "")
    return Span(len(text.removesuffix(before).rstrip()), noise.end() + len(after), "spam")
