"""Every row of phrases.toml proves itself: its example goes, its look-alike stays, it is never slow."""

from __future__ import annotations

import re

import pytest
from opencc import OpenCC

from tests.support.timing import takes_at_most
from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.boilerplate.phrases import Phrase, phrases
from tibetnews.text.types import Removed

BEFORE, AFTER = "　　西藏的春天来得晚。", "　　牧民们说，今年的雪下得正好。"

KINDS = {"breadcrumbs", "publication", "editor", "copyright", "share", "related", "comment", "navigation"}

rows = pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.kind}: {phrase.example}")


@rows
def test_the_example_goes_and_its_look_alike_stays(phrase: Phrase) -> None:
    lines = "\n\n".join([phrase.example] * phrase.run)
    stripped = strip_boilerplate(f"{BEFORE}\n\n{lines}\n\n{AFTER}")
    assert stripped.text == f"{BEFORE}\n\n{AFTER}"
    assert stripped.removed == (Removed(phrase.kind, lines.replace("\n\n", "\n")),)

    honest = f"{BEFORE}\n\n{phrase.keeps}\n\n{AFTER}"
    assert strip_boilerplate(honest).text is honest


@rows
def test_the_example_is_known_in_traditional_characters(phrase: Phrase) -> None:
    traditional = OpenCC("s2t").convert(phrase.example)
    lines = "\n".join([traditional] * phrase.run)
    assert strip_boilerplate(f"{BEFORE}\n\n{lines}").removed == (Removed(phrase.kind, lines),)


@rows
def test_a_row_says_what_it_is_and_where_it_was_seen(phrase: Phrase) -> None:
    assert phrase.kind in KINDS
    assert set(phrase.languages) <= {"zh", "bo", "en", "fr", "de"}
    assert phrase.seen
    assert all(len(word) > 1 for word in phrase.opens)
    assert "\\s" not in phrase.pattern


@rows
def test_no_line_is_slow(phrase: Phrase) -> None:
    """An opening word, then a megabyte of the row's example, of blanks or of what the pattern repeats."""
    words = re.sub(r"[^\w\u0f00-\u0fff]+", " ", phrase.pattern).split()
    fillers = [phrase.example, " ", *words[:1], f"{phrase.opens[0]} | "]
    with takes_at_most(3.0 * len(fillers)):
        for filler in fillers:
            nearly = f"{phrase.opens[0]}{filler * (1_000_000 // len(filler))}。！"
            strip_boilerplate(nearly)
