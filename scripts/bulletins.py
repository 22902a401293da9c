"""Reads the daily news bulletins of DuckBurnIncense/xin-wen-lian-bo: up to May 2026 to train on, later to judge by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FIRST, LAST_TRAINED, LAST_JUDGED = "00000000", "20260531", "20260822"
MIN_CHARACTERS = 6
LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
PARAGRAPH_END = re.compile(r"</p>|<br ?/?>|\n")
TAG = re.compile("<[^>]+>")


def bulletins(folder: Path, after: str = FIRST, until: str = LAST_JUDGED) -> Iterator[str]:
    """Yield each paragraph of the bulletins once, without Markdown and tags.

    Args:
        folder: The repository's folder ``news``.
        after: Only bulletins after this day, as 20260531.
        until: Only bulletins up to this day.
    """
    seen: set[str] = set()
    for file in sorted(folder.glob("*.md")):
        if not after < file.stem <= until:
            continue
        for piece in PARAGRAPH_END.split(LINK.sub("", file.read_text(encoding="utf-8"))):
            paragraph = TAG.sub("", piece).replace("&nbsp;", " ").strip("# \t\u3000-")
            if len(paragraph) >= MIN_CHARACTERS and paragraph not in seen:
                seen.add(paragraph)
                yield paragraph
