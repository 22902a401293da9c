"""Was a run well? Rules over the run's counts and the project's own history: functions of values, a file a question."""

from __future__ import annotations

from tibetnews.verdict.judging import judge
from tibetnews.verdict.values import Limits, Run

__all__ = ["Limits", "Run", "judge"]
