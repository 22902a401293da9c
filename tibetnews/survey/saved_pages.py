"""Saves a page as a folder of tests/pages: its bytes, its address, and a draft of the record to be corrected."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from tibetnews.errors import UnreadableError
from tibetnews.outlet.article import read
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.records import clean_record

OF_THE_CRAWL = ("fetched_from", "fetched_at", "http", "content_hash", "duplicate_of", "similarity", "revision")
"""Fields that the page does not tell."""


def write_draft(folder: Path, body: bytes, content_type: str | None, url: str) -> Path:
    """Write a page and what the reader makes of it; return the path of the draft.

    Args:
        folder: Where to; it must not exist.
        body: The page's bytes.
        content_type: Its header of that name.
        url: Its address at the outlet.
    """
    folder.mkdir(parents=True)
    (folder / "page.bin").write_bytes(body)
    _write(folder / "headers.json", {"url": url, "content-type": content_type})
    try:
        article = read(Page(decode(body, content_type), url))
    except UnreadableError as error:
        return _write(folder / "rejected.draft.json", {"reason": error.reason})
    clean_record(article)
    record = {name: value for name, value in asdict(article).items() if name not in OF_THE_CRAWL}
    return _write(folder / "expected.draft.json", record)


def _write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path
