"""Marks of a damaged page: injected ones are removed, full-width ones restored, open quotation marks tracked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.parameters import MAX_OPEN_QUOTES, MIN_FULL_WIDTH_MARKS
from tibetnews.text.unicode_ranges import HAN

_TO_FULL_WIDTH = str.maketrans(FULL_WIDTH)
_CHINESE = rf"{HAN}〇、。〈-】”’“‘…—％，：；？！（）①-⑳Ⅰ-Ⅻ"
# The patterns begin with the mark, which is found much faster than what stands before it.
_BRACKETS = lazy_pattern(
    rf"\((?:(?<=[{_CHINESE}]\()[^()\n]{{1,80}}\)|[^()\n]{{0,80}}?[{HAN}、][^()\n]{{0,80}}\)"
    rf"|(?<! \()[^()\n]{{1,80}}\)(?=[{_CHINESE}])|(?<![^\n]\()[0-9]{{1,2}}\)(?=[0-9A-Za-z]))"
)
_MARKS = lazy_pattern(
    rf"[,:;?!()](?:(?<=[{_CHINESE}].)[,:;?!()]*|(?<=%[,;])(?=[0-9{_CHINESE}\n]|\Z)"
    rf"|(?<=[A-Za-z],)(?=[0-9A-Za-z])|(?<=[,:;?!])(?<![,:;?!].)[,:;?!]*+(?=[{_CHINESE}]))"
)
_INJECTED_COMMA = lazy_pattern(rf"[,，](?<=[{HAN}”’》）」』】%％0-9].)[,，]*(?=[,，。、；：？！;:?!])")
LABEL_COLON = lazy_pattern(rf"：(?<=【[{HAN}]{{2}}：)|：(?<=【[{HAN}]{{4}}：)")
"""After a label in brackets (【责任编辑:, 【编辑:) some outlets print an ASCII colon, some a full-width one."""
_LOST_INDENT = lazy_pattern(r"(?m)^(?:(?:\?\?)+|\?{3,} +)(?=[^?\s])")
_TERM_WITH_FULL_STOP = lazy_pattern(rf"“(?<=[{HAN}]“)[{HAN}0-9A-Za-z]{{1,8}}。(?=”)")
_EMOJI = lazy_pattern(f"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?(?=[{HAN},，。；：！？;:!?])")


def restore_full_width(text: str) -> str:
    """Return the text with full-width marks beside Chinese; times, numbers and Latin text keep theirs.

    >>> restore_full_width("西藏(拉萨),10:05;说:ok (yes)")
    '西藏（拉萨），10:05；说：ok (yes)'
    >>> restore_full_width("(1)Linux,Windows,3D and 1,000 (free)软件")
    '（1）Linux，Windows，3D and 1,000 (free)软件'
    """
    text = _BRACKETS.sub(lambda match: f"（{match[0][1:-1]}）", text)
    return _MARKS.sub(lambda match: FULL_WIDTH.get(match[0]) or match[0].translate(_TO_FULL_WIDTH), text)


def restore_indents(text: str) -> str:
    r"""Return the text with blanks for the question marks that open a line: GBK lacks the blanks of some indents.

    >>> restore_indents("????近日，他说：“？”\n??拉萨\n????? 山南")
    '    近日，他说：“？”\n  拉萨\n      山南'
    """
    if "??" not in text:
        return text
    return _LOST_INDENT.sub(lambda match: " " * len(match[0]), text)


def keeps_full_width(text: str) -> bool:
    """Return whether the marks came as the author wrote them: then the ASCII ones are the author's own.

    >>> keeps_full_width("他说，西藏（拉萨）：好。【责任编辑:张三】"), keeps_full_width("他说,西藏(拉萨):好。")
    (True, False)
    """
    kept = sum(map(text.count, FULL_WIDTH.values()))
    return kept > MIN_FULL_WIDTH_MARKS and kept > sum(map(text.count, FULL_WIDTH)) - 2 * text.count("(")


def injected_marks(text: str) -> list[re.Pattern[str]]:
    """Return the patterns of what mirrors put beside marks and into words, in the order of their removal."""
    has_astral = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)  # the fastest way to find them
    return [_EMOJI, _INJECTED_COMMA] if has_astral else [_INJECTED_COMMA]


def remove_injected_marks(text: str) -> str:
    """Return the text without injected emoji and commas before other marks.

    >>> remove_injected_marks("報道,,國臺辦😀表示,:犯人歸案,。")
    '報道,國臺辦表示:犯人歸案。'
    """
    for pattern in injected_marks(text):
        text = pattern.sub("", text)
    return text


def injected_commas(text: str) -> Iterator[int]:
    """Yield where injected commas stood: the positions in the text without injected marks.

    >>> [*injected_commas("報道,,國臺辦😀表示,:犯人歸案,。")]
    [2, 8, 13]
    """
    *others, comma = injected_marks(text)
    for pattern in others:
        text = pattern.sub("", text)
    removed = 0
    for match in comma.finditer(text):
        yield match.start() - removed
        removed += len(match[0])


CLOSING_OF = {"“": "”", "‘": "’", "『": "』", "「": "」", "《": "》", "（": "）"}
CLOSING_QUOTES = frozenset(CLOSING_OF.values())
_QUOTES = lazy_pattern("[“”‘’『』「」《》（）()]")


def open_quotes(text: str, before: str = "") -> str:
    """Return the quotation marks and brackets that are open after the text, the last one last.

    A mark that closes nothing is passed over, and nothing stays open after the end of a paragraph.

    Args:
        text: What follows ``before``.
        before: The marks that are open before the text.

    >>> open_quotes("他说：“看《红楼梦》和『西")
    '“『'
    """
    _, newline, line = text.rpartition("\n")
    return _follow_quotes(line, "" if newline else before)[0]


def count_unbalanced(line: str, before: str = "", *, ends: bool) -> int:
    """Count the quotation marks and brackets of a line that close nothing, open what is open, or stay open at its end.

    Args:
        line: What follows ``before``, and no newline.
        before: The marks that are open before it.
        ends: It goes to the end of the paragraph.

    >>> count_unbalanced("他说：《看》”", "“", ends=True), count_unbalanced("他说）：“看", ends=True)
    (0, 2)
    """
    unclosed, strays = _follow_quotes(line, before)
    return strays + len(unclosed) * ends


def count_stops_in_terms(text: str, start: int) -> int:
    """Count the full stops that end a term in quotation marks.

    Quotation marks that open in the middle of a sentence and hold a few characters hold no sentence.

    Args:
        text: A piece of a text.
        start: Where in it the full stops begin that count.

    >>> count_stops_in_terms("号称“十三太。”。复兴社", 0), count_stops_in_terms("他说：“我来。”", 0)
    (1, 0)
    """
    return sum(match.end() > start for match in _TERM_WITH_FULL_STOP.finditer(text))


def _follow_quotes(line: str, before: str) -> tuple[str, int]:
    """Return the marks that are open after a line, and how many close nothing or open what is open."""
    strays = 0
    for shown in _QUOTES.findall(line):
        mark = FULL_WIDTH.get(shown, shown)
        if mark in CLOSING_OF:
            strays += mark == before[-1:]
            before += mark
        elif before and CLOSING_OF[before[-1]] == mark:
            before = before[:-1]
        else:
            strays += 1
    return before[-MAX_OPEN_QUOTES:], strays
