"""The words of lines that are lists, for telling what such a list is about."""

from __future__ import annotations

import re

from tibetnews.text.gazetteer import place_names
from tibetnews.text.repair.simplification import simplify
from tibetnews.text.script import has_traditional_form

# A line that is a list: short words, no sentence, no label. Words and separators exclude each other and are
# matched whole (possessive), so that every character is read once.
STARS = "★☆◆◇●■✔"
_SEPARATORS = rf"\s|｜丨_、,，/·\-{STARS}"
_MAX_WORD = 24  # characters
WORD = re.compile(rf"[^{_SEPARATORS}]+")


def _list_without(marks: str) -> re.Pattern[str]:
    """Match a list whose words hold none of the marks."""
    words = rf"[^{_SEPARATORS}。！；：:{marks}]{{1,{_MAX_WORD}}}+"
    return re.compile(rf"[{_SEPARATORS}]*+(?:{words}(?:[{_SEPARATORS}]++|$))++")


_LIST = _list_without("")
_ROW = _list_without(">＞›»")  # no breadcrumbs


def is_list(line: str) -> bool:
    """Return whether a line is a list of words."""
    return _LIST.fullmatch(line) is not None


def words_of_row(line: str) -> list[str]:
    """Return the words of a line that may be a row of a list; none where it is anything else, such as breadcrumbs."""
    if len(line) <= _MAX_WORD and line.replace(" ", "").isalnum() and "丨" not in line:  # no marks: told faster
        return line.split()
    return WORD.findall(line) if _ROW.fullmatch(line) else []


def simplified(words: list[str]) -> list[str]:
    """Return the words in the script of the tables, for deciding only."""
    joined = "\n".join(words)
    if not has_traditional_form(joined):
        return words
    # 乾县 is a name in simplified script, though 乾 by itself would become 干
    places = place_names()
    return [word if word in places else other for word, other in zip(words, simplify(joined).split("\n"), strict=True)]
