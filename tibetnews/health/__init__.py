"""Was a run well? Rules over the run's counts and the project's own history: functions of values, a file a question."""

from __future__ import annotations

from tibetnews.health.run import Limits, Run
from tibetnews.health.verdict import judge

__all__ = ["Limits", "Run", "judge"]
