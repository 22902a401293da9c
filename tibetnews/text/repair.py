"""What did the text say before a spam mirror damaged it?

A mirror turns simplified characters into traditional ones, puts pinyin behind some of them without regard to the
boundaries of GBK characters, cuts the bytes at what looks like a mark, and decodes each piece alone.
"""

from __future__ import annotations

from tibetnews.text.breaks import Page
from tibetnews.text.punctuation import widen
from tibetnews.text.readings import survey
from tibetnews.text.results import Repaired
from tibetnews.text.script import simplify


def repair(text: str, damaged: bool | None = None) -> Repaired:
    """Undo a mirror's damage; undamaged text comes back as the same string.

    text: a whole page's text, since its damage is judged from the whole.  damaged: None decides from the text,
    True and False impose the answer.  The number of newlines never changes.
    """
    if damaged is False:
        return Repaired(text)
    found = survey(text)
    if not (damaged or found.damaged):
        return Repaired(text)
    mended = Page(text, found.keys).mend() if "?" in text else []
    pieces = []
    end = 0
    for mend in mended:
        pieces += [text[end : mend.start], mend.text]
        end = mend.end
    bare, removed = found.remove("".join([*pieces, text[end:]]))
    return Repaired(widen(simplify(bare)), readings=removed, breaks=len(mended), script="t2s")
