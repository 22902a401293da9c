"""Programs that read exports, which need not be installed."""

from __future__ import annotations

from typing import Any

import pytest


def reader(module: str) -> Any:
    """The module of such a program; without it the test is skipped."""
    name = module.partition(".")[0]
    return pytest.importorskip(module, reason=f"{name} is not installed: `make readers` installs it")
