"""Remembers answers about short texts: the finders of a page's parts ask about the same lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_MAX_TEXTS = 1024  # of each function
_MAX_LENGTH = 200  # characters; a memory of megabytes would outgrow the machine's

T = TypeVar("T")


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Return a function that gives the same answers, and those about the last short texts without asking again.

    Args:
        function: Asked about a text, always with the same answer.

    >>> remembered(len)("西藏")
    2
    """
    answers = lru_cache(maxsize=_MAX_TEXTS)(function)

    @wraps(function)
    def answer(text: str) -> T:
        return answers(text) if len(text) <= _MAX_LENGTH else function(text)

    return answer
