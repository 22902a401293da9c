"""Tells headlines, sentences and paragraphs by the form of a line.

All marks and patterns of sentence ends stand here side by side. They differ on purpose, by their question: whoever adds
a mark to one looks at the others.
"""

from __future__ import annotations

import re

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

FULL_SENTENCE = re.compile(r"[。；]|[！？!?]”?$|།\s*།|\. [A-Z]|\.$")
"""What neither a title in a list holds, which may have ！ and ？ inside, nor a word among others."""

LATIN_END = re.compile(r"[a-z]{2}\.$")
"""The end of a sentence in Latin letters, and not of an abbreviation."""

_SENTENCE = re.compile(r"[。！？；]|[།༎]\s?\S.*[།༎]|[.!?] [A-Z]")
_SENTENCE_END = re.compile(r"""[。！？…!?.][”’」』）)"']*$""")
SPEAKER = re.compile(r"[^\s：:，。]{1,12}\s?[：:]")  # also any label: 地点：
_EXAMPLE = re.compile(r"(?:[例如]|如下|所示|[写寫][着著道])\s?[：:]$")
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


def ends_with_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return _SENTENCE_END.search(line) is not None
