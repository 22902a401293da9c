"""Which inputs names stand for, and in which order."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input, find_inputs
from tibetnews.corpus.lines import read_page
from tibetnews.errors import WrongUseError


def test_a_folders_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in [
        "b/2.txt",
        "b/10.HTML",
        "a/x.jsonl.gz",
        "c.shtml",
        "a.ndjson",
        "notes.doc",
        "b/page.html.part",
        "gz",
        "d.warc.gz",
        "e.warc",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_inputs([str(tmp_path)])
    assert [(source.name.removeprefix(f"{tmp_path}/"), source.kind, source.packed) for source in found] == [
        ("a.ndjson", "jsonl", False),
        ("c.shtml", "html", False),
        ("d.warc.gz", "warc", True),
        ("e.warc", "warc", False),
        ("a/x.jsonl.gz", "jsonl", True),
        ("b/10.HTML", "html", False),
        ("b/2.txt", "text", False),
    ]


def test_inputs_stay_in_the_order_that_they_were_named_in(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.log"):
        (tmp_path / name).touch()
    names = [str(tmp_path / "b.txt"), "-", str(tmp_path / "a.txt")]
    assert [source.name for source in find_inputs(names)] == names
    assert [source.kind for source in find_inputs(["-"])] == ["jsonl"]
    assert [source.kind for source in find_inputs(["-", str(tmp_path / "c.log")], "text")] == ["text", "text"]


def test_a_file_is_one_input_by_whatever_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/1.txt", "a/2.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "a/3.txt").symlink_to("1.txt")
    (tmp_path / "copy.txt").touch()
    for names, found in [
        (["a", "a/1.txt", "a/../a"], ["a/1.txt", "a/2.jsonl"]),
        (["b/2.jsonl", "a", str(tmp_path / "a/2.jsonl")], ["b/2.jsonl", "a/1.txt"]),
        (["a/3.txt", "copy.txt", "b", "-", "-"], ["a/3.txt", "copy.txt", "b/2.jsonl", "-"]),
    ]:
        assert [source.name for source in find_inputs(names)] == found


def test_what_was_refused_is_left_out_of_a_folder_and_read_by_its_name(tmp_path: Path) -> None:
    for name in ("articles-20231013.jsonl", "rejected-20231013.jsonl", "all.rejects.jsonl.gz", "changes.jsonl"):
        (tmp_path / name).write_bytes(b"{}\n")
    said: list[str] = []
    found = find_inputs([str(tmp_path)], on_skip=said.append)
    assert [source.name for source in found] == [str(tmp_path / "articles-20231013.jsonl")]
    first = tmp_path / "all.rejects.jsonl.gz"
    assert said == [f"3 files that tell of what was refused or has changed, left out; the first: {first}"]
    assert [source.name for source in find_inputs([str(first)], on_skip=said.append)] == [str(first)]


def test_what_could_be_read_for_ever_is_left_out_of_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    messages: list[str] = []
    found = find_inputs([str(tmp_path)], on_skip=messages.append)
    assert [Path(source.name).name for source in found] == ["a.txt", "b.txt"]
    assert [message.partition(" is ")[0] for message in messages] == [f"{tmp_path}/pipe.txt", f"{tmp_path}/zero.jsonl"]
    assert find_inputs([str(tmp_path / "pipe.txt")])  # named by the user, as a shell's <(…) is


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.txt", "does not exist"), ("notes.doc", "does not end in .txt"), ("empty", "holds no file that ends in")],
)
def test_what_cannot_be_used_is_told_in_a_line(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "notes.doc").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongUseError, match=said) as bad:
        find_inputs([str(tmp_path / name)])
    assert "\n" not in str(bad.value)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("www.tibet.cn/cn/politics/202310/t20231013_7500001.html", "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"),
        ("www.tibet.cn/cn/politics/202310/t20231013_7500001.html.gz", "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"),
        ("www.tibet.cn/other.html", None),
        ("mirror.example/cn/politics/202310/t20231013_7500001.html", None),
    ],
)  # fmt: skip
def test_a_saved_pages_address_is_in_its_path(tmp_path: Path, path: str, address: str | None) -> None:
    assert Input(str(tmp_path / path), "html").address == (address or (tmp_path / path).as_uri())


def test_a_path_through_a_link_is_that_of_the_file(tmp_path: Path) -> None:
    page = tmp_path / "www.tibet.cn" / "cn/politics/202310/t20231013_7500001.html"
    page.parent.mkdir(parents=True)
    page.touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/folder").symlink_to(page.parent)
    (tmp_path / "elsewhere/x.html").symlink_to(page)
    for name in ("folder/t20231013_7500001.html", "folder/../202310/t20231013_7500001.html", "x.html"):
        assert Input(str(tmp_path / "elsewhere" / name), "html").address == f"http://{page.relative_to(tmp_path)}"


def test_names_in_a_folder_are_written_as_the_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/x.txt").touch()
    monkeypatch.chdir(tmp_path / "a")
    named = {name: [source.name for source in find_inputs([name])] for name in (".", "./b/", "../a", "b//")}
    assert named == {".": ["b/x.txt"], "./b/": ["b/x.txt"], "../a": ["../a/b/x.txt"], "b//": ["b/x.txt"]}
    (source,) = find_inputs(["b"])
    assert source.real_path == str(tmp_path / "a/b/x.txt")


@pytest.mark.parametrize("length", [0, 65_535, 65_536, 65_537, 199_999, 200_000])
@pytest.mark.parametrize("ending", [".txt", ".txt.gz"])
def test_pages_of_any_length_are_read_whole(tmp_path: Path, length: int, ending: str) -> None:
    path = tmp_path / f"x{ending}"
    data = random.Random(length).randbytes(length)
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
    page, limited = (read_page(Input(str(path), "text"), size) for size in (200_000, max(length - 1, 1)))
    assert isinstance(page, Entry)
    assert page.data == data
    assert isinstance(limited, Reject) == (length > 1)
