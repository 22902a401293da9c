"""Remembers answers about short texts, which are asked for again: by the finders of a page's parts, or page by page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")


def remembered(longest: int = 200, *, texts: int = 1024) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Return a decorator for functions of a text that always give the same answer: the last ones are not asked again.

    Args:
        longest: Characters of a text that is remembered; a memory of megabytes would outgrow the machine's.
        texts: How many are.

    >>> remembered()(len)("西藏")
    2
    """

    def decorate(function: Callable[[str], T]) -> Callable[[str], T]:
        answers = lru_cache(maxsize=texts)(function)

        @wraps(function)
        def answer(text: str) -> T:
            return answers(text) if len(text) <= longest else function(text)

        return answer

    return decorate
