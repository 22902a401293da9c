"""Makes a ledger from the exports, after a loss of the old one: nothing in them is exported again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tibetnews.archive.warc_records import BrokenArchiveError, read_records
from tibetnews.archive.writing import payload_digest
from tibetnews.console import signals_held
from tibetnews.errors import WrongUseError
from tibetnews.ledger import runs
from tibetnews.ledger.archive_index import ArchiveIndex, Payload
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger, name_of
from tibetnews.ledger.duplicates import DuplicateIndex
from tibetnews.ledger.line_files import count_lines, holds_lines, mend_last_line, parsed
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.maintenance import put_in_place
from tibetnews.ledger.pictures import SavedPictures
from tibetnews.ledger.writers import set_writers
from tibetnews.outlet import urls
from tibetnews.outlet.sections import section_key
from tibetnews.text import content_hash, fingerprint, story_similarity
from tibetnews.text.unicode_ranges import SURROGATES

_NO_PAYLOAD = payload_digest(b"")


@dataclass(slots=True)
class Rebuilt:
    """What a new ledger knows, and where the old one is."""

    articles: int = 0
    lines: int = 0
    skipped: int = 0
    """Lines that hold no record."""
    mended: tuple[str, ...] = ()
    """Torn last lines, by file."""
    aside: Path | None = None


def rebuild_ledger(
    folder: Path,
    exports: Sequence[Path],
    now: float,
    site: str | None = None,
    *,
    archives: Sequence[Path] = (),
    revisit_after: Sequence[float] = (),
) -> Rebuilt:
    """Set the ledger in a folder aside, and make one that knows the articles of the exports.

    Revisions, content hashes, validators and fingerprints come from the lines. What no line holds is lost: articles
    that were found and not yet exported, refused ones, and how far listings were read. The next run reads the listings
    to their end, and finds them again.

    Args:
        folder: The folder of the ledger.
        exports: Files of JSON Lines, in the order in which they were written.
        now: Seconds since 1970.
        site: The base URL that stands for all hosts of the outlet, or None.
        archives: WARC files of this program, the oldest first; their pages are not stored again.
        revisit_after: Seconds after publication at which an article is fetched again, in rising order.

    Raises:
        LedgerError: A run holds the ledger, or the new one cannot be written.
        WrongUseError: A file holds something else than lines of JSON.
        OSError: An export cannot be read.
    """
    lock = RunLock.acquire(folder)
    made_in = folder / "rebuilding"
    try:
        rebuilt = Rebuilt()
        if made_in.exists():  # an earlier attempt was killed
            shutil.rmtree(made_in)
        ledger = Ledger(made_in)
        try:
            _fill(ledger, Articles(ledger.db, revisit_after), exports, folder, now, site, rebuilt)
            for path in archives:
                _index_archive(ledger, path, folder)
        finally:
            ledger.close()
        if ledger.failure:
            raise ledger.failure
        with signals_held():
            for path in exports:  # the old ledger writes there no more
                set_writers(path, {ledger.identity})
            rebuilt.aside = put_in_place(folder, made_in)
        return rebuilt
    finally:
        shutil.rmtree(made_in, ignore_errors=True)  # what an attempt that ends early has made
        lock.release()


def _fill(
    ledger: Ledger,
    articles: Articles,
    exports: Sequence[Path],
    folder: Path,
    now: float,
    site: str | None,
    rebuilt: Rebuilt,
) -> None:
    run = runs.begin(ledger.db, "rebuild", now)
    copies = DuplicateIndex(ledger.db, story_similarity)
    for path in exports:
        if _holds_lines(path) and (mended := mend_last_line(path)):
            rebuilt.mended += (f"{path}: {mended}",)
        with path.open("rb") as file:
            for line in file:
                record = parsed(line)
                if record is None or not _is_record(record):
                    rebuilt.skipped += 1
                    continue
                rebuilt.lines += 1
                known = articles.last_export(record["id"])
                if known is None or known.revision < record["revision"]:
                    rebuilt.articles += known is None
                    _add(articles, copies, record, run, now, site)
        row = (name_of(folder, path), path.stat().st_size, count_lines(path))
        ledger.db.execute("INSERT OR REPLACE INTO feeds (path, offset, lines, open) VALUES (?, ?, ?, 0)", row)
    runs.end(ledger.db, run, "finished", [], {}, now)


def _index_archive(ledger: Ledger, path: Path, folder: Path) -> None:
    """Note the payloads that an archive holds, and the last one of each address; a broken one is not continued."""
    index, is_whole = ArchiveIndex(ledger.db), True
    try:
        with path.open("rb") as file:
            for record in read_records(file, 0, lambda _: False):
                if record.trouble and record.trouble.reason == "cut_off":
                    is_whole = False
                    continue
                digest = record.fields.get("warc-payload-digest")
                if record.kind not in ("response", "revisit") or record.status != 200 or digest in (None, _NO_PAYLOAD):
                    continue
                if record.kind == "response":
                    index.add(Payload(str(digest), path.name, record.url, record.date or ""))
                index.record_last_payload(record.url, str(digest))
    except BrokenArchiveError:
        return
    if is_whole:
        row = (name_of(folder, path), path.stat().st_size)
        ledger.db.execute("INSERT OR REPLACE INTO feeds (path, offset, open) VALUES (?, ?, 0)", row)


def _holds_lines(path: Path) -> bool:
    """Return whether a file is not empty; raise WrongUseError if it does not begin like lines of JSON."""
    if not holds_lines(path):
        raise WrongUseError(f"{path} is no export of JSON Lines, or is packed; name exports as crawls write them")
    return bool(path.stat().st_size)


def _is_record(record: dict[str, Any]) -> bool:
    """Return whether a line has what the ledger keeps of a record, in its types."""
    http, images, revision = record.get("http") or {}, record.get("images") or [], record.get("revision")
    if not (isinstance(http, dict) and isinstance(images, list) and all(isinstance(image, dict) for image in images)):
        return False
    texts = [record.get(name) for name in ("id", "url", "title", "text", "edition")]
    times = [record.get(name) for name in ("published_at", "fetched_at")]
    others = [*(record.get(name) for name in ("fetched_from", "section")), http.get("etag"), http.get("last_modified")]
    others += [image.get(name) for image in images for name in ("url", "path")]
    return (
        all(map(_is_text, [*texts, *(value for value in [*times, *others] if value is not None)]))
        and all(_is_time(time) for time in times if time)
        and type(revision) is int
        and 0 < revision < 1 << 63
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not _HALF_A_PAIR.search(value)


_HALF_A_PAIR = re.compile(f"[{SURROGATES}]")


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _add(
    articles: Articles, copies: DuplicateIndex, record: dict[str, Any], run: int, now: float, site: str | None
) -> None:
    url, http = record.get("fetched_from") or record["url"], record.get("http") or {}
    digest = content_hash(record["title"], record["text"])
    section = record.get("section")
    exported = ExportedRevision(
        id=record["id"],
        url=urls.at_site(url, site) if urls.parse(url, site) else url,
        section=section_key(record["edition"], section) if section else "",
        content_hash=digest,
        published_at=record.get("published_at"),
        etag=http.get("etag"),
        last_modified=http.get("last_modified"),
        revision=record["revision"],
        captured_at=record.get("fetched_at"),
    )
    fetched_at = record.get("fetched_at")
    fetched = datetime.fromisoformat(fetched_at).timestamp() if fetched_at else now  # revisits since then are due
    articles.mark_exported(exported, run, min(fetched, now))
    copies.add(record["id"], digest, fingerprint(record["text"]))
    for image in record.get("images") or ():
        if image.get("url") and image.get("path"):
            SavedPictures(articles.db).add(image["url"], image["path"])
