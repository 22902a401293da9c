"""Knows the provinces that a place name belongs to."""

from __future__ import annotations

from collections.abc import KeysView
from functools import cache

from tibetnews.text.data_files import read_text


def provinces(name: str) -> tuple[int, ...]:
    """Return the codes of the provinces with a division of that name, rising; () for any other word.

    Names are simplified, of the county level or higher, present or former (since 1980), with their suffix
    or without: 峨边彝族自治县 and 峨边. Codes are those of GB/T 2260 (54 is 西藏). data/SOURCES.md says where
    the names come from.

    >>> provinces("墨竹工卡县"), provinces("鼓楼区"), provinces("视频")
    ((54,), (32, 35, 41), ())
    """
    return _provinces_by_name().get(name, ())


def place_names() -> KeysView[str]:
    """Return all names that :func:`provinces` knows."""
    return _provinces_by_name().keys()


@cache
def _provinces_by_name() -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for line in read_text("data/gazetteer.txt").splitlines():
        code, *names = line.split(" ")
        for name in names:
            table[name] = (*table.get(name, ()), int(code))
    return table
