"""The examples do what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from replica.crawling import ROOT


def run(name: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", f"examples.{name}", *arguments]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, timeout=60, check=False)


def test_a_text_is_cleaned() -> None:
    page = (ROOT / "replica/sample/mirror-page.txt").read_text("utf-8")
    done = run("clean_text", text=page)
    assert done.returncode == 0
    assert 0 < len(done.stdout) < len(page)
    assert "copyright: " in done.stderr


def test_a_page_becomes_a_record(tmp_path: Path) -> None:
    page = ROOT / "tests/pages/tb-article"
    url = json.loads((page / "headers.json").read_text("utf-8"))["url"]
    wanted = json.loads((page / "expected.json").read_text("utf-8"))
    record = json.loads(run("read_page", str(page / "page.bin"), url).stdout)
    assert (record["title"], record["text"]) == (wanted["title"], wanted["text"])
    (tmp_path / "empty.html").write_text("")
    refused = run("read_page", str(tmp_path / "empty.html"), url)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{tmp_path}/empty.html: the page has no content\n"

    usage = run("read_page", url)
    assert (usage.returncode, usage.stderr) == (1, "usage: python -m examples.read_page FILE URL\n")
    missing = run("read_page", str(tmp_path / "none.html"), url)
    assert (missing.returncode, missing.stderr) == (1, f"{tmp_path}/none.html: No such file or directory\n")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "雪"}', "KeyError 'id'"),
        ('{"id"', "JSONDecodeError Expecting ':' delimiter: line 2 column 1 (char 6)"),
        ("[]", "TypeError list indices must be integers or slices, not str"),
    ],
)
def test_what_is_no_export_is_told_with_its_line(line: str, why: str) -> None:
    good = '{"id": "cn-1", "revision": 1, "published_at": null, "source": null, "duplicate_of": null}'
    done = run("sources_by_month", text=f"{good}\n{line}\n")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"line 2 is no record of an export: {why}\n")


def test_media_are_counted_by_month() -> None:
    def line(number: int, **changes: object) -> str:
        record = {"id": f"cn-{number}", "revision": 1, "published_at": "2023-10-13", "source": "新华网"}
        return json.dumps({**record, "duplicate_of": None, **changes})

    lines = [
        line(1),
        line(1, revision=2, source="西藏日报"),
        line(2, published_at=None, source=None),
        line(3, duplicate_of="cn-1"),
        line(4, published_at="2023-09-30T10:05:00+08:00"),
    ]
    done = run("sources_by_month", text="\n".join(lines))
    assert done.stdout == "2023-09\t新华网\t1\n2023-10\t西藏日报\t1\nunknown\tunknown\t1\n"
