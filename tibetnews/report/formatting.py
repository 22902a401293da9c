"""Numbers and times as a person reads them."""

from __future__ import annotations

from datetime import datetime


def number(value: float) -> str:
    """Return 1234567 as 1,234,567."""
    return f"{value:,.0f}"


def share(part: float, whole: float) -> str:
    """Return a share in per cent; a dash where there is nothing to share. Only all is 100 %, and only none is 0 %."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 0 < percent < 1:
        return "< 1 %"
    if 99 < percent < 100:
        return "99 %" if percent < 99.5 else "> 99 %"
    return f"{percent:.0f} %"


def lasting(seconds: float) -> str:
    """Return a time in its two greatest units: 45 s, 3 min, 5 h 20 min, 3 days."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{round(hours / 24)} days"


def minute(moment: datetime | None) -> str:
    """Return a moment to the minute, UTC."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "–"


def utc(moment: datetime) -> str:
    """Return a moment to the minute, with its zone."""
    return f"{minute(moment)} UTC"
