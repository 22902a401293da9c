"""Writes records to a Parquet file of fixed types; needs the extra ``parquet``."""

from __future__ import annotations

from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from tibetnews.formats.columns import Dialect, columns

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
_ROWS = 1_000
"""Records that are kept in memory and written together."""


class ParquetFile:
    """A Parquet file that is written; nothing can read it before :meth:`close`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(file, SCHEMA)
        self._rows: list[dict[str, Any]] = []

    def add(self, record: dict[str, Any]) -> None:
        """Add a record."""
        self._rows.append(record)
        if len(self._rows) == _ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the index of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=SCHEMA))
            self._rows.clear()
