"""Finds the lines of a byline around the one that tells the time."""

from __future__ import annotations

from collections.abc import Sequence

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.byline import is_byline_part
from tibetnews.text.page.credit_line import read_credit
from tibetnews.text.page.dateline import AGENCY
from tibetnews.text.page.labels import is_label
from tibetnews.text.page.names import is_foreign_name, is_organisation, is_person, split_names
from tibetnews.text.page.source import split_source
from tibetnews.text.page.times import read_time

_AGENCY = lazy_pattern(AGENCY)
_MAX_MEDIUM = 24  # characters of a line with a medium and its writers
_MAX_BYLINE_LINES = 60  # labels, values and the controls of a page may stand on lines of their own


def find_byline_lines(lines: Sequence[str], time: int) -> range:
    """Return the line that tells the time and those around it with further parts of the byline."""
    start, stop = time, time + 1
    while start and lines[start - 1] != lines[time]:
        if _belongs_to_byline(lines[start - 1]):
            start -= 1
        elif start > 1 and _is_value(lines[start - 2], lines[start - 1]):
            start -= 2
        else:
            break
    return range(start, byline_end(lines, start, stop))


def byline_end(lines: Sequence[str], start: int, stop: int) -> int:
    """Return where the byline that has the lines from start to stop ends, with what follows of it."""
    while stop < min(len(lines), start + _MAX_BYLINE_LINES) and lines[stop] not in lines[start:stop]:
        if (
            _belongs_to_byline(lines[stop])
            or _is_value(lines[stop - 1], lines[stop])
            or (stop - start == 1 and is_medium(lines[stop]) and _lacks_medium(lines[start]))
        ):
            stop += 1
        elif lines[stop] and are_names(lines[stop]) and any(map(_belongs_to_byline, lines[stop + 1 : stop + 2])):
            stop += 2
        else:
            break
    return stop


def _is_value(label: str, line: str) -> bool:
    """Return whether a line is the value of the label of a byline that ends the line above."""
    if label.endswith("།") and is_label(label) and is_foreign_name(line):
        return True
    if not label.endswith(("：", ":")) or not is_byline_part(label.split()[-1]):
        return False
    return is_organisation(line) or are_names(line)


def is_medium(line: str) -> bool:
    """Return whether a line is the name of a medium that needs no label, perhaps with its writers."""
    if len(line) > _MAX_MEDIUM or not _AGENCY.match(line):
        return False
    medium, _, remainder = split_source(line)
    return not remainder and _AGENCY.fullmatch(medium or "") is not None


def are_names(line: str) -> bool:
    """Return whether a line is nothing but names of persons."""
    return all(map(is_person, split_names(line)))


def _belongs_to_byline(line: str) -> bool:
    if is_byline_part(line):
        return True
    credit = read_credit(line)
    return credit is not None and credit.kind == "byline"


def _lacks_medium(line: str) -> bool:
    return "源" not in line and read_time(line) is not None
