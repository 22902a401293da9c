"""Tells whether a line that a row of phrases.toml fits shows that a text is a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tibetnews.text.boilerplate.matching import FoundPhrases, KnownPhrases, find_phrases
from tibetnews.text.boilerplate.phrases import LIST_MARKS, OPENING_MARKS
from tibetnews.text.line_forms import FULL_SENTENCE, PARAGRAPH_ENDS, SPEAKER, breaks_off, introduces, shows_example

_WHEN = re.compile(r"\s*(?:[时時][间間]|日期)\s?[：:]")
_UPDATED = re.compile(r"\s*更新")
_BELOW_SENTENCE = ("copyright", "publication", "editor")
"""Kinds of lines that show a page below a sentence alone."""
_CODE_INDENTS = ("  ", "\t")


def has_boilerplate(lines: Sequence[str], known: KnownPhrases | None = None) -> bool:
    """Return whether a text has a line that only a page has, such as its copyright notice below the story.

    Args:
        lines: the text.
        known: the phrases that its lines fit, where the caller asks for them again; those that are found are added.

    >>> has_boilerplate(["西藏春来早。", "分享到：微信 微博"]), has_boilerplate(["阅读", "分享", "写作"])
    (True, False)
    """
    found = find_phrases(lines, known)
    if not found.matches:
        return False
    first = next(_sentences(found, range(len(found.lines))), len(found.lines))
    last = next(_sentences(found, reversed(range(len(found.lines)))), -1)
    return any(
        (not _is_weak(place, found) or (place > last >= 0 and _shows_page_at_foot(place, found)))
        and not phrase.bare.fullmatch(found.lines[place].lstrip(OPENING_MARKS))
        # A source file opens with a notice of copyright, too, an official notice with its day, a poem with 责编：风.
        and (phrase.kind not in _BELOW_SENTENCE or first < place or "中国西藏网" in found.lines[place])
        # The text goes on below the day in a policy or in the log of a program.
        and not (_UPDATED.match(found.lines[place]) and place < last)
        and not _is_quoted(found.numbers[place], lines, phrase.kind, goes_on=place < last)
        and not is_entry(place, found)
        for place, phrase in found.matches.items()
    )


def _sentences(found: FoundPhrases, places: Iterable[int]) -> Iterator[int]:
    """Yield which of some lines hold a sentence and fit no phrase."""
    return (i for i in places if i not in found.matches and FULL_SENTENCE.search(found.lines[i]))


def _is_weak(place: int, found: FoundPhrases) -> bool:
    """Return whether an honest text may have a line, alone or as an entry of a list."""
    phrase = found.matches[place]
    return phrase.weak or (phrase.kind != "copyright" and found.lines[place].lstrip()[:1] in LIST_MARKS)


def _shows_page_at_foot(place: int, found: FoundPhrases) -> bool:
    """Return whether a line below the last sentence shows a page, if weakly: by its row, or with the next one."""
    phrase = found.matches[place]
    if not phrase.foot:
        return _stands_in_pair(place, found)
    above = place - 1
    is_below_story = above in found.matches or (above >= 0 and found.lines[above].rstrip().endswith(PARAGRAPH_ENDS))
    return is_below_story and not any(other is phrase for i, other in found.matches.items() if i != place)


def _stands_in_pair(place: int, found: FoundPhrases) -> bool:
    """Return whether the next line fits the same phrase with another of its words, as 下一篇：… below 上一篇：…."""
    phrase = found.matches[place]
    if phrase.kind == "publication" or found.matches.get(place + 1) is not phrase:
        return False
    line, next_line = (line.lstrip(OPENING_MARKS) for line in found.lines[place : place + 2])
    return line[:3] != next_line[:3]


def _is_quoted(number: int, lines: Sequence[str], kind: str, *, goes_on: bool) -> bool:
    """Return whether a story quotes a line: the one above leads up to it, or to the indented lines around it.

    Args:
        number: The line's.
        lines: Those of the text.
        kind: The line's kind of boilerplate.
        goes_on: Whether a sentence stands below the line.
    """
    if kind == "publication" and shows_example(lines, number):
        return True
    is_indented = lines[number].startswith(_CODE_INDENTS)
    for number_above in reversed(range(number)):
        line = lines[number_above]
        if (above := line.strip()) and not (is_indented and line.startswith(_CODE_INDENTS)):
            return introduces(above) or (kind == "editor" and goes_on and breaks_off(above))
    return False


def is_entry(place: int, found: FoundPhrases) -> bool:
    """Return whether a line that fits a phrase stands among labels of other things, as in a notice or an imprint."""
    if found.matches[place].kind not in ("publication", "editor"):
        return False
    is_last = place + 1 == len(found.lines)
    if not (is_last or _is_other_label(place + 1, found)):  # as nearly always
        return False
    is_time_of_event = not is_last and _WHEN.match(found.lines[place])  # 时间：…, above 地点：…
    return bool(is_time_of_event) or (place > 0 and _is_other_label(place - 1, found))


def _is_other_label(place: int, found: FoundPhrases) -> bool:
    """Return whether a line begins with a label and fits no phrase."""
    return place not in found.matches and SPEAKER.match(found.lines[place].strip()) is not None
