"""Fixtures of the report's tests."""

from __future__ import annotations

from tests.report.ledgers import hostile_ledger, year_of_runs

__all__ = ["hostile_ledger", "year_of_runs"]
