"""What is removed from a text leaves neither gaps nor glued lines."""

from __future__ import annotations

import pytest

from tibetnews.text.spans import Span, remove_spans


@pytest.mark.parametrize(
    ("text", "parts", "kept"),
    [
        ("一。甲\n乙二。", ["甲", "乙"], "一。\n二。"),
        ("一。甲\n\n乙二。", ["甲", "乙"], "一。\n\n二。"),
        ("一。甲\n乙\n丙二。", ["甲", "乙", "丙"], "一。\n二。"),
        ("一。\n甲\n乙\n二。", ["甲", "乙"], "一。\n二。"),
        ("甲一乙二丙", ["甲", "乙", "丙"], "一二"),
        ("甲\n乙一", ["甲", "乙"], "一"),
    ],
)
def test_lines_that_keep_a_part_stay_lines(text: str, parts: list[str], kept: str) -> None:
    spans = [Span(text.index(part), text.index(part) + 1, "spam") for part in parts]
    assert remove_spans(text, spans).text == kept
