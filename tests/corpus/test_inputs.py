"""Which inputs names stand for, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tibetnews.corpus.inputs import address_of, find_inputs
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


def test_what_could_be_read_for_ever_is_left_out_of_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    (tmp_path / "a.txt").touch()
    (tmp_path / "linked.txt").symlink_to(tmp_path / "a.txt")
    messages: list[str] = []
    found = find_inputs([str(tmp_path)], on_skip=messages.append)
    assert [Path(source.name).name for source in found] == ["a.txt", "linked.txt"]
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
    assert address_of(tmp_path / path) == (address or (tmp_path / path).as_uri())
