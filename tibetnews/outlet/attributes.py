"""Bounds the attributes of a page's tags before it is parsed: the parser's time for one tag grows with their square."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_ATTRIBUTES = 500
"""Of one tag; the outlet's have a dozen."""
_MIN_CHARACTERS = 20_000
"""A shorter tag cannot have enough attributes to take long."""
_STEP = _MIN_CHARACTERS // 2

_NAME_AND_VALUE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
_ATTRIBUTES_TO_END = rf"(?:[\s/]++|{_NAME_AND_VALUE})*+"
_TAG = re.compile(rf"(<[a-zA-Z][^\s/>]*+){_ATTRIBUTES_TO_END}")
"""A tag up to its ``>``, as HTML 5 reads it; it never fails once begun, so that no character is read for two tags."""
_REST = re.compile(_ATTRIBUTES_TO_END)
_ATTRIBUTES = re.compile(rf"(?:[\s/]*+{_NAME_AND_VALUE}){{1,{MAX_ATTRIBUTES}}}+")


def bound_attributes(html: str) -> str:
    """Return a page of which no tag has many more than MAX_ATTRIBUTES attributes: the further ones are left out."""
    rests = (_REST.match(html, place, place + _STEP) for place in _places(html))
    return _TAG.sub(_bounded, html) if any(rest and len(rest[0]) == _STEP for rest in rests) else html


def _places(html: str) -> Iterator[int]:
    """Yield places from one of which on a long tag lasts for a step at least.

    To read every tag takes longer than to parse the page. So only one place in each step is looked at, as if it stood
    in a tag: between two attributes, in a value, whose quote ends it, or in front of one, which the second quote ends.
    """
    for place in range(_STEP, len(html) - _STEP, _STEP):
        yield place
        for quote in "\"'":
            end = place
            for _ in range(2):
                if end := html.find(quote, end, place + _STEP) + 1:
                    yield end
                else:
                    break


def _bounded(tag: re.Match[str]) -> str:
    """Return a tag without the attributes that are too many."""
    kept = _ATTRIBUTES.match(tag[0], len(tag[1]))
    return tag[0][: kept.end()] if kept and len(tag[0]) >= _MIN_CHARACTERS else tag[0]
