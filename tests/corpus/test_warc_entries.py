"""Pages of WARC files, whoever wrote them: what is read, what is passed over, and what is broken."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica.outlet import Outlet
from replica.planted import NOT_COMPARED
from tests.support.archives import AT, HTML, URL, Archive
from tibetnews.archive.warc_records import WarcRecord, read_records
from tibetnews.corpus.batches import ParsedEntry, read_batches
from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.run import clean_inputs, cleaning_pool, read_entries
from tibetnews.corpus.warc_entries import is_page, page_of, skip_reason
from tibetnews.corpus.worker import clean_entry
from tibetnews.outlet.article import needs
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page


def read(data: bytes, max_bytes: int = 10_000) -> list[WarcRecord]:
    return list(read_records(io.BytesIO(data), max_bytes, is_page))


def found(records: list[WarcRecord]) -> list[Entry | Reject]:
    return [page for record in records if (page := page_of("a.warc.gz", record))]


@pytest.mark.parametrize("packed", [True, False])
def test_only_html_that_was_got_is_read(packed: bool) -> None:
    archive = Archive(packed)
    archive.put("warcinfo", "", b"software: a test\r\n")
    archive.add("request")
    archive.add(Content_Type="text/html; charset=utf-8", ETag='"1"', Last_Modified="Fri, 13 Oct 2023 02:05:00 GMT")
    archive.add(status="404 Not Found")
    archive.add(Content_Type="image/jpeg", body=b"\xff\xd8")
    archive.add("revisit", status="304 Not Modified", body=b"")
    archive.add(url="http://mirror.example/2.html", Content_Type="application/xhtml+xml")
    records = read(bytes(archive))
    first, second = found(records)
    assert isinstance(first, Entry)
    assert (first.place, first.url, first.form, first.data) == (f"a.warc.gz {URL}", URL, "html", HTML.encode())
    assert first.capture
    assert (first.capture.at, first.capture.status, first.capture.etag) == (AT, 200, '"1"')
    assert second.record == "http://mirror.example/2.html"
    assert [reason for record in records if (reason := skip_reason(record))] == ["status 404", "not HTML", "revisit"]
    assert records[-1].end == len(bytes(archive))


def test_a_record_is_that_of_the_page_with_how_it_was_fetched() -> None:
    archive = Archive()
    archive.add(ETag='"1"')
    (entry,) = found(read(bytes(archive)))
    assert isinstance(entry, Entry)
    record = json.loads(clean_entry(entry))
    assert (record["url"], record["fetched_at"]) == (URL, AT)
    assert record["http"] == {"status": 200, "etag": '"1"', "last_modified": None}
    assert "农牧民忙着备耕" in record["text"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (HTML.encode("gb18030"), {"Content_Type": "text/html; charset=gbk"}),
        (HTML.encode("big5", "replace"), {"Content_Type": "text/html; charset=big5"}),
        (gzip.compress(HTML.encode(), mtime=0), {"Content_Encoding": "gzip"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode()), {"Transfer_Encoding": "chunked"}),
    ],
)
def test_encodings_of_bytes_and_of_text_are_undone(body: bytes, headers: dict[str, str]) -> None:
    archive = Archive()
    archive.add(body=body, **headers)
    (entry,) = found(read(bytes(archive)))
    assert isinstance(entry, Entry)
    assert "西藏春" in json.loads(clean_entry(entry))["text"]


def test_what_cannot_be_used_is_refused_with_its_address() -> None:
    archive = Archive()
    archive.add(body=b"x" * 11)
    archive.add(Content_Encoding="rot13")
    archive.add(body=b"x" * 10)
    long, coded, good = found(read(bytes(archive), max_bytes=10))
    assert isinstance(long, Reject)
    assert (long.place, long.reason) == (f"a.warc.gz {URL}", "too_long")
    assert isinstance(coded, Reject)
    assert coded.detail == "its Content-Encoding 'rot13' cannot be undone"
    assert isinstance(good, Entry)


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_at_the_end_of_any_record(packed: bool) -> None:
    archive = Archive(packed)
    for number in range(5):
        archive.add("request")
        archive.add(url=f"http://mirror.example/{number}.html")
    data = bytes(archive)
    whole = read(data)
    assert len(whole) == 10
    for cut in range(10):
        file = io.BytesIO(data)
        file.seek(whole[cut].end)
        assert list(read_records(file, 10_000, is_page)) == whole[cut + 1 :]


@pytest.mark.parametrize("missing", [1, 8, 40, 300])
@pytest.mark.parametrize("packed", [True, False])
def test_what_is_missing_is_told_wherever_reading_goes_on(tmp_path: Path, packed: bool, missing: int) -> None:
    archive = Archive(packed)
    for number in range(3):
        archive.add(url=f"http://mirror.example/{number}.html", body=random.Random(number).randbytes(900))
    (tmp_path / "a.warc").write_bytes(bytes(archive)[:-missing])
    inputs = find_inputs([str(tmp_path)])
    whole = list(read_batches(inputs, 10_000, size=1))
    entries = [piece.entry for batch in whole for piece in batch.pieces if isinstance(piece, ParsedEntry)]
    assert sum(isinstance(entry, Reject) for entry in entries) == (packed or missing > 4)  # line ends
    for number, batch in enumerate(whole, 1):
        assert list(read_batches(inputs, 10_000, batch.after, size=1)) == whole[number:]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_ends_in_the_middle_gives_what_it_has_whole(
    packed: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    archive = Archive(packed)
    archive.add()
    archive.add(url="http://mirror.example/2.html", body=random.Random(1).randbytes(900))
    whole, cut = found(read(bytes(archive)[:-300]))
    assert isinstance(whole, Entry)
    assert isinstance(cut, Reject)
    assert (cut.record, cut.reason) == ("http://mirror.example/2.html", "cut_off")
    assert capfd.readouterr() == ("", "")


def test_gzip_of_the_whole_file_is_told_with_what_mends_it(tmp_path: Path) -> None:
    archive = Archive(packed=False)
    archive.add()
    archive.add()
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(bytes(archive)))
    first, broken = read_entries(find_inputs([str(tmp_path)]))
    assert isinstance(first, Entry)
    assert isinstance(broken, Reject)
    assert broken.reason == "unreadable"
    assert "`warcio recompress` mends that" in broken.detail


@pytest.mark.parametrize("packed", [True, False])
def test_damaged_bytes_never_end_the_program(tmp_path: Path, packed: bool, capfd: pytest.CaptureFixture[str]) -> None:
    archive = Archive(packed)
    for number in range(6):
        archive.add(url=f"http://mirror.example/{number}.html", body=random.Random(number).randbytes(300))
    data = bytes(archive)
    broken = 0
    for seed in range(300):
        dice = random.Random(seed)
        damaged = bytearray(data)
        for _ in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        (tmp_path / "a.warc").write_bytes(damaged[: dice.randrange(len(damaged))] if seed % 2 else damaged)
        entries = list(read_entries(find_inputs([str(tmp_path)])))
        details = [entry.detail for entry in entries if isinstance(entry, Reject) and entry.reason == "unreadable"]
        assert "\n" not in "".join(details)
        broken += len(details)
    assert broken > 10
    assert capfd.readouterr() == ("", "")


def test_the_records_of_an_archive_are_those_that_were_planted(tmp_path: Path) -> None:
    outlet = Outlet(articles=40, seed=3)
    archive = Archive()
    wanted: dict[str, dict[str, Any]] = {}
    for url, truth in outlet.records().items():
        body = outlet.answer(urlsplit(url).path).body
        archive.add("request", url=url)
        archive.add(url=url, body=body)
        if not needs(Page(decode(body), url)):  # photo stories, videos and long articles need other documents too
            wanted[url] = truth
    (tmp_path / "a.warc.gz").write_bytes(bytes(archive))
    done = list(clean_inputs(find_inputs([str(tmp_path)]), cleaning_pool(jobs=1)))
    records = {record["url"]: record for batch in done for record in map(json.loads, batch.lines.splitlines())}
    assert len(wanted) > 15
    left_out = {*NOT_COMPARED, "http"}
    for url, truth in wanted.items():
        assert {name: records[url][name] for name in truth if name not in left_out} == {
            name: value for name, value in truth.items() if name not in left_out
        }
