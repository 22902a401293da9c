"""The examples of docs/repair.md run."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = (Path(__file__).parents[3] / "docs" / "repair.md").read_text("utf-8")


def test_the_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        exec(block, {})
