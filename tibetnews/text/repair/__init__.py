"""What did the text say before a spam mirror damaged it?

A mirror turns simplified characters into traditional ones, puts pinyin behind some of them without regard
to the boundaries of GBK characters, cuts the bytes at what looks like a mark, and decodes each piece alone.
"""

from __future__ import annotations

from tibetnews.text.repair.decoder import Mended, mend_breaks
from tibetnews.text.repair.detection import Survey, survey
from tibetnews.text.repair.pinyin import READING
from tibetnews.text.repair.punctuation import thin, widen
from tibetnews.text.repair.simplification import simplify
from tibetnews.text.types import Repaired


def repair(text: str, damaged: bool | None = None) -> Repaired:
    """Undo a mirror's damage; undamaged text comes back as the same string.

    text: a whole page's text, since its damage is judged from the whole.  damaged: None decides from the
    text, True and False impose the answer.  The number of newlines never changes.
    """
    if damaged is False:
        return Repaired(text)
    found = survey(text)
    if not (damaged or found.damaged):
        return Repaired(text)
    if found.japanese:
        bare, readings = found.remove(text)
        return Repaired(bare, readings)
    mended = mend_breaks(text, found.keys)
    bare, readings, places = _assemble(text, found, mended)
    return Repaired(
        widen(simplify(bare)),
        readings=readings,
        breaks=sum(mend.explained for mend in mended),
        unresolved=len(places),
        script="t2s",
        places=places,
    )


def _assemble(text: str, found: Survey, mended: list[Mended]) -> tuple[str, int, tuple[tuple[int, int], ...]]:
    """The text without readings and with its breaks mended, how many readings went, where it is doubtful."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    readings = length = end = 0
    for mend in mended:
        piece, times = found.remove(text[end : mend.start])
        pieces += [thin(piece), mend.text]
        length += len(pieces[-2])
        places += [(length + start, length + stop) for start, stop in _merged(mend.doubtful)]
        length += len(mend.text)
        readings += times + len(READING.findall(text, mend.start, mend.end)) * mend.explained
        end = mend.end
    piece, times = found.remove(text[end:])
    return "".join([*pieces, thin(piece)]), readings + times, tuple(places)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
