"""Draws the pictures of the report in the README: ``make screenshots``.

It wants a Chromium with chromedriver, and a font for Chinese (Debian's packages chromium, chromium-driver and
fonts-noto-cjk). The runs in the pictures are made up, always in the same way.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from replica import ledger_year as year
from scripts.browser import CHROMIUM, DRIVER, chromium
from tibetnews.ledger.status import LedgerStatus
from tibetnews.ledger.yearly import summarize_year
from tibetnews.outlet.sections import table
from tibetnews.report.page import page

DOCS = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1280, 1560


def main() -> int:
    """Write docs/report.png and docs/report-dark.png; the exit status is 2 where there is no Chromium."""
    if not (CHROMIUM and DRIVER):
        print("make screenshots: no Chromium; `make browser` installs it", file=sys.stderr)
        return 2
    names = {section.section_key: section.name for section in table().sections}
    with tempfile.TemporaryDirectory(prefix="tibetnews-screenshots-") as name:
        folder = Path(name)
        year.make(folder)
        status = LedgerStatus.open(folder)
        assert status
        with closing(status.db):
            (folder / "report.html").write_text(page(summarize_year(status, year.END), names, "state"), "utf-8")
        DOCS.mkdir(exist_ok=True)
        with chromium(folder / "profile") as browser:
            for file, scheme in (("report.png", "light"), ("report-dark.png", "dark")):
                browser.open(folder / "report.html", WIDTH, scheme)
                (DOCS / file).write_bytes(browser.picture(HEIGHT))
                print(DOCS / file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
