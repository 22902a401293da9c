"""WACZ files, zips of archives, are read by `crawl archive` and `clean` as the archives in them would be."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from tests.support.archives import record, response
from tibetnews.archive.captures import Capture, Fault, read_archives
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.run import read_entries

URLS = [f"http://mirror.example/{number}.html" for number in range(3)]
BODY = "<html><body><p>西藏春来早。</p></body></html>".encode()
DIGEST = "WARC-Payload-Digest: sha1:AAAA"
PROFILE = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"


def wacz(path: Path, compression: int = zipfile.ZIP_STORED) -> Path:
    original = response(URLS[1], BODY).replace(b"WARC-Type", DIGEST.encode() + b"\r\nWARC-Type", 1)
    revisit = record("revisit", URLS[2], b"HTTP/1.1 200 OK\r\n\r\n", DIGEST, PROFILE, "Content-Type: application/http")
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/b.warc.gz", b"".join(map(gzip.compress, (original, revisit))))
        archive.writestr("archive/a.warc", response(URLS[0], BODY))
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"x"))
    return path


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_archive_in_it_is_read(compression: int, tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.WACZ", compression)
    found = list(read_archives([path], 10_000))
    assert [(page.url, page.body) for page in found if isinstance(page, Capture)] == [(url, BODY) for url in URLS]
    inputs = find_inputs([str(tmp_path)])
    assert [source.name for source in inputs] == [f"{path}/archive/a.warc", f"{path}/archive/b.warc.gz"]
    assert {source.path for source in inputs} == {path}
    pages = list(read_entries(inputs))
    assert [page.url for page in pages if isinstance(page, Entry)] == URLS[:2]


def spoil(path: Path, what: str) -> None:
    data = bytearray(path.read_bytes())
    if what == "cut":
        data = data[: len(data) // 2]
    elif what == "encrypted":
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            for position in range(len(data) - 4):
                if data[position : position + 4] == mark:
                    data[position + at] |= 1
    elif what == "flipped":
        start = data.index(b"archive/b.warc.gz") + 60
        data[start : start + 40] = bytes(40)
    elif what == "no archives":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("notes", "x")
        return
    path.write_bytes(data)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("what", ["cut", "encrypted", "flipped", "no archives"])
def test_a_damaged_one_is_a_line(what: str, compression: int, tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", compression)
    spoil(path, what)
    faults = [fault for fault in read_archives([path], 10_000) if isinstance(fault, Fault)]
    rejects = [reject for reject in read_entries(find_inputs([str(path)])) if isinstance(reject, Reject)]
    assert faults
    assert {reject.reason for reject in rejects} == {"unreadable"}
    if what in ("cut", "no archives"):
        assert [f"cannot be read from byte 0 on: it {fault.detail}" for fault in faults] == [rejects[0].detail]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/a.warc", bytes(50_000_000))
    (fault,) = read_archives([path], 10_000)
    assert isinstance(fault, Fault)
    assert "unpacks to 50,000,000 bytes" in fault.detail
