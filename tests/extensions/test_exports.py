"""What counts as exported, and when, where a user's filter keeps records from an export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.articles import FULL
from tibetnews.exporters import CommittedStorage
from tibetnews.extensions.exports import Exports
from tibetnews.ledger.session import LedgerSession


def no_session() -> LedgerSession:
    raise AssertionError("nothing is opened")


def exports(tmp_path: Path, marked: list[str], *formats: str) -> Exports:
    """The extension with an export of each format, whose filter takes the first article alone."""
    wanted = SimpleNamespace(accepts=lambda item: item.id == FULL.id)
    slots = [
        SimpleNamespace(
            uri_template=name, storage=CommittedStorage(str(tmp_path / name), no_session, feed_options={"format": name})
        )
        for name in formats
    ]
    feeds: Any = SimpleNamespace(slots=slots, filters=dict.fromkeys(formats, wanted))
    nothing: Any = None
    session: Any = SimpleNamespace(lock=True, record_exported=lambda exported: marked.append(exported.id))
    stats: Any = SimpleNamespace(get_stats=dict)
    return Exports(
        session=session, stats=stats, feeds=lambda: feeds, check=nothing, end_crawl=nothing, close_after_refusal=nothing
    )


@pytest.mark.parametrize(
    ("formats", "kept_waiting"), [(("jsonl",), ["cn-2"]), (("jsonl", "csv"), ["cn-2"]), (("csv",), [FULL.id, "cn-2"])]
)
def test_what_no_line_is_written_of_counts_in_the_end(
    formats: tuple[str, ...], kept_waiting: list[str], tmp_path: Path
) -> None:
    marked: list[str] = []
    extension = exports(tmp_path, marked, *formats)
    for item in (FULL, replace(FULL, id="cn-2")):
        extension.item_scraped(item)
    extension.stored.update(extension.given)
    assert marked == []
    extension.exports_closed()
    assert marked == kept_waiting
