"""What is judged, and the limits that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Counts = Mapping[str, Any]
"""The counts of a run by name, as the ledger keeps them, and texts that it does not keep, such as where a section has
moved to; see :mod:`tibetnews.health.coverage` for ``groups``."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a run is unhealthy; the settings HEALTH_… of the same meaning explain each."""

    failed: float = 0.05
    """Share of pages that could not be fetched."""

    refused: float = 0.02
    """Share of pages that were refused, those of an unknown layout apart."""

    unknown: float = 0.02
    """Share of pages whose layout no reader knows."""

    coverage: float = 0.5
    """Share of a field's usual coverage."""

    silence: float = 3.0
    """How many times its longest pause so far a section may be silent."""

    silent_days: int = 3
    """Days of silence that are never a fault."""

    in_a_row: int = 50
    """Refused pages in a row after which a run ends early."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, at its end."""

    counts: Counts
    today: date
    """The day of the run's end, by the outlet's clock."""

    before: Sequence[Counts] = ()
    """Counts of the runs before it that are of its kind, newest first; none where it is judged alone."""

    read: frozenset[str] = frozenset()
    """Sections whose listing it read."""

    bare: frozenset[str] = frozenset()
    """Those of them whose listing names no article."""

    known: frozenset[str] = frozenset()
    """Sections of which the ledger knows articles from earlier runs."""

    news: Mapping[str, Sequence[date]] = field(default_factory=dict)
    """Days on which each section had news since the first run, in rising order."""

    since: date | None = None
    """The first day of articles that it took; None for all."""

    copies: Mapping[str, int] = field(default_factory=dict)
    """How many of its records tell the same story as an earlier one, by that one's id."""

    reason: str = "finished"
    """Why it ended."""

    set_back: float = 0.0
    """Seconds by which the machine's clock was set back since the run before, or during this one."""
