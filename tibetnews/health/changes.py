"""What of a verdict is news to somebody who was told of the runs before: ill, still ill, recovered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from tibetnews.health.wording import fault_kind

DAY = timedelta(days=1)
"""How often those who were told are reminded."""


class UnwellRun(NamedTuple):
    """A run that was unhealthy, or broken off: that one has no faults."""

    at: datetime
    """When it ended, or began where it was broken off."""
    faults: tuple[str, ...]


class Change(NamedTuple):
    """What is new."""

    kind: Literal["ill", "still ill", "recovered"]
    since: datetime
    """When the first run that was not well ended."""


def change_of(faults: Sequence[str], now: datetime, unwell: Sequence[UnwellRun]) -> Change | None:
    """Return what is new about a run that ends now; None where nothing is.

    A fault is news when none of its cause was told since the last healthy run; what lasts is told once a day.

    Args:
        faults: The run's faults; none for a healthy run.
        now: The end of the run.
        unwell: The runs since the last healthy one, newest first.
    """
    if not unwell:
        return Change("ill", now) if faults else None
    began, newest = unwell[-1].at, unwell[0]
    if not faults:
        return Change("recovered", began)
    told = {fault_kind(fault) for run in unwell for fault in run.faults}
    # what broke a run off, such as a full disk, may be what is told now
    if newest.faults and any(fault_kind(fault) not in told for fault in faults):
        return Change("ill", began)
    return Change("still ill", began) if (now - began) // DAY > (newest.at - began) // DAY else None
