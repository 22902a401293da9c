"""Datelines: the opening words of wire copies, in the forms of their agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from replica.dice import Dice
from replica.prose.chinese import CITIES, PEOPLE, TIBETANS


@dataclass(frozen=True)
class Wire:
    """The dateline of a wire copy: *opening* as it is written, and what it says."""

    opening: str
    agency: str
    place: str | None = None
    date: date | None = None
    reporters: tuple[str, ...] = ()


def dateline(published: date, dice: Dice) -> Wire | None:
    """Return the dateline of a story, if it has one; New Year's news were filed on New Year's Eve."""
    new_year = (published.month, published.day) == (1, 1)
    agencies = ("新华社", "人民网", "中新网")
    agency = dice.choose("agency", agencies if new_year else (*agencies, "新华社", "中国西藏网", "", "", ""))
    if not agency:
        return None
    if agency == "中国西藏网":
        return Wire("中国西藏网讯 ", agency)
    filed = published - timedelta(days=1 if new_year else dice.choose("filed", (0, 1)))
    place = dice.choose("place", CITIES)
    first, second = dice.choose("first reporter", PEOPLE), dice.choose("second reporter", TIBETANS)
    opening = f"{agency}{place}{filed.month}月{filed.day}日电"
    forms: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
        "新华社": (
            (f"（记者{first}）", (first,)),
            (f"（记者{first}、{second}）", (first, second)),
            (f"（记者{first} 通讯员{second}）", (first, second)),
            (" ", ()),
        ),
        "人民网": (
            (f"（记者 {first}、{second}）", (first, second)),
            (f"（记者 {first}）", (first,)),
            (" ", ()),
        ),
        "中新网": (
            (f" ({first} {second})", (first, second)),
            (f" (记者 {first})", (first,)),
            (f" ({first})", (first,)),
        ),
    }
    tail, reporters = dice.choose("reporters", forms[agency])
    return Wire(opening + tail, agency, place, filed, reporters)
