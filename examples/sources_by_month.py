"""Count the media in an export, month by month: ``python -m examples.sources_by_month < articles.jsonl``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from operator import itemgetter
from typing import Any

FIELDS = itemgetter("id", "revision", "published_at", "source", "duplicate_of")


def main() -> None:
    """Print month, medium and number of articles; only the newest revision of an article counts, and no copy."""
    newest: dict[str, list[Any]] = {}
    for number, line in enumerate(sys.stdin, 1):
        try:
            id_, *version = FIELDS(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            sys.exit(f"line {number} is no record of an export: {type(error).__name__} {error}")
        if id_ not in newest or newest[id_][0] <= version[0]:
            newest[id_] = version
    counts = Counter(
        ((published_at or "unknown")[:7], source or "unknown")
        for _, published_at, source, original in newest.values()
        if original is None
    )
    for (month, source), number in sorted(counts.items()):
        print(month, source, number, sep="\t")


if __name__ == "__main__":
    main()
