"""The order of a page's parts: which line is the title, which the info line, where the story begins and ends.

Without markup the order is all there is to go by: breadcrumbs, title, subtitle, info line (time, source,
author), story, editor line, and then what every page of the outlet has below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.page.byline import is_info_line, read_editor, split_editor

_TRAIL_MARK = re.compile(r"\s*[>＞›»]\s*")
_SENTENCE = re.compile(r"[。！？；]|[།༎]\s?\S.*[།༎]|[.!?] [A-Z]")
_HEAD_LINES = 80
"""How far down breadcrumbs and info line are looked for: below a site's header, above any story's end."""

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Order:
    """Positions of the parts in the list of lines, None for what is not there.

    story: first line of the story and the line behind its last; the editor line, where there is one,
    is the last line of the story or carried at its end.
    """

    story: tuple[int, int]
    breadcrumbs: int | None = None
    title: int | None = None
    subtitle: int | None = None
    info: int | None = None


def read_order(lines: Sequence[str], head_title: str = "") -> Order:
    """Find the parts of a page in its visible lines.

    ``head_title`` is the text of the title tag, where there is one: it tells the title among the lines
    above the info line.
    """
    head = range(min(len(lines), _HEAD_LINES))
    info = next((i for i in head if is_info_line(lines[i])), None)
    trail = next((i for i in (head if info is None else range(info)) if read_breadcrumbs(lines[i])), None)
    start = 0 if trail is None else trail + 1
    if info is None:
        has_title = start < len(lines) and is_title(lines[start])
        first = start + 1 if has_title else start
        return Order((first, _end(lines, first)), trail, start if has_title else None)
    above = [i for i in range(start, info) if is_title(lines[i])]
    if trail is None:
        told = [i for i in above if head_title.startswith(lines[i])]
        above = above[above.index(told[-1]) :] if told else above[-1:]
    title = above[0] if above else None
    subtitle = above[1] if len(above) > 1 else None
    return Order((info + 1, _end(lines, info + 1)), trail, title, subtitle, info)


def read_breadcrumbs(line: str) -> tuple[str, ...]:
    """The parts of a line such as 中国西藏网 > 即时新闻 > 时政; empty where it is no such line."""
    if len(line) > 120 or not _TRAIL_MARK.search(line) or _SENTENCE.search(line):
        return ()
    parts = [part for part in _TRAIL_MARK.split(line.strip()) if part]
    if parts:
        parts[0] = re.sub(r"^(?:您?(?:当前的?|所在的?|现在的?)?位置)?\s?[：:]\s?", "", parts[0])
    return tuple(parts) if len(parts) >= 2 and all(0 < len(part) <= 40 for part in parts) else ()


def is_title(line: str) -> bool:
    """True for a line that could be a headline: not long, and no full stop at its end."""
    return 0 < len(line) <= _LONGEST_TITLE and not line.endswith(("。", "；", "，"))


def has_sentence(line: str) -> bool:
    """True for a line with a sentence in it, as a story's paragraphs have and lists of links have not."""
    return _SENTENCE.search(line) is not None


def _end(lines: Sequence[str], first: int) -> int:
    """The line behind the story's last: behind the editor line, else in front of the page's furniture."""
    for i in range(first, len(lines)):
        if (i > first and read_editor(lines[i])) or split_editor(lines[i])[1]:
            return i + 1
    kept = iter([*strip_boilerplate("\n".join(lines[first:])).text.split("\n"), None])
    following = next(kept)
    end, told = len(lines), first
    for i in range(first, len(lines)):
        if lines[i] != following:  # a line that belongs to the page and not to the story
            end = min(end, i)
            continue
        following = next(kept)
        if has_sentence(lines[i]):
            end, told = len(lines), i + 1
    rest = lines[told:end]
    dated = sum(1 for line in rest if _DATED.search(line))
    return told if dated >= _SHORTEST_LIST and dated * 2 >= len(rest) else end


_DATED = re.compile(r"\d\d-\d\d[\])）】]?$")
_SHORTEST_LIST = 5
"""So many titles with a day behind them, below the last sentence, are a page's lists of news."""
