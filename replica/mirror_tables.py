"""Tables of two mirrors: the characters that they annotate, and the forms that they give to some characters."""

from __future__ import annotations

from pathlib import Path

_MIRRORS = Path(__file__).parent / "tables"


def _table(name: str) -> dict[str, str]:
    return dict(line.split("\t") for line in (_MIRRORS / name).read_text("utf-8").splitlines())


# The mirror of tests/text/repair/mirrors/news.txt.
SAMPLE_TABLE = _table("sample-table.tsv")
SAMPLE_SCRIPT = {"为": "為", "着": "著", **{c: c for c in "群云涌于并占"}}

# A mirror with a long table, most frequent characters first.
LONG_TABLE = _table("long-table.tsv")
