"""Saved pages and what they must give: a folder is a page's bytes, its headers and the record or the refusal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.outlet.article import read
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.text import merge_removed
from tibetnews.text.cleaning import STEPS

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/page.bin"))


def saved(folder: Path) -> Page:
    headers = json.loads((folder / "headers.json").read_text("utf-8"))
    return Page(decode((folder / "page.bin").read_bytes(), headers.get("content-type")), headers["url"])


def cleaned(article: Article) -> dict[str, Any]:
    """The article as the pipelines leave it."""
    for step in STEPS:
        stripped = step(article.text)
        article.text = stripped.text
        article.removed = merge_removed([*stripped.removed, *article.removed])
    return asdict(article)


def test_there_are_pages() -> None:
    assert len(FOLDERS) >= 6


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    expected = folder / "expected.json"
    if expected.exists():
        record = cleaned(read(saved(folder)))
        wanted = json.loads(expected.read_text("utf-8"))
        assert {name: record[name] for name in wanted} == wanted, f"{folder}: read the page again, then its reader"
        return
    refused = json.loads((folder / "rejected.json").read_text("utf-8"))
    with pytest.raises(UnreadableError) as caught:
        read(saved(folder))
    assert caught.value.reason == refused["reason"]
