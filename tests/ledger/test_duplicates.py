"""The index of copies: the earliest is named, whatever was added, changed or asked for since."""

from __future__ import annotations

import random
import sqlite3
import struct
from collections.abc import Iterator

import pytest

from tibetnews.ledger.duplicates import BANDS, MAX_CANDIDATES_PER_BAND, ROWS, SCHEMA, DuplicateIndex

CELLS = 128
SAME = 0.46


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


def bands(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM copy_bands").fetchone()[0])


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


def test_blank_bands_are_no_likeness(copies: DuplicateIndex, connection: sqlite3.Connection) -> None:
    copies.add("cn-1", "h1", b"\xff" * 254 + b"\0\0")
    assert bands(connection) == 0


def test_a_popular_band_has_a_bound(connection: sqlite3.Connection) -> None:
    """Texts that share all bands and nothing else: few are compared, and what is told from the first ones is found."""
    compared = 0

    def counted(a: bytes, b: bytes) -> None:
        nonlocal compared
        compared += 1

    copies = DuplicateIndex(connection, counted)
    for number in range(3 * MAX_CANDIDATES_PER_BAND):
        copies.add(f"cn-{number}", f"h{number}", sketch(1))
    assert copies.find_original("h", sketch(1), "cn-x") is None
    assert compared == MAX_CANDIDATES_PER_BAND


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
