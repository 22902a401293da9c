"""Entries of inputs: their lines, their numbers, and what cannot be read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.readers import Reader


def read(*files: Path, longest: int = 1000) -> list[Entry | Reject]:
    return list(Reader(find_inputs(map(str, files)), longest))


def lines(entries: list[Entry | Reject]) -> list[tuple[int | None, bytes]]:
    return [(entry.line, entry.data if isinstance(entry, Entry) else b"!") for entry in entries]


def test_lines_have_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a":1}\r\n\n  \n{"b":2}\n{"c":"\xe2\x80\xa8\x85\x0c"}')
    assert lines(read(file)) == [(1, b'{"a":1}'), (4, b'{"b":2}'), (5, b'{"c":"\xe2\x80\xa8\x85\x0c"}')]


@pytest.mark.parametrize("end", [b"", b"\n", b"\nlast"])
def test_a_line_that_is_too_long_is_refused_and_passed_over(tmp_path: Path, end: bytes) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"x" * 10 + b"\n" + b"y" * 200_011 + end)
    found = read(file, longest=10)
    assert lines(found) == [(1, b"x" * 10), (2, b"!"), *([(3, b"last")] if end == b"\nlast" else [])]
    refused = found[1]
    assert isinstance(refused, Reject)
    assert (refused.reason, refused.detail) == ("too_long", "the line has 200,011 bytes, more than 10")
    assert refused.raw == b"y" * 11


def test_a_page_that_is_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x" * 11)
    (tmp_path / "b.html").write_bytes(b"x" * 10)
    refused, page = read(tmp_path, longest=10)
    assert isinstance(refused, Reject)
    assert refused.detail == "the page has more than 10 bytes"
    assert isinstance(page, Entry)
    assert (page.line, page.data, page.url) == (None, b"x" * 10, (tmp_path / "b.html").as_uri())


def test_gzip_is_unpacked_and_its_faults_do_not_end_the_run(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"a":1}\n' * 3) + gzip.compress(b'{"b":2}\n')
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.jsonl.gz").write_bytes(packed[:-9])
    (tmp_path / "c.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(b"text"))
    found = read(tmp_path)
    assert lines(found[:4]) == [(1, b'{"a":1}'), (2, b'{"a":1}'), (3, b'{"a":1}'), (4, b'{"b":2}')]
    refused = [entry for entry in found if isinstance(entry, Reject)]
    assert [Path(entry.file).name for entry in refused] == ["b.jsonl.gz", "c.jsonl.gz"]
    assert refused[0].detail.startswith("cannot be read after line ")
    assert refused[1].detail.startswith("cannot be read: Not a gzipped file")
    assert isinstance(found[-1], Entry)
    assert found[-1].data == b"text"


def test_what_was_taken_is_counted_in_bytes_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 10)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"x" * 500))
    reader = Reader(find_inputs([str(tmp_path)]), 1000)
    assert len(list(reader)) == 11
    assert reader.taken == sum(file.stat().st_size for file in tmp_path.iterdir())


def test_a_pipe_is_read_though_nobody_knows_its_size() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"{}\n")
    os.close(writing)
    reader = Reader(find_inputs([f"/dev/fd/{reading}"], "jsonl"), 1000)
    assert lines(list(reader)) == [(1, b"{}")]
    assert reader.inputs[0].size is None
    os.close(reading)
