"""Finds the lines around a story that say who wrote and edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tibetnews.text.line_forms import PARAGRAPH_ENDS, SPEAKER, STORY_ENDS
from tibetnews.text.page.credit_line import BRACKETS, Credit, closes_bracket, read_credit, read_credit_tail
from tibetnews.text.types import Removed

MAX_DISTANCE = 8
"""Lines from the end of the story, up or down, within which its credits stand."""
_MAX_TOP_DISTANCE = 3  # lines from the top of the story within which its author's line stands
_RESPONSIBLE = re.compile(r"\s*(?:责|責|རྩོམ་སྒྲིག)")


class CreditLine(NamedTuple):
    """A line of a story with credits, or a paragraph with credits at its end."""

    start: int
    end: int
    """One after the last line; a bracket may be closed on the next one."""

    story: str
    """What the paragraph says before its credits; "" for a line of its own."""

    text: str
    """The credits as they stand on the page."""

    credit: Credit


def find_credits(lines: Sequence[str]) -> list[CreditLine]:
    """Return the credits among the first and the last lines of a story, in its order; of editors, the first.

    >>> [found.text for found in find_credits(["西藏春来早。", "（中国西藏网 文/卓玛）", "（责编：李雨潼）"])]
    ['（中国西藏网 文/卓玛）', '（责编：李雨潼）']
    """
    found: list[CreditLine] = []
    top = min(_MAX_TOP_DISTANCE, len(lines))
    bottom = max(top, len(lines) - MAX_DISTANCE)
    index = 0
    has_editor = False
    while index < len(lines):
        credit_line = _credit_line(lines, index, at_top=index < len(lines) - MAX_DISTANCE)
        if credit_line and not (has_editor and credit_line.credit.kind == "editor"):
            found.append(credit_line)
            has_editor = has_editor or credit_line.credit.editor is not None
            index = credit_line.end
        else:
            index += 1
        if top <= index < bottom:
            index = bottom
    return found


def certain_credits(lines: Sequence[str]) -> list[CreditLine]:
    """Return the credits of a text that shows nothing else of a page; 编辑： in a dialogue is a speaker.

    >>> certain_credits(["作者：稿子好了吗？", "编辑：李雷"]), len(certain_credits(["西藏春来早。", "编辑：李雨潼"]))
    ([], 1)
    """
    return [found for found in find_credits(lines) if _is_certain(found, lines)]


def removed_credits(found: Iterable[CreditLine]) -> list[Removed]:
    """Return the lines of credits as removed pieces, but for those of which a field holds all."""
    return [Removed(line.credit.kind, line.text) for line in found if not line.credit.is_field]


def _is_certain(found: CreditLine, lines: Sequence[str]) -> bool:
    if found.story or found.text.lstrip()[:1] in BRACKETS or _RESPONSIBLE.match(found.text):
        return True
    above = next(filter(None, reversed(lines[: found.start])), "")
    is_last = not any(lines[found.end :])
    return is_last and found.credit.kind == "editor" and above.endswith(PARAGRAPH_ENDS) and not SPEAKER.match(above)


def _credit_line(lines: Sequence[str], index: int, *, at_top: bool) -> CreditLine | None:
    line, end = lines[index], index + 1
    if line.endswith(STORY_ENDS):  # as nearly all lines of a story
        return None
    text = line
    if end < len(lines) and line.lstrip()[:1] in BRACKETS and closes_bracket(lines[end]):
        text, end = f"{line}\n{lines[end]}", end + 1
    if credit := read_credit(text):
        return None if at_top and credit.kind != "byline" else CreditLine(index, end, "", text, credit)
    tail = None if at_top else read_credit_tail(line)
    return CreditLine(index, index + 1, *tail) if tail else None
