"""The verdict in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tibetnews import stats
from tibetnews.ledger.yearly import RunSummary, YearlySummary
from tibetnews.report.formatting import lasting, number, utc
from tibetnews.wording import counted

LATE = 2.0
"""A run is late once the last one began so many times the longest pause ago."""


@dataclass(frozen=True, slots=True)
class Headline:
    """state: how it stands; sentence: the same in words; faults: what is wrong, a line each."""

    state: Literal["well", "ill", "none"]
    sentence: str
    faults: tuple[str, ...] = ()


def headline(summary: YearlySummary) -> Headline:
    """Return what the top of the report says."""
    if not summary.latest:
        return Headline("none", "No run yet; tibetnews crawl sections makes the first one.")
    newest = summary.latest[0]
    ended = next((line for line in summary.latest if line.ended), None)
    if newest.ended is None and not summary.at_work:
        began = utc(newest.started)
        sentence = f"Run {number(newest.run)}, begun {began}, was broken off. The next run makes up for it."
        return Headline("ill", sentence)
    silence = (summary.taken - newest.started).total_seconds()
    if summary.pause and silence > LATE * summary.pause and not summary.at_work:
        sentence = (
            f"No run has begun since {utc(newest.started)}; until then the longest pause was {lasting(summary.pause)}."
        )
        return Headline("ill", sentence, ended.faults if ended else ())
    working = f" Run {number(newest.run)} is at work." if summary.at_work else ""
    if ended is None or ended.ended is None:
        return Headline("none", f"The first run is at work; it began {utc(newest.started)}.")
    when = f"run {number(ended.run)}, ended {utc(ended.ended)}"
    if ended.faults:
        return Headline("ill", f"Not well: {when}, found {counted(len(ended.faults), 'fault')}.{working}", ended.faults)
    return Headline("well", f"All is well: {when}, wrote {_written(ended)}.{working}")


def _written(line: RunSummary) -> str:
    records = int(line.counts.get(stats.RECORDS, 0))
    return counted(records, "record") if records else "no record, since nothing was new"
