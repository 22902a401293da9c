"""What a user names with ``-a`` is read as editors write it, and what cannot be read twice is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scrapy.settings import Settings

from tibetnews.errors import InvalidArgumentError
from tibetnews.export_files import exports_of
from tibetnews.spiders.named_inputs import read_archive_selection, read_url_list

URLS = "http://www.tibet.cn/cn/edu/202310/t20231013_7500001.html", "http://www.tibet.cn/cn/edu/"


@pytest.mark.parametrize("data", ["\ufeff{}\n{}\n", "{}\r\n\r\n# one more\r\n{}"], ids=["BOM", "CRLF"])
def test_a_list_of_addresses_may_come_from_any_editor(data: str, tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    path.write_bytes(data.format(*URLS).encode())
    assert read_url_list(f"@{path}").urls == URLS


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_what_is_no_file_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / name
    with pytest.raises(InvalidArgumentError, match="it is no file but a device, a pipe or a folder"):
        read_url_list(f"file://{path}")
    with pytest.raises(InvalidArgumentError, match="it is no file"):
        read_archive_selection(str(path))
    (tmp_path / "x.warc.gz").touch()
    with pytest.raises(InvalidArgumentError, match="it is no file"):
        read_archive_selection(str(tmp_path), against=str(path))


@pytest.mark.parametrize("data", ["", "no JSON\n", "[1]\n{}\n", '{"url": "http://x/"}\n', "\x1f\x8b\x08\n"])
def test_exports_without_a_record_are_refused(data: str, tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_text("WARC/1.0\r\n")
    for name in ("empty.jsonl", "then.jsonl"):
        (tmp_path / name).write_text(data if name == "then.jsonl" else "")
    for against in (tmp_path, tmp_path / "then.jsonl"):
        with pytest.raises(InvalidArgumentError, match="there is no record in it to compare with"):
            read_archive_selection(str(tmp_path), against=str(against))
    (tmp_path / "then.jsonl").write_text(f'{data}\n{{"url": "http://x/", "fetched_from": null, "fetched_at": null}}\n')
    assert len(read_archive_selection(str(tmp_path), against=str(tmp_path)).exports or ()) == 2


def test_pipes_and_folders_are_no_exports(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "articles-20260101.jsonl")
    (tmp_path / "articles-20260102.jsonl").mkdir()
    (tmp_path / "articles-20260103.jsonl").touch()
    assert exports_of(Settings({"EXPORT_DIR": str(tmp_path)})) == [tmp_path / "articles-20260103.jsonl"]
