"""The verdict on a run: what is judged, the limits, and all rules in the order of their messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tibetnews import stats
from tibetnews.health.coverage import coverage_drops
from tibetnews.health.limits import Limits
from tibetnews.health.listings import empty_listings, unread_listings, unrendered_pages
from tibetnews.health.outlet import clock_set_back, ended_early, outlet_faults
from tibetnews.health.pages import failure_rates, program_errors, repeated_story
from tibetnews.health.silence import silent_sections
from tibetnews.stats import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run at its end."""

    counts: Counts
    """Its stats, and those by group of records; see :mod:`tibetnews.health.coverage`."""
    today: date
    """The day of the run's end by the outlet's clock."""
    finish_reason: str = "finished"
    asks_outlet: bool = True
    """Whether its pages came from the outlet, and not from an archive."""
    rejects_file: str = "the rejects file"
    """Path of the file that tells of each page that was refused."""
    earlier_counts: Sequence[Counts] = ()
    """Counts of earlier runs of its kind, newest first; empty where a run is judged alone."""
    read_sections: frozenset[str] = frozenset()
    """Sections whose listing it read."""
    empty_sections: frozenset[str] = frozenset()
    """Those of them whose listing has no article."""
    known_sections: frozenset[str] = frozenset()
    """Sections of which the ledger has articles from earlier runs."""
    news_days: Mapping[str, Sequence[date]] = field(default_factory=dict)
    """By section, the days with news since the first run, in rising order."""
    since: date | None = None
    """The first day of the articles that it took; None for all."""
    repeats: Mapping[str, int] = field(default_factory=dict)
    """By ID of an article, how many records of this run tell its story again."""
    clock_set_back_seconds: float = 0.0
    """By how much the machine's clock was set back since the run before, or during this one."""


def judge(run: Run, limits: Limits) -> list[str]:
    """Return the faults of a run, a line each; none for a healthy run, with or without news."""
    counts, read = run.counts, run.read_sections
    records = stats.total(counts, stats.RECORDS, f"{stats.REJECTS_BY_REASON}duplicate")
    faults = [
        *program_errors(counts),
        *unrendered_pages(counts),
        *unread_listings(counts, read, run.earlier_counts, run.rejects_file),
        *empty_listings(run.empty_sections, read, run.known_sections),
        *outlet_faults(counts, asks_outlet=run.asks_outlet),
        *failure_rates(counts, run.earlier_counts, limits, run.rejects_file, asks_outlet=run.asks_outlet),
        *repeated_story(run.repeats, records),
        *coverage_drops(counts, run.earlier_counts, limits.min_coverage_share),
        *silent_sections(
            run.news_days,
            read - run.empty_sections,
            run.today,
            since=run.since,
            factor=limits.silence_factor,
            min_days=limits.silent_days,
        ),
        *clock_set_back(run.clock_set_back_seconds),
    ]
    early = list(ended_early(run.finish_reason, limits.circuit_breaker_failures))
    if early and faults:  # it follows from what stands first
        return [f"{faults[0]}; {early[0]}", *faults[1:]]
    return faults + early
