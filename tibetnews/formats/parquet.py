"""Writes records to a Parquet file of fixed types; needs the extra ``parquet``."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from tibetnews.formats.columns import Dialect, columns
from tibetnews.items import ADDED_KEYS

SCHEMA = pa.schema(
    columns(
        Dialect(
            string=pa.string(),
            integer=pa.int64(),
            number=pa.float64(),
            array=pa.list_,
            struct=lambda types: pa.struct(list(types.items())),
        )
    )
)
_TIMES = (
    pa.field("published_time", pa.timestamp("ms", "Asia/Shanghai")),  # the outlet's zone, which all readers know
    pa.field("published_precision", pa.string()),
)
_AFTER = SCHEMA.get_field_index("published_at") + 1
DATASET_SCHEMA = pa.schema([*list(SCHEMA)[:_AFTER], *_TIMES, *list(SCHEMA)[_AFTER:]])
"""That of a dataset: the record's, and beside published_at the same as a time; of a day it is the first moment."""

_LISTS = [field.name for field in SCHEMA if pa.types.is_list(field.type)]
_ROWS = 1_000
"""Records that are kept in memory and written together."""
_MAX_MESSAGE = 200


class RefusedRow(NamedTuple):
    """A record that has not the types of the table."""

    id: str
    detail: str


class ParquetFile:
    """A Parquet file that is written; nothing can read it before :meth:`close`."""

    schema = SCHEMA

    def __init__(self, file: IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(file, self.schema)
        self._rows: list[dict[str, Any]] = []

    def add(self, record: dict[str, Any]) -> list[RefusedRow]:
        """Add a record; return those of the records so far that cannot be written."""
        self._rows.append(record)
        return self._flush() if len(self._rows) == _ROWS else []

    def close(self) -> list[RefusedRow]:
        """Write what is left, and the index of the file; return what cannot be written."""
        refused = self._flush()
        self._writer.close()
        return refused

    def row(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the values of a record by column."""
        return record

    def _flush(self) -> list[RefusedRow]:
        records, self._rows = self._rows, []
        try:
            self._write(records)
        except _MISFITS:
            return [refused for record in records if (refused := self._write_one(record))]
        return []

    def _write_one(self, record: dict[str, Any]) -> RefusedRow | None:
        try:
            self._write([record])
        except _MISFITS as error:
            return RefusedRow(str(record["id"]), _short(str(error)))
        return None

    def _write(self, records: list[dict[str, Any]]) -> None:
        if records:
            self._writer.write_table(pa.Table.from_pylist(list(map(self.row, records)), schema=self.schema))


_MISFITS = (ValueError, TypeError, OverflowError)
"""What pyarrow raises for a value of another type; its own errors are of these classes."""


def _short(message: str) -> str:
    """Return a message of pyarrow, which quotes the whole value."""
    return message if len(message) <= _MAX_MESSAGE else f"{message[:_MAX_MESSAGE]}…"


class Dataset(ParquetFile):
    """A table of records for analysis: with times as times, and lines of older versions as those of today."""

    schema = DATASET_SCHEMA

    def row(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return the values of a record by column."""
        for name in _LISTS:
            if not isinstance(record.get(name, []), list):  # pyarrow would take a string for a list of its characters
                raise TypeError(f"{name} is no list")
        published = record["published_at"]
        has_time = published is not None and "T" in published
        return {
            **ADDED_KEYS,
            **record,
            "published_time": published
            and datetime.fromisoformat(published if has_time else f"{published}T00:00:00+08:00"),
            "published_precision": published and ("second" if has_time else "day"),
        }
