"""Articles that could not be fetched or read, with reason and next attempt, and where the rejects and the log lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tibetnews.ledger.status import Failure
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.html import Content, Markup, code, joined, link, section, table, tag
from tibetnews.wording import counted

MAX_LINE = 500
"""Characters of a line of the log that are shown."""


def failures(summary: YearlySummary, rejects: Content) -> Markup:
    """Return the section on failures; ``rejects`` is where the newest rejects are."""
    where = tag("p", "The newest rejects, with their reasons: ", rejects, class_="none") if rejects else None
    if not summary.failures:
        return section("failures", "Failures", "No article is waiting for another attempt.", where)
    shown = len(summary.failures)
    sentence = f"{counted(summary.failing, 'article')} could not be had when last asked for"
    sentence += f"; the {shown} that are due first:" if shown < summary.failing else "."
    heads = [("Article", ""), ("Reason", ""), ("In a row", "n"), ("Next attempt, UTC", "n")]
    rows = (_row(failure, summary.taken) for failure in summary.failures)
    waiting = table("Failures, the next attempts first", heads, rows, "failures")
    return section("failures", "Failures", sentence, waiting, where)


def log(lines: Sequence[str], path: str) -> Markup | None:
    """Return the section with the last lines of the last run's log."""
    if not lines:
        return None
    sentence = joined("The end of ", code(path), ", in the time zone of the machine as each line has it.")
    shown = joined(*(joined(line[:MAX_LINE], Markup("\n")) for line in lines))
    return section("log", "Log of the last run", sentence, tag("pre", shown))


def _row(failure: Failure, now: datetime) -> list[Content]:
    due = f"{now:%Y-%m-%d %H:%M}"
    again = "never" if failure.again is None else "with the next run" if failure.again <= due else failure.again
    reason, _, detail = failure.error.partition(": ")
    return [
        link(tag("code", failure.url), failure.url),
        tag("span", tag("b", reason), " ", detail),
        str(failure.attempts),
        again,
    ]
