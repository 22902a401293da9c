"""repair(): what a mirror did is undone, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

from tibetnews.text.repair import repair

MIRRORS = Path(__file__).parent / "mirrors"


def test_a_mirrors_page_comes_out_as_its_author_wrote_it() -> None:
    damaged = (MIRRORS / "news.txt").read_text("utf-8")
    repaired = repair(damaged)
    assert repaired.text == (MIRRORS / "news.repaired.txt").read_text("utf-8")
    assert (repaired.readings, repaired.breaks, repaired.unresolved, repaired.script) == (181, 1, 0, "t2s")
