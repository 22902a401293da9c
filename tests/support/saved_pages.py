"""The saved pages in tests/pages."""

from __future__ import annotations

import json
from pathlib import Path

from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page

_PAGES = Path(__file__).parents[1] / "pages"
FOLDERS = sorted(path for path in _PAGES.iterdir() if path.is_dir() and path.name != "__pycache__")
OF_THE_PAGE = ("headers.json", "parts.json")
EXPECTATIONS = ("expected.json", "rejected.json")


def saved(folder: Path) -> Page:
    """Return the page that a folder holds."""
    headers = json.loads((folder / "headers.json").read_text("utf-8"))
    return Page(decode((folder / "page.bin").read_bytes(), headers.get("content-type")), headers["url"])


def expectation(folder: Path) -> Path:
    """Return the file that says what the page gives; fail on a draft that no person has read and renamed."""
    names = [path.name for path in folder.glob("*.json") if path.name not in OF_THE_PAGE]
    message = f"{folder}: read the page, correct the draft, and rename it to one of {EXPECTATIONS}; there is {names}"
    assert len(names) == 1, message
    assert names[0] in EXPECTATIONS, message
    return folder / names[0]
