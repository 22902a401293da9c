"""Reads the credits in a bracket at the end of a paragraph: …（责编：李雨潼）."""

from __future__ import annotations

from typing import NamedTuple

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.brackets import CLOSING_ENDS
from tibetnews.text.page.credit_line import STAFF_DAY, Credit, read_credit, read_editor_credit

_TAIL_WINDOW = 80  # characters at the end of a paragraph in which a bracket with credits is looked for
_TAIL_ENDS = (*CLOSING_ENDS, *"0123456789")
_TAIL = lazy_pattern(rf"\s?(?P<bracket>[（(【](?![图圖])[^（()）【】]{{2,80}}[）)】](?:{STAFF_DAY})?)\s*\Z")


class CreditTail(NamedTuple):
    """A paragraph with credits in a bracket at its end."""

    story: str
    text: str
    """The bracket as it stands on the page."""
    credit: Credit


def read_credit_tail(paragraph: str) -> CreditTail | None:
    """Return a paragraph without the bracket with credits at its end, the bracket, and whom it names.

    >>> tail = read_credit_tail("西藏的春天来得晚。（责编：李雨潼）")
    >>> tail.story, tail.text, tail.credit.editor
    ('西藏的春天来得晚。', '（责编：李雨潼）', '李雨潼')
    """
    match = _TAIL.search(paragraph[-_TAIL_WINDOW:]) if paragraph.rstrip().endswith(_TAIL_ENDS) else None
    if match is None:
        return None
    # A story may end with its reporter in brackets; with a stroke after the label it is a credit.
    has_stroke = "/" in match["bracket"] or "／" in match["bracket"]
    credit = (read_credit if has_stroke else read_editor_credit)(match["bracket"])
    if credit is None:
        return None
    return CreditTail(paragraph[: len(paragraph) - len(match[0])].rstrip(), match["bracket"], credit)
