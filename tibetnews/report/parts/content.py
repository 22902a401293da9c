"""What the records hold: fields, copies, what was removed from them, what was repaired."""

from __future__ import annotations

from collections.abc import Mapping

from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import gauge
from tibetnews.report.figures import last, summed, with_prefix
from tibetnews.report.formatting import number, share
from tibetnews.report.html import Content, Markup, tag
from tibetnews.report.parts.frame import part
from tibetnews.report.tables import table

_PREFIX = "coverage/"
_RECORDS = "coverage/records"


def content(summary: YearlySummary) -> Markup:
    """The part on what is in the records."""
    month, year = last(summary, 30).counts, summed(summary.days.values()).counts
    said = f"{number(year[_RECORDS])} records in the last year, {number(month[_RECORDS])} of them in the last 30 days."
    tables = (_coverage(month, year), _kinds(year), _copies(month, year), _repairs(month, year))
    return part("content", "What the records hold", said, tag("div", *tables, class_="pair"))


def _coverage(month: Mapping[str, int], year: Mapping[str, int]) -> Markup:
    rows: list[list[Content]] = []
    for field in sorted(name for name in with_prefix(year, _PREFIX) if _PREFIX + name != _RECORDS):
        now, usual = ((counts.get(_PREFIX + field, 0), counts.get(_RECORDS, 0)) for counts in (month, year))
        told = f"{field}: {share(*now)} in the last 30 days, {share(*usual)} in the last year"
        drawn = gauge(told, now[0] / now[1] if now[1] else 0, usual[0] / usual[1] if usual[1] else None)
        rows.append([tag("code", field), drawn, share(*now), share(*usual)])
    heads = [("Field", ""), ("", "gauge"), ("30 days", "n"), ("Year", "n")]
    return table("Records that have a field; the stroke is the year's share", heads, rows)


def _kinds(year: Mapping[str, int]) -> Markup:
    kinds = with_prefix(year, "boilerplate/")
    if spam := year.get("spam/pieces"):
        kinds["spam"] = kinds.get("spam", 0) + spam
    most = max(kinds.values(), default=0)
    rows: list[list[Content]] = [
        [tag("code", kind), gauge(f"{kind}: {number(n)}", n / most), number(n)]
        for kind, n in sorted(kinds.items(), key=lambda pair: -pair[1])
    ]
    return table("Pieces removed in the last year, by kind", [("Kind", ""), ("", "gauge"), ("Pieces", "n")], rows)


def _copies(month: Mapping[str, int], year: Mapping[str, int]) -> Markup:
    rows = [
        _compared(name, key, month, year)
        for name, key in (
            ("the same text", "duplicates/exact"),
            ("nearly the same", "duplicates/near"),
            ("changed by the outlet", "revisions/changed"),
            ("found unchanged", "revisions/unchanged"),
            ("rejected", "rejects/count"),
        )
    ]
    return table("Copies, revisions, rejects", [("What", ""), ("30 days", "n"), ("Year", "n")], rows)


def _repairs(month: Mapping[str, int], year: Mapping[str, int]) -> Markup:
    rows = [
        _compared(name, f"repairs/{key}", month, year)
        for name, key in (
            ("records repaired", "records"),
            ("readings taken out", "readings"),
            ("byte breaks mended", "breaks"),
            ("places left unresolved", "unresolved"),
        )
    ]
    return table("Damage of mirrors undone", [("What", ""), ("30 days", "n"), ("Year", "n")], rows)


def _compared(name: str, key: str, month: Mapping[str, int], year: Mapping[str, int]) -> list[Content]:
    return [name, number(month.get(key, 0)), number(year.get(key, 0))]
