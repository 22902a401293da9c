"""Where a crawl's records and rejects go: one file a day in EXPORT_DIR, by the day at the outlet."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from scrapy.settings import BaseSettings

from tibetnews import clock
from tibetnews.errors import WrongUseError
from tibetnews.ledger.state_files import LEDGER_FILES, LOCK

CHANGES = "changes.jsonl"
"""Name of the file beside the records of ``crawl archive`` that tells how they differ from the exports."""
URI_PARAMS = "tibetnews.exporters.uri_params"
"""What gives the names of exports their parameters."""
_PARAMETERS = {"%(day)s": "", "%(export_dir)s": "", "%(time)s": "", "%(batch_time)s": "", "%(batch_id)d": 1}
_URI_PLACEHOLDER = re.compile(r"%\([^)]+\)[-+ #0]*[\d*]*(?:\.[\d*]+)?[diouxXeEfFgGcrsa]")


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


def check_outputs(settings: BaseSettings, *outputs: Path | None) -> None:
    """Raise WrongUseError where a command would write over an export, rejects or the ledger of crawls."""
    state, folder = settings.get("STATE_DIR"), Path(settings["EXPORT_DIR"])
    ledger = [Path(state, name) for name in (*LEDGER_FILES, LOCK)] if state else []
    kept = set(map(os.path.realpath, [*ledger, *exports_in(folder), *folder.glob("rejected-*.jsonl")]))
    for path in outputs:
        if path and os.path.realpath(path) in kept:
            raise WrongUseError(f"{path} is a crawl's and would be overwritten; give the output another name")


def check_feeds(settings: BaseSettings, attributes: Iterable[str] | None = None) -> None:
    """Check where a crawl exports to.

    Args:
        settings: The crawl's.
        attributes: Names of the spider's attributes, which the name of an export may hold, such as ``%(name)s``; None
            where they are not known.

    Raises:
        WrongUseError: ``-O`` would write over what is a crawl's, ``-o`` append to what is no export, or a name has a
            placeholder that nothing fills.
    """
    exports = set(map(os.path.realpath, exports_of(settings)))
    for uri, options in settings.getdict("FEEDS").items():
        if attributes is not None and settings["FEED_URI_PARAMS"] in (None, URI_PARAMS):
            _check_placeholders(str(uri), attributes)
        name = str(uri).replace("%(export_dir)s", settings["EXPORT_DIR"]).replace("%(day)s", today())
        path = Path(name.removeprefix("file://"))
        if options.get("overwrite") or os.path.realpath(path) not in exports:
            check_outputs(settings, path)


def _check_placeholders(uri: str, attributes: Iterable[str]) -> None:
    """Raise WrongUseError where an export's name has a placeholder that cannot be filled."""
    values = {**dict.fromkeys(attributes, ""), **{name[2:-2]: value for name, value in _PARAMETERS.items()}}
    for placeholder in _URI_PLACEHOLDER.finditer(uri):
        try:
            placeholder[0] % values
        except (KeyError, TypeError, ValueError):
            known = ", ".join(_PARAMETERS)
            raise WrongUseError(f"{uri}: nothing fills {placeholder[0]}; there are {known}, and %(name)s") from None
