"""Corpora for tests of cleaning."""

from __future__ import annotations

import json
from collections.abc import Iterator

from replica.crawling import ROOT

SAMPLE = (ROOT / "replica" / "sample" / "mirror-page.txt").read_text("utf-8")
STORY = "西藏春来早，农牧民忙着备耕。"


def line(number: int, text: str) -> bytes:
    return json.dumps({"number": number, "text": text}, ensure_ascii=False).encode() + b"\n"


def corpus(count: int) -> Iterator[bytes]:
    """Lines, one in ten of them a damaged page."""
    for number in range(count):
        yield line(number, SAMPLE if number % 10 == 0 else f"{STORY}\n\n{STORY * 40}{number}。\n\n（责编：李雨潼）")
