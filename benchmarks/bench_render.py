"""Pages a second of crawls that render every page, with Chromium beside Splash: plain pages, and pages of scripts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.crawling import pages_a_second, run_scrapy
from benchmarks.measuring import line
from replica import Replica
from tests.support.chromium import CHROMIUM, NO_CHROMIUM
from tests.support.splash_server import IS_INSTALLED, MISSING, SplashServer
from tibetnews import stats

ARTICLES = 300
ROUNDS = 2
SECTIONS = {"plain pages": "cn/politics", "pages that scripts write": "cn/data"}
AT_LEAST = 1.3


def main() -> bool:
    """Both sides crawl the same sections by turns, with the same settings; the best round of each counts.

    A second of a crawl includes the start of Chromium; Splash is a server, and runs already. Pages are counted as they
    are rendered: an answer of Splash is a response of the crawl too, and no second page.
    """
    if CHROMIUM is None or not IS_INSTALLED:
        print(f"skipped: {NO_CHROMIUM if CHROMIUM is None else MISSING}")
        return True
    with (
        tempfile.TemporaryDirectory() as name,
        SplashServer(Path(name) / "log") as splash,
        Replica(articles=ARTICLES, sections=2, scripted=True, seed=9) as replica,
    ):
        sides = {"chromium": {"CHROMIUM": CHROMIUM}, "splash": {"SPLASH_URL": splash.url}}
        common = {"OUTLET_SITE": replica.url, "RENDER": "always"}
        holds = []
        for kind, section in SECTIONS.items():
            best = dict.fromkeys(sides, 0.0)
            for turn in range(ROUNDS):
                for side, renderer in sides.items():
                    folder = f"{name}/{section}-{side}{turn}"
                    folders = {"EXPORT_DIR": folder, "STATE_DIR": f"{folder}-state"}
                    run = run_scrapy("crawl", "sections", "-a", f"sections={section}", **common, **folders, **renderer)
                    best[side] = max(best[side], pages_a_second(run, ARTICLES // 4, stats.RENDERED_PAGES))
            print(f"{kind}: Chromium {best['chromium']:.1f}, Splash {best['splash']:.1f} a second")
            ratio = best["chromium"] / best["splash"]
            figure = f"{kind}, Chromium's as a multiple of Splash's"
            holds.append(line(figure, f"{ratio:.2f}", f"at least {AT_LEAST}", ratio >= AT_LEAST))
    return all(holds)
