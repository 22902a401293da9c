"""The blocks of Unicode: which characters are in which set."""

from __future__ import annotations

import re

import pytest

from tibetnews.text import unicode_ranges


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("HAN_BASIC", "\u4e00西\u9fff", "\u3400\u4dff\ua000\uf900"),
        ("HAN", "\u3400\u4dbf\u4e00\u9fff", "\u33ff\u4dc0\uf900"),
        ("HAN_WITH_COMPATIBILITY", "\u3400\u9fff\uf900\ufaff", "\u4dc0\uf8ff\ufb00"),
        ("SURROGATES", "\ud800\udfff", "\ud7ff\ue000"),
        ("TIBETAN", "\u0f00བ།\u0fff", "\u0eff\u1000"),
    ],
)
def test_ranges(name: str, inside: str, outside: str) -> None:
    pattern = re.compile(f"[{getattr(unicode_ranges, name)}]")
    assert all(map(pattern.fullmatch, inside))
    assert not any(map(pattern.fullmatch, outside))
