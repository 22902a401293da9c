"""Schemas with which a quiet day, whose columns hold null alone, and a full day load alike; feeds of fixed types."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.formats.test_schema_org import BARE
from tests.support.articles import FULL
from tests.support.readers import reader
from tibetnews.exporters import CsvRecords, ParquetRecords, XmlRecords
from tibetnews.formats.columns import PROGRAMS
from tibetnews.items import Article, Removed, Repairs

FULL_DAY = [replace(FULL, removed=[Removed("share", "分享")], repairs=Repairs(1, 0, 0, "t2s")), BARE]
QUIET_DAY = [BARE, BARE]


def written(folder: Path, name: str, records: list[Article]) -> Path:
    file = folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in records), "utf-8")
    return file


def evaluated(program: str, name: str) -> Any:
    names: dict[str, Any] = {}
    exec(PROGRAMS[program](), names)
    return names[name]


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    return [written(tmp_path, "quiet", QUIET_DAY), written(tmp_path, "full", FULL_DAY)]


def test_polars(days: list[Path]) -> None:
    polars = reader("polars")
    schema = evaluated("polars", "SCHEMA")
    quiet, full = (polars.read_ndjson(day, schema=schema) for day in days)
    assert quiet.schema == full.schema
    assert polars.concat([quiet, full]).to_dicts()[2] == asdict(FULL_DAY[0])


def test_arrow(days: list[Path]) -> None:
    arrow = reader("pyarrow.json")
    options = arrow.ParseOptions(explicit_schema=evaluated("arrow", "SCHEMA"))
    quiet, full = (arrow.read_json(day, parse_options=options) for day in days)
    assert quiet.schema == full.schema
    assert full.to_pylist()[0] == asdict(FULL_DAY[0])


def test_datasets(days: list[Path], tmp_path: Path) -> None:
    datasets = reader("datasets")
    names: dict[str, Any] = {}
    exec(PROGRAMS["datasets"](), names)
    for day, records in zip(days, (QUIET_DAY, FULL_DAY), strict=True):
        loaded = datasets.Dataset.from_generator(
            names["rows"], gen_kwargs={"files": [str(day)]}, features=names["FEATURES"], cache_dir=str(tmp_path)
        )
        assert loaded.features == names["FEATURES"]
        assert list(loaded) == [asdict(each) for each in records]


def test_pandas(days: list[Path]) -> None:
    pandas = reader("pandas")
    types = evaluated("pandas", "DTYPES")
    frames = []
    for day in days:
        rows = map(json.loads, day.read_text("utf-8").splitlines())
        frames.append(pandas.DataFrame(rows, columns=list(types)).astype(types))
    assert list(frames[0].dtypes) == list(frames[1].dtypes)
    assert frames[1].iloc[0]["published_at"] == FULL.published_at
    assert frames[1].iloc[0]["images"] == asdict(FULL)["images"]


def test_duckdb(days: list[Path]) -> None:
    duckdb = reader("duckdb")
    rows, kinds = [], []
    for day in days:
        sql = PROGRAMS["duckdb"]().replace("exports/articles-*.jsonl", str(day))
        with duckdb.connect() as db:
            db.execute(sql)
            kinds.append(db.execute("describe articles").fetchall())
            cursor = db.execute("select * from articles")
            rows.append([dict(zip([c[0] for c in cursor.description], row, strict=True)) for row in cursor.fetchall()])
    assert kinds[0] == kinds[1]
    assert rows[1][0] == asdict(FULL_DAY[0])


def test_parquet() -> None:
    parquet = reader("pyarrow.parquet")
    quiet, full = (parquet.read_table(BytesIO(_parquet(records))) for records in (QUIET_DAY, FULL_DAY * 700))
    assert quiet.schema == full.schema
    assert full.num_rows == 1400
    assert full.to_pylist()[0] == asdict(FULL_DAY[0])


def _parquet(records: list[Article]) -> bytes:
    file = BytesIO()
    feed = ParquetRecords(file)
    feed.start_exporting()
    for each in records:
        feed.export_item(each)
    feed.finish_exporting()
    return file.getvalue()


def test_cells_with_parts_are_json() -> None:
    file = BytesIO()
    feed = CsvRecords(file)
    feed.start_exporting()
    feed.export_item(FULL_DAY[0])
    feed.stream.flush()
    (row,) = csv.DictReader(StringIO(file.getvalue().decode()))
    record = asdict(FULL_DAY[0])
    for name in ("images", "videos", "attachments", "removed", "authors", "breadcrumbs", "dateline", "repairs", "http"):
        assert json.loads(row[name]) == record[name]
    assert row["title"] == FULL.title
    xml = BytesIO()
    nested = XmlRecords(xml)
    nested.start_exporting()
    nested.export_item(FULL_DAY[0])
    nested.finish_exporting()
    item = etree.fromstring(xml.getvalue())[0]
    assert json.loads(item.findtext("images") or "") == record["images"]
