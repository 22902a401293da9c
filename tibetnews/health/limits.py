"""From where on a run is unhealthy."""

from __future__ import annotations

from dataclasses import dataclass


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
