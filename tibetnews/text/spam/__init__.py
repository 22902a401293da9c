"""Removes what spam mirrors and forums add to a page.

These are link farms, keyword headers, brands glued to honest words, words put between them, hidden tags and noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tibetnews.text.spam.forum_noise import noise_spans
from tibetnews.text.spam.injected import brand_spans, hidden_tags, holds_inserted_words, inserted_words, is_empty_tag
from tibetnews.text.spam.link_farms import farm_lines
from tibetnews.text.spans import Span, remove_spans
from tibetnews.text.types import Stripped

__all__ = ["is_empty_tag", "strip_spam"]


def strip_spam(text: str, lines: Sequence[str] | None = None) -> Stripped:
    r"""Take what spam mirrors added out of a text; return the same text where nothing is found.

    The form decides, not the topic: lines that are lists and no sentences, place names in no order that a story
    would have, one id on many tags.

    Args:
        text: any text.
        lines: its lines, where the caller has them.

    >>> strip_spam("西藏春来早。\n\n黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|").text
    '西藏春来早。'
    """
    lines = text.split("\n") if lines is None else lines
    farms = farm_lines(lines)
    noise = noise_spans(text, lines)
    has_words = holds_inserted_words(text)
    if not (farms or noise or has_words) and "【官" not in text and ' id="' not in text:
        return Stripped(text)
    return remove_spans(text, _spans(lines, farms, noise, has_words=has_words))


def _spans(
    lines: Sequence[str], farms: set[int], noise: Mapping[int, Sequence[Span]], *, has_words: bool
) -> Iterator[Span]:
    """Yield the farms, neighbouring lines as one, and what is glued to the other lines."""
    line_start = 0
    farm: Span | None = None
    for number, line in enumerate(lines):
        line_end = line_start + len(line)
        if number in farms:
            farm = Span(farm.start if farm else line_start, line_end, "spam")
        elif line:
            if farm:
                yield farm
                farm = None
            words = inserted_words(line) if has_words else ()
            done = 0
            for start, end, kind in sorted((*brand_spans(line), *hidden_tags(line), *words, *noise.get(number, ()))):
                if end > done:  # a brand may hold tags
                    yield Span(line_start + max(start, done), line_start + end, kind)
                    done = end
        line_start = line_end + 1
    if farm:
        yield farm
