"""Tables that people edit: what cannot be used is told in one line, with its file and its place."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tibetnews.text.boilerplate.phrases import Phrase, phrases, read_phrases
from tibetnews.text.data_files import read_toml

TABLE = 'marks = ",，"\n'


@pytest.mark.parametrize("data", [TABLE.encode("gbk"), TABLE.encode("utf-16"), b"[[phrase]\n"])
def test_a_table_that_is_no_toml_is_told(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tibetnews.text.data_files.get_data", lambda *_: data)
    with pytest.raises(OSError, match=r"it is not TOML in UTF-8: .*tibetnews/text/x\.toml"):
        read_toml("x.toml")


def test_a_byte_order_mark_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tibetnews.text.data_files.get_data", lambda *_: TABLE.encode("utf-8-sig"))
    assert read_toml("x.toml") == {"marks": ",，"}


@pytest.mark.parametrize("key", ["kinds", "openings"])
def test_a_mistyped_key_is_told(key: str) -> None:
    good = {name: value for name, value in vars(phrases()[0]).items() if name != "pattern"}
    with pytest.raises(OSError, match=rf"\[\[phrase\]\] .*'{key}'.*phrases\.toml"):
        read_phrases([good | {key: "x"}])


@pytest.mark.parametrize("pattern", ["@(", "@ {nobody}"])
def test_a_pattern_that_is_none_is_told(pattern: str) -> None:
    row = {field.name: getattr(phrases()[0], field.name) for field in fields(Phrase)} | {"pattern": pattern}
    (phrase,) = read_phrases([row])
    with pytest.raises(OSError, match=r"the pattern '.*' cannot be used: .*phrases\.toml"):
        phrase.fits("首页 > 新闻")
