"""Fields that far fewer records have than earlier ones had, as when a page's markup has changed.

Records are compared with their like, since sections and years differ in what their pages have: a count's ``groups``
holds, for each group of records, how many there were and how many of them had each field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import sqrt

from tibetnews.health.run import Counts
from tibetnews.health.window import window

FIELDS = ("published_at", "source", "authors", "editor", "images", "breadcrumbs")
"""Fields whose coverage is watched; title and text are in every record."""

WINDOWS = (20, 100)
"""So many records are compared with at least as many of earlier runs."""

DEVIATIONS = 4
"""Standard deviations that chance is granted: a field of even odds is then missed by chance once in some years."""

RECENT_DAYS = 100

RECORDS = "records"
GROUPS = "groups"
RECENT = "recent"

Groups = dict[str, dict[str, float]]


def group_of(section: str, published: str | None, today: date) -> str:
    """The group of a record: its section, and whether it is recent or of which year.

    A record without a date counts as recent: nothing else would show that dates can no longer be read.
    """
    if published is None or (today - date.fromisoformat(published[:10])).days <= RECENT_DAYS:
        return f"{section} {RECENT}"
    return f"{section} {published[:4]}"


def fallen(now: Counts, before: Sequence[Counts], least: float) -> Iterator[str]:
    """Fields in fewer of the last records than ``least`` of what was usual for them, and by more than chance does.

    A field that most records have shows soon that it is lost, in WINDOWS[0] records; one that few have needs more.
    """
    told: set[str] = set()
    for size in WINDOWS if _records(now) else ():
        records, having, expected = _compared(now, before, size)
        for field in FIELDS if round(records) >= size else ():
            usual = expected[field] / records
            chance = DEVIATIONS * sqrt(expected[field] * (1 - usual))
            if field not in told and having[field] < min(least * expected[field], expected[field] - chance):
                told.add(field)
                yield (
                    f"{field} is in {having[field] / records:.0%} of the last {records:.0f} records, where"
                    f" {usual:.0%} was usual; the outlet's markup may have changed"
                )


def _compared(
    now: Counts, before: Sequence[Counts], size: int
) -> tuple[float, Mapping[str, float], Mapping[str, float]]:
    """The last records, at least ``size`` of them, whose like is known: how many, how many of them have each field,
    and how many were to be expected."""
    found = list(window(now, before, _records, size))
    latest = _summed((counts.get(GROUPS, {}), weight) for counts, weight in found)
    usual = _summed((counts.get(GROUPS, {}), 1.0) for counts in before[len(found) - 1 :])
    having, expected = (dict.fromkeys((RECORDS, *FIELDS), 0.0) for _ in range(2))
    known = 0.0
    for group, counts in latest.items():
        like = _like(group, usual)
        if of := like.get(RECORDS, 0.0):
            known += of
            for name in expected:
                having[name] += counts.get(name, 0.0)
                expected[name] += counts[RECORDS] * like.get(name, 0.0) / of
    return (expected[RECORDS] if known >= size else 0.0), having, expected


def _like(group: str, usual: Groups) -> Mapping[str, float]:
    """What was usual for a group; for recent records of a section that has none yet, what it was for older ones."""
    if group in usual or not group.endswith(RECENT):
        return usual.get(group, {})
    section = group.removesuffix(RECENT)
    return _summed(({"": counts}, 1.0) for name, counts in usual.items() if name.startswith(section)).get("", {})


def _records(counts: Counts) -> float:
    groups: Mapping[str, Mapping[str, float]] = counts.get(GROUPS, {})
    return sum(group[RECORDS] for group in groups.values())


def _summed(found: Iterable[tuple[Mapping[str, Mapping[str, float]], float]]) -> Groups:
    total: Groups = {}
    for groups, weight in found:
        for group, counts in groups.items():
            into = total.setdefault(group, {})
            for name, number in counts.items():
                into[name] = into.get(name, 0.0) + number * weight
    return total
