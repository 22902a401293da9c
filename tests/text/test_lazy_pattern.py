"""A lazy pattern is a compiled one that is made when it is needed."""

from __future__ import annotations

import re

import pytest

from tibetnews.text.lazy_pattern import lazy_pattern


def test_it_does_what_a_compiled_pattern_does() -> None:
    source, text = "(?P<name>[藏网])x?", "西藏X网"
    lazy, pattern = lazy_pattern(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    assert lazy.findall(text) == pattern.findall(text) == ["藏", "网"]
    assert lazy.sub(r"<\g<name>>", text) == pattern.sub(r"<\g<name>>", text) == "西<藏><网>"
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (pattern.pattern, pattern.flags, pattern.groupindex)
    match = lazy.search(text, 2)
    assert match is not None
    assert match.re == pattern


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def compile_(source: str, flags: int) -> re.Pattern[str]:
        compiled.append(source)
        return original(source, flags)

    original = re.compile
    monkeypatch.setattr(re, "compile", compile_)
    lazy = lazy_pattern("[藏网]")
    assert lazy.pattern == "[藏网]"
    assert compiled == []
    assert [bool(lazy.search("西藏")), bool(lazy.search("北京")), bool(lazy.match("网"))] == [True, False, True]
    assert compiled == ["[藏网]"]
