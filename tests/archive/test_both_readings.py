"""What any archive holds is the same to ``tibetnews crawl archive`` and to ``tibetnews clean``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from replica.crawling import ROOT
from replica.outlet import Outlet
from tests.support.archives import arc, record, response, write, zstd_compress
from tests.support.crawling import crawl, read
from tibetnews.corpus.batches import read_batches
from tibetnews.corpus.inputs import find_inputs
from tibetnews.items import Http
from tibetnews.outlet.article import needs, read_article
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.spiders.base import add_fetch


def articles() -> Iterator[tuple[str, bytes]]:
    """Addresses and pages of articles that are whole on one page."""
    outlet = Outlet(articles=40, seed=3)
    for url in outlet.records():
        body = outlet.answer(urlsplit(url).path).body
        if not needs(Page(decode(body), url)):
            yield url, body


PAGES = list(articles())[:9]
CODINGS = {"br": brotli.compress, "zstd": zstd_compress, "gzip": gzip.compress, "deflate": zlib.compress}


def cleaned(folder: Path, file: Path) -> tuple[int, list[str], list[tuple[str, str]]]:
    """Exit status, addresses of records, and of rejects with their reasons."""
    call = [sys.executable, "-m", "scrapy", "clean", str(file), "--format", "warc", "-O", str(folder / "out.jsonl")]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    rejects = folder / "out.rejects.jsonl"
    refused = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()] if rejects.exists() else []
    records = [json.loads(line)["url"] for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    return done.returncode, records, [(one["url"], one["reason"]) for one in refused]


def reread(folder: Path, file: Path) -> tuple[list[str], list[tuple[str, str]], str]:
    """Addresses of records, and of rejects with their reasons; the log."""
    done = crawl(folder / "exports", "archive", "-a", f"warc={file}")
    assert "Traceback" not in done.log
    (out,) = (folder / "exports").glob("reread-*")
    records = [record["url"] for record in read(out, "articles")]
    return records, [(one["url"], one["reason"]) for one in read(out, "rejected")], done.log


def test_pages_of_every_encoding_are_read_and_the_others_told(tmp_path: Path) -> None:
    urls = [url for url, _ in PAGES]
    packed = {name: pack(body) for (name, pack), (_, body) in zip(CODINGS.items(), PAGES, strict=False)}
    packed["br, br"] = brotli.compress(brotli.compress(b" " * 300_000_000))  # a bomb
    packed["zstd "] = zstd_compress(PAGES[5][1])[:200] + b"x" * 9000
    packed["rot13"] = PAGES[6][1]
    packed[""] = PAGES[7][1]
    file = write(
        tmp_path / "x.warc.gz",
        *(
            response(url, body, "Content-Type: text/html", f"Content-Encoding: {name}")
            for url, (name, body) in zip(urls, packed.items(), strict=False)
        ),
    )
    status, records, rejects = cleaned(tmp_path, file)
    assert (status, records) == (1, [*urls[:4], urls[7]])
    assert rejects == [(urls[4], "too_long"), (urls[5], "coding"), (urls[6], "coding")]
    records, rejects, _ = reread(tmp_path, file)
    assert records == [*urls[:4], urls[7]]
    assert rejects == [(urls[4], "too_large"), (urls[5], "encoding"), (urls[6], "encoding")]


def test_a_record_without_a_usable_date_has_no_time_of_fetch() -> None:
    url, http = PAGES[0][0], Http(200)
    record = read_article(decode(PAGES[0][1]), url)
    for captured_at, fetched_at in (("", None), ("2023-10-13T02:05:00.123456", "2023-10-13T02:05:00Z")):
        assert add_fetch(record, url=url, captured_at=captured_at, http=http).fetched_at == fetched_at


def test_a_torn_file_gives_what_it_has_whole_and_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "x.warc.gz", *(response(url, body) for url, body in PAGES[:3]))
    file.write_bytes(file.read_bytes()[:-400])
    urls = [url for url, _ in PAGES]
    assert cleaned(tmp_path, file) == (1, urls[:2], [(urls[2], "cut_off")])
    records, rejects, log = reread(tmp_path, file)
    assert (records, rejects) == (urls[:2], [])
    assert f"{file}: breaks off" in log


@pytest.mark.parametrize("packed", [True, False])
def test_arc_files_are_read(tmp_path: Path, packed: bool) -> None:
    file = write(tmp_path / "x.arc", *arc(*PAGES[:3]), packed=packed)
    urls = [url for url, _ in PAGES[:3]]
    assert cleaned(tmp_path, file) == (0, urls, [])
    assert reread(tmp_path, file)[:2] == (urls, [])


def test_a_page_that_another_archive_replayed_is_the_outlets(tmp_path: Path) -> None:
    replays = [f"https://web.archive.org/web/20200102030405id_/{url}" for url, _ in PAGES]
    file = write(tmp_path / "x.warc.gz", *(response(replays[i], PAGES[i][1]) for i in range(3)))
    reread(tmp_path, file)
    (folder,) = (tmp_path / "exports").glob("reread-*")
    assert cleaned(tmp_path, file)[0] == 0
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    for records in (read(folder, "articles"), [json.loads(line) for line in lines]):
        assert [(record["url"], record["fetched_from"], record["fetched_at"]) for record in records] == [
            (PAGES[i][0], replays[i], "2020-01-02T03:04:05Z") for i in range(3)
        ]


SHELL = b"<html><body><div id=app></div><script src=/app.js></script></body></html>"
REVISIT = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def rendered(page: bytes, url: str, html: bytes, *more: str) -> bytes:
    """The conversion record of a page's record."""
    of = page.partition(b"WARC-Record-ID: ")[2].partition(b"\r\n")[0].decode()
    return record("conversion", url, html, f"WARC-Refers-To: {of}", "Content-Type: text/html; charset=utf-8", *more)


def rendered_pages(folder: Path, *, packed: bool) -> Path:
    """Pages as other programs and this one write them: some with what a renderer has made of them."""
    urls = [url for url, _ in PAGES]
    html = [decode(body).encode() for _, body in PAGES]
    asked = record("request", urls[0], b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    shells = [response(url, SHELL, "Content-Type: text/html; charset=gbk", 'ETag: "1"') for url in urls]
    revisit = record("revisit", urls[2], b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", REVISIT)
    large = b"<!--" + b" " * 9_000_000 + b"-->"
    return write(
        folder / "x.warc",
        *(shells[0], asked, rendered(shells[0], urls[0], html[0], "Tibetnews-Validators: none")),
        *(shells[1], rendered(shells[1], urls[1], html[1])),
        *(revisit, rendered(revisit, urls[2], html[2])),
        *((sent := response(urls[3], PAGES[3][1])), rendered(sent, urls[3], large)),
        *(response(urls[4], PAGES[4][1]), record("conversion", urls[4], SHELL, "Content-Type: text/html")),
        *((sent := response(urls[5], PAGES[5][1])), asked, rendered(shells[0], urls[5], SHELL)),
        *((sent := response(urls[6], PAGES[6][1])), record("conversion", urls[6], b"text", "Content-Type: text/plain")),
        packed=packed,
    )


@pytest.mark.parametrize("packed", [True, False])
def test_a_rendered_page_is_read_as_its_scripts_left_it(tmp_path: Path, packed: bool) -> None:
    file = rendered_pages(tmp_path, packed=packed)
    urls = [url for url, _ in PAGES[:7]]
    assert cleaned(tmp_path, file) == (0, urls, [])
    assert reread(tmp_path, file)[:2] == (urls, [])
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    (folder,) = (tmp_path / "exports").glob("reread-*")
    told = [
        [(one["url"], one["text"], one["http"]) for one in records] for records in (lines, read(folder, "articles"))
    ]
    assert told[0] == told[1]
    assert [http["etag"] for _, _, http in told[0]] == [None, '"1"', *[None] * 5]


@pytest.mark.parametrize("packed", [True, False])
def test_cleaning_resumes_at_the_end_of_any_rendered_page(tmp_path: Path, packed: bool) -> None:
    inputs = find_inputs([str(rendered_pages(tmp_path, packed=packed))])
    whole = list(read_batches(inputs, 8_000_000, size=1))
    assert sum(len(batch.pieces) for batch in whole) == 7
    for number, batch in enumerate(whole, 1):
        assert list(read_batches(inputs, 8_000_000, batch.after, size=1)) == whole[number:]
