"""Requests that were made against the fewest possible."""

from __future__ import annotations

from datetime import date, timedelta

from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import Series, bars
from tibetnews.report.figures import minimum_requests, requests_made, summed
from tibetnews.report.formatting import number, share
from tibetnews.report.html import Markup, legend, section
from tibetnews.wording import counted

WEEKS = 26


def requests(summary: YearlySummary) -> Markup:
    """Return the section on requests."""
    today = summary.taken.date()
    oldest = date.fromisoformat(min(summary.days, default=today.isoformat()))
    number_of_weeks = min(WEEKS, (today - oldest).days // 7 + 1)
    first = today - timedelta(days=7 * number_of_weeks - 1)
    weeks = []
    for i in range(number_of_weeks):
        names = [(first + timedelta(days=7 * i + day)).isoformat() for day in range(7)]
        weeks.append(summed(summary.days[name] for name in names if name in summary.days).counts)
    needed = [min(minimum_requests(counts), requests_made(counts)) for counts in weeks]
    beyond = [requests_made(counts) - least for counts, least in zip(weeks, needed, strict=True)]
    made = sum(needed) + sum(beyond)
    sentence = (
        f"{number(made)} requests in {counted(number_of_weeks, 'week')}, {share(sum(beyond), made)} of them beyond the"
        " ideal: robots.txt, the listing pages that the walks needed, new articles with their documents, and what was"
        " due. Beyond it are repetitions after failures, and redirects."
    )
    days = [first + timedelta(days=7 * i) for i in range(number_of_weeks)]
    labels = {i: f"{days[i]:%b} {days[i].day}" for i in range(number_of_weeks % 5 // 2, number_of_weeks, 5)}
    series = [Series("a", needed, "the ideal"), Series("b", beyond, "beyond it")]
    chart = bars("Requests a week", sentence, series, [f"week from {day}" for day in days], labels, "requests a week")
    kinds = legend((of.class_, of.name) for of in series)
    return section("requests", "Requests", sentence, kinds, chart)
