"""Saved pages and what they must give: a folder is a page's bytes, its headers and the record or the rejection."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.support.saved_pages import FOLDERS, expectation, saved
from tibetnews.errors import UnreadableError
from tibetnews.outlet.article import read
from tibetnews.records import clean_record, find_problem


def test_there_are_pages() -> None:
    assert len(FOLDERS) >= 6


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    file = expectation(folder)
    wanted = json.loads(file.read_text("utf-8"))
    if file.name == "expected.json":
        article = read(saved(folder))
        clean_record(article)
        assert find_problem(article) is None
        record = asdict(article)
        assert {name: record[name] for name in wanted} == wanted, f"{folder}: read the page again, then its reader"
        return
    with pytest.raises(UnreadableError) as caught:
        read(saved(folder))
    assert caught.value.reason == wanted["reason"]


@pytest.mark.parametrize("names", [[], ["expected.draft.json"], ["expected.json", "rejected.draft.json"]])
def test_a_draft_is_no_expectation(tmp_path: Path, names: list[str]) -> None:
    for name in ["headers.json", *names]:
        (tmp_path / name).write_text("{}")
    with pytest.raises(AssertionError, match="read the page, correct the draft"):
        expectation(tmp_path)
