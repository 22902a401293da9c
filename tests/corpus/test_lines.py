"""Entries of inputs: their lines, their numbers, and what cannot be read."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
from pathlib import Path

import pytest

from tibetnews.corpus.batches import Batch, ByteRange, LineBlock, read_batches
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.lines import InputChangedError, read_lines, span_lines
from tibetnews.corpus.run import clean_inputs, cleaning_pool, read_entries


def read(*files: Path, max_bytes: int = 1000) -> list[Entry | Reject]:
    return list(read_entries(find_inputs(map(str, files)), max_bytes))


def lines(entries: list[Entry | Reject]) -> list[tuple[int | None, bytes]]:
    return [(entry.line, entry.data if isinstance(entry, Entry) else b"!") for entry in entries]


def test_lines_have_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a":1}\r\n\n  \n{"b":2}\n{"c":"\xe2\x80\xa8\x85\x0c"}')
    assert lines(read(file)) == [(1, b'{"a":1}'), (4, b'{"b":2}'), (5, b'{"c":"\xe2\x80\xa8\x85\x0c"}')]


def test_files_with_marks_may_have_been_joined(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"a":1}\n\xef\xbb\xbf{"b":2}\n')
    assert lines(read(file)) == [(1, b'{"a":1}'), (2, b'{"b":2}')]


@pytest.mark.parametrize("name", ["a.jsonl", "a.html"])
def test_gzip_is_unpacked_whatever_its_name_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"{}"))
    (entry,) = read(tmp_path)
    assert isinstance(entry, Entry)
    assert entry.data == b"{}"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (bz2.compress(b"{}\n" * 9), "bzip2"),
        (lzma.compress(b"{}\n" * 9), "xz"),
        (b"PK\x03\x04\n\n", "a zip file"),
        ("{}\n{}\n".encode("utf-16"), "UTF-16 or UTF-32"),
        ("\ufeff{}\n{}\n".encode("utf-16-be"), "UTF-16"),
        ("\ufeff{}\n{}\n".encode("utf-32-be"), "UTF-32"),
        (b"PAR1\n\n", "Parquet"),
    ],
)
def test_another_form_of_data_is_one_line_for_the_file(tmp_path: Path, data: bytes, form: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(data)
    (refused,) = read(file)
    assert isinstance(refused, Reject)
    assert (refused.line, refused.reason) == (None, "unreadable")
    assert refused.detail == (
        f"cannot be read: it is {form}; only JSON Lines in UTF-8 are read, plain or packed with gzip"
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("end", [b"", b"\n", b"\nlast"])
def test_a_line_that_is_too_long_is_refused_and_passed_over(tmp_path: Path, end: bytes, packed: bool) -> None:
    file = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    data = b"x" * 10 + b"\n" + b"y" * 200_011 + end
    file.write_bytes(gzip.compress(data) if packed else data)
    found = read(file, max_bytes=10)
    assert lines(found) == [(1, b"x" * 10), (2, b"!"), *([(3, b"last")] if end == b"\nlast" else [])]
    refused = found[1]
    assert isinstance(refused, Reject)
    assert (refused.reason, refused.detail) == ("too_long", "the line has 200,011 bytes, more than 10")
    assert refused.raw == b"y" * 11


def test_a_page_that_is_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"x" * 11)
    (tmp_path / "b.html").write_bytes(b"x" * 10)
    refused, page = read(tmp_path, max_bytes=10)
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


def test_a_link_to_nothing_is_refused_and_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("gone.txt")
    (tmp_path / "b.jsonl").symlink_to("gone.jsonl")
    (tmp_path / "c.txt").write_bytes(b"text")
    first, second, page = read(tmp_path)
    assert isinstance(first, Reject)
    assert isinstance(second, Reject)
    assert first.detail.startswith("cannot be read: [Errno 2]")
    assert second.detail.startswith("cannot be read: [Errno 2]")
    assert isinstance(page, Entry)


def test_what_was_taken_is_counted_in_bytes_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 10)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 10))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"x" * 500))
    batches = list(read_batches(find_inputs([str(tmp_path)]), 1000, size=7))
    taken = [batch.bytes_read for batch in batches]
    assert taken == sorted(taken)
    assert len(taken) > 5
    assert taken[-1] == sum(file.stat().st_size for file in tmp_path.iterdir())


def test_a_pipe_is_read_though_nobody_knows_its_size() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"{}\n")
    os.close(writing)
    inputs = find_inputs([f"/dev/fd/{reading}"], "jsonl")
    assert lines(list(read_entries(inputs, 1000))) == [(1, b"{}")]
    assert inputs[0].size is None
    os.close(reading)


def some_lines(seed: int) -> bytes:
    """Lines of 0 to 29 bytes, among them blank ones, and in every third file one of 400 and no end of the last."""
    dice = random.Random(seed)
    made = [bytes(dice.choices(b"ab ", k=dice.randrange(30))) for _ in range(dice.randrange(60))]
    if seed % 3 == 0:
        made.insert(dice.randrange(len(made) + 1), b"y" * 400)
    return b"\n".join(made) + (b"" if seed % 3 == 0 else b"\n")


@pytest.mark.parametrize("size", [1, 7, 29, 64, 10_000])
def test_spans_of_any_size_give_each_line_once(tmp_path: Path, size: int) -> None:
    lengths = set()
    for seed in range(60):
        file = tmp_path / f"{seed}.jsonl"
        file.write_bytes(some_lines(seed))
        with file.open("rb") as whole:
            wanted = list(read_lines(whole, 100))
        (source,) = find_inputs([str(file)])
        total = source.size or 0
        found = [
            line for start in range(0, total, size) for line in span_lines(source, start, min(start + size, total), 100)
        ]
        assert found == wanted
        lengths |= {line.length for line in found}
    assert lengths >= {0, 1, 29, 400}


def test_a_file_that_changes_while_it_is_read_ends_the_run(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"{}\n")
    (source,) = find_inputs([str(file)])
    file.write_bytes(b"{}\n{}\n")
    with pytest.raises(InputChangedError, match=r"a.jsonl was changed while it was read"):
        list(span_lines(source, 0, 3, 100))


def mixed(folder: Path) -> list[str]:
    """Inputs of all kinds that are read in lines and pages."""
    story = '{"text": "西藏春来早。"}\n'.encode()
    (folder / "a.jsonl").write_bytes(b"\n".join([story.strip(), b"bad", b"", story.strip(), b"x" * 900]) * 5)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(story * 7 + b"bad\n" + b"x" * 900 + b"\n" + story * 3))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(story * 4 + b"bad\n")[:-9])
    (folder / "d.txt").write_text("西藏春来早，农牧民忙着备耕。")
    (folder / "e.jsonl").write_bytes(b"bad\n" * 3)
    return [str(folder)]


@pytest.mark.parametrize("size", [13, 50, 1000])
def test_reading_goes_on_at_any_batch(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read after each batch is what an uninterrupted reading gives after it, and no line has a wrong number."""
    inputs = find_inputs(mixed(tmp_path))
    monkeypatch.setattr("tibetnews.corpus.batches.BATCH_BYTES", size)
    pool = cleaning_pool(jobs=1)
    whole = list(clean_inputs(inputs, pool, max_bytes=500))
    wanted = b"".join(done.lines for done in whole), [reject for done in whole for reject in done.rejects]
    assert [(Path(reject.file).name, reject.line) for reject in wanted[1]][:3] == [
        ("a.jsonl", 2),
        ("a.jsonl", 5),
        ("a.jsonl", 6),
    ]
    for cut in random.Random(size).sample(range(len(whole)), min(20, len(whole))):
        rest = list(clean_inputs(inputs, pool, 500, whole[cut].progress))
        both = [*whole[: cut + 1], *rest]
        assert b"".join(done.lines for done in both) == wanted[0]
        assert [reject for done in both for reject in done.rejects] == wanted[1]
        assert both[-1].progress == whole[-1].progress
    assert len(whole) > (60 if size == 13 else 2)


def test_a_small_file_is_opened_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 10)
    (batch,) = read_batches(find_inputs([str(tmp_path)]), 1000)
    assert [type(piece) for piece in batch.pieces] == [LineBlock]


def test_lines_of_a_plain_file_are_left_to_those_who_clean_them(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 10)
    batches: list[Batch] = list(read_batches(find_inputs([str(tmp_path)]), 1000, size=16))
    assert [[type(piece) for piece in batch.pieces] for batch in batches] == [[ByteRange], [ByteRange]]
