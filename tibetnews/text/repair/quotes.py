"""Which quotation marks and brackets does a paragraph still have to close?"""

from __future__ import annotations

import re

CLOSING = {"“": "”", "‘": "’", "『": "』", "「": "」", "《": "》"}
DEEPEST = 8  # levels; what is open below them was forgotten
_MARKS = re.compile("[“”‘’『』「」《》\n]")


def still_open(text: str, before: str = "") -> str:
    """The marks that are open behind the text, the last one last; before: those that were open before it.

    A mark that closes nothing is passed over, and nothing stays open behind the end of a paragraph.
    """
    for mark in _MARKS.findall(text):
        if mark == "\n":
            before = ""
        elif mark in CLOSING:
            before += mark
        elif before and CLOSING[before[-1]] == mark:
            before = before[:-1]
    return before[-DEEPEST:]
