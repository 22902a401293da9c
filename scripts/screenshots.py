"""Draws the pictures of the report in the docs: ``make screenshots``.

It wants a Chromium with chromedriver, and a font for Chinese (Debian's packages chromium, chromium-driver and
fonts-noto-cjk). The runs in the pictures are made up, always in the same way.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from replica import ledger_year as year
from scripts.browser import CHROMIUM, DRIVER, chromium
from tibetnews.ledger.status import RUN_LOG, LedgerStatus
from tibetnews.ledger.yearly import summarize_year
from tibetnews.outlet import urls
from tibetnews.outlet.sections import section_table
from tibetnews.report.page import Project, page

DOCS = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1280, 1560
PHONE_WIDTH, PHONE_HEIGHT = 390, 1700


def write_report(state: Path, path: Path, now: datetime = year.END, place: str = "state") -> Path:
    """Write the report on the ledger in ``state``, as it would be at ``now``; return its path."""
    log = state / RUN_LOG
    project = Project(
        place=place,
        names={section.section_key: section.name for section in section_table().sections},
        listings={section.section_key: urls.build(urls.listing(section)) for section in section_table().sections},
        rejects="exports/rejected-20261125.jsonl",
        rejects_link="../exports/rejected-20261125.jsonl",
        log=log.read_text("utf-8").splitlines() if log.exists() else (),
    )
    status = LedgerStatus.open(state)
    if status is None:
        raise FileNotFoundError(state)
    with closing(status.db):
        path.write_text(page(summarize_year(status, now), project), "utf-8")
    return path


def main() -> int:
    """Write the pictures; the exit status is 2 where there is no Chromium."""
    if not (CHROMIUM and DRIVER):
        print("make screenshots: no Chromium; `make browser` installs it", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="tibetnews-screenshots-") as name:
        folder = Path(name)
        year.make(folder)
        well = write_report(folder, folder / "well.html")
        year.break_down(folder)
        ill = write_report(folder, folder / "ill.html")
        with chromium(folder / "profile") as browser:
            for file, report, width, height, scheme, is_forced in (
                ("report.png", well, WIDTH, HEIGHT, "light", False),
                ("report-dark.png", well, WIDTH, HEIGHT, "dark", False),
                ("report-phone.png", ill, PHONE_WIDTH, PHONE_HEIGHT, "light", False),
                ("report-forced-colors.png", ill, WIDTH, HEIGHT, "light", True),
            ):
                browser.open(report, width, scheme, is_forced=is_forced)
                (DOCS / file).write_bytes(browser.picture(height))
                print(DOCS / file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
