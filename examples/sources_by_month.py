"""Count the media in an export, month by month: ``python -m examples.sources_by_month < articles.jsonl``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any


def main() -> None:
    """Print month, medium and number of articles; only the newest revision of an article counts, and no copy."""
    newest: dict[str, dict[str, Any]] = {}
    for record in map(json.loads, sys.stdin):
        if record["id"] not in newest or newest[record["id"]]["revision"] <= record["revision"]:
            newest[record["id"]] = record
    counts = Counter(
        ((record["published_at"] or "unknown")[:7], record["source"] or "unknown")
        for record in newest.values()
        if record["duplicate_of"] is None
    )
    for (month, source), number in sorted(counts.items()):
        print(month, source, number, sep="\t")


if __name__ == "__main__":
    main()
