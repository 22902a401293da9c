"""Makes a ledger from the exports, after a loss of the old one: nothing in them is exported again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tibetnews.ledger import runs
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.duplicates import DuplicateIndex
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.line_files import count_lines, mend_last_line, parsed
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.maintenance import set_aside
from tibetnews.outlet import urls
from tibetnews.outlet.sections import section_key
from tibetnews.text import content_hash, fingerprint, story_similarity


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


def rebuild_ledger(folder: Path, exports: Sequence[Path], now: float, site: str | None = None) -> Rebuilt:
    """Set the ledger in a folder aside, and make one that knows the articles of the exports.

    Revisions, content hashes, validators and fingerprints come from the lines. What no line holds is lost: articles
    that were found and not yet exported, refused ones, and how far listings were read. The next run reads the listings
    to their end, and finds them again.

    Args:
        folder: The folder of the ledger.
        exports: Files of JSON Lines, in the order in which they were written.
        now: Seconds since 1970.
        site: The base URL that stands for all hosts of the outlet, or None.

    Raises:
        LedgerError: A run holds the ledger, or the new one cannot be written.
        OSError: An export cannot be read.
    """
    lock = RunLock.acquire(folder)
    try:
        rebuilt = Rebuilt(aside=set_aside(folder))
        ledger = Ledger.open(folder)
        try:
            _fill(ledger, exports, now, site, rebuilt)
        finally:
            ledger.close()
        if ledger.failure:
            raise LedgerError(str(ledger.failure))
        return rebuilt
    finally:
        lock.release()


def _fill(ledger: Ledger, exports: Sequence[Path], now: float, site: str | None, rebuilt: Rebuilt) -> None:
    run = runs.begin(ledger.db, "rebuild", now)
    articles, copies = Articles(ledger.db), DuplicateIndex(ledger.db, story_similarity)
    for path in exports:
        if path.stat().st_size and (mended := mend_last_line(path)):
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
        row = (ledger.name_of(path), path.stat().st_size, count_lines(path))
        ledger.db.execute("INSERT OR REPLACE INTO feeds (path, offset, lines, open) VALUES (?, ?, ?, 0)", row)
    runs.end(ledger.db, run, "finished", [], {}, now)


def _is_record(record: dict[str, Any]) -> bool:
    strings = all(isinstance(record.get(name), str) for name in ("id", "url", "title", "text", "edition"))
    return strings and isinstance(record.get("revision"), int)


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
    )
    articles.mark_exported(exported, run, now)
    copies.add(record["id"], digest, fingerprint(record["text"]))
