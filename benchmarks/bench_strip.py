"""Time of strip_boilerplate and strip_spam beside OpenCC's t2s on the same pages.

    python -m benchmarks.bench_strip [FILE]

FILE is any Chinese text, paragraphs separated by blank lines; without it, made-up honest pages are taken.
Best of seven, one core. The figure to watch: both together take at most 1.4 times as long as OpenCC.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

from tests.spam_pages import honest_pages, spam_pages
from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.spam import strip_spam

_PAGE = 1200  # characters
_FOOT = (
    "（责编：李雨潼）\n\n版权声明：凡注明“来源：中国西藏网”或“中国西藏网文”的所有作品，版权归高原（北京）文化传播"
    "有限公司。\n\n分享到：微信 微博"
)


def pages_of(text: str) -> list[str]:
    """Return the text as pages of some 1,200 characters, cut between paragraphs."""
    pages: list[list[str]] = [[]]
    for paragraph in text.split("\n\n"):
        if sum(map(len, pages[-1])) > _PAGE:
            pages.append([])
        pages[-1].append(paragraph)
    return ["\n\n".join(page) for page in pages]


def seconds(function: Callable[[str], object], pages: list[str]) -> float:
    """Return the best time of seven for all the pages."""
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        for page in pages:
            function(page)
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Print the figures."""
    if len(sys.argv) > 1:
        pages = pages_of(Path(sys.argv[1]).read_text(encoding="utf-8"))
    else:
        pages = [page.text for page in honest_pages(1) if page.kind in ("in a sentence", "labelled")]
    sets = {
        "honest pages": pages,
        "with a foot": [f"{page}\n\n{_FOOT}" for page in pages],
        "spam pages": [page.text for page in spam_pages(1)],
    }
    print(f"{'':14}{'MB/s':>8}{'t2s':>8}{'boilerplate':>13}{'spam':>8}{'both':>8}   (times t2s)")
    for name, its in sets.items():
        peer = seconds(OpenCC("t2s").convert, its)
        boilerplate, spam = seconds(strip_boilerplate, its), seconds(strip_spam, its)
        megabytes = sum(len(page.encode()) for page in its) / 1e6
        print(
            f"{name:14}{megabytes / (boilerplate + spam):8.0f}{1:8.2f}{boilerplate / peer:13.2f}"
            f"{spam / peer:8.2f}{(boilerplate + spam) / peer:8.2f}"
        )


if __name__ == "__main__":
    main()
