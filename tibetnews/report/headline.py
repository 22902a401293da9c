"""The verdict in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tibetnews.ledger.yearly import Digest, RunLine
from tibetnews.report.formatting import ago, counted, lasting, number

LATE = 2.0
"""A run is late once the last one began so many times the longest pause ago."""


@dataclass(frozen=True, slots=True)
class Headline:
    """state: how it stands; sentence: the same in words; faults: what is wrong, a line each."""

    state: Literal["well", "ill", "none"]
    sentence: str
    faults: tuple[str, ...] = ()


def headline(digest: Digest) -> Headline:
    """What the top of the report says."""
    if not digest.latest:
        return Headline("none", "No run yet; scrapy crawl sections makes the first one.")
    newest = digest.latest[0]
    ended = next((line for line in digest.latest if line.ended), None)
    if newest.ended is None and not digest.at_work:
        began = ago(newest.started, digest.taken)
        told = f"Run {number(newest.run)} was broken off; it began {began}. The next run makes up for it."
        return Headline("ill", told)
    silence = (digest.taken - newest.started).total_seconds()
    if digest.pause and silence > LATE * digest.pause and not digest.at_work:
        told = f"No run has begun for {lasting(silence)}; until then the longest pause was {lasting(digest.pause)}."
        return Headline("ill", told, ended.faults if ended else ())
    working = f" Run {number(newest.run)} is at work." if digest.at_work else ""
    if ended is None or ended.ended is None:
        return Headline("none", f"The first run is at work; it began {ago(newest.started, digest.taken)}.")
    when = f"run {number(ended.run)}, ended {ago(ended.ended, digest.taken)}"
    if ended.faults:
        return Headline("ill", f"Not well: {when}, found {counted(len(ended.faults), 'fault')}.{working}", ended.faults)
    return Headline("well", f"All is well: {when}, wrote {_written(ended)}.{working}")


def _written(line: RunLine) -> str:
    records = int(line.counts.get("item_scraped_count", 0))
    return counted(records, "record") if records else "no record, since nothing was new"
