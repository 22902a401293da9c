"""Runs: a year of days, the last ones, and those that were not well."""

from __future__ import annotations

from datetime import date, timedelta

from tibetnews import stats
from tibetnews.health.wording import fault_kind
from tibetnews.ledger.yearly import YEAR, RunSummary, UnhealthyRun, YearlySummary
from tibetnews.report.charts import Cell, calendar
from tibetnews.report.figures import requests_made, summed
from tibetnews.report.formatting import lasting, minute, number
from tibetnews.report.html import Content, Markup, dated, joined, legend, section, table, table_view, tag
from tibetnews.wording import counted

_MAX_INCIDENTS = 10
_KINDS = (("well", "all runs healthy"), ("ill", "some unhealthy"), ("ill all", "most unhealthy"), ("no", "no run"))
_BROKEN_OFF = "broken off; what was not committed was fetched again by the next run"


def runs(summary: YearlySummary) -> Markup:
    """Return the section on runs."""
    every = summed(summary.days.values())
    sentence = f"{counted(every.runs, 'run')} in the last year, {number(every.unhealthy)} unhealthy or broken off."
    return section(
        "runs",
        "Runs",
        sentence,
        _calendar(summary) if summary.days else None,
        _latest(summary),
        _ill(summary.unhealthy) if summary.unhealthy else None,
    )


def _calendar(summary: YearlySummary) -> Markup:
    today = summary.taken.date()
    oldest = date.fromisoformat(min(summary.days))
    first = max(oldest, today - timedelta(days=YEAR - 1))

    def cell(day: str) -> Cell:
        found = summary.days.get(day)
        if found is None:
            return Cell("no", f"{day}: no run")
        label = f"{day}: {counted(found.runs, 'run')}"
        if not found.unhealthy:
            return Cell("well", label)
        class_ = "ill all" if 2 * found.unhealthy > found.runs else "ill"
        return Cell(class_, f"{label}, {number(found.unhealthy)} unhealthy")

    drawn = calendar("Runs by day", "A square a day, UTC; a column a week, Monday on top.", first, today, cell)
    heads = [("Day, UTC", ""), ("Runs", "n"), ("Unhealthy or broken off", "n")]
    rows = ([day, number(of.runs), number(of.unhealthy)] for day, of in reversed(list(summary.days.items())))
    return joined(drawn, legend(_KINDS), table_view(heads, rows, "Runs by day"))


def _latest(summary: YearlySummary) -> Markup:
    heads = [("Run", ""), ("Verdict", "verdict"), ("Began, UTC", "")]
    heads += [(name, "n") for name in ("Took", "Records", "Rejected", "Requests")]
    return table("The last runs", heads, (_row(line, summary) for line in summary.latest), "runs")


def _row(line: RunSummary, summary: YearlySummary) -> list[Content]:
    counts = line.counts
    name = number(line.run) if line.spider == "sections" else f"{number(line.run)} · {line.spider}"
    took = lasting((line.ended - line.started).total_seconds()) if line.ended else "–"
    figures = [counts.get(stats.RECORDS, 0), counts.get(stats.REJECTS, 0), requests_made(counts)]
    label = [number(figure) if line.ended else "–" for figure in figures]
    return [name, _verdict(line, summary), minute(line.started), took, *label]


def _verdict(line: RunSummary, summary: YearlySummary) -> Markup:
    if line.ended is None:
        working = summary.at_work and line is summary.latest[0]
        return tag("span", "at work" if working else "broken off", class_="working" if working else "ill")
    if line.faults:
        return tag("span", f"! {counted(len(line.faults), 'fault')}", class_="ill")
    return tag("span", "✓ well" if line.reason == "finished" else f"✓ well · {line.reason}", class_="well")


def _ill(found: tuple[UnhealthyRun, ...]) -> Markup:
    heads = [("Runs", ""), ("Began, UTC", ""), ("What was wrong", "")]
    rows: list[list[Content]] = []
    incidents = _incidents(found)
    for incident in incidents[:_MAX_INCIDENTS]:
        newest, oldest = incident[0], incident[-1]
        one = newest is oldest
        name = number(newest.run) if one else f"{number(oldest.run)} – {number(newest.run)}"
        began = minute(newest.started) if one else f"{minute(oldest.started)} – {minute(newest.started)}"
        rows.append([name, began, joined(tag("p", dated(fault)) for fault in _told(incident).values())])
    caption = (
        f"When runs were not well, the last {_MAX_INCIDENTS} times"
        if len(incidents) > _MAX_INCIDENTS
        else "When runs were not well"
    )
    return table(caption, heads, rows, "wide-last")


def _incidents(found: tuple[UnhealthyRun, ...]) -> list[list[UnhealthyRun]]:
    """Return runs in a row that share a cause, whatever its numbers, as one; newest first."""
    incidents: list[list[UnhealthyRun]] = []
    for run in found:
        before = incidents[-1][-1] if incidents else None
        if before and before.run == run.run + 1 and _told([before]).keys() & _told([run]).keys():
            incidents[-1].append(run)
        else:
            incidents.append([run])
    return incidents


def _told(incident: list[UnhealthyRun]) -> dict[str, str]:
    """Return what the newest of these runs said of each cause, by the kind of cause."""
    told: dict[str, str] = {}
    for run in incident:
        for fault in run.faults or (_BROKEN_OFF,):
            told.setdefault(fault_kind(fault), fault)
    return told
