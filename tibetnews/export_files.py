"""Where a crawl's records and rejects go: one file a day in EXPORT_DIR, by the day at the outlet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scrapy.settings import BaseSettings

from tibetnews import clock


def outlet_day() -> date:
    """Return the day by the outlet's clock."""
    from tibetnews.outlet.urls import OUTLET_TIME

    return clock.utc().astimezone(OUTLET_TIME).date()


def today() -> str:
    """Return that day as the names of files have it, YYYYMMDD."""
    return f"{outlet_day():%Y%m%d}"


def exports_of(settings: BaseSettings) -> list[Path]:
    """Return the exports that lie in EXPORT_DIR."""
    return exports_in(Path(settings["EXPORT_DIR"]))


def exports_in(folder: Path) -> list[Path]:
    """Return the exports that lie in a folder; what is no file, such as a pipe, could be read for ever."""
    return sorted(path for path in folder.glob("articles-*.jsonl") if path.is_file())


def rejects_path(settings: BaseSettings) -> Path:
    """Return the file that rejects go to now."""
    return Path(settings["EXPORT_DIR"], f"rejected-{today()}.jsonl")
