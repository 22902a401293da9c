"""What changed between records read again and lines of an export."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tibetnews.archive.comparison import Comparison, fetch_of
from tibetnews.items import Article, Attachment, Http, Image


def article(number: int) -> Article:
    """A record with nested parts."""
    return Article(
        id=f"cn-{number}",
        url=f"http://www.tibet.cn/cn/politics/202401/t20240109_{number}.html",
        fetched_from=None,
        kind="article",
        edition="cn",
        language="zh-Hans",
        section="politics",
        breadcrumbs=["中国西藏网", "时政"],
        title="标题",
        subtitle=None,
        published_at="2024-01-09",
        source=None,
        authors=["张漫子"],
        editor=None,
        dateline=None,
        text="一\n\n二",
        images=[Image("http://www.tibet.cn/x.jpg")],
        fetched_at="2024-01-09T01:02:03Z",
        http=Http(200, '"x"'),
    )


@pytest.fixture
def records() -> list[Article]:
    return [article(number) for number in range(1, 6)]


def compared(folder: Path, was: list[Any], now: list[Article], read: list[Article]) -> tuple[Comparison, list[Any]]:
    """The comparison of exported lines with records, where these pages were read again."""
    files = [folder / "articles-1.jsonl", folder / "articles-2.jsonl"]
    for i, file in enumerate(files):
        lines = [json.dumps(one if isinstance(one, dict) else asdict(one), ensure_ascii=False) for one in was[i::2]]
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    comparison = Comparison(files)
    comparison.read_exports()
    for one in read:
        comparison.mark_read(fetch_of(asdict(one)))
    for one in now:
        comparison.add(one)
    changes = list(comparison.changes())
    comparison.close()
    return comparison, changes


def test_equal_records_are_equal(records: list[Article], tmp_path: Path) -> None:
    comparison, changes = compared(tmp_path, records, records, records)
    assert (comparison.counts, changes) == ({"equal": 5}, [])


def test_every_difference_is_told_with_its_field(records: list[Article], tmp_path: Path) -> None:
    now = deepcopy(records)
    now[0].id = "cn-9"
    now[1].images[0].caption = "图为"
    now[2].authors = []
    comparison, changes = compared(tmp_path, records, now, records)
    assert comparison.counts == {"equal": 2, "changed": 3}
    assert comparison.fields == {"id": 1, "images": 1, "authors": 1}
    told = {change["id"]: change["fields"] for change in changes}
    assert told["cn-9"] == {"id": {"was": "cn-1", "is": "cn-9"}}
    assert told["cn-2"]["images"]["is"][0]["caption"] == "图为"
    assert {change["verdict"] for change in changes} == {"changed"}


def test_where_a_crawl_saved_the_pictures_is_no_difference(records: list[Article], tmp_path: Path) -> None:
    was = deepcopy(records)
    was[0].images[0].path, was[0].images[0].sha256 = "ab/ab.jpg", "ab"
    older = asdict(records[1])
    del older["images"][0]["path"], older["images"][0]["sha256"]
    comparison, changes = compared(tmp_path, [was[0], older, *was[2:]], records, records)
    assert (comparison.counts, changes) == ({"equal": 5}, [])


def test_new_missing_and_what_was_not_read(records: list[Article], tmp_path: Path) -> None:
    comparison, changes = compared(tmp_path, records[:4], [records[0], records[4]], [*records[:2], records[4]])
    assert comparison.counts == {"equal": 1, "new": 1, "missing": 1, "not in the archive": 2}
    assert [(change["verdict"], change["id"]) for change in changes] == [("new", "cn-5"), ("missing", "cn-2")]


def test_two_captures_of_one_article_are_two(records: list[Article], tmp_path: Path) -> None:
    later = deepcopy(records[0])
    later.fetched_at, later.revision = "2024-01-10T01:02:03Z", 2
    now = deepcopy(later)
    now.title = "另"
    comparison, (change,) = compared(tmp_path, [records[0], later], [records[0], now], [records[0], later])
    assert comparison.counts == {"equal": 1, "changed": 1}
    assert (change["fetched_at"], list(change["fields"])) == (later.fetched_at, ["title"])


def test_exports_of_an_older_schema_and_lines_that_are_no_records(records: list[Article], tmp_path: Path) -> None:
    older = asdict(records[0])
    del older["similarity"]
    comparison, (change,) = compared(tmp_path, [older, {"x": 1}, {}, {"images": ["x"]}], records[:1], records)
    assert comparison.counts == {"changed": 1, "no records": 3}
    assert change["fields"] == {"similarity": {"was": None, "is": None}}


def _as_duckdb(record: Any, fetched: str, published: str) -> str:
    return json.dumps(record | {"fetched_at": fetched, "published_at": published, "similarity": 1.0})


REWRITTEN: dict[str, Callable[[Any], str]] = {
    "compact": lambda record: json.dumps(record, separators=(",", ":")),  # as jq -c
    "escaped": json.dumps,
    "sorted": lambda record: json.dumps(record, sort_keys=True, ensure_ascii=False),  # as jq -S
    "spaced": lambda record: f"  {json.dumps(record)}\r",
    "whole numbers": lambda record: json.dumps(record).replace('"similarity": 1.0', '"similarity": 1'),  # as jq 1.6
    "times": lambda record: _as_duckdb(record, "2024-01-09 01:02:03", "2024-01-08 22:47:24"),
    "times with zones": lambda record: _as_duckdb(record, "2024-01-09 01:02:03+00", "2024-01-09 06:47:24+08"),
}
"""How other programs write the same values."""


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_line_that_another_program_wrote_is_equal_by_its_values(
    records: list[Article], tmp_path: Path, how: str
) -> None:
    for record in records:
        record.duplicate_of, record.similarity = "cn-1", 1.0
        record.published_at = "2024-01-09T06:47:24+08:00"
    export = tmp_path / "rewritten.jsonl"
    lines = [REWRITTEN[how](asdict(record)) for record in records]
    assert "1" in lines[0]
    export.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
    comparison = Comparison([export])
    comparison.read_exports()
    for record in records:
        comparison.mark_read(fetch_of(asdict(record)))
        comparison.add(record)
    assert list(comparison.changes()) == []
    assert comparison.counts == {"equal": len(records)}
    comparison.close()


@pytest.mark.parametrize(
    ("field", "value"), [("subtitle", ""), ("revision", True), ("images", [{}]), ("http", None), ("source", [])]
)
def test_a_changed_record_always_names_a_field(records: list[Article], tmp_path: Path, field: str, value: Any) -> None:
    comparison, (change,) = compared(tmp_path, [asdict(records[0]) | {field: value}], records[:1], records)
    assert (change["verdict"], list(change["fields"])) == ("changed", [field])
    assert comparison.fields == {field: 1}


def test_lines_without_a_key_of_this_version_are_compared_as_if_it_were_empty(
    records: list[Article], tmp_path: Path
) -> None:
    was = [{key: value for key, value in asdict(each).items() if key != "attachments"} for each in records]
    now = deepcopy(records)
    now[2].attachments = [Attachment("http://www.tibet.cn/x.pdf", "表")]
    comparison, (change,) = compared(tmp_path, was, now, records)
    assert comparison.counts == {"equal": 4, "changed": 1}
    files = [{"url": "http://www.tibet.cn/x.pdf", "name": "表"}]
    assert change["fields"] == {"attachments": {"was": [], "is": files}}
