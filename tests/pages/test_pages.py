"""Saved pages and what they must give: a folder is a page's bytes, its headers and the record or the rejection.

``parts.json`` holds the texts of the documents that the page needs, by their addresses. ``known-failure.txt`` says why
a page is not yet read right: it must then fail, so that the file goes as soon as its reader is mended.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from replica.crawling import ROOT
from tests.support.saved_pages import FOLDERS, expectation, saved
from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.outlet.article import read
from tibetnews.records import clean_record, find_problem
from tibetnews.survey.saved_pages import OF_THE_CRAWL

KNOWN_FAILURE = "known-failure.txt"
UNDEFINED = {"removed", "repairs"}
"""Fields that an expectation may leave out, where no person could say what they must be."""


def parts(folder: Path) -> dict[str, str]:
    file = folder / "parts.json"
    found: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


def marked(folder: Path) -> ParameterSet:
    """The folder as a parameter, which fails the suite if it is a known failure and passes."""
    file = folder / KNOWN_FAILURE
    reason = file.read_text("utf-8").strip() if file.exists() else ""
    wrong = (AssertionError, UnreadableError)
    marks = [pytest.mark.xfail(raises=wrong, strict=True, reason=reason)] if file.exists() else []
    return pytest.param(folder, id=folder.name, marks=marks)


def test_there_are_pages() -> None:
    assert len(FOLDERS) >= 30


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_expectation_speaks_of_every_field(folder: Path) -> None:
    file = expectation(folder)
    if file.name == "expected.json":
        missing = {field.name for field in fields(Article)} - {*OF_THE_CRAWL, *json.loads(file.read_text("utf-8"))}
        assert missing <= UNDEFINED
    failure = folder / KNOWN_FAILURE
    assert not failure.exists() or failure.read_text("utf-8").strip()


@pytest.mark.parametrize("folder", [marked(folder) for folder in FOLDERS])
def test_page(folder: Path) -> None:
    file = expectation(folder)
    wanted = json.loads(file.read_text("utf-8"))
    if file.name == "expected.json":
        article = read(saved(folder), parts(folder))
        clean_record(article)
        assert find_problem(article) is None
        record = asdict(article)
        assert {name: record[name] for name in wanted} == wanted, f"{folder}: read the page again, then its reader"
        return
    with pytest.raises(UnreadableError) as caught:
        read(saved(folder))
    assert caught.value.reason == wanted["reason"]


@pytest.mark.parametrize("names", [[], ["expected.draft.json"], ["expected.json", "rejected.draft.json"]])
def test_a_draft_is_no_expectation(tmp_path: Path, names: list[str]) -> None:
    for name in ["headers.json", *names]:
        (tmp_path / name).write_text("{}")
    with pytest.raises(AssertionError, match="read the page, correct the draft"):
        expectation(tmp_path)


MARKED = """
from pathlib import Path
import pytest
from tests.pages.test_pages import marked

@pytest.mark.parametrize("folder", [marked(Path({folder!r}))])
def test_folder(folder):
    {body}
"""


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("assert folder is None", 0, "1 xfailed"),
        ("pass", 1, "XPASS(strict)] the outlet's grammar"),
        ("folder / 7", 1, "TypeError"),  # a fault of the suite is no known failure
    ],
)
def test_a_known_failure_must_fail(tmp_path: Path, body: str, status: int, says: str) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / KNOWN_FAILURE).write_text("the outlet's grammar\n")
    file = tmp_path / "test_marked.py"
    file.write_text(MARKED.format(folder=str(tmp_path / "page"), body=body))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, says in done.stdout) == (status, True), done.stdout


def test_a_folder_without_the_mark_has_none(tmp_path: Path) -> None:
    assert list(marked(tmp_path).marks) == []


KINDS = {
    "cn": r"cn-(2012|2015|2018|2020|2024)-",
    "mobile": "mobile-",
    "tb": "tb-",
    "media": "media-",
    "legacy": "legacy-",
    "eng, fr, de": r"(eng|fr|de)-\d{4}",
    "mirrors": r"mirror-(pinyin|broken-bytes|traditional|keyword-lists|text-copy|forum)$",
}


@pytest.mark.parametrize(
    ("kind", "count"),
    [("cn", 5), ("mobile", 2), ("tb", 3), ("media", 3), ("legacy", 2), ("eng, fr, de", 3), ("mirrors", 6)],
)
def test_every_kind_of_page_is_there(kind: str, count: int) -> None:
    found = {
        match[1] if match.groups() else match.string
        for folder in FOLDERS
        if (match := re.match(KINDS[kind], folder.name))
    }
    assert len(found) >= count
