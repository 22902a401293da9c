"""Bounds the attributes of a page's tags before it is parsed: the parser's time for one tag grows with their square."""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 500
"""Of one tag; the outlet's have a dozen."""
_MIN_CHARACTERS = 20_000
"""A shorter tag cannot have enough attributes to take long."""

_NAME_AND_VALUE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
_TAG = re.compile(rf"(<[a-zA-Z][^\s/>]*+)(?:[\s/]++|{_NAME_AND_VALUE})*+")
"""A tag up to its ``>``, as HTML 5 reads it; it never fails once begun, so that no character is read for two tags."""
_ATTRIBUTES = re.compile(rf"(?:[\s/]*+{_NAME_AND_VALUE}){{1,{MAX_ATTRIBUTES}}}+")
_SEPARATORS = " \n\t\r\f/\"'"


def bound_attributes(html: str) -> str:
    """Return a page of which no tag has many more than MAX_ATTRIBUTES attributes: the further ones are left out."""
    if len(html) < _MIN_CHARACTERS or sum(map(html.count, _SEPARATORS)) < _MIN_CHARACTERS // 4:
        return html
    if not any(tag.end() - tag.start() >= _MIN_CHARACTERS for tag in _TAG.finditer(html)):
        return html
    return _TAG.sub(_bounded, html)


def _bounded(tag: re.Match[str]) -> str:
    """Return a tag without the attributes that are too many."""
    kept = _ATTRIBUTES.match(tag[0], len(tag[1]))
    return tag[0][: kept.end()] if kept and len(tag[0]) >= _MIN_CHARACTERS else tag[0]
