"""Undoes the damage that a spam mirror does to Chinese text.

A mirror turns simplified characters into traditional ones, puts the pinyin of some after them without regard to the
boundaries of GBK characters, cuts the bytes at what looks like a mark, and decodes each piece alone.  docs/repair.md
explains the damage and the search that undoes it.
"""

from __future__ import annotations

from tibetnews.text.types import Repaired


def repair(text: str, damaged: bool | None = None) -> Repaired:
    """Undo a mirror's damage; undamaged text comes back as the same string.

    The number of newlines never changes.

    Args:
        text: A whole page's text, since its damage is judged from the whole.
        damaged: None decides from the text; True and False impose the answer.

    >>> shown = "技術(shù)創(chuàng)新之路?!北本┦锌茖W(xué)技術(shù)研究院的發(fā)展"
    >>> repaired = repair(shown)
    >>> repaired.text, repaired.readings, repaired.breaks
    ('技术创新之路。”北京市科学技术研究院的发展', 5, 1)
    >>> repaired.edits[0]
    Edit(start=1, end=2, kind='script', before='術', after='术')
    >>> repair("亳(bó)州市").text
    '亳(bó)州市'
    """
    if damaged is False or (damaged is None and "(" not in text and "?" not in text):  # there is no evidence
        return Repaired(text)
    # What takes long to load is loaded for the first text that needs it.
    from tibetnews.text.repair.detection import detect

    detection = detect(text)
    if not (damaged or detection.damaged):
        return Repaired(text)
    from tibetnews.text.repair.restoration import restore

    repaired = restore(text, detection)
    return repaired if damaged or repaired.readings or repaired.breaks else Repaired(text)
