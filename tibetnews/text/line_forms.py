"""Tells headlines, sentences and paragraphs by the form of a line.

All marks and patterns of sentence ends stand here side by side. They differ on purpose, by their question: whoever adds
a mark to one looks at the others. Those that every line is searched for begin with a set, which is found faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

STOPS = "。！？"
"""Marks that end a Chinese sentence."""

STORY_ENDS = (*STOPS, "”", "…")
"""How nearly all lines of a story end, and no other part of a page."""

PARAGRAPH_ENDS = (*STORY_ENDS, ".", "!", "?", "།")
"""How paragraphs end in any language of the outlet."""

NO_LIST_ENDS = "。！"
"""How no list of words ends; mirrors put a ？ after their keywords."""

HAS_STOP = re.compile(f"[{STOPS}]")
"""What no byline holds."""

FULL_SENTENCE = re.compile(
    r"[。；！？!?།.](?:(?<=[。；])|(?<=[！？!?])”?(?:\s?[（(]\d{1,2}\s?分[）)])?$|(?<=།)\s*།|(?<=\.)(?: [A-Z]|$))"
)
"""What neither a title in a list holds, which may have ！ and ？ inside, nor a word among others.

A question of an exam may tell its points: 材料二写了什么？（3分）.
"""

LATIN_END = re.compile(r"[a-z]{2}\.$")
"""The end of a sentence in Latin letters, and not of an abbreviation."""

_SENTENCE = re.compile(  # of Tibetan: a shad that is not of the head mark, and another; behind ག none is written
    r"[。！？；།༎.!?](?:(?<=[。！？；])|(?<=[^༄-༈།༎\s][།༎])\s?\S.*(?:[།༎]|འདུག$)|(?<=[.!?]) [A-Z])"
)
_SENTENCE_END = re.compile(r"""[。！？…!?.][”’」』）)"']*$""")
SPEAKER = re.compile(r"[^\s：:，。]{1,12}\s?[：:]")  # also any label: 地点：
_EXAMPLE = re.compile(r"(?:[例如]|如下|所示|(?<![编編撰填书書听聽])[写寫][着著道]?)\s?[：:]$")
_LEAD = re.compile(
    r"[^：:]{0,40}(?:例子?|如下|所示|[写寫][着著道的]|开头|開頭|[看的]标题|[看的]標題|格式|样式|署名|[这這][样樣]的?(?:开头的|写的)?)[：:]."
)
"""In front of the headline of a byline that a text shows."""
_MAX_TITLE = 120  # characters
_MAX_TIBETAN_TITLE = 360  # characters; Tibetan script needs three for a Chinese one
_MIN_PROSE = 25  # characters of a paragraph of one sentence
_MIN_STORY_LINE = 30  # characters of a paragraph below an editor line that shows that the story goes on


def is_title(line: str) -> bool:
    """Return whether a line could be a headline: not long, and no full stop at its end."""
    longest = _MAX_TIBETAN_TITLE if "་" in line else _MAX_TITLE
    return 0 < len(line) <= longest and not line.endswith(("。", "；", "，"))


def has_sentence(line: str) -> bool:
    """Return whether a line has a sentence in it, as a story's paragraphs have and lists of links have not."""
    return _SENTENCE.search(line) is not None


def is_prose(line: str) -> bool:
    """Return whether a line is a paragraph: it has a sentence, or is a long one itself."""
    return has_sentence(line) or (len(line) >= _MIN_PROSE and ends_with_sentence(line))


def is_story_line(line: str) -> bool:
    """Return whether a line is surely a paragraph of a story."""
    return len(line) >= _MIN_STORY_LINE and is_prose(line) and ends_with_sentence(line)


def introduces(line: str) -> bool:
    """Return whether a line leads up to the next one, as a sentence with a colon at its end does and a label does not.

    >>> introduces("他指着门上的字，念道："), introduces("例如："), introduces("责任编辑：")
    (True, True, False)
    """
    return line.endswith(("：", ":")) and (SPEAKER.fullmatch(line) is None or _EXAMPLE.search(line) is not None)


def shows_example(lines: Sequence[str], i: int) -> bool:
    """Return whether a text shows a line as an example: the one above leads up to it, or to a title above it.

    >>> shows_example(["格式如下：", "春来早", "2023-10-13 来源：新华网"], 2)
    True
    """
    above = list(islice(filter(None, map(str.strip, reversed(lines[:i]))), 2))
    return any(map(introduces, above)) or (bool(above) and _LEAD.match(above[0]) is not None)


def breaks_off(line: str) -> bool:
    """Return whether a line stops within a sentence.

    >>> breaks_off("他抬头看，门上写着"), breaks_off("西藏春来早")
    (True, False)
    """
    return not line.endswith(PARAGRAPH_ENDS) and ("，" in line or has_sentence(line))


def ends_with_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return _SENTENCE_END.search(line) is not None
