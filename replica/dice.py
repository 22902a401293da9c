"""Chance that always falls the same way: every decision has a name and is made by hashing it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """The decisions about one thing (an article, a listing page), named by *key*.

    A decision depends on the key and its own question only, so that a new question never changes the
    answers to the old ones.

    >>> Dice(1, "politics").choose("pager", ("links", "script"))
    'links'
    """

    __slots__ = ("_key",)

    def __init__(self, *key: object) -> None:
        self._key = ":".join(map(str, key))

    def number(self, question: str) -> int:
        """Return a number below 2**64."""
        return int.from_bytes(blake2b(f"{self._key}:{question}".encode(), digest_size=8).digest(), "big")

    def choose(self, question: str, options: Sequence[T]) -> T:
        """One of *options*; say an option twice to make it twice as likely."""
        return options[self.number(question) % len(options)]

    def one_in(self, n: int, question: str) -> bool:
        """Tell whether this is one key in *n*."""
        return self.number(question) % n == 0

    def stream(self, question: str) -> Random:
        """Return an endless row of answers, for prose."""
        return Random(self.number(question))
