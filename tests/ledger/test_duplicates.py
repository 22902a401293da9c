"""The index of copies: the earliest is named, whatever was added, changed or asked for since."""

from __future__ import annotations

import random
import sqlite3
import struct
from collections.abc import Iterator
from itertools import count, islice
from unittest.mock import Mock

import pytest

from tests.support.timing import takes_at_most
from tibetnews.ledger.duplicates import (
    BANDS,
    FIRST_SCHEMA,
    MAX_CANDIDATES_PER_BAND,
    MERGE_EVERY,
    MERGED_SCHEMA,
    ROWS,
    SCHEMA,
    DuplicateIndex,
)

CELLS = 128
SAME = 0.46
NUMBERS = count()
"""Of articles without bands; no two of them have the same."""


def likeness(a: bytes, b: bytes) -> float | None:
    """The share of equal cells, from SAME on."""
    pairs = zip(struct.unpack("<128H", a), struct.unpack("<128H", b), strict=True)
    share = [x == y for x, y in pairs].count(True) / CELLS
    return share if share >= SAME else None


def sketch(seed: int) -> bytes:
    """What no other seed has a cell of."""
    return struct.pack("<128H", *(random.Random(f"{seed} {cell}").randrange(0xFFFF) for cell in range(CELLS)))


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    for statement in SCHEMA:
        opened.execute(statement)
    yield opened
    opened.close()


@pytest.fixture
def copies(connection: sqlite3.Connection) -> DuplicateIndex:
    return DuplicateIndex(connection, likeness)


def merge_all(copies: DuplicateIndex) -> None:
    """Add so many articles without bands that all slices are merged."""
    for number in islice(NUMBERS, MERGE_EVERY * 4 * BANDS):
        copies.add(f"blank-{number}", "", b"")


def bands(connection: sqlite3.Connection) -> int:
    """How many are in the table after all merges of an index that is opened now."""
    connection.execute("SAVEPOINT counting")
    merge_all(DuplicateIndex(connection, likeness))
    merged = int(connection.execute("SELECT count(*) FROM copy_bands").fetchone()[0])
    connection.execute("ROLLBACK TO counting")
    connection.execute("RELEASE counting")
    return merged


def test_nothing_is_known(copies: DuplicateIndex) -> None:
    assert copies.find_original("h1", sketch(1), "cn-1") is None
    copies.add("cn-1", "h1", sketch(1))
    assert copies.find_original("h1", sketch(1), "cn-1") is None
    assert copies.find_original("h2", sketch(2), "cn-2") is None


def test_equal_content(copies: DuplicateIndex) -> None:
    copies.add("cn-1", "h1", b"")
    copies.add("cn-2", "h1", b"")
    assert copies.find_original("h1", b"", "cn-3") == ("cn-1", 1.0)
    assert copies.find_original("h2", b"", "cn-3") is None


@pytest.mark.parametrize("equal", [59, 69, 100, 127])
def test_near_from_the_threshold_on(copies: DuplicateIndex, equal: int) -> None:
    copies.add("cn-1", "h1", sketch(1))
    near = sketch(1)[: 2 * equal] + sketch(2)[2 * equal :]
    assert copies.find_original("h2", near, "cn-2") == ("cn-1", equal / CELLS)


def test_below_the_threshold(copies: DuplicateIndex) -> None:
    copies.add("cn-1", "h1", sketch(1))
    assert copies.find_original("h2", sketch(1)[: 2 * 58] + sketch(2)[2 * 58 :], "cn-2") is None


@pytest.mark.parametrize("band", [0, 7, BANDS - 1])
def test_one_band_in_common_is_enough(connection: sqlite3.Connection, band: int) -> None:
    width = 2 * ROWS
    near = bytearray(sketch(2))
    near[band * width : (band + 1) * width] = sketch(1)[band * width : (band + 1) * width]
    copies = DuplicateIndex(connection, lambda a, b: 0.5)
    copies.add("cn-1", "h1", sketch(1))
    assert copies.find_original("h2", bytes(near), "cn-2") == ("cn-1", 0.5)
    assert copies.find_original("h2", sketch(2), "cn-2") is None


def test_the_earliest_of_several(copies: DuplicateIndex) -> None:
    """The first seen, even where a later one is liker or equal."""
    near = sketch(1)[: 2 * 100] + sketch(2)[2 * 100 :]
    copies.add("cn-9", "h9", near)
    copies.add("cn-1", "h1", sketch(1))
    assert copies.find_original("h1", sketch(1), "cn-2") == ("cn-9", 100 / CELLS)


def test_an_article_is_no_copy_of_its_copies(copies: DuplicateIndex) -> None:
    copies.add("cn-1", "h1", sketch(1))
    copies.add("cn-2", "h1", sketch(1))
    assert copies.find_original("h1", sketch(1), "cn-1") is None
    assert copies.find_original("h1", sketch(1), "cn-2") == ("cn-1", 1.0)


def test_adding_twice_is_adding_once(copies: DuplicateIndex, connection: sqlite3.Connection) -> None:
    for _ in range(2):
        copies.add("cn-1", "h1", sketch(1))
    assert bands(connection) == BANDS
    assert connection.execute("SELECT count(*) FROM copies").fetchone() == (1,)


def test_a_revision_takes_the_place_of_what_it_revises(copies: DuplicateIndex, connection: sqlite3.Connection) -> None:
    copies.add("cn-1", "h1", sketch(1))
    copies.add("cn-2", "h2", sketch(2))
    copies.add("cn-1", "h3", sketch(3))
    assert copies.find_original("h1", sketch(1), "cn-5") is None
    assert copies.find_original("h3", sketch(2), "cn-5") == ("cn-1", 1.0)  # it keeps its place in the order
    assert copies.find_original("h4", sketch(3), "cn-5") == ("cn-1", 1.0)
    assert bands(connection) == 2 * BANDS
    copies.add("cn-1", "h5", sketch(3))  # another headline
    assert copies.find_original("h5", b"", "cn-5") == ("cn-1", 1.0)
    copies.add("cn-1", "h6", b"")
    assert bands(connection) == BANDS


def test_nothing_is_committed(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    DuplicateIndex(connection, likeness).add("cn-1", "h1", sketch(1))
    assert connection.in_transaction
    connection.execute("ROLLBACK")
    assert DuplicateIndex(connection, likeness).find_original("h1", sketch(1), "cn-2") is None
    assert bands(connection) == 0
    connection.close()


def test_what_was_rolled_back_is_no_original(connection: sqlite3.Connection, copies: DuplicateIndex) -> None:
    """After a failure a run reads on with the index that it has."""
    connection.execute("BEGIN")
    copies.add("cn-1", "h1", sketch(1))
    connection.execute("ROLLBACK")
    assert copies.find_original("h2", sketch(1), "cn-2") is None


@pytest.mark.parametrize("is_merged", [False, True])
def test_merged_or_not(connection: sqlite3.Connection, copies: DuplicateIndex, is_merged: bool) -> None:
    """What waits in memory and what is in the table answer alike, to whoever opens the index later too."""
    copies.add("cn-1", "h1", sketch(1))
    copies.add("cn-2", "h2", sketch(2))
    if is_merged:
        merge_all(copies)
    assert connection.execute("SELECT count(*) FROM copy_bands").fetchone() == (is_merged * 2 * BANDS,)
    copies.add("cn-3", "h3", sketch(2))
    copies.add("cn-1", "h4", sketch(4))
    for index in (copies, DuplicateIndex(connection, likeness)):
        assert index.find_original("h", sketch(1), "cn-5") is None
        assert index.find_original("h", sketch(2), "cn-5") == ("cn-2", 1.0)
        assert index.find_original("h", sketch(2), "cn-2") is None
        assert index.find_original("h", sketch(4), "cn-5") == ("cn-1", 1.0)
    assert bands(connection) == 3 * BANDS


def test_an_index_of_before_the_merges(connection: sqlite3.Connection) -> None:
    """Its bands are all in the table; they are neither written nor compared twice."""
    old = sqlite3.connect(":memory:", isolation_level=None)
    for statement in FIRST_SCHEMA:
        old.execute(statement)
    copies = DuplicateIndex(connection, likeness)
    copies.add("cn-1", "h1", sketch(1))
    merge_all(copies)
    for table in ("copies", "copy_bands"):
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    for statement in MERGED_SCHEMA:
        old.execute(statement)
    copies = DuplicateIndex(old, likeness)
    assert copies.find_original("h", sketch(1), "cn-2") == ("cn-1", 1.0)
    copies.add("cn-2", "h2", sketch(2))
    assert copies.find_original("h", sketch(2), "cn-3") == ("cn-2", 1.0)
    assert bands(old) == 2 * BANDS
    old.close()


def test_blank_bands_are_no_likeness(copies: DuplicateIndex, connection: sqlite3.Connection) -> None:
    copies.add("cn-1", "h1", b"\xff" * 254 + b"\0\0")
    assert bands(connection) == 0


def test_a_popular_band_has_a_bound(connection: sqlite3.Connection) -> None:
    """Texts that share all bands and nothing else: few are compared, and what is told from the first ones is found."""
    compare = Mock(return_value=None)
    copies = DuplicateIndex(connection, compare)
    for number in range(3 * MAX_CANDIDATES_PER_BAND):
        copies.add(f"cn-{number}", f"h{number}", sketch(1))
    assert copies.find_original("h", sketch(1), "cn-x") is None
    assert compare.call_count == MAX_CANDIDATES_PER_BAND
    merge_all(copies)
    copies.add("cn-97", "h97", sketch(1))
    assert copies.find_original("h", sketch(1), "cn-x") is None
    assert compare.call_count == 2 * MAX_CANDIDATES_PER_BAND


def test_a_story_that_thousands_share_costs_each_of_them_alike(connection: sqlite3.Connection) -> None:
    copies, story = DuplicateIndex(connection, lambda _, __: 0.9), sketch(1)
    with takes_at_most(6):
        for number in range(4000):
            assert bool(copies.find_original(f"h{number}", story, f"cn-{number}")) == bool(number)
            copies.add(f"cn-{number}", f"h{number}", story)


def test_the_earliest_of_a_popular_band_stay_the_earliest(connection: sqlite3.Connection) -> None:
    """Also where one of them got another story and its own back, so that it came last."""
    copies = DuplicateIndex(connection, likeness)
    for number in range(5):
        copies.add(f"cn-{number}", f"h{number}", sketch(1))
    copies.add("cn-0", "h", sketch(2))
    assert copies.find_original("h9", sketch(1), "cn-9") == ("cn-1", 1.0)
    copies.add("cn-0", "h", sketch(1))
    assert copies.find_original("h9", sketch(1), "cn-9") == ("cn-0", 1.0)
    assert copies.find_original("h9", sketch(1), "cn-1") == ("cn-0", 1.0)


def test_the_first_story_of_an_index_takes_one_place_of_its_bands(connection: sqlite3.Connection) -> None:
    compare = Mock(return_value=None)
    copies = DuplicateIndex(connection, compare)
    for number in range(MAX_CANDIDATES_PER_BAND):
        copies.add(f"cn-{number}", f"h{number}", sketch(1))
    copies.find_original("h", sketch(1), "cn-x")
    assert compare.call_count == MAX_CANDIDATES_PER_BAND


def test_look_ups_use_the_indexes(connection: sqlite3.Connection) -> None:
    """No statement reads a whole table, however many articles are known."""
    statements: list[str] = []
    copies = DuplicateIndex(connection, likeness)
    copies.add("cn-1", "h1", sketch(1))
    connection.set_trace_callback(statements.append)
    copies.find_original("h1", sketch(1), "cn-2")
    copies.find_original("h1", sketch(2), "cn-1")
    copies.add("cn-1", "h2", sketch(2))
    connection.set_trace_callback(None)
    plans = [plan for each in statements for *_, plan in connection.execute(f"EXPLAIN QUERY PLAN {each}")]
    assert len([plan for plan in plans if plan.startswith("SEARCH copy_bands USING PRIMARY KEY")]) >= 2 * BANDS
    assert len([plan for plan in plans if "copies_by_content" in plan]) == 2
    assert not [plan for plan in plans if plan.startswith("SCAN cop") or "TEMP B-TREE" in plan]
