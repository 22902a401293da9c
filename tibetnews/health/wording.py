"""What a reject or a fault says, in words and in short."""

from __future__ import annotations

import re

ARCHIVE_ADVICE = (
    "nothing to do: the archive has no better capture, and a crawl asks the outlet for what its listings name"
)
"""What to do about pages of an archive that give no record."""

_MAX_CAUSE = 120
"""Characters of a cause that stand in a subject or a title."""


def cause_of(reason: str) -> str:
    """Return what a reason of a reject says of the outlet, as the end of "it …"."""
    if reason.startswith("http_"):
        return f"answered {reason.removeprefix('http_')}"
    words = {
        "timeout": "did not answer in time",
        "connection": "refused the connection",
        "dns": "has no address",
        "guard": "is answered by a guard that waits for a browser",
        "layout": "has a layout that no reader knows",
        "moved": "leads to something else",
        "redirects": "redirects without end",
        "too_large": "is larger than DOWNLOAD_MAXSIZE",
    }
    return words.get(reason, f"was refused: {reason}")


def cause_in_short(fault: str) -> str:
    """Return the cause that a fault begins with, on one line, short enough for the subject of a mail."""
    cause = " ".join(fault.partition("; ")[0].split())
    return cause if len(cause) <= _MAX_CAUSE else f"{cause[: _MAX_CAUSE - 1]}…"


def fault_kind(fault: str) -> str:
    """Return what two faults of one cause share, whatever their numbers and the run in a row that tells them."""
    return re.sub(r"\d+", "#", re.sub(r" for the \d+\w\w run in a row", "", fault.partition("; ")[0]))


def is_passing(reason: str) -> bool:
    """Return whether a listing that was refused for this reason is likely to be well at the next run."""
    return reason.startswith("http_5") or reason in ("http_429", "timeout", "connection", "dns", "download")
