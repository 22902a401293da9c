"""WARC files of this and other programs, whole and broken ones."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import brotli
import pytest

from tests.support.archives import arc, chunked, record, response, write, zstd_compress
from tests.support.timing import takes_at_most
from tibetnews.archive.captures import Capture, Fault, Info, read_archives
from tibetnews.archive.warc_records import read_records

URL = "http://www.tibet.cn/cn/politics/202401/t20240109_7500001.html"
PAGE = "<html><body>" + "拉萨" * 3000 + "</body></html>"
BODY = PAGE.encode()
LONGEST = 1_000_000


def captures(*paths: Path, longest: int = LONGEST) -> list[Capture]:
    return [found for found in read_archives(paths, longest) if isinstance(found, Capture)]


def faults(*paths: Path) -> list[str]:
    return [found.detail for found in read_archives(paths, LONGEST) if isinstance(found, Fault)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_out_as_it_was(tmp_path: Path, packed: bool) -> None:
    info = record("warcinfo", None, b"software: Wget/1.21\r\nformat: WARC File Format 1.0\r\n")
    file = write(tmp_path / "x.warc", info, response(URL, BODY, "ETag: x", "etag: y"), packed=packed)
    told, page = read_archives([file], LONGEST)
    assert told == Info({"software": "Wget/1.21", "format": "WARC File Format 1.0"})
    assert page == Capture(URL, "2024-01-09T01:02:03Z", 200, {"etag": "x"}, BODY)


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        (chunked(BODY), ["Transfer-Encoding: chunked"]),
        (gzip.compress(BODY, mtime=0), ["Content-Encoding: gzip"]),
        (chunked(gzip.compress(BODY, mtime=0)), ["Transfer-Encoding: chunked", "Content-Encoding: GZIP"]),
        (zlib.compress(BODY), ["Content-Encoding: deflate"]),
        (BODY, ["Transfer-Encoding: chunked"]),  # some programs unpack the body and leave the header
        (BODY, ["Content-Encoding: gzip"]),
    ],
)
def test_bodies_are_unpacked(tmp_path: Path, sent: bytes, headers: list[str]) -> None:
    (page,) = captures(write(tmp_path / "x.warc.gz", response(URL, sent, *headers)))
    assert (page.body, page.trouble) == (BODY, None)


@pytest.mark.parametrize("status", ["HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/1.0 200", "HTTP/3 200 "])
def test_status_lines_of_all_kinds(tmp_path: Path, status: str) -> None:
    (page,) = captures(write(tmp_path / "x.warc.gz", response(URL, BODY, status=status)))
    assert (page.status, page.body) == (200, BODY)


def test_wget_writes_addresses_in_brackets(tmp_path: Path) -> None:
    (page,) = captures(write(tmp_path / "x.warc.gz", response(f"<{URL}>", BODY)))
    assert page.url == URL


def test_what_is_no_response_is_passed_over(tmp_path: Path) -> None:
    file = write(
        tmp_path / "x.warc.gz",
        record("request", URL, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        record("metadata", URL, b"x: y\r\n", "Content-Type: application/warc-fields"),
        record("resource", "file:///x", b"log"),
        record("response", "dns:www.tibet.cn", b"20240109 www.tibet.cn", "Content-Type: text/dns"),
        record("conversion", URL, b"text"),
        response(URL, BODY),
    )
    assert [page.body for page in captures(file)] == [BODY]
    assert faults(file) == []


def test_a_revisit_has_the_body_that_it_refers_to(tmp_path: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:AAAA"
    head = b"HTTP/1.1 200 OK\r\nETag: new\r\n\r\n"
    kind = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    original = response(URL, BODY).replace(b"WARC-Type", digest.encode() + b"\r\nWARC-Type", 1)
    one = write(tmp_path / "1.warc.gz", response(URL, b"another"), original)
    two = write(tmp_path / "2.warc.gz", record("revisit", URL, head, digest, kind, "Content-Type: application/http"))
    *_, page = captures(one, two)
    assert (page.status, page.headers, page.body) == (200, {"etag": "new"}, BODY)
    (page,) = captures(two)
    assert page.trouble
    assert page.trouble[0] == "revisit"


def test_a_page_that_is_too_large_or_packed_unknown_is_told(tmp_path: Path) -> None:
    bomb = response(URL, gzip.compress(b" " * 50_000_000), "Content-Encoding: gzip")
    strange = response(URL, b"xyz", "Content-Encoding: rot13")
    with takes_at_most(5):
        found = captures(write(tmp_path / "x.warc.gz", bomb, strange, response(URL, BODY)))
    assert [page.trouble and page.trouble[0] for page in found] == ["too_large", "encoding", None]
    assert found[2].body == BODY


def test_a_file_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    members = [gzip.compress(response(URL, BODY + bytes([i]))) for i in range(3)]
    ends = [0, len(members[0]), len(members[0] + members[1]), sum(map(len, members))]
    whole = b"".join(members)
    file = tmp_path / "x.warc.gz"
    for cut in (*range(1, len(whole), 7), *ends[1:], len(whole) - 1):
        file.write_bytes(whole[:cut])
        found = list(read_archives([file], LONGEST))
        pages = [page.body for page in found if isinstance(page, Capture)]
        before = sum(end <= cut for end in ends[1:])
        assert pages[:before] == [BODY + bytes([i]) for i in range(before)]
        told = [fault.detail for fault in found if isinstance(fault, Fault)]
        if cut in ends:
            assert (len(pages), told) == (before, [])
        else:  # of the last bytes of a member, its check sum, nothing of the page hangs
            assert len(told) == 1
            assert pages[before:] in ([], [BODY + bytes([before])])


def test_a_check_sum_that_breaks_off_is_told_and_its_page_read(tmp_path: Path) -> None:
    sizes = set()
    for length in range(32_130, 32_160):  # so that the check sum lies on both sides of what warcio reads at once
        body = random.Random(length).randbytes(length)
        whole = write(tmp_path / "x.warc.gz", response(URL, BODY), response(URL, body)).read_bytes()
        assert faults(tmp_path / "x.warc.gz") == []
        sizes.add(len(whole) % 16_384)
        for missing in range(1, 9):
            (tmp_path / "x.warc.gz").write_bytes(whole[:-missing])
            (told,) = faults(tmp_path / "x.warc.gz")
            assert " in the check sum of its last record" in told
            assert [page.body for page in captures(tmp_path / "x.warc.gz")] == [BODY, body]
    assert sizes & set(range(1, 8))


def spoilt(member: bytes, how: str) -> bytes:
    """A gzip member with damage at its start, its end, in its middle, all over, or cut short."""
    if how == "cut":
        return member[: len(member) // 2]
    at = {"start": 0, "end": len(member) - 8}.get(how, len(member) // 2)
    return bytes(member[:at]) + b"\xff" * 8 + bytes(member[at + 8 :]) if how != "lost" else bytes(len(member))


@pytest.mark.parametrize("how", ["start", "middle", "end", "cut", "lost"])
@pytest.mark.parametrize("spoilt_numbers", [[0], [1], [3], [0, 1], [1, 2], [0, 3], [0, 1, 2, 3]])
def test_what_stands_behind_a_damaged_member_is_read(tmp_path: Path, spoilt_numbers: list[int], how: str) -> None:
    bodies = [BODY + random.Random(i).randbytes(400) + b"\x1f\x8b\x08\0" * 9 for i in range(4)]
    members = [gzip.compress(response(URL, body), mtime=0) for body in bodies]
    for number in spoilt_numbers:
        members[number] = spoilt(members[number], how)
    file = tmp_path / "x.warc.gz"
    file.write_bytes(b"".join(members))
    found = list(read_archives([file], LONGEST))
    assert [page.body for page in found if isinstance(page, Capture)] == [
        body for number, body in enumerate(bodies) if number not in spoilt_numbers
    ]
    told = [fault.detail for fault in found if isinstance(fault, Fault)]
    assert 1 <= len(told) <= len(spoilt_numbers)
    offset = len(b"".join(members[: spoilt_numbers[0]]))
    assert f" at byte {offset:,}" in told[0] or len(spoilt_numbers) == 4
    if spoilt_numbers == [1]:
        assert told[0].endswith(f"; {len(members[1]):,} bytes are passed over")


def test_a_member_that_is_stored_in_another_is_no_record_of_the_file(tmp_path: Path) -> None:
    inner = gzip.compress(response("http://x/inner", BODY))
    outer = [gzip.compress(response(f"http://x/{i}", inner), 0) for i in range(3)]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(outer))
    found = list(read_archives([tmp_path / "x.warc.gz"], LONGEST))
    assert [page.url for page in found if isinstance(page, Capture)] == [f"http://x/{i}" for i in range(3)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html></html>", "is no WARC file"),
        (gzip.compress(b"<html></html>", mtime=0), "is no WARC file"),
        (b"\x1f\x8bnonsense", "cannot be unpacked"),
        (b"WARC/1.1\r\n", "record"),
        (b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", "length"),
        (gzip.compress(response(URL, BODY) * 3, mtime=0), "warcio recompress"),
        (b"WARC/9.9\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n", "breaks off"),
    ],
)
def test_what_is_no_good_archive_is_told_in_a_line(
    tmp_path: Path, content: bytes, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    (fault,) = faults(tmp_path / "x.warc.gz")
    assert told in fault
    assert "\n" not in fault
    assert capfd.readouterr() == ("", "")


def test_an_empty_file_is_nothing_and_a_missing_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").touch()
    assert list(read_archives([tmp_path / "x.warc.gz"], LONGEST)) == []
    (fault,) = faults(tmp_path / "none.warc.gz")
    assert "cannot be read" in fault


@pytest.mark.parametrize("packed", [True, False])
def test_flipped_bytes_never_end_in_an_error(tmp_path: Path, packed: bool, capfd: pytest.CaptureFixture[str]) -> None:
    whole = write(tmp_path / "x", *(response(URL, BODY + bytes([i])) for i in range(3)), packed=packed).read_bytes()
    dice = random.Random(1)
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 4)):
            broken[dice.randrange(len(whole) if packed else 900)] = dice.randrange(256)
        (tmp_path / "x").write_bytes(broken)
        list(read_archives([tmp_path / "x"], LONGEST))
    assert capfd.readouterr() == ("", "")


def packed_pages() -> list[bytes]:
    """A page in each encoding, and those that cannot be unpacked."""
    sent = {"br": brotli.compress, "zstd": zstd_compress, "gzip": gzip.compress, "deflate": zlib.compress}
    pages = [response(URL, pack(BODY), f"Content-Encoding: {name}") for name, pack in sent.items()]
    bomb = response(URL, brotli.compress(b" " * 50_000_000), "Content-Encoding: br")
    torn = response(URL, zstd_compress(BODY * 3)[:20] + b"x" * 900, "Content-Encoding: zstd")
    return [*pages, bomb, torn, response(URL, BODY, "Content-Encoding: rot13"), response(URL, BODY)]


def test_every_record_of_a_file_is_given_with_its_body_or_the_reason_why_not(tmp_path: Path) -> None:
    found = captures(write(tmp_path / "x.warc.gz", *packed_pages()))
    troubles = [page.trouble and page.trouble[0] for page in found]
    assert troubles == [None] * 4 + ["too_large", "encoding", "encoding", None]
    assert [page.body for page in found if not page.trouble] == [BODY] * 5


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_at_any_record(tmp_path: Path, packed: bool) -> None:
    file = write(tmp_path / "x.warc", *packed_pages(), packed=packed)
    with file.open("rb") as whole:
        records = list(read_records(whole, LONGEST))
        assert [record.offset for record in records[1:]] == [record.end for record in records[:-1]]
        for number, record in enumerate(records):
            whole.seek(record.offset)
            assert list(read_records(whole, LONGEST)) == records[number:]


@pytest.mark.parametrize("packed", [True, False])
def test_an_arc_file_is_read_as_a_warc_file_is(tmp_path: Path, packed: bool) -> None:
    write(tmp_path / "x.arc", *arc((URL, BODY)), packed=packed)
    (page,) = captures(tmp_path / "x.arc")
    assert page == Capture(URL, "2024-01-09T01:02:03Z", 200, {"content-type": "text/html"}, BODY)
    assert faults(tmp_path / "x.arc") == []


def test_an_address_with_a_blank_is_no_damage(tmp_path: Path) -> None:
    file = write(tmp_path / "x.warc.gz", response(URL.replace("/cn/", "/c n/"), BODY))
    assert [page.url for page in captures(file)] == [URL.replace("/cn/", "/c%20n/")]
    assert faults(file) == []
