"""Requests that were made against those that nobody could do without."""

from __future__ import annotations

from datetime import timedelta

from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import bars
from tibetnews.report.figures import minimum_requests, requests_made, summed
from tibetnews.report.formatting import number, share
from tibetnews.report.html import Markup, legend, section

WEEKS = 26


def requests(summary: YearlySummary) -> Markup:
    """Return the section on requests."""
    first = summary.taken.date() - timedelta(days=7 * WEEKS - 1)
    weeks = []
    for i in range(WEEKS):
        names = [(first + timedelta(days=7 * i + day)).isoformat() for day in range(7)]
        weeks.append(summed(summary.days[name] for name in names if name in summary.days).counts)
    needed = [min(minimum_requests(counts), requests_made(counts)) for counts in weeks]
    beyond = [requests_made(counts) - least for counts, least in zip(weeks, needed, strict=True)]
    made = sum(needed) + sum(beyond)
    sentence = (
        f"{number(made)} requests in {WEEKS} weeks, {share(sum(beyond), made)} of them beyond the ideal: robots.txt,"
    )
    sentence += (
        " the listing pages that the walks needed, new articles with their documents, and what was due. Beyond it"
    )
    sentence += " are repetitions after failures, and redirects."
    labels = {i: f"{day:%b} {day.day}" for i in range(1, WEEKS, 5) for day in [first + timedelta(days=7 * i)]}
    chart = bars("Requests a week", sentence, [("a", needed), ("b", beyond)], labels, "requests a week")
    return section("requests", "Requests", sentence, chart, legend([("a", "the ideal"), ("b", "beyond it")]))
