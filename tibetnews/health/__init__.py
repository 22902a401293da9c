"""The verdict on a run: rules over its counts and those of earlier runs, as functions of values."""

from __future__ import annotations

from tibetnews.health.changes import Change, UnwellRun, change_of
from tibetnews.health.limits import Limits
from tibetnews.health.verdict import Run, judge

__all__ = ["Change", "Limits", "Run", "UnwellRun", "change_of", "judge"]
