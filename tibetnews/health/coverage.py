"""Rule on fields that far fewer records have than earlier ones had, as when a page's markup has changed.

Records are compared with their like, since sections and years differ in what their pages have: a count's ``groups``
holds, for each group of records, how many there were and how many of them had each field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import NamedTuple

from tibetnews.stats import Counts

WATCHED_FIELDS = ("published_at", "source", "authors", "editor", "images", "breadcrumbs")
"""Fields whose coverage is watched; title and text are in every record."""

WINDOW_RECORDS = (20, 100)
"""So many records are compared with at least as many of earlier runs."""

CHANCE_DEVIATIONS = 4
"""Standard deviations that chance is granted: a field of even odds is then missed by chance once in some years."""

RECENT_DAYS = 100

RECORDS = "records"
GROUPS = "groups"
RECENT = "recent"

GroupCounts = dict[str, dict[str, float]]


class Coverage(NamedTuple):
    """Records of which earlier runs know the like: how many, and by field how many have it and how many should."""

    records: float
    having: Mapping[str, float]
    expected: Mapping[str, float]


def group_of(section: str, published: str | None, today: date) -> str:
    """Return the group of a record: its section, and whether it is recent or of which year.

    A record without a date counts as recent: nothing else would show that dates can no longer be read.
    """
    if published is None or (today - date.fromisoformat(published[:10])).days <= RECENT_DAYS:
        return f"{section} {RECENT}"
    return f"{section} {published[:4]}"


def coverage_drops(counts: Counts, earlier: Sequence[Counts], min_share: float) -> Iterator[str]:
    """Report fields in fewer of the last records than ``min_share`` of the usual number, and by more than chance.

    A field that most records have shows soon that it is lost, in the smaller window; a rare one needs more records.
    """
    reported: set[str] = set()
    for size in WINDOW_RECORDS if _records(counts) else ():
        records, having, expected = _compare(counts, earlier, size)
        for field in WATCHED_FIELDS if round(records) >= size else ():
            usual = expected[field] / records
            chance = CHANCE_DEVIATIONS * sqrt(expected[field] * (1 - usual))
            if field not in reported and having[field] < min(min_share * expected[field], expected[field] - chance):
                reported.add(field)
                yield (
                    f"{field} is in {having[field] / records:.0%} of the last {records:.0f} records, instead of the"
                    f" usual {usual:.0%}; open one of them in a browser: if it shows the field, the outlet has changed"
                    " its markup"
                )


def window(
    counts: Counts, earlier: Sequence[Counts], size: Callable[[Counts], float], min_size: float
) -> Iterator[tuple[Counts, float]]:
    """Yield the run and as many earlier ones as reach ``min_size`` together, each with its weight.

    The run counts whole. An earlier one counts for no more than is missing, so that one large run of the past hides
    nothing.

    Args:
        counts: Counts of the run.
        earlier: Counts of earlier runs, newest first.
        size: Gives the pages or records of a run.
        min_size: The sum of sizes that says something.
    """
    yield counts, 1.0
    missing = min_size - size(counts)
    for other in earlier:
        if missing <= 0:
            return
        if there := size(other):
            weight = min(1.0, missing / there)
            yield other, weight
            missing -= there * weight


def _compare(counts: Counts, earlier: Sequence[Counts], size: int) -> Coverage:
    """Compare the last records, at least ``size`` of them, with their like of the runs before them."""
    weighted = list(window(counts, earlier, _records, size))
    latest = _summed((run.get(GROUPS, {}), weight) for run, weight in weighted)
    usual = _summed((run.get(GROUPS, {}), 1.0) for run in earlier[len(weighted) - 1 :])
    having, expected = (dict.fromkeys((RECORDS, *WATCHED_FIELDS), 0.0) for _ in range(2))
    known = 0.0
    for group, fields in latest.items():
        like = _like(group, usual)
        if of := like.get(RECORDS, 0.0):
            known += of
            for name in expected:
                having[name] += fields.get(name, 0.0)
                expected[name] += fields[RECORDS] * like.get(name, 0.0) / of
    return Coverage(expected[RECORDS] if known >= size else 0.0, having, expected)


def _like(group: str, usual: GroupCounts) -> Mapping[str, float]:
    """Return what was usual for a group; for a section without recent records, what it was for its older ones."""
    if group in usual or not group.endswith(RECENT):
        return usual.get(group, {})
    section = group.removesuffix(RECENT)
    return _summed(({"": fields}, 1.0) for name, fields in usual.items() if name.startswith(section)).get("", {})


def _records(counts: Counts) -> float:
    groups: Mapping[str, Mapping[str, float]] = counts.get(GROUPS, {})
    return sum(group[RECORDS] for group in groups.values())


def _summed(weighted: Iterable[tuple[Mapping[str, Mapping[str, float]], float]]) -> GroupCounts:
    total: GroupCounts = {}
    for groups, weight in weighted:
        for group, fields in groups.items():
            sums = total.setdefault(group, {})
            for name, number in fields.items():
                sums[name] = sums.get(name, 0.0) + number * weight
    return total
