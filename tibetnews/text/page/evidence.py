"""Tells quickly whether a text has anything that only a page has.

Most texts of a corpus are no pages, and nothing is to be looked for in them. Each part of a page needs certain
characters in a line that is no sentence: a byline a year, breadcrumbs a mark between their parts, credits a bracket or
a word for editing. The rules of the parts are asked only about lines that have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tibetnews.text.boilerplate.evidence import has_boilerplate
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.line_forms import STOPS
from tibetnews.text.page.brackets import BRACKETS
from tibetnews.text.page.breadcrumbs import SEPARATORS, read_breadcrumbs
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.byline_lines import is_date_piece
from tibetnews.text.page.credit_line import read_credit
from tibetnews.text.page.credit_tail import read_credit_tail
from tibetnews.text.page.credits import names_reporters, names_reviewer
from tibetnews.text.page.headline import HEAD_TITLE_MARKS
from tibetnews.text.page.labels import EDITING
from tibetnews.text.page.story_end import is_time_line
from tibetnews.text.page.time_forms import DAY_AND_CLOCK, YEAR_BEGINNING
from tibetnews.text.unicode_ranges import INVISIBLE

_MARKS = re.compile(rf"[{SEPARATORS}{INVISIBLE}{re.escape(''.join(BRACKETS))}]")
_REPORTER = re.compile(r"[者字](?<=[记記]者|文字)\s?[：:/／]")  # begins with a set, which is found faster
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def has_page_part(lines: Sequence[str], known: KnownPhrases | None = None) -> bool:
    """Return whether a text has a line that may be a part of a page; False where it surely has none.

    Args:
        lines: the text.
        known: as for :func:`.has_boilerplate`.

    >>> has_page_part(["西藏春来早", "西藏的春天来得晚。"]), has_page_part(["西藏的春天来得晚。", "（责编：李雨潼）"])
    (False, True)
    """
    first = next((line for line in lines if line and not line.isspace()), "")
    if any(mark in first for mark in HEAD_TITLE_MARKS):
        return True
    no_sentences = dict.fromkeys(line for line in lines if line and line[-1] not in STOPS)  # equal lines are asked once
    joined = "\n".join(no_sentences)
    patterns = (_MARKS, YEAR_BEGINNING, DAY_AND_CLOCK, EDITING, _REPORTER)
    may_have_part = any(pattern.search(joined) for pattern in patterns)
    return (may_have_part and any(map(_is_part, no_sentences))) or has_boilerplate(lines, known)


def _is_part(line: str) -> bool:
    """Return whether a line may be breadcrumbs, a byline, a time or a credit."""
    if _INVISIBLE.search(line):
        return True
    line = " ".join(line.split())
    if YEAR_BEGINNING.search(line) and (is_byline(line) or is_time_line(line) or is_date_piece(line)):
        return True
    if DAY_AND_CLOCK.search(line) and is_byline(line):
        return True
    names_editing = EDITING.search(line) is not None
    if names_editing and line.endswith(("：", ":")):  # its value stands on the next line
        return True
    if not (names_editing or _MARKS.search(line)):
        return names_reporters(line)
    return bool(read_credit(line) or read_credit_tail(line) or read_breadcrumbs(line) or names_reviewer(line))
