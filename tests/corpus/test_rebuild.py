"""A ledger is made of any file that people keep as an export: what is no record is counted, and nothing is cut."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.articles import record
from tibetnews.corpus.rebuild import rebuild_ledger
from tibetnews.errors import WrongUseError
from tibetnews.ledger.between_runs import check_ledger
from tibetnews.ledger.maintenance import check

GOOD = json.dumps(record("cn-1")).encode()
NOW = 1_700_000_000.0
OF_OTHERS: list[tuple[str, Any]] = [
    ("published_at", "yesterday"),
    ("fetched_at", 7),
    ("images", ["x.jpg"]),
    ("http", "200"),
    ("id", "\ud800"),
    ("section", ["politics"]),
    ("revision", 10**30),
]


def written(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


@pytest.mark.parametrize(("name", "value"), OF_OTHERS, ids=[name for name, _ in OF_OTHERS])
def test_a_line_of_another_program_is_counted(name: str, value: object, tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", GOOD, json.dumps(record("cn-2") | {name: value}).encode())
    rebuilt = rebuild_ledger(tmp_path / "state", [path], NOW)
    assert (rebuilt.articles, rebuilt.skipped) == (1, 1)


def test_lines_of_older_versions_and_of_duckdb_are_known(tmp_path: Path) -> None:
    older = {key: value for key, value in record("cn-2").items() if key != "attachments"}
    duckdb = record("cn-3") | {"published_at": "2023-10-13 10:05:00+08", "fetched_at": "2023-10-14 02:10:00"}
    path = written(tmp_path / "x.jsonl", GOOD, json.dumps(older).encode(), json.dumps(duckdb).encode())
    rebuilt = rebuild_ledger(tmp_path / "state", [path], NOW, revisit_after=[86_400.0])
    assert (rebuilt.articles, rebuilt.skipped) == (3, 0)


@pytest.mark.parametrize(
    "data", [gzip.compress(GOOD + b"\n"), b"[\n" + GOOD + b"\n]", b"id,title\r\ncn-1,x"], ids=["gzip", "json", "csv"]
)
def test_what_is_no_export_is_refused_and_not_cut(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "articles.x"
    path.write_bytes(data)
    with pytest.raises(WrongUseError, match=r"articles\.x is no export"):
        rebuild_ledger(tmp_path / "state", [path], NOW)
    assert path.read_bytes() == data


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"a":' * 100_000, b'{"id": "\\ud800"}'], ids=["[", "{", "id"])
def test_lines_that_nobody_can_read_are_nobodys(line: bytes, tmp_path: Path) -> None:
    known = written(tmp_path / "x.jsonl", GOOD)
    rebuild_ledger(tmp_path / "state", [known], NOW)
    other = written(tmp_path / "y.jsonl", line)
    check_ledger(tmp_path / "state", [known, other])
    assert check(tmp_path / "state", [known, other]).problems == []
