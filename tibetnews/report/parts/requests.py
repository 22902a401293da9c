"""Requests that were made against those that nobody could do without."""

from __future__ import annotations

from datetime import timedelta

from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import bars
from tibetnews.report.figures import asked, ideal, summed
from tibetnews.report.formatting import number, share
from tibetnews.report.html import Markup, tag
from tibetnews.report.parts.frame import part

WEEKS = 26


def requests(summary: YearlySummary) -> Markup:
    """The part on requests."""
    first = summary.taken.date() - timedelta(days=7 * WEEKS - 1)
    weeks = []
    for i in range(WEEKS):
        names = [(first + timedelta(days=7 * i + day)).isoformat() for day in range(7)]
        weeks.append(summed(summary.days[name] for name in names if name in summary.days).counts)
    needed = [min(ideal(counts), asked(counts)) for counts in weeks]
    beyond = [asked(counts) - least for counts, least in zip(weeks, needed, strict=True)]
    made = sum(needed) + sum(beyond)
    said = f"{number(made)} requests in {WEEKS} weeks, {share(sum(beyond), made)} of them beyond the ideal: robots.txt,"
    said += " the listing pages that the walks needed, new articles with their documents, and what was due. Beyond it"
    said += " are repetitions after failures, and redirects."
    labels = {i: f"{day:%b} {day.day}" for i in range(1, WEEKS, 5) for day in [first + timedelta(days=7 * i)]}
    chart = bars("Requests a week", said, [("a", needed), ("b", beyond)], labels, "requests a week")
    kinds = (("a", "the ideal"), ("b", "beyond it"))
    legend = tag("ul", (tag("li", tag("i", class_=class_), name) for class_, name in kinds), class_="legend")
    return part("requests", "Requests", said, chart, legend)
