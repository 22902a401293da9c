"""Reads archived pages again, offline, with today's readers and pipelines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from tibetnews import clock
from tibetnews.export_files import exports_in
from tibetnews.outlet import urls
from tibetnews.spiders.archived_pages import ArchiveReader
from tibetnews.spiders.arguments import parse_arguments
from tibetnews.spiders.named_inputs import read_archive_selection


class ArchiveSpider(ArchiveReader):
    """``tibetnews crawl archive -a warc=FILE_OR_FOLDER``: every archived article page becomes a record again.

    It neither reads nor writes the ledger: revisions and copies are counted from the archive alone. Records, rejects
    and the list of changes go to a folder of their own in EXPORT_DIR, ``reread-YYYYMMDD-HHMMSS``.
    """

    name = "archive"
    read_arguments = staticmethod(read_archive_selection)

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.selection = parse_arguments(read_archive_selection, arguments)

    @classmethod
    def fixed_settings(cls, settings: BaseSettings) -> dict[str, str]:
        """Switch off the ledger, the archive and rendering, and choose a folder of its own for the output."""
        folder = f"reread-{clock.utc().astimezone(urls.OUTLET_TIME):%Y%m%d-%H%M%S}"
        return {
            "STATE_DIR": "",
            "ARCHIVE_DIR": "",
            "SAVE_IMAGES": "0",
            "RENDER": "never",
            "EXPORT_DIR": str(Path(settings["EXPORT_DIR"]) / folder),
        }

    @property
    def exports(self) -> tuple[Path, ...]:
        """The exported files to compare with."""
        if self.selection.exports is not None:
            return self.selection.exports
        return tuple(exports_in(Path(self.settings["EXPORT_DIR"]).parent))  # see fixed_settings
