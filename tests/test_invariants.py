"""What holds for every record, whatever page it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from replica import Replica
from tests.support.crawling import crawl
from tibetnews.text import is_caption, read_editor, strip_boilerplate, strip_spam


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    with Replica(articles=200, seed=23) as replica:
        folder = tmp_path_factory.mktemp("records")
        found = crawl(folder, "sections", site=replica.url).records
        mirrors = ",".join([*replica.mirrors(), f"{replica.url}/mirror/sample.html"])
        found += crawl(folder / "mirrors", "articles", "-a", f"urls={mirrors}", site=replica.url).records
    assert len(found) > 200
    return found


def strings(value: Any) -> Iterator[str]:
    """Every string inside a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_no_string_is_empty_padded_or_undecodable(records: list[dict[str, Any]]) -> None:
    for record in records:
        for text in strings(record):
            assert text
            assert text == text.strip(" \t\r\n\u3000\xa0")
            assert "\ufffd" not in text
            assert "\u3000" not in text


def test_text_is_paragraphs_and_nothing_else(records: list[dict[str, Any]]) -> None:
    for record in records:
        for paragraph in record["text"].split("\n\n"):
            assert paragraph.strip() == paragraph != ""
            assert "\n" not in paragraph
            assert read_editor(paragraph) is None
            if record["kind"] == "article":
                assert not is_caption(paragraph)


def test_nothing_is_left_to_strip(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert strip_boilerplate(record["text"]).removed == ()
        assert strip_spam(record["text"]).removed == ()


def test_titles_are_bare(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert "中国西藏网" not in record["title"]
        assert "_" not in record["title"]


def test_people_and_media_are_bare(records: list[dict[str, Any]]) -> None:
    label = re.compile(r"[：:]|作者|来源|责编|编辑|记者")
    for record in records:
        names = [*record["authors"], *filter(None, [record["editor"], record["source"]])]
        assert [name for name in names if label.search(name)] == []
        assert record["editor"] not in record["authors"] or record["editor"] is None


def test_every_time_has_the_outlets_offset(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+08:00)?", record["published_at"])


def test_addresses_are_absolute_and_the_outlets(records: list[dict[str, Any]]) -> None:
    for record in records:
        for address in [*record["images"], *record["videos"], *record["attachments"]]:
            assert re.match(r"http://(www|tb|media)\.tibet\.cn/|https://player\.example\.com/v/", address["url"])
