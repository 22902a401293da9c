"""Time of strip_boilerplate and strip_spam beside OpenCC's t2s on the same pages.

Honest made-up pages, the same with what stands below an article, and pages of spam; best of seven, one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from opencc import OpenCC

from benchmarks.measuring import line
from replica.spam_pages import honest_pages, spam_pages
from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.spam import strip_spam

_FOOT = (
    "（责编：李雨潼）\n\n版权声明：凡注明“来源：中国西藏网”或“中国西藏网文”的所有作品，版权归高原（北京）文化传播"
    "有限公司。\n\n分享到：微信 微博"
)


def seconds(function: Callable[[str], object], pages: list[str]) -> float:
    """Return the best time of seven for all the pages."""
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        for page in pages:
            function(page)
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> bool:
    """Print the figures; repair takes at most 0.5 of OpenCC's time, so 1.5 are left for both strips."""
    pages = [page.text for page in honest_pages(1) if page.kind in ("in a sentence", "labelled")]
    sets = {
        "honest pages": pages,
        "with a foot": [f"{page}\n\n{_FOOT}" for page in pages],
        "spam pages": [page.text for page in spam_pages(1)],
    }
    both: dict[str, float] = {}
    print(f"{'':14}{'MB/s':>8}{'t2s':>8}{'boilerplate':>13}{'spam':>8}{'both':>8}   (times t2s)")
    for name, its in sets.items():
        peer = seconds(OpenCC("t2s").convert, its)
        boilerplate, spam = seconds(strip_boilerplate, its), seconds(strip_spam, its)
        both[name] = (boilerplate + spam) / peer
        megabytes = sum(len(page.encode()) for page in its) / 1e6
        print(
            f"{name:14}{megabytes / (boilerplate + spam):8.0f}{1:8.2f}{boilerplate / peer:13.2f}"
            f"{spam / peer:8.2f}{both[name]:8.2f}"
        )
    figure = both["honest pages"]
    return line("both strips, as a multiple of OpenCC t2s", f"{figure:.2f}", "at most 1.5", figure <= 1.5)
