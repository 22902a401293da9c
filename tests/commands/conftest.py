"""Fixtures of the commands' tests."""

from __future__ import annotations

from tests.support.ledgers import hostile_ledger

__all__ = ["hostile_ledger"]
