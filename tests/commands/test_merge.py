"""``scrapy merge`` as a user meets it: arguments, streams, exit status."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.crawling import ROOT
from tests.support.articles import record
from tests.support.crawling import crawl
from tibetnews.formats.json_schema import VERSION


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "scrapy", "merge", *map(str, arguments)]


def run(*arguments: object, data: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {
        **os.environ,
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(ROOT),
        "SCRAPY_SETTINGS_MODULE": "tibetnews.settings",
    }
    return subprocess.run(command(*arguments), input=data, capture_output=True, timeout=120, cwd=cwd, env=environment)


def lines(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)


def ids(data: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in data.splitlines()]


def test_two_machines_exports_become_one(tmp_path: Path) -> None:
    """Two machines crawl an outlet, one of them once more after a change: each article once, in its newest form."""
    with Replica(articles=40, seed=9, sections=4) as replica:
        given = ["-a", "sections=politics,instant/politics,news/zcdt,culture/ms"]
        crawl(tmp_path / "one", "sections", *given, site=replica.url)
        changed = next(record["id"] for record in replica.records().values())
        replica.change(changed)
        # two ledgers count revisions by themselves, so the second machine's text is its first; the later fetch wins
        crawl(tmp_path / "two", "sections", *given, site=replica.url)
        truth = {record["id"]: record["text"] for record in replica.records().values()}
    out = tmp_path / "all.jsonl"
    done = run(tmp_path / "one", tmp_path / "two", "-O", out)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert done.stderr.decode().splitlines()[0] == (
        "scrapy merge: 40 articles from 80 records; left out: 0 older revisions, 40 fetched again"
    )
    merged = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert {each["id"]: each["text"] for each in merged} == truth
    assert len(merged) == 40
    assert [each["published_at"] for each in merged] == sorted(each["published_at"] for each in merged)


def test_streams_gzip_and_bad_lines(tmp_path: Path) -> None:
    packed, plain, out = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl", tmp_path / "out.jsonl"
    packed.write_bytes(gzip.compress(lines(record("cn-2"), record("cn-1", revision=2))))
    plain.write_bytes(b"bad \x1b[31m\n" + lines(record("cn-3")) + b'{"id": "cn-9"}\n')
    done = run(packed, plain, "-", "-O", out, data=lines(record("cn-1"), record("cn-0")))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines()[:-1] == [
        f"scrapy merge: {plain}:1: not JSON: Expecting value at character 1",
        f"scrapy merge: {plain}:3: there is no 'revision': no record of an export, or one of another version",
        "scrapy merge: 4 articles from 5 records; left out: 1 older revision, 0 fetched again",
    ]
    said = done.stderr.decode().splitlines()[-1]
    assert re.search(r"merge: done, 2 rejected to .*out.rejects.jsonl, in 0:00:\d\d; see .*out.jsonl$", said)
    assert ids(out.read_bytes()) == ["cn-0", "cn-1", "cn-2", "cn-3"]
    rejects = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_bytes().splitlines()]
    assert [(reject["file"], reject["line"], reject["reason"]) for reject in rejects] == [
        (str(plain), 1, "json"),
        (str(plain), 3, "record"),
    ]
    assert rejects[0]["raw"] == "bad \x1b[31m"


def test_a_folder_gives_its_exports_and_not_its_rejects(tmp_path: Path) -> None:
    (tmp_path / "articles-20231013.jsonl").write_bytes(lines(record("cn-1")))
    (tmp_path / "articles-20231014.jsonl.gz").write_bytes(gzip.compress(lines(record("cn-2"))))
    (tmp_path / "rejected-20231013.jsonl").write_bytes(b'{"url": "x"}\n')
    (tmp_path / "reread-20231014-010203").mkdir()
    (tmp_path / "reread-20231014-010203" / "changes.jsonl").write_bytes(b'{"verdict": "new"}\n')
    (tmp_path / "all.rejects.jsonl").write_bytes(b'{"file": "x"}\n')
    done = run(tmp_path, cwd=tmp_path)
    assert (done.returncode, ids(done.stdout)) == (0, ["cn-1", "cn-2"])
    told = f"scrapy merge: 3 files that tell of what was refused or has changed, left out; the first: {tmp_path}/"
    assert done.stderr.decode().startswith(told)


def test_what_else_there_is_to_say(tmp_path: Path) -> None:
    copy = {**record("cn-2"), "duplicate_of": "cn-1", "mo\x1bod": 1}
    done = run("-", data=lines(copy), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, lines(copy))
    assert done.stderr.decode().splitlines()[1:-1] == [
        "scrapy merge: 1 copy names an original in duplicate_of that is not among these articles",
        f"scrapy merge: keys that version {VERSION} of the record does not have were kept as they are: mo\ufffdod"
        " (1 line)",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name an export, a folder of them, or - for standard input"),
        (["{}/missing.jsonl"], "{}/missing.jsonl does not exist"),
        (["{}/a.jsonl", "--speed=9"], "unknown option --speed=9; `scrapy merge -h` lists them"),
        (["{}/a.jsonl", "-O", "{}/none/out.jsonl"], "cannot write {}/none/out.jsonl: its folder does not exist"),
        (["{}", "-O", "{}/a.jsonl"], "{}/a.jsonl is an input and would be overwritten; give the output another name"),
        (["{}/a.jsonl", "-O", "{}/b.gz"], "-O {}/b.gz: the output is not compressed; name it without .gz"),
        (
            ["{}/a.jsonl", "-O", "{}/b", "--rejects", "{}/b"],
            "{}/b cannot hold both the output and the rejected entries",
        ),
        (["{}/empty"], "{}/empty holds no export, a file that ends in .jsonl or .jsonl.gz"),
        (["{}/a.csv"], "{}/a.csv is no JSON Lines; name the export in that format, .jsonl or .jsonl.gz"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(record("cn-1")))
    (tmp_path / "a.csv").write_bytes(b"id,url\ncn-1,http://www.tibet.cn/\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_bytes("雪\n".encode())
    done = run(*(argument.format(tmp_path) for argument in arguments))
    assert (done.returncode, done.stdout.decode()) == (2, "")
    assert done.stderr.decode() == f"scrapy merge: {said.format(tmp_path)}\n"
    assert (tmp_path / "a.jsonl").read_bytes() == lines(record("cn-1"))


def started(*arguments: object, out: int) -> subprocess.Popen[bytes]:
    """A merge that has begun to read: it has reported a bad line."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command("-", *arguments), stdin=pipe, stdout=out, stderr=pipe, cwd=ROOT)
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"bad\n" + lines(record("cn-1")))
    process.stdin.flush()
    assert b"-:1: not JSON" in process.stderr.readline()
    return process


def test_an_export_is_read_once_by_whatever_names(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_bytes(b"bad\n" + lines(record(f"cn-{name}")))
    (tmp_path / "three").symlink_to(tmp_path / "two")
    done = run(tmp_path / "one", tmp_path / "one/a.jsonl", tmp_path / "three/a.jsonl", tmp_path / "two", cwd=tmp_path)
    assert ids(done.stdout) == ["cn-one", "cn-two"]
    assert "2 articles from 2 records" in done.stderr.decode()
    assert "done, 2 rejected" in done.stderr.decode()


def test_an_interrupted_merge_leaves_the_old_file_and_says_one_line(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old\n")
    process = started("-O", out, out=subprocess.PIPE)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == b"scrapy merge: interrupted; nothing was written\n"
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("out.jsonl", b"old\n")]


def test_a_reader_that_stops_ends_the_merge_quietly(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    process = started("--rejects", tmp_path / "r.jsonl", out=writing)
    os.close(writing)
    os.close(reading)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, b"")


def test_a_full_disk_ends_the_merge_with_one_line(tmp_path: Path) -> None:
    done = run("-", "-O", "/dev/full", data=lines(record("cn-1")), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (74, b"")
    assert done.stderr == b"scrapy merge: aborted: [Errno 28] No space left on device: '/dev/full'\n"
