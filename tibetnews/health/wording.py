"""Lists and numbers as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def named(things: Sequence[str], most: int = 5) -> str:
    """The first few of many."""
    rest = len(things) - most
    return ", ".join(things[:most]) + (f" and {rest} more" if rest > 0 else "")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def days(number: int) -> str:
    """1 day, 2 days."""
    return f"{number} day" if number == 1 else f"{number} days"
