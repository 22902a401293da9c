"""``tibetnews export``: a table of the newest revisions that all programs load alike on a quiet day and a full one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from replica.crawling import ROOT
from tests.formats.test_columns import FULL_DAY, QUIET_DAY
from tests.formats.test_schema_org import BARE
from tests.support.articles import FULL
from tests.support.readers import reader
from tibetnews.items import Article

reader("pyarrow")

OUTLET = timezone(timedelta(hours=8))
TIME = datetime(2023, 10, 13, 10, 5, tzinfo=OUTLET)
DAY_ONLY = replace(BARE, id="cn-2", published_at="2024-01-09")
OLD = asdict(replace(FULL, id="cn-3", published_at=None, title="第三题"))
del OLD["attachments"], OLD["images"][0]["path"], OLD["images"][0]["sha256"]


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tibetnews", "export", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=cwd, env=environment)


def written(folder: Path, *records: Article | dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = (json.dumps(one if isinstance(one, dict) else asdict(one), ensure_ascii=False) for one in records)
    file = folder / "articles-20231013.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return file


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of a quiet day, whose columns hold little but null, and of a full one."""
    folder = tmp_path_factory.mktemp("tables")
    full = [replace(FULL_DAY[0], revision=1, title="旧题"), FULL_DAY[0], DAY_ONLY, OLD]
    for name, records in (("quiet", [replace(one, published_at=None) for one in QUIET_DAY]), ("full", full)):
        written(folder / name, *records)
        done = run(folder / name, "-O", folder / f"{name}.parquet")
        assert done.returncode == 0, done.stderr
    return folder / "quiet.parquet", folder / "full.parquet"


def assert_full(rows: list[dict[str, Any]]) -> None:
    """What the full day holds, by time of publication."""
    first, second, third = rows
    wanted = asdict(FULL_DAY[0])
    assert {name: first[name] for name in wanted if name not in ("duplicate_of", "similarity")} == {
        name: value for name, value in wanted.items() if name not in ("duplicate_of", "similarity")
    }
    assert [row["id"] for row in rows] == [FULL.id, "cn-2", "cn-3"]
    assert [row["published_at"] for row in rows] == ["2023-10-13T10:05:00+08:00", "2024-01-09", None]
    assert [row["published_precision"] for row in rows] == ["second", "day", None]
    assert [row["published_time"].astimezone(UTC) for row in rows[:2]] == [TIME, datetime(2024, 1, 9, tzinfo=OUTLET)]
    assert third["published_time"] is None
    assert third["attachments"] == []
    assert (third["images"][0]["path"], third["images"][0]["url"]) == (None, FULL.images[0].url)
    assert second["title"] == BARE.title


def test_pyarrow(tables: tuple[Path, Path]) -> None:
    parquet = reader("pyarrow.parquet")
    quiet, full = map(parquet.read_table, tables)
    assert quiet.schema == full.schema
    assert str(full.schema.field("published_time").type) == "timestamp[ms, tz=Asia/Shanghai]"
    assert full.column_names[full.column_names.index("published_at") + 1] == "published_time"
    assert_full(full.to_pylist())


def test_pandas(tables: tuple[Path, Path]) -> None:
    pandas = reader("pandas")
    quiet, full = map(pandas.read_parquet, tables)
    assert list(quiet.columns) == list(full.columns)
    assert quiet.dtypes["published_time"] == full.dtypes["published_time"]
    assert full["published_time"].dt.strftime("%Y-%m-%d %H:%M").tolist()[:2] == ["2023-10-13 10:05", "2024-01-09 00:00"]
    assert pandas.concat([quiet, full])["title"].tolist()[1:] == [FULL.title, BARE.title, "第三题"]
    assert full["images"][0][0]["url"] == FULL.images[0].url


@pytest.mark.parametrize("is_lazy", [False, True])
def test_polars(tables: tuple[Path, Path], is_lazy: bool) -> None:
    polars = reader("polars")
    read = (lambda path: polars.scan_parquet(path).collect()) if is_lazy else polars.read_parquet
    quiet, full = map(read, tables)
    assert quiet.schema == full.schema
    assert_full(polars.concat([quiet, full]).to_dicts()[1:])
    if is_lazy:
        late = polars.scan_parquet(tables[1]).filter(polars.col("published_time").dt.year() == 2024)
        assert late.select("id").collect().to_series().to_list() == ["cn-2"]


def test_duckdb(tables: tuple[Path, Path]) -> None:
    duckdb = reader("duckdb")
    kinds, rows = [], []
    for table in tables:
        with duckdb.connect() as db:
            kinds.append(db.execute(f"describe select * from '{table}'").fetchall())
            cursor = db.execute(f"select * replace (epoch_ms(published_time) as published_time) from '{table}'")
            names = [column[0] for column in cursor.description]
            rows.append([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
    assert kinds[0] == kinds[1]
    assert ("published_time", "TIMESTAMP WITH TIME ZONE") in [kind[:2] for kind in kinds[0]]
    for row in rows[1]:
        if row["published_time"] is not None:
            row["published_time"] = datetime.fromtimestamp(row["published_time"] / 1000, UTC)
    assert_full(rows[1])


def test_datasets(tables: tuple[Path, Path], tmp_path: Path) -> None:
    datasets = reader("datasets")
    quiet, full = (datasets.Dataset.from_parquet(str(path), cache_dir=str(tmp_path)) for path in tables)
    assert quiet.features == full.features
    assert_full(list(datasets.concatenate_datasets([quiet, full]))[1:])


def test_a_record_of_other_types_is_refused_and_named(tmp_path: Path) -> None:
    wrong = [
        asdict(FULL) | {"id": "cn-7", "authors": "张漫子"},
        asdict(FULL) | {"id": "cn-8", "published_at": "2023-02-31"},
        asdict(FULL) | {"id": "cn-9", "images": [["西" * 9000]]},
        asdict(FULL) | {"id": "cn-10", "subtitle": "\ud800"},
    ]
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "articles-1.jsonl").write_text("".join(json.dumps(one) + "\n" for one in [*wrong, asdict(FULL)]))
    done = run("-O", "out.parquet", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    rejects = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_text("utf-8").splitlines()]
    assert max(map(len, done.stderr.splitlines())) < 400
    assert {reject["file"] for reject in rejects} == {"cn-7", "cn-8", "cn-9", "cn-10"}
    assert "1 article from 5 records" in done.stderr
    parquet = reader("pyarrow.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").column("id").to_pylist() == [FULL.id]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the table with -O; it ends in .parquet, such as -O dataset.parquet"),
        (["-O", "out.csv"], "name the table with -O; it ends in .parquet, such as -O dataset.parquet"),
        (["none.jsonl", "-O", "out.parquet"], "none.jsonl does not exist"),
        (["-O", "out.parquet"], "exports does not exist"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"tibetnews export: {said}\n")
    assert not list(tmp_path.iterdir())


def test_a_pipe_in_the_place_of_the_exports_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "exports")
    done = run("-O", "out.parquet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "tibetnews export: EXPORT_DIR is no folder: exports\n")


@pytest.mark.parametrize(
    ("end", "status", "told"),
    [
        ("signal.raise_signal(signal.SIGINT)", 130, "interrupted; nothing was written"),
        ("os.close(-1)", 74, "aborted: [Errno 9] Bad file descriptor"),
    ],
)
def test_a_table_that_is_cut_short_is_one_line(tmp_path: Path, end: str, status: int, told: str) -> None:
    """Pyarrow's writer would complain of its closed file when it is collected."""
    code = (
        "import os, signal, sys\n"
        "from tibetnews.__main__ import main\n"
        "from tibetnews.formats.parquet import Dataset\n"
        f"Dataset.close = lambda _: {end}\n"
        f"sys.argv = ['tibetnews', 'export', {str(written(tmp_path / 'exports', FULL))!r}, '-O', 'x.parquet']\n"
        "main()\n"
    )
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (status, f"tibetnews export: {told}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
