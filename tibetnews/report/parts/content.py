"""What the records hold: fields, copies, what was removed from them, what was repaired."""

from __future__ import annotations

from collections.abc import Mapping

from tibetnews import stats
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import gauge
from tibetnews.report.figures import greatest_first, last, summed
from tibetnews.report.formatting import number, share
from tibetnews.report.html import Content, Markup, code, section, table, tag
from tibetnews.wording import counted


def content(summary: YearlySummary) -> Markup:
    """Return the section on what is in the records."""
    month, year = last(summary, 30).counts, summed(summary.days.values()).counts
    of_year, of_month = (counts[stats.COVERAGE_RECORDS] for counts in (year, month))
    sentence = f"{counted(of_year, 'record')} in the last year, {number(of_month)} of them in the last 30 days."
    tables = (
        _coverage(month, year),
        _kinds(year),
        _counts("Copies, revisions, rejects", _COPIES, month, year),
        _counts("Damage of mirrors undone", _REPAIRS, month, year),
    )
    return section("content", "What the records hold", sentence, tag("div", *tables, class_="pair"))


def _coverage(month: Mapping[str, int], year: Mapping[str, int]) -> Markup:
    rows: list[list[Content]] = []
    for field in sorted(
        name for name in greatest_first(year, stats.COVERAGE) if stats.COVERAGE + name != stats.COVERAGE_RECORDS
    ):
        now, usual = (
            (counts.get(stats.COVERAGE + field, 0), counts.get(stats.COVERAGE_RECORDS, 0)) for counts in (month, year)
        )
        label = f"{field}: {share(*now)} in the last 30 days, {share(*usual)} in the last year"
        drawn = gauge(label, now[0] / now[1] if now[1] else 0, usual[0] / usual[1] if usual[1] else None)
        rows.append([code(field), drawn, share(*now), share(*usual)])
    heads = [("Field", ""), ("Share", "gauge"), ("30 days", "n"), ("Year", "n")]
    return table("Records that have a field; the stroke is the year's share", heads, rows)


def _kinds(year: Mapping[str, int]) -> Markup:
    kinds = greatest_first(year, stats.REMOVED)
    longest = max(kinds.values(), default=0)
    rows: list[list[Content]] = [
        [code(kind), gauge(f"{kind}: {number(n)}", n / longest), number(n)] for kind, n in kinds.items()
    ]
    return table("Pieces removed in the last year, by kind", [("Kind", ""), ("Share", "gauge"), ("Pieces", "n")], rows)


_COPIES = {
    "the same text": stats.DUPLICATES_EXACT,
    "nearly the same": stats.DUPLICATES_NEAR,
    "changed by the outlet": stats.REVISIONS_CHANGED,
    "found unchanged": stats.REVISIONS_UNCHANGED,
    "rejected": stats.REJECTS,
}
_REPAIRS = {
    "records repaired": stats.REPAIRED_RECORDS,
    "readings taken out": stats.REPAIRED_READINGS,
    "byte breaks mended": stats.REPAIRED_BREAKS,
    "places left unresolved": stats.REPAIRS_UNRESOLVED,
}


def _counts(caption: str, names: Mapping[str, str], month: Mapping[str, int], year: Mapping[str, int]) -> Markup:
    rows = [[name, number(month.get(stat, 0)), number(year.get(stat, 0))] for name, stat in names.items()]
    return table(caption, [("What", ""), ("30 days", "n"), ("Year", "n")], rows)
