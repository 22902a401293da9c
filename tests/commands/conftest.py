"""Fixtures of the commands' tests."""

from __future__ import annotations

from tests.report.ledgers import hostile_ledger

__all__ = ["hostile_ledger"]
