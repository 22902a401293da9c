"""Every row of phrases.toml proves itself: its example goes, its honest look-alike stays."""

from __future__ import annotations

import pytest

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.phrases import Phrase, phrases
from tibetnews.text.results import Removed

BEFORE, AFTER = "　　西藏的春天来得晚。", "　　牧民们说，今年的雪下得正好。"


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.kind}: {phrase.example}")
def test_row(phrase: Phrase) -> None:
    lines = "\n\n".join([phrase.example] * phrase.run)
    stripped = strip_boilerplate(f"{BEFORE}\n\n{lines}\n\n{AFTER}")
    assert stripped.text == f"{BEFORE}\n\n{AFTER}"
    assert stripped.removed == (Removed(phrase.kind, lines.replace("\n\n", "\n")),)

    honest = f"{BEFORE}\n\n{phrase.keeps}\n\n{AFTER}"
    assert strip_boilerplate(honest).text is honest
