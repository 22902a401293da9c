"""Lists and numbers in words."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], max_names: int = 5) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - max_names
    return ", ".join(names[:max_names]) + (f" and {more} more" if more > 0 else "")


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return the number with its noun: 1 day, 2 days, 1,200 copies."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
