"""Compares records of archived pages, read again, with the records that were exported when they were fetched."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NamedTuple

from tibetnews.durability import naming
from tibetnews.items import ADDED_IMAGE_KEYS, ADDED_KEYS, Article
from tibetnews.outlet.urls import OUTLET_TIME

Record = dict[str, Any]


class Fetch(NamedTuple):
    """What a record and its exported line have in common, whatever the readers make of the page."""

    url: str
    second: str


class Comparison:
    """Finds the differences between records and exported lines, by their values.

    How a line is written does not matter: order of keys, spaces, escapes, 1 or 1.0, times as DuckDB writes them. Memory
    grows with the number of lines, not with their length.

    Attributes:
        counts: Records by verdict (equal, changed, new), and lines: missing, "not in the archive", "no records".
        fields: How often each field has changed.
    """

    def __init__(self, exports: Sequence[Path]) -> None:
        self.exports = exports
        self.counts: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self._lines: dict[int, tuple[int, int]] = {}
        """File number and offset of each line without an equal record, by the digest of its values."""
        self._changed_records: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - close() ends it
        self._read_fetches: set[int] = set()

    def read_exports(self) -> None:
        """Read the lines to compare with, once and before all else. Raises OSError."""
        for number, path in enumerate(self.exports):
            try:
                with path.open("rb") as file:
                    offset = 0
                    for line in file:
                        self._index(line, number, offset)
                        offset += len(line)
            except OSError as error:
                raise naming(error, path) from error

    def mark_read(self, fetch: Fetch) -> None:
        """Note that a page was read again, whether it gives a record or not."""
        self._read_fetches.add(hash(fetch))

    def add(self, item: Article) -> None:
        """Compare one record."""
        line = json.dumps(vars(item), default=vars).encode()
        if self._lines.pop(_digest(_values(line)), None) is not None:
            self.counts["equal"] += 1
        else:
            self._changed_records.write(line + b"\n")

    def changes(self) -> Iterator[Record]:
        """Yield what differs, once all records were added: the lines of the file of changes."""
        exported: dict[Fetch, Record] = {}
        for record in self._unmatched_lines():
            fetch = fetch_of(record)
            if hash(fetch) in self._read_fetches:
                exported[fetch] = record
            else:
                self.counts["not in the archive"] += 1
        self._changed_records.seek(0)
        for line in self._changed_records:
            record = _values(line)
            if (before := exported.pop(fetch_of(record), None)) is None:
                yield self._change("new", record, {})
            else:
                fields = _differences(before, record)
                self.fields.update(list(fields))
                yield self._change("changed", record, fields)
        for record in exported.values():
            yield self._change("missing", record, {})

    def close(self) -> None:
        """Free the memory and the temporary file."""
        self._changed_records.close()
        self._lines.clear()

    def _index(self, line: bytes, number: int, offset: int) -> None:
        if (digest := _digest_of_line(line)) is None:
            self.counts["no records"] += 1
        else:
            self._lines[digest] = (number, offset)

    def _unmatched_lines(self) -> Iterator[Record]:
        """Yield the exported records that no record is equal to."""
        for number, path in enumerate(self.exports):
            with path.open("rb") as file:
                for offset in sorted(offset for file_number, offset in self._lines.values() if file_number == number):
                    file.seek(offset)
                    yield _values(file.readline())

    def _change(self, verdict: str, record: Record, fields: Record) -> Record:
        self.counts[verdict] += 1
        url, second = fetch_of(record)
        return {"verdict": verdict, "id": record.get("id"), "fetched_from": url, "fetched_at": second, "fields": fields}


def holds_record(path: Path) -> bool:
    """Return whether a line of a file is a record. Raises OSError."""
    with path.open("rb") as file:
        return any(_digest_of_line(line) is not None for line in file)


def fetch_of(record: Record) -> Fetch:
    """Return the fetch that a record came from."""
    return Fetch(record["fetched_from"] or record["url"], record["fetched_at"])


def _values(line: bytes) -> Record:
    """Return the values of a JSON object of any version; a whole number is an int, however it is written.

    Where a crawl saved the pictures is left out, since pages that are read again save none.
    """
    record = {**ADDED_KEYS, **json.loads(line, parse_float=_number)}
    for image in record.get("images") or ():
        for key in ADDED_IMAGE_KEYS:
            image.pop(key, None)
    for name, zone in (("published_at", OUTLET_TIME), ("fetched_at", UTC)):
        if isinstance(value := record.get(name), str) and value[10:11] == " ":
            record[name] = _in_zone(value, zone)
    return record


def _in_zone(time: str, zone: tzinfo) -> str:
    """Return a time as records write it; without a zone it is UTC, as where DuckDB wrote it."""
    moment = datetime.fromisoformat(time)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def _number(digits: str) -> int | float:
    number = float(digits)
    return int(number) if number.is_integer() else number


def _digest(record: Record) -> int:
    return int.from_bytes(blake2b(_canonical(record).encode(), digest_size=8).digest(), "big")


def _digest_of_line(line: bytes) -> int | None:
    """Return the digest of a record's line; None if it is none."""
    try:
        record = _values(line)
        hash(fetch_of(record))
        return _digest(record)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _differences(before: Record, after: Record) -> Record:
    """Return the fields of which a digest differs too; one that is missing is not one that is null."""
    return {
        name: {"was": before.get(name), "is": after.get(name)}
        for name in {**after, **before}
        if name not in before or name not in after or _canonical(before[name]) != _canonical(after[name])
    }
