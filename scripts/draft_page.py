"""Drafts a folder of tests/pages from an address or a file: its bytes, its headers, and a record to be corrected.

    python -m scripts.draft_page NAME URL|FILE [--url ADDRESS]

The draft is what the readers make of the page today. Read the page yourself, correct expected.json until it says
what a reader sees, and only then let the test run.
"""

from __future__ import annotations

import argparse
import json
import sys
import urllib.request
from dataclasses import asdict
from pathlib import Path

from tibetnews.errors import UnreadableError
from tibetnews.outlet.article import read
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page

PAGES = Path(__file__).parents[1] / "tests" / "pages"
LEFT_OUT = ("fetched_from", "fetched_at", "http", "content_hash", "duplicate_of", "similarity", "revision")


def main() -> int:
    """Write the folder; status 2 where the page cannot be had or the folder is there already."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="name of the folder, such as cn-wire-copy")
    parser.add_argument("source", help="address or file of the page")
    parser.add_argument("--url", help="the page's address at the outlet, where it is read from a file")
    options = parser.parse_args()
    folder = PAGES / options.name
    if folder.exists():
        print(f"{folder} is there already; choose another name or delete it", file=sys.stderr)
        return 2
    try:
        body, content_type = _fetch(options.source)
    except OSError as error:
        print(f"{options.source} cannot be had: {error}", file=sys.stderr)
        return 2
    url = options.url or options.source
    folder.mkdir(parents=True)
    (folder / "page.bin").write_bytes(body)
    _write(folder / "headers.json", {"url": url, "content-type": content_type})
    try:
        record = asdict(read(Page(decode(body, content_type), url)))
        _write(folder / "expected.json", {name: value for name, value in record.items() if name not in LEFT_OUT})
    except UnreadableError as refused:
        _write(folder / "rejected.json", {"reason": refused.reason})
    print(f"{folder}: now read the page and correct what is expected of it")
    return 0


def _fetch(source: str) -> tuple[bytes, str | None]:
    if "://" not in source:
        return Path(source).read_bytes(), None
    with urllib.request.urlopen(source, timeout=30) as response:
        return response.read(), response.headers.get("Content-Type")


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
