"""Finds what mirrors put into honest lines: betting brands with a badge, words of their trade, and hidden tags."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.script import is_traditional
from tibetnews.text.spam.vocabulary import brand_start, inserted_stems, inserted_word
from tibetnews.text.spans import Span
from tibetnews.text.unicode_ranges import HAN

# A hyphen glued to a bracket that opens with 官网 or 官方: no honest text has it. Every part is bounded.
_BADGE = lazy_pattern(r"[-—－_]【官[网方][^】\n]{0,30}】")

# The word before the badge, which holds the brand.
_NO_WORD = r"\s>＞|｜_，。！？、：；,“”《》（）()【】-"
_LAST_WORD = lazy_pattern(rf"[^{_NO_WORD}]*+(?:[（(][^{_NO_WORD}]{{1,8}}[）)][^{_NO_WORD}]*+)?$")
_BRAND_WINDOW = 40  # characters before and after a badge that are looked at

_GLUE = " _-|—"  # between a brand and its neighbours in a title
_GAP = " >＞\xa0"  # between a brand and its neighbours in breadcrumbs

# Tags with nothing between them. A tag matches whole or not at all (possessive), and each begins with its
# own `<`, so that a run is read once.
_EMPTY_TAGS = lazy_pattern(r'(?:</?[A-Za-z][A-Za-z0-9]{0,15}(?: [a-z-]{1,12}="[^"<>]{0,40}")*+ ?/?>\s*+)++')
_IN_SENTENCE = lazy_pattern(f"[{HAN}0-9]")
_MIN_INSERTED = 2
_LIST_MARK = lazy_pattern(r"\s*(?:[•·*-]|\d{1,2}\.)\s*")
_ID = lazy_pattern(r' id="([^"]+)"')


def brand_spans(line: str) -> Iterator[Span]:
    """Yield where each brand stands with its badge, and of what glues it to the words before it.

    The badge marks the end of the brand; where no brand stands before it, the badge goes alone.

    >>> list(brand_spans("拉萨新闻-开云体育-【官网首页】"))
    [Span(start=4, end=16, kind='spam')]
    """
    if "【官" not in line:
        return
    end = 0
    for badge in _BADGE.finditer(line):
        before = line[max(end, badge.start() - _BRAND_WINDOW) : badge.start()]
        word = _LAST_WORD.findall(before)[0]
        brand = brand_start(word)
        kept = before if brand is None else before[: len(before) - len(word) + brand]
        after = line[badge.end() : badge.end() + _BRAND_WINDOW]
        at_gap = not after or after[0] in _GAP
        start = badge.start() - len(before) + len(kept.rstrip(_GLUE + _GAP if at_gap else _GLUE))
        end = badge.end()
        if start == 0:  # nothing stays before the brand, so what separates it from the words after it goes too
            end += len(after) - len(after.lstrip(_GLUE + _GAP))
        yield Span(start, end, "spam")


def hidden_tags(line: str) -> Iterator[Span]:
    """Yield where runs of empty tags with one id on several stand, which HTML forbids; with the mark of a list of them.

    >>> list(hidden_tags('西藏<acronym id="siyyr"><label id="siyyr"></label></acronym>'))
    [Span(start=2, end=58, kind='spam')]
    """
    if ' id="' in line:
        for run in _EMPTY_TAGS.finditer(line):
            ids = _ID.findall(run.group())
            if len(set(ids)) < len(ids):
                is_entry = run.end() == len(line) and _LIST_MARK.fullmatch(line, 0, run.start())
                yield Span(0 if is_entry else run.start(), run.end(), "spam")


def holds_inserted_words(text: str) -> bool:
    """Return whether words of a mirror's trade in traditional script stand inside the sentences of a simplified text.

    >>> holds_inserted_words("河谷里的春包養網天来得晚。羊群在4月2包養行情4日下山。")
    True
    >>> holds_inserted_words("他在书里写到“包養”二字。"), holds_inserted_words("他被包養網騙了錢。她被包養網騙了錢。")
    (False, False)
    """
    if not any(map(text.__contains__, inserted_stems())):
        return False
    inside = (
        match
        for match in inserted_word().finditer(text)
        if _IN_SENTENCE.match(text[match.start() - 1 : match.start()]) and _IN_SENTENCE.match(text, match.end())
    )
    return any(islice(inside, _MIN_INSERTED - 1, None)) and not is_traditional(inserted_word().sub("", text))


def inserted_words(line: str) -> Iterator[Span]:
    """Yield where the words stand."""
    return (Span(*match.span(), "spam") for match in inserted_word().finditer(line))


def is_empty_tag(line: str) -> bool:
    """Return whether a line is nothing but a shown tag with nothing in it; above a page's first part it is a mirror's.

    >>> is_empty_tag('<p id="utfaj"></p>'), is_empty_tag("<b>西藏</b>")
    (True, False)
    """
    return line.lstrip().startswith("<") and _EMPTY_TAGS.fullmatch(line.strip()) is not None
