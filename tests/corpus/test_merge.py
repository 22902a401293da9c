"""Exports made one: which record of an article wins, in which order, and what is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.articles import record
from tibetnews.corpus.entries import Entry
from tibetnews.corpus.merge import FOREIGN, Merge, add_entries
from tibetnews.errors import UnreadableError


def merge(*records: dict[str, Any], run: int = 1) -> tuple[Merge, list[dict[str, Any]]]:
    done = Merge(run=run)
    for number, each in enumerate(records, 1):
        done.add(Entry("x", number, "jsonl", json.dumps(each, ensure_ascii=False).encode()))
    return done, [json.loads(line) for line in done.lines()]


def test_the_newest_revision_wins_wherever_it_stands() -> None:
    new, old = record("cn-1", revision=3, text="neu"), record("cn-1", revision=2, fetched_at="2026-01-01T00:00:00Z")
    for order in ((new, old), (old, new)):
        done, lines = merge(*order)
        assert lines == [new]
        assert (done.stats.read, done.stats.written, done.stats.older, done.stats.refetched) == (2, 1, 1, 0)
    assert merge(record("cn-1", revision=10), record("cn-1", revision=9))[1][0]["revision"] == 10


def test_of_one_revision_the_later_fetch_wins_and_of_equals_the_later_line() -> None:
    early, late = record("cn-1", fetched_at="2023-10-14T02:10:00Z"), record("cn-1", fetched_at="2023-10-14T02:10:01Z")
    never = record("cn-1", fetched_at=None)
    for order in ((early, late, never), (late, never, early)):
        done, lines = merge(*order)
        assert lines == [late]
        assert done.stats.refetched == 2
    assert merge(record("cn-1", text="a"), record("cn-1", text="b"))[1][0]["text"] == "b"


def test_order_is_by_time_then_id_and_what_has_none_comes_last() -> None:
    records = [
        record("cn-4", published_at=None),
        record("cn-3", published_at="2023-10-13T10:05:00+08:00"),
        record("cn-2", published_at="2023-10-13T10:05:00+08:00"),
        record("cn-1", published_at="2023-10-13"),
        record("cn-0", published_at="2023-10-12T23:59:59+08:00"),
    ]
    _, lines = merge(*records)
    assert [line["id"] for line in lines] == ["cn-0", "cn-1", "cn-2", "cn-3", "cn-4"]


def test_links_to_articles_that_are_not_there_are_kept_and_counted() -> None:
    copy = {**record("cn-2", title="题 cn-1"), "duplicate_of": "cn-1", "similarity": 1.0}
    lost = [{**record(f"cn-{n}"), "duplicate_of": "cn-9"} for n in (3, 4)]
    done, lines = merge(copy, record("cn-1"), *lost)
    assert done.stats.dangling == 2
    assert [line["duplicate_of"] for line in lines] == [None, "cn-1", "cn-9", "cn-9"]


STORY = "近日，西藏各地春耕播种陆续展开，田间地头一片繁忙，农牧民抢抓农时开展春播，合作社备足种子和化肥。"


def test_copies_of_another_machine_are_found() -> None:
    early = record("cn-1", text=STORY, title="甲", published_at="2023-10-12", similarity=None)
    late = record("cn-2", text=STORY, title="乙", published_at="2023-10-13", similarity=None)
    for order in ((early, late), (late, early)):
        done, lines = merge(*order)
        assert lines == [early, {**late, "duplicate_of": "cn-1", "similarity": 1.0}]
        assert (done.stats.remarked, done.stats.dangling) == (1, 0)


def test_a_mark_is_made_anew_and_the_earliest_is_nobodys_copy() -> None:
    """One machine saw the later article first."""
    early = {**record("cn-1", text=STORY, published_at="2023-10-12"), "duplicate_of": "cn-2", "similarity": 0.7}
    late = record("cn-2", text=STORY, published_at="2023-10-13", similarity=None)
    wrong = {**record("cn-3", published_at="2023-10-14"), "duplicate_of": "cn-1", "similarity": 0.7}
    done, lines = merge(late, early, wrong)
    assert [(line["duplicate_of"], line["similarity"]) for line in lines] == [(None, None), ("cn-1", 1.0), (None, None)]
    assert done.stats.remarked == 3


def test_a_mark_whose_original_is_elsewhere_gives_way_to_one_that_is_here() -> None:
    here = record("cn-1", text=STORY, published_at="2023-10-12", similarity=None)
    copy = {**record("cn-2", text=STORY, published_at="2023-10-13"), "duplicate_of": "cn-9", "similarity": 0.7}
    assert [line["duplicate_of"] for line in merge(here, copy)[1]] == [None, "cn-1"]
    assert [line["duplicate_of"] for line in merge(copy)[1]] == ["cn-9"]


def test_an_index_that_cannot_be_written_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Merge(tmp_path)
    done.add(Entry("x", 1, "jsonl", json.dumps(record("cn-1")).encode()))
    lines = done.lines()
    next(lines)
    assert list(tmp_path.iterdir()) == []  # a killed merge leaves nothing behind
    monkeypatch.setattr("tibetnews.corpus.originals.SCHEMA", ("no statement",))
    failing = Merge(tmp_path)
    with pytest.raises(OSError, match="the index of the stories cannot be written"):
        next(failing.lines())
    assert list(tmp_path.iterdir()) == []


def test_lines_stay_as_they_are_byte_for_byte() -> None:
    line = json.dumps(record("cn-1"), ensure_ascii=True).replace('": ', '"  :\t').encode()
    done = Merge()
    done.add(Entry("x", 1, "jsonl", line))
    assert list(done.lines()) == [line + b"\n"]


def test_keys_of_other_versions_are_passed_and_counted() -> None:
    newer = {**record("cn-1"), "mood": "x"}
    done, lines = merge(newer, {**record("cn-2"), "mood": "y"})
    assert lines[0] == newer
    assert done.stats.foreign == {"mood": 2}
    many, _ = merge({**record("cn-1"), **{f"k{n}": n for n in range(500)}})
    assert len(many.stats.foreign) == FOREIGN


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": ""}, "'id'"),
        ({"id": 7}, "'id' is 7"),
        ({"revision": 0}, "'revision' is 0"),
        ({"revision": "1"}, "'revision'"),
        ({"revision": True}, "'revision'"),
        ({"revision": 1.5}, "'revision'"),
        ({"published_at": "yesterday"}, "'published_at'"),
        ({"published_at": "2023-10-13T02:05:00Z"}, "'published_at'"),  # it would sort among other offsets by its text
        ({"fetched_at": "2023-10-14T02:10:00+08:00"}, "'fetched_at'"),
        ({"duplicate_of": []}, "'duplicate_of'"),
        ({"text": None}, "'text' is null"),
        ({"title": 7}, "'title' is 7"),
    ],
)
def test_what_is_no_record_is_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(UnreadableError, match="record") as refused:
        Merge().add(Entry("x", 1, "jsonl", json.dumps({**record("cn-1"), **change}).encode()))
    assert told in str(refused.value)


@pytest.mark.parametrize("name", ["id", "revision", "published_at", "fetched_at", "duplicate_of", "title", "text"])
def test_a_line_without_what_it_is_merged_by_is_refused(name: str) -> None:
    line = {key: value for key, value in record("cn-1").items() if key != name}
    (reject,) = add_entries([Entry("x", 7, "jsonl", json.dumps(line).encode())], Merge())
    assert (reject.place, reject.reason) == ("x:7", "record")
    assert reject.detail == f"there is no {name!r}: no record of an export, or one of another version"
    assert reject.raw == json.dumps(line).encode()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3), st.integers(0, 3), st.integers(0, 3)), max_size=40))
def test_equals_a_merge_in_memory(rows: list[tuple[int, int, int, int]]) -> None:
    records = [
        record(
            f"cn-{id_}", revision=revision, fetched_at=f"2023-10-14T00:00:0{second}Z", published_at=f"2023-10-1{day}"
        )
        for id_, revision, second, day in rows
    ]
    best: dict[str, dict[str, Any]] = {}
    for each in records:
        known = best.get(each["id"])
        if known is None or _rank(known) <= _rank(each):
            best[each["id"]] = each
    expected = sorted(best.values(), key=lambda each: (each["published_at"], each["id"]))
    assert merge(*records, run=700)[1] == expected


def _rank(each: dict[str, Any]) -> tuple[int, str]:
    return each["revision"], each["fetched_at"]


def exports(count: int) -> Iterator[dict[str, Any]]:
    return (record(f"cn-{number}") for number in range(count))


def test_taking_lines_is_complete_for_many_runs() -> None:
    done, lines = merge(*exports(300), run=3000)
    assert done.stats.written == len(lines) == 300


def test_lines_of_several_versions_are_merged_byte_for_byte() -> None:
    old = {key: value for key, value in record("cn-1", revision=2).items() if key != "attachments"}
    new, other = record("cn-1", revision=1), {**old, "id": "cn-2", "title": "题 cn-2"}
    done, lines = merge(new, old, other, record("cn-3"))
    assert lines == [old, other, record("cn-3")]
    assert (done.stats.older, done.stats.foreign) == (1, {})


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("NaN", "not JSON: NaN is no number"),
        ('{"a": [-Infinity]}', "not JSON: -Infinity is no number"),
        ("[1e999]", "not JSON that others read: the number 1e999 is too large"),
        ("9" * 400, f"not JSON that others read: the number {'9' * 80} is too large"),
        (f"{'[' * 100}{']' * 100}", "nested too deeply"),
        (f"{'[' * 960}{']' * 960}", "nested too deeply"),
        (f"{'[' * 99999}{']' * 99999}", "nested too deeply"),
    ],
)
def test_what_other_programs_do_not_read_is_refused(value: str, told: str) -> None:
    line = json.dumps(record("cn-1"))[:-1] + f', "x": {value}}}'
    (reject,) = add_entries([Entry("x", 1, "jsonl", line.encode())], Merge())
    assert (reject.reason, reject.detail) == ("json", told)


def test_numbers_in_strings_and_brackets_beside_each_other_are_merged() -> None:
    lines = [record("cn-1"), {**record("cn-2"), "x": ["NaN 1e999 -Infinity [[[" * 50, [[]] * 200, 1e308]}]
    assert merge(*lines)[1] == lines
