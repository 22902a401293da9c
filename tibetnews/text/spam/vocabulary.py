"""Knows the words of adult and gambling spam, by spam_words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache

from tibetnews.text.data_files import read_toml
from tibetnews.text.spans import lines_with, pattern_of_words


class SpamWeight(IntEnum):
    """How strongly a word speaks for spam."""

    NONE = 0
    WEAK = 1
    """An honest list may hold it: 电影."""

    STRONG = 2
    """No honest list holds it: 澳门百家乐."""


def spam_weight(word: str) -> SpamWeight:
    """Return how strongly a word, in simplified characters, speaks for spam.

    >>> spam_weight("澳门百家乐").name, spam_weight("电影").name, spam_weight("青稞").name
    ('STRONG', 'WEAK', 'NONE')
    """
    if not _pattern("strong", "weak", "brands", "trade", "suffixes").search(word):
        return SpamWeight.NONE
    is_brand = _pattern("brands").search(word) and _pattern("trade").search(word)
    return SpamWeight.STRONG if is_brand or _pattern("strong").search(word) else SpamWeight.WEAK


def may_hold_strong(words: Iterable[str]) -> bool:
    """Return whether any of the words may be STRONG; one search tells."""
    return bool(_pattern("strong", "brands").search("\n".join(words)))


def weighty_words(words: Iterable[str]) -> set[str]:
    """Return the words that speak for spam at all; one search finds them.

    >>> weighty_words(["电影", "青稞"])
    {'电影'}
    """
    return set(lines_with(_pattern("strong", "weak", "brands", "trade", "suffixes"), "\n".join(words)))


def brand_start(word: str) -> int | None:
    """Return where the betting brand that ends a word begins; None where there is none.

    A brand begins with a known name or with Latin letters. Without either, the two characters before the
    words of the trade are its name.

    >>> brand_start("北京开云体育"), brand_start("北京某某娱乐官网"), brand_start("时政")
    (2, 2, None)
    >>> brand_start("北京开云体育·(中国)官方网站"), brand_start("北京某某娱乐（中国）官网")
    (2, 2)
    """
    named = _named_brand().search(word)
    if named:
        return named.start()
    trade = _trade_end().search(word)
    return max(0, trade.start() - 2) if trade else None


@cache
def inserted_stems() -> tuple[str, ...]:
    """Return the stems of words that mirrors put into sentences."""
    return tuple(_table()["inserted"].split())


@cache
def inserted_word() -> re.Pattern[str]:
    """Match such a word, with what it may begin and end with."""
    before, stem, after = (_any_of(group) for group in ("inserted_before", "inserted", "inserted_after"))
    return re.compile(f"(?:{before})?(?:{stem})(?:{stem}|{after})*+")


@cache
def _pattern(*groups: str) -> re.Pattern[str]:
    return pattern_of_words(_words(*groups))


@cache
def _named_brand() -> re.Pattern[str]:
    name = rf"(?:(?:{_any_of('brands')})[A-Za-z0-9]*+|[A-Za-z][A-Za-z0-9.]{{1,12}}+)"
    trade = f"(?:·?(?:{_any_of('trade', 'suffixes')}))*+"
    return re.compile(rf"{name}{trade}(?:·?[（(][^（）()]{{1,8}}[）)]{trade})?$")


@cache
def _trade_end() -> re.Pattern[str]:
    trade = f"(?:{_any_of('trade', 'suffixes')})++"
    return re.compile(rf"·?(?:{trade}·?)?(?:[（(][^（）()]{{1,8}}[）)])?{trade}$")


def _any_of(*groups: str) -> str:
    return "|".join(_words(*groups))


def _words(*groups: str) -> list[str]:
    """Return the words of some groups, the longest first."""
    return sorted((word for group in groups for word in _table()[group].split()), key=len, reverse=True)


@cache
def _table() -> dict[str, str]:
    return read_toml("data/spam_words.toml")
