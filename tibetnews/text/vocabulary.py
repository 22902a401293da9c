"""How much a word of a list smells of adult or gambling spam."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def strength(word: str) -> int:
    """Return 2 where the word holds what no honest list would, 1 where it may stand beside such, else 0."""
    strong, weak = _patterns()
    return 2 if strong.search(word) else 1 if weak.search(word) else 0


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = files("tibetnews.text").joinpath("data/spam_words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(table)
    strong, weak = (re.compile("|".join(map(re.escape, words[key].split()))) for key in ("strong", "weak"))
    return strong, weak
