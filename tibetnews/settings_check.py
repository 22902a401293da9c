"""Tells which settings cannot be used, before anything is started."""

from __future__ import annotations

import codecs
import logging
import os
import re
import resource
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, default_settings
from scrapy.utils.misc import arg_to_iter, load_object

import tibetnews.settings
from tibetnews.addon import ORDERED_COMPONENTS, RENAMED
from tibetnews.durability import make_folder
from tibetnews.errors import WrongUseError
from tibetnews.outlet.references import is_web_address
from tibetnews.rendering.choice import wrong_settings as wrong_rendering

_MAY_HAVE_FRACTION = ("DOWNLOAD_TIMEOUT", "DNS_TIMEOUT", "LOGSTATS_INTERVAL")
"""Settings whose default is a whole number, and which Scrapy reads as any number."""
_NUMBERS_IN_LISTS = ("REVISIT_AFTER_DAYS", "RETRY_HTTP_CODES")
_MORE_THAN_ZERO = (
    *("CONCURRENT_", "COMMIT_", "LISTING_MAX_", "REACTOR_", "AUTOTHROTTLE_TARGET_", "HEALTH_COMMAND_TIMEOUT_"),
    *("DOWNLOAD_TIMEOUT", "DNS_TIMEOUT", "REQUEST_TIMEOUT_", "RENDER_TIMEOUT_"),
)
"""Beginnings of the names of settings with which, at 0, a run would fail, or wait for ever."""
_MOST_SECONDS = 1_000_000_000
"""What the system can wait for, which is 31 years."""
_MAY_BE_NEGATIVE = ("PRIORITY", "INDENT")
_NAMED_CLASSES = ("DOWNLOAD_HANDLERS", "FEED_EXPORTERS", "FEED_STORAGES")
_CLASS_PATH = re.compile(r"(?:scrapy|tibetnews)(?:\.\w+)*\.[A-Z]\w*")
_CLASSES_OF_FEEDS = ("item_classes", "item_filter", "postprocessing", "uri_params")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:(?:/|$)")
"""How an address begins."""
_LIKENESS = 0.9
"""How like a known name a mistyped one is, as difflib measures it."""
_LEVELS = logging.getLevelNamesMapping()
_OPEN_FILES = 32
"""Files that a run has open at once besides its connections, and some to spare."""


def check_settings(settings: BaseSettings) -> None:
    """Raise WrongUseError for the first setting that is wrong; its message never shows a password."""
    for wrong in _wrong_settings(settings):
        raise WrongUseError(wrong)


def _wrong_settings(settings: BaseSettings) -> Iterator[str]:
    for old, new in RENAMED.items():
        if settings.get(old) is not None:
            yield f"the setting {old} is called {new} now"
    known = _defaults()
    for name in settings:
        is_typed = settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"]  # in a file it may be the user's own
        if is_typed and name not in known and (like := get_close_matches(name.upper(), known, 1, _LIKENESS)):
            yield f"-s {name}=…: there is no such setting; do you mean {like[0]}?"
    for name, default in known.items():
        if wrong := _wrong_value(settings, name, default):
            yield f"{name}={settings.get(name)}: {wrong}"
    for name, choices in (("DUPLICATES", ("mark", "drop")), ("HEALTH_COMMAND_WHEN", ("always", "changes"))):
        if settings.get(name) not in choices:
            yield f"{name}={settings.get(name)}: it is {' or '.join(choices)}"
    if str(settings.get("LOG_LEVEL")) not in _LEVELS and not isinstance(settings.get("LOG_LEVEL"), int):
        yield f"LOG_LEVEL={settings.get('LOG_LEVEL')}: it is DEBUG, INFO, WARNING, ERROR or CRITICAL"
    try:
        logging.Formatter(settings.get("LOG_FORMAT")).format(logging.LogRecord("", 0, "", 0, "", (), None))
    except (ValueError, TypeError) as error:
        yield f"LOG_FORMAT={settings.get('LOG_FORMAT')}: no line can be written so: {error}"
    if (encoding := settings.get("FEED_EXPORT_ENCODING")) and not _is_encoding(encoding):
        yield f"FEED_EXPORT_ENCODING={encoding}: it is no encoding"
    yield from _wrong_feeds(settings.getdict("FEEDS"))
    yield from _wrong_classes(settings, known)
    yield from _unusable_tables()
    if (log := settings.get("LOG_FILE")) and (why := _unusable_log(log, settings.get("LOG_ENCODING"))):
        yield f"LOG_FILE={log}: {why}"
    requests = settings.getint("CONCURRENT_REQUESTS")
    if (most := resource.getrlimit(resource.RLIMIT_NOFILE)[0]) < _OPEN_FILES + requests:
        yield (
            f"only {most} files may be open at once (ulimit -n), and CONCURRENT_REQUESTS={requests} needs"
            f" {_OPEN_FILES + requests}"
        )
    for name in ("EXPORT_DIR", "STATE_DIR", "ARCHIVE_DIR", "IMAGES_DIR"):
        if _ADDRESS.match(folder := str(settings.get(name) or "")):
            yield f"{name}={_without_password(folder)}: it is a folder of this machine and no address"
    if not settings.get("EXPORT_DIR"):
        yield "EXPORT_DIR: it is empty; name the folder of the exports"
    if (archive := settings.get("ARCHIVE_DIR")) and (why := _unwritable(Path(archive))):
        yield f"ARCHIVE_DIR={archive}: {why}"
    if settings.getbool("SAVE_IMAGES") and (why := _unwritable(Path(folder := settings["IMAGES_DIR"] or ""))):
        yield f"IMAGES_DIR={folder}: {why}"
    if (site := settings.get("OUTLET_SITE")) and not _is_site(site):
        yield f"OUTLET_SITE={_without_password(site)}: write scheme and host alone, such as http://127.0.0.1:8000"
    if splash := settings.get("SPLASH_URL"):
        if not is_web_address(splash):
            yield f"SPLASH_URL={_without_password(splash)}: write an address such as http://127.0.0.1:8050"
        elif "@" in splash:
            yield (
                f"SPLASH_URL={_without_password(splash)}: leave user and password out, addresses stand in logs and"
                " rejects; set SPLASH_USER and SPLASH_PASS"
            )
    if wrong := wrong_rendering(settings):
        yield wrong


def _defaults() -> Mapping[str, Any]:
    modules = (default_settings, tibetnews.settings)
    return {name: getattr(module, name) for module in modules for name in dir(module) if name.isupper()}


def _wrong_value(settings: BaseSettings, name: str, default: object) -> str | None:
    """Return what the setting should be, where it cannot be read as what its default is, or is out of bounds."""
    try:
        if isinstance(default, bool):
            settings.getbool(name)
        elif isinstance(default, (int, float)) and settings.get(name) is not None:
            int(float(settings.get(name)))  # neither infinite nor none
            return _out_of_bounds(name, _number_type(name, default)(settings.get(name)), default)
        elif name in _NUMBERS_IN_LISTS and not all(0 <= float(one) < float("inf") for one in settings.getlist(name)):
            return "its numbers are 0 or more"
    except (TypeError, ValueError, OverflowError):
        if isinstance(default, bool):
            return "it is 1 or 0"
        if isinstance(default, (int, float)):
            return "it is a whole number" if _number_type(name, default) is int else "it is a number"
        return "it is numbers with commas between them"
    return None


def _number_type(name: str, default: float) -> type[int] | type[float]:
    return int if isinstance(default, int) and name not in _MAY_HAVE_FRACTION else float


def _out_of_bounds(name: str, number: float, default: float) -> str | None:
    """Return what a number should be that no run can use; None for one that it can."""
    if number < 0 and not any(part in name for part in _MAY_BE_NEGATIVE):
        return "it is 0 or more"
    if number == 0 < default and name.startswith(_MORE_THAN_ZERO):
        return "it is more than 0"
    if number > _MOST_SECONDS and name.endswith("_SECONDS"):
        return f"it is {_MOST_SECONDS:,} at most"
    if number > 1 and name.endswith("_SHARE"):
        return "it is a share from 0 to 1, such as 0.05 for 5 %"
    return None


def _wrong_classes(settings: BaseSettings, known: Mapping[str, Any]) -> Iterator[str]:
    """Yield which settings name classes that cannot be loaded, or that Scrapy could not order."""
    for name in ORDERED_COMPONENTS:
        for component, order in _added(settings, name, known):
            if not isinstance(order, (int, float)):
                yield f"{name}: {component}: {order} is no number"
            elif wrong := _unloadable(component):
                yield f"{name}: {wrong}"
    for name in _NAMED_CLASSES:
        for key, component in _added(settings, name, known):
            if wrong := _unloadable(component):
                yield f"{name}, {key or 'files'}: {wrong}"
    for name, default in known.items():
        is_class = isinstance(default, str) and _CLASS_PATH.fullmatch(default)
        if is_class and settings.getpriority(name) and (wrong := _unloadable(settings.get(name))):
            yield f"{name}: {wrong}"


def _added(settings: BaseSettings, name: str, known: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return the entries of a table that are not the project's own; None switches one off."""
    own = known.get(name, {}).items()
    return [entry for entry in settings.getdict(name).items() if entry not in own and entry[1] is not None]


def _wrong_feeds(feeds: Mapping[Any, Any]) -> Iterator[str]:
    """Yield what is wrong with the options of exports, for which Scrapy would end with a traceback."""
    for uri, options in feeds.items():
        if wrong := _wrong_options(options):
            yield f"FEEDS, {_without_password(str(uri))}: {wrong}"


def _wrong_options(options: object) -> str | None:
    if not isinstance(options, Mapping):
        return "its options are a table, such as {'format': 'jsonlines'}"
    if not options.get("format") or not isinstance(options["format"], str):
        return "write its format, such as 'format': 'jsonlines'"
    if (encoding := options.get("encoding")) and not _is_encoding(encoding):
        return f"encoding {encoding}: it is no encoding"
    classes: Iterable[object] = chain.from_iterable(arg_to_iter(options.get(option)) for option in _CLASSES_OF_FEEDS)
    return next(filter(None, map(_unloadable, classes)), None)


def _unloadable(component: object) -> str | None:
    """Return why a class cannot be loaded; None where it can.

    The user's own modules are looked for and not imported: they may import the reactor, which Scrapy installs later.
    """
    if not isinstance(component, str):
        return None
    module, _, _ = component.rpartition(".")
    try:
        if _CLASS_PATH.fullmatch(component):
            load_object(component)
        elif not module or find_spec(module) is None:
            return f"{component}: no class can be loaded by this name"
    except (ImportError, NameError, ValueError) as error:
        return f"{component}: {error}"
    return None


def _is_site(url: str) -> bool:
    parts = urlsplit(url) if is_web_address(url) else None
    return parts is not None and not parts.path.strip("/") and not parts.query and "@" not in parts.netloc


def _without_password(url: str) -> str:
    scheme, mark, rest = url.rpartition("://")
    return scheme + mark + rest.rpartition("@")[2]


def _unusable_log(path: str, encoding: str) -> str | None:
    """Return why a log cannot be written to a file; None where it can."""
    try:
        with Path(path).open("a", encoding=encoding) as log:
            if Path(path).is_file():  # on a full disk it can be opened; Scrapy would end the run with a traceback
                size = log.tell()
                log.write("\n")
                log.truncate(size)
    except OSError as error:
        return f"it cannot be written: {error.strerror}"
    except LookupError:
        return f"LOG_ENCODING={encoding} is no encoding"
    return None


def _unusable_tables() -> Iterator[str]:
    """Yield what is wrong with tables that people edit or make, by which all texts are cleaned."""
    from tibetnews.text.boilerplate.phrases import phrases
    from tibetnews.text.repair.language_model import language_model  # which takes long to load

    for load in (phrases, *([language_model] if os.environ.get("TIBETNEWS_LANGUAGE_MODEL") else [])):
        try:
            load()
        except OSError as error:
            yield f"{error.filename}: {error.strerror}"


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, TypeError, ValueError):  # ValueError for a NUL
        return False
    return True


def _unwritable(folder: Path) -> str | None:
    """Return why files cannot be written to a folder, which is made where it is missing; None where they can."""
    try:
        make_folder(folder)
    except OSError as error:
        return f"the folder cannot be made: {error.strerror}"
    return None if os.access(folder, os.W_OK | os.X_OK) else "nothing can be written there"
