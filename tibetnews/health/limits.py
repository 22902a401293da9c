"""From where on a run is unhealthy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a run is unhealthy; the settings HEALTH_… of the same names explain each."""

    max_failed_share: float = 0.05
    max_rejected_share: float = 0.02
    max_unknown_layout_share: float = 0.02
    min_coverage_share: float = 0.5
    silence_factor: float = 3.0
    silent_days: int = 3
    circuit_breaker_failures: int = 50

    @classmethod
    def from_settings(cls, number: Callable[[str], float]) -> Self:
        """Return the limits that the settings give; ``number`` returns the value of a setting."""
        return cls(
            max_failed_share=number("HEALTH_MAX_FAILED_SHARE"),
            max_rejected_share=number("HEALTH_MAX_REJECTED_SHARE"),
            max_unknown_layout_share=number("HEALTH_MAX_UNKNOWN_LAYOUT_SHARE"),
            min_coverage_share=number("HEALTH_MIN_COVERAGE_SHARE"),
            silence_factor=number("HEALTH_SILENCE_FACTOR"),
            silent_days=int(number("HEALTH_SILENT_DAYS")),
            circuit_breaker_failures=int(number("CIRCUIT_BREAKER_FAILURES")),
        )
