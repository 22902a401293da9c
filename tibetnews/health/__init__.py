"""The verdict on a run: rules over its counts and those of earlier runs, as functions of values."""

from __future__ import annotations

from tibetnews.health.verdict import Limits, Run, judge

__all__ = ["Limits", "Run", "judge"]
