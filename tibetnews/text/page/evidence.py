"""Tells quickly whether a text has anything that only a page has.

Most texts of a corpus are no pages, and nothing is to be looked for in them. Each part of a page needs certain
characters in a line that is no sentence: a byline a year with a day, breadcrumbs a mark between their parts, credits a
bracket or a word for editing. One search of the text for each finds the lines that have them, and only about
those the rules of the parts are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tibetnews.text.boilerplate.evidence import has_boilerplate
from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.line_forms import STOPS
from tibetnews.text.page.brackets import BRACKETS
from tibetnews.text.page.breadcrumbs import SEPARATORS, read_breadcrumbs
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.byline_lines import is_date_piece
from tibetnews.text.page.credit_line import MAY_NAME_WRITER, read_credit
from tibetnews.text.page.credit_tail import read_credit_tail
from tibetnews.text.page.credits import names_reporters, names_reviewer
from tibetnews.text.page.headline import HEAD_TITLE_MARKS, find_own_title
from tibetnews.text.page.labels import EDITING
from tibetnews.text.page.story_end import is_time_line
from tibetnews.text.page.time_forms import DAY_AND_CLOCK, YEAR_OF_DAY
from tibetnews.text.spans import lines_with
from tibetnews.text.unicode_ranges import INVISIBLE

_BRACKET = re.compile(f"[{re.escape(''.join(BRACKETS))}]")
_SEPARATOR = re.compile(f"[{SEPARATORS}]")
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
    if _repeats_title(lines):
        return True
    no_sentences = {line: None for line in lines if line and line[-1] not in STOPS}  # equal lines are asked once
    text = "\n".join(no_sentences)
    if _INVISIBLE.search(text):
        return True
    if any(is_part(" ".join(line.split())) for pattern, is_part in _PARTS for line in lines_with(pattern, text)):
        return True
    return has_boilerplate(lines, known)


def _repeats_title(lines: Sequence[str]) -> bool:
    """Return whether the first line is the page's own title, which another line repeats without the site's name."""
    first = next((line for line in lines if line and not line.isspace()), "")
    if not any(mark in first for mark in HEAD_TITLE_MARKS):
        return False
    return find_own_title([folded for line in lines if (folded := " ".join(line.split()))], "") is not None


def _tells_time(line: str) -> bool:
    return is_byline(line) or is_time_line(line) or is_date_piece(line)


def _names_editor(line: str) -> bool:
    return (
        line.endswith(("：", ":"))  # the value stands on the next line
        or bool(read_credit(line) or read_credit_tail(line))
        or names_reviewer(line)
    )


def _names_writer(line: str) -> bool:
    return MAY_NAME_WRITER.search(line) is not None and bool(read_credit(line) or read_credit_tail(line))


_PARTS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (YEAR_OF_DAY, _tells_time),
    (DAY_AND_CLOCK, is_byline),
    (EDITING, _names_editor),
    (_BRACKET, _names_writer),
    (_SEPARATOR, read_breadcrumbs),
    (_REPORTER, names_reporters),
)
"""What each part of a page needs in its line, and the rule that tells whether the line is that part."""
