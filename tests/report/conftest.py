"""Fixtures of the report's tests."""

from __future__ import annotations

from tests.support.ledgers import hostile_ledger, year_of_runs

__all__ = ["hostile_ledger", "year_of_runs"]
