"""Articles that could not be had, with the reason and the next attempt."""

from __future__ import annotations

from datetime import datetime

from tibetnews.ledger.status import Failure
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.formatting import counted
from tibetnews.report.html import Content, Markup, section, table, tag


def failures(summary: YearlySummary) -> Markup:
    """Return the section on failures."""
    if not summary.failures:
        return section("failures", "Failures", "No article is waiting for another attempt.")
    shown = len(summary.failures)
    sentence = f"{counted(summary.failing, 'article')} could not be had when last asked for"
    sentence += f"; the {shown} that are due first:" if shown < summary.failing else "."
    heads = [("Article", ""), ("Reason", ""), ("In a row", "n"), ("Next attempt, UTC", "n")]
    rows = (_row(failure, summary.taken) for failure in summary.failures)
    return section(
        "failures", "Failures", sentence, table("Failures, the next attempts first", heads, rows, "failures")
    )


def _row(failure: Failure, now: datetime) -> list[Content]:
    due = f"{now:%Y-%m-%d %H:%M}"
    again = "never" if failure.again is None else "with the next run" if failure.again <= due else failure.again
    reason, _, detail = failure.error.partition(": ")
    return [tag("code", failure.url), tag("span", tag("b", reason), " ", detail), str(failure.attempts), again]
