"""The ledger session of each crawl: opened once, found by every component, asked for the exit status at the end."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from tibetnews import clock
from tibetnews.command import status_of
from tibetnews.console import ExitStatus
from tibetnews.export_files import exports_of
from tibetnews.items import Article, Attachment, Image, Video
from tibetnews.ledger.articles import DAY, ExportedRevision
from tibetnews.ledger.errors import LedgerDamagedError, LedgerError, LedgerLockedError
from tibetnews.ledger.session import LedgerSession
from tibetnews.outlet.sections import section_key

_sessions: WeakKeyDictionary[Crawler, LedgerSession | LedgerError] = WeakKeyDictionary()
"""Of each crawl its session, or why it has none."""


def open_session(crawler: Crawler) -> LedgerSession:
    """Open the session of a crawl, as its settings say; raise LedgerError if the ledger is locked or unusable."""
    settings = crawler.settings
    state = settings.get("STATE_DIR")
    try:
        session = _sessions[crawler] = LedgerSession(
            Path(state) if state else None,
            crawler.spidercls.name,
            clock=clock.now,
            revisit_after=revisit_after(settings),
            batch_size=settings.getint("COMMIT_ITEMS"),
            exports=exports_of(settings) if state else (),
        )
    except LedgerError as error:
        _sessions[crawler] = error
        raise
    return session


def revisit_after(settings: BaseSettings) -> list[float]:
    """Return the seconds after which articles are fetched again, in rising order."""
    return sorted(float(days) * DAY for days in settings.getlist("REVISIT_AFTER_DAYS"))


def ledger_session(crawler: Crawler) -> LedgerSession:
    """Return the session that LedgerExtension opened for this crawl."""
    session = _sessions.get(crawler)
    if session is None or isinstance(session, LedgerError):
        raise RuntimeError("LedgerExtension must be enabled, before the components that use the ledger")
    return session


def exit_status(crawler: Crawler) -> ExitStatus:
    """Return how a crawl that is over went by its ledger; all well if it failed before it came to that."""
    session = _sessions.get(crawler)
    if not isinstance(session, LedgerSession):
        return status_of(session) if session else ExitStatus.OK
    match session.failure:
        case None:
            return ExitStatus.PROBLEMS if session.faults else ExitStatus.OK
        case LedgerDamagedError() | LedgerLockedError() as refusal:
            return status_of(refusal)
    return ExitStatus.IO_ERROR


def is_cut_short(crawler: Crawler) -> bool:
    """Return whether a crawl was stopped by force, as by a second Ctrl-C, before its session was closed."""
    session = _sessions.get(crawler)
    return isinstance(session, LedgerSession) and session.is_open


def details_hash(item: Article) -> str:
    """Return a digest of what an outlet corrects beside title and text: byline, time and media.

    A file counts by its name, since an article's two addresses have two for each file.
    """
    files: list[Image | Video | Attachment] = [*item.images, *item.videos, *item.attachments]
    names = [file.url.rpartition("/")[2] for file in files]
    details = (item.subtitle, item.published_at, item.source, item.authors, item.editor, names)
    return hashlib.sha256(json.dumps(details).encode()).hexdigest()


def exported_revision(item: Article) -> ExportedRevision:
    """Return what the ledger keeps of a record's line."""
    return ExportedRevision(
        id=item.id,
        url=item.fetch_url,
        section=section_key(item.edition, item.section),
        content_hash=item.content_hash,
        published_at=item.published_at,
        etag=item.http.etag if item.http else None,
        last_modified=item.http.last_modified if item.http else None,
        revision=item.revision,
        captured_at=item.fetched_at,
        details_hash=details_hash(item),
    )
