"""Recognises labels that no page has around its story, as forms, notices and the imprints of books have them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from tibetnews.text.boilerplate import boilerplate_lines, is_boilerplate
from tibetnews.text.line_forms import SPEAKER, has_sentence
from tibetnews.text.page.byline_form import is_byline_part
from tibetnews.text.page.credit_line import read_credit
from tibetnews.text.remembered import remembered


def stands_above_foreign_label(lines: Sequence[str], i: int) -> bool:
    """Return whether a line stands above a label that no page has below its story, as in the imprint of a book."""
    filled = (lines[n] for n in range(i + 1, len(lines)) if lines[n])  # a copy of the lines would take too long
    below = list(islice(filled, 2))  # a label, and perhaps its value
    return any(map(is_foreign_label, below[:1])) and not _hold_boilerplate("\n".join(below))


def stands_between_foreign_labels(lines: Sequence[str], start: int, stop: int) -> bool:
    """Return whether lines are entries among others, as of an imprint within a story."""
    above = next((lines[n] for n in reversed(range(start)) if lines[n]), None)
    return above is not None and is_foreign_label(above) and stands_above_foreign_label(lines, stop - 1)


def is_foreign_label(line: str) -> bool:
    """Return whether a line begins with a label that no page has around its story."""
    return SPEAKER.match(line) is not None and not has_sentence(line) and _is_of_no_page(line)


@remembered()
def _is_of_no_page(line: str) -> bool:
    return not (is_boilerplate(line) or read_credit(line) or is_byline_part(line))


@remembered()
def _hold_boilerplate(lines: str) -> bool:
    return bool(boilerplate_lines(lines.split("\n")))
