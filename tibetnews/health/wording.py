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


def counted(number: int, noun: str) -> str:
    """Return the number with its noun: 1 day, 2 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def limit_of(share: float) -> str:
    """Return a limit in brackets: (limit 5 %)."""
    return f"(limit {share * 100:g} %)"


def cause_of(reason: str) -> str:
    """Return what a reason of a reject says of the outlet, as the end of "it …"."""
    if reason.startswith("http_"):
        return f"answered {reason.removeprefix('http_')}"
    words = {
        "timeout": "did not answer in time",
        "connection": "refused the connection",
        "dns": "has no address",
        "guard": "is answered by a guard that waits for a browser",
    }
    return words.get(reason, f"was refused: {reason}")


def is_passing(reason: str) -> bool:
    """Return whether a listing that was refused for this reason is likely to be well at the next run."""
    return reason.startswith("http_5") or reason in ("http_429", "timeout", "connection", "dns", "download")
