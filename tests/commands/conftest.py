"""Fixtures of the commands' tests."""

from __future__ import annotations

from tests.support.ledgers import broken_year, hostile_ledger, year_of_runs

__all__ = ["broken_year", "hostile_ledger", "year_of_runs"]
