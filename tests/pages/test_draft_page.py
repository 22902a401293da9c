"""A page becomes a draft by the crawl's manners: its user agent, and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replica import Replica
from scripts import draft_page
from tests.support.saved_pages import expectation


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=20, seed=3) as replica:
        yield replica


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(draft_page, "PAGES", tmp_path)
    return tmp_path


def draft(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["draft_page", *arguments])
    return draft_page.main()


def article(replica: Replica) -> tuple[str, str]:
    """The address of an article at the outlet and at the replica."""
    url = next(url for url in replica.records() if "/cn/politics/" in url)
    return url, replica.url + urlsplit(url).path


def test_a_fetched_page_becomes_a_draft_that_fails_the_suite(
    replica: Replica, pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url, served = article(replica)
    replica.forget_requests()
    assert draft(monkeypatch, "new", served, "--url", url, "--contact", "a@example.org") == 0
    assert {request["user_agent"] for request in replica.requests()} == {draft_page.user_agent("a@example.org")}
    assert [request["path"] for request in replica.requests()] == ["/robots.txt", urlsplit(url).path]
    record = json.loads((pages / "new" / "expected.draft.json").read_text("utf-8"))
    truth = replica.records()[url]
    assert {name: record[name] for name in ("id", "title", "text", "editor")} == {
        name: truth[name] for name in ("id", "title", "text", "editor")
    }
    assert "rename it to expected.json" in capsys.readouterr().out
    with pytest.raises(AssertionError, match="correct the draft"):
        expectation(pages / "new")
    assert draft(monkeypatch, "new", served) == 2  # the folder exists
    assert "exists already" in capsys.readouterr().err


def test_a_file_that_is_no_article_becomes_a_draft_of_a_rejection(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>")
    assert draft(monkeypatch, "broken", str(tmp_path / "a.html"), "--url", "http://www.tibet.cn/x") == 0
    assert json.loads((pages / "broken" / "rejected.draft.json").read_text()) == {"reason": "truncated"}


def test_the_user_agent_is_the_crawls() -> None:
    assert draft_page.user_agent("a@example.org").startswith("tibetnews/")
    assert "a@example.org" in draft_page.user_agent("a@example.org")


@pytest.mark.parametrize(
    ("path", "fault", "says"),
    [
        ("/private/a.html", None, "robots.txt forbids it"),
        ("", {"path": "/robots.txt", "kind": "status", "status": 503}, "robots.txt cannot be fetched"),
        ("", {"path": "/cn/politics/*", "kind": "redirect", "location": "/private/a.html"}, "302"),
    ],
)
def test_what_may_not_be_fetched_is_not(
    replica: Replica,
    pages: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    path: str,
    fault: dict[str, object] | None,
    says: str,
) -> None:
    _, served = article(replica)
    if fault:
        replica.fault(**{**fault, "times": 1})  # type: ignore[arg-type]
    replica.forget_requests()
    assert draft(monkeypatch, "new", f"{replica.url}{path}" if path else served) == 2
    assert says in capsys.readouterr().err
    assert not (pages / "new").exists()
    assert not any(request["path"].startswith("/private/") for request in replica.requests())
