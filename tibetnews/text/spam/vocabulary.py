"""Which words are those of adult and gambling spam."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def strength(word: str) -> int:
    """Return 2 where the word is none of an honest list, 1 where it may be found beside such, else 0.

    >>> strength("澳门百家乐"), strength("电影"), strength("青稞")
    (2, 1, 0)
    """
    if not _pattern("strong", "weak", "brands", "trade", "suffixes").search(word):
        return 0
    branded = _pattern("brands").search(word) and _pattern("trade").search(word)
    return 2 if branded or _pattern("strong").search(word) else 1


def any_suspect(words: Iterable[str]) -> bool:
    """Tell, in one search, whether any of the words may have the strength 2."""
    return bool(_pattern("strong", "brands").search("\n".join(words)))


def brand_start(word: str) -> int | None:
    """Return where in a word a betting brand begins that ends with it; None where there is none.

    It begins with a known name or with Latin letters; an unknown name is taken to be the two characters
    before the words of the trade.

    >>> brand_start("北京开云体育"), brand_start("北京某某娱乐官网"), brand_start("时政")
    (2, 2, None)
    """
    named = _named_brand().search(word)
    if named:
        return named.start()
    trade = _trade_end().search(word)
    return max(0, trade.start() - 2) if trade else None


@cache
def _pattern(*groups: str) -> re.Pattern[str]:
    return re.compile(_any(*groups))


@cache
def _named_brand() -> re.Pattern[str]:
    name = rf"(?:(?:{_any('brands')})[A-Za-z0-9]*+|[A-Za-z][A-Za-z0-9.]{{1,12}}+)"
    rest = f"(?:{_any('trade', 'suffixes')})*+"
    return re.compile(rf"{name}{rest}(?:[（(][^）)]{{1,8}}[）)]{rest})?$")


@cache
def _trade_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('trade', 'suffixes')})++$")


def _any(*groups: str) -> str:
    words = [word for group in groups for word in _table()[group].split()]
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files("tibetnews.text").joinpath("data/spam_words.toml").read_text(encoding="utf-8"))
