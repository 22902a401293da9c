"""Tells whether a line that a row of phrases.toml fits shows that a text is a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tibetnews.text.boilerplate.matching import FoundPhrases, find_phrases, first_filled
from tibetnews.text.boilerplate.phrases import LIST_MARKS, OPENING_MARKS
from tibetnews.text.line_forms import FULL_SENTENCE, PARAGRAPH_ENDS, SPEAKER, breaks_off, introduces, shows_example

_WHEN = re.compile(r"\s*(?:[时時][间間]|日期)\s?[：:]")
_UPDATED = re.compile(r"\s*更新")
_CODE_INDENTS = ("  ", "\t")


def has_boilerplate(lines: Sequence[str]) -> bool:
    """Return whether a text has a line that only a page has, such as its copyright notice below the story.

    >>> has_boilerplate(["西藏春来早。", "分享到：微信 微博"]), has_boilerplate(["阅读", "分享", "写作"])
    (True, False)
    """
    found = find_phrases(lines)
    if not found.matches:
        return False
    first = next(_sentences(found, range(len(lines))), len(lines))
    last = next(_sentences(found, reversed(range(len(lines)))), -1)
    return any(
        (not _is_weak(number, found) or (number > last >= 0 and _shows_page_at_foot(number, found)))
        and not phrase.bare.fullmatch(found.lines[number].lstrip(OPENING_MARKS))
        # A source file opens with a notice of copyright, too, and an official notice with its day.
        and (phrase.kind not in ("copyright", "publication") or first < number or "中国西藏网" in found.lines[number])
        # The text goes on below the day in a policy or in the log of a program.
        and not (_UPDATED.match(found.lines[number]) and number < last)
        and not _is_quoted(number, lines, phrase.kind, goes_on=number < last)
        and not is_entry(number, found)
        for number, phrase in found.matches.items()
    )


def _sentences(found: FoundPhrases, numbers: Iterable[int]) -> Iterator[int]:
    """Yield which of some lines hold a sentence that no phrase fits."""
    return (i for i in numbers if i not in found.matches and FULL_SENTENCE.search(found.lines[i]))


def _is_weak(number: int, found: FoundPhrases) -> bool:
    """Return whether an honest text may have a line, alone or as an entry of a list."""
    phrase = found.matches[number]
    return phrase.weak or (phrase.kind != "copyright" and found.lines[number].lstrip()[:1] in LIST_MARKS)


def _shows_page_at_foot(number: int, found: FoundPhrases) -> bool:
    """Return whether a line below the last sentence shows a page, if weakly: by its row, or with the next one."""
    phrase = found.matches[number]
    if not phrase.foot:
        return _stands_in_pair(number, found)
    above = first_filled(found.lines, reversed(range(number)))
    is_below_story = above is not None and (
        above in found.matches or found.lines[above].rstrip().endswith(PARAGRAPH_ENDS)
    )
    return is_below_story and sum(other is phrase for other in found.matches.values()) == 1


def _stands_in_pair(number: int, found: FoundPhrases) -> bool:
    """Return whether the next line fits the same phrase with another of its words, as 下一篇：… below 上一篇：…."""
    below = first_filled(found.lines, range(number + 1, len(found.lines)))
    phrase = found.matches[number]
    if below is None or phrase.kind == "publication" or found.matches.get(below) is not phrase:
        return False
    line, next_line = (found.lines[i].lstrip(OPENING_MARKS) for i in (number, below))
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


def is_entry(number: int, found: FoundPhrases) -> bool:
    """Return whether a line that fits a phrase stands among labels of other things, as in a notice or an imprint."""
    lines, matches = found
    if matches[number].kind not in ("publication", "editor") or number + 1 in matches:
        return False
    below = first_filled(lines, range(number + 1, len(lines)))
    if below is not None and not _is_other_label(below, found):  # as nearly always
        return False
    if below is not None and _WHEN.match(lines[number]):  # 时间：…, above 地点：…
        return True
    above = first_filled(lines, reversed(range(number)))
    return above is not None and _is_other_label(above, found)


def _is_other_label(number: int, found: FoundPhrases) -> bool:
    """Return whether a line begins with a label, and no phrase fits it."""
    return number not in found.matches and SPEAKER.match(found.lines[number].strip()) is not None
