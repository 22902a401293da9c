"""All rules, in the order in which their faults are told."""

from __future__ import annotations

from tibetnews.health.copies import one_story
from tibetnews.health.coverage import fallen
from tibetnews.health.listings import bare, unread
from tibetnews.health.outlet import clock_set_back, given_up, ill
from tibetnews.health.pages import program_errors, too_many
from tibetnews.health.run import Limits, Run
from tibetnews.health.silence import silent

_RECORDS = ("item_scraped_count", "rejects/reason/duplicate")


def judge(run: Run, limits: Limits) -> list[str]:
    """What is wrong with a run, a line a fault; none for a healthy one. Nothing new is well."""
    return [
        *program_errors(run.counts),
        *unread(run.counts, run.read, run.before),
        *bare(run.bare, run.read, run.known),
        *ill(run.counts),
        *given_up(run.reason, limits.in_a_row),
        *too_many(run.counts, run.before, limits.failed, limits.refused, limits.unknown),
        *one_story(run.copies, sum(run.counts.get(name, 0) for name in _RECORDS)),
        *fallen(run.counts, run.before, limits.coverage),
        *silent(run.news, run.read - run.bare, run.today, run.since, limits.silence, limits.silent_days),
        *clock_set_back(run.set_back),
    ]
