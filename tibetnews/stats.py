"""Names of the crawl stats that this project writes or reads.

A run's stats go to the log, to the verdict on the run (:mod:`tibetnews.health`), to the ledger, and from there to the
report. docs/stats.md is made from :data:`STATS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Counts = Mapping[str, Any]
"""The stats of a run by name. Most are numbers; some prefixes hold texts, which the ledger does not keep."""


class Stat(NamedTuple):
    """What is known of a stat."""

    name: str
    """The name; a part in braces varies, as in ``rejects/reason/{reason}``."""
    meaning: str
    writer: str
    """Modules that write it, below ``tibetnews.``, or the package: ``scrapy``, ``scrapy_splash``."""
    readers: str
    """Who reads it besides the log: progress (the live display), verdict, report, exit (the exit status),
    sections (that command)."""


STATS: list[Stat] = []
"""All stats in the order of this file."""


def _stat(name: str, meaning: str, writer: str, readers: str = "") -> str:
    """Add a stat to STATS; return its name, or the prefix before the part that varies."""
    STATS.append(Stat(name, meaning, writer, readers))
    return name.partition("{")[0]


_REJECTS_FILE = "middlewares.rejects"
_HEALTH = "extensions.health"

# Scrapy's own
REQUESTS = _stat("downloader/request_count", "Requests sent, those to Splash too", "scrapy", "report")
RESPONSES = _stat("response_received_count", "Responses received, whatever their status", "scrapy", "progress")
ROBOTS_REQUESTS = _stat("robotstxt/request_count", "Requests for a robots.txt", "scrapy", "report")
RECORDS = _stat("item_scraped_count", "Records written", "scrapy", "progress verdict report")
FEEDS_FAILED = _stat("feedexport/failed_count/{storage}", "Exports that could not be stored", "scrapy", "exit")
PROGRAM_ERRORS = _stat("spider_exceptions/count", "Pages on which this program failed", "scrapy", "verdict")
SPLASH = _stat(
    "splash/{endpoint}/{what}", "Requests to Splash (request_count), its responses", "scrapy_splash", "report"
)

# Sections and their listings
_SECTIONS = "spiders.sections"
SECTIONS_CHOSEN = _stat("sections/chosen", "Sections that the run crawls", _SECTIONS, "progress")
SECTIONS_DISCOVERED = _stat("sections/discovered", "Those of them that the table lacks", _SECTIONS)
SECTIONS_ENDED = _stat("sections/ended", "Sections of which no further listing page is needed", _SECTIONS, "progress")
SECTIONS_WALKED = _stat("sections/walked", "Sections read to their end, or to articles known before", _SECTIONS)
LISTING_PAGES = _stat("sections/listings", "Listing pages received, unchanged ones too", _SECTIONS, "report")
ARTICLES_FOUND = _stat("sections/links", "Articles found on a listing for the first time", _SECTIONS, "progress report")
ARTICLES_DUE = _stat("sections/due", "Known articles that were due to be fetched again", _SECTIONS, "progress report")
LINKS_UNKNOWN = _stat(
    "links/unknown/{pattern}",
    "Links of listings to pages of the outlet that the grammar of addresses does not know, N for each number",
    _SECTIONS,
    "sections",
)
OUTSIDE_DATES = _stat("sections/outside_dates", "Articles read, and then left out by their day", _SECTIONS, "progress")
SECTION_UNREAD = _stat(
    "sections/unread/{section}",
    "Listing pages of the section that could not be fetched or read",
    _REJECTS_FILE,
    "progress verdict report",
)
SECTION_REASON = _stat(
    "sections/reason/{section}", "The reason of the last page of its listing that was refused", _REJECTS_FILE, "verdict"
)
SECTION_GONE = _stat(
    "sections/gone/{section}",
    "1 where the section's listing was answered with 404 or 410",
    _REJECTS_FILE,
    "progress verdict report",
)
SECTION_FORBIDDEN = _stat(
    "sections/forbidden/{section}",
    "1 where robots.txt forbids the section's listing",
    _REJECTS_FILE,
    "progress verdict",
)
SECTION_MOVED = _stat("sections/moved/{section}", "The section that its listing redirects to", _SECTIONS, "verdict")
SECTION_TOO_LONG = _stat(
    "sections/too_long/{section}", "LISTING_MAX_PAGES, where the listing has more", _SECTIONS, "verdict"
)
SECTION_ENDLESS = _stat(
    "sections/endless/{section}", "Its last page, where pagination does not end", _SECTIONS, "verdict"
)

# Articles and records
ARTICLES_NAMED = _stat("articles/named", "Addresses that the user named", "spiders.articles", "progress report")
ARTICLE_PARTS = _stat("articles/parts", "Further pages, photo scripts and video data fetched", "spiders.base", "report")
ARTICLES_MERGED = _stat("articles/led_to/{id}", "Articles that all redirect to this one", "spiders.base", "verdict")
REVISIONS_CHANGED = _stat(
    "revisions/changed", "Records written as a new revision", "pipelines.revisions", "progress report"
)
REVISIONS_UNCHANGED = _stat(
    "revisions/unchanged",
    "Articles fetched again and found unchanged, by 304 or by their content",
    "pipelines.revisions spiders.base",
    "progress verdict report",
)
DUPLICATES_EXACT = _stat(
    "duplicates/exact", "Records with the text of another article", "pipelines.duplicates", "progress report"
)
DUPLICATES_NEAR = _stat(
    "duplicates/near", "Records with nearly the text of another one", "pipelines.duplicates", "progress report"
)
REMOVED = _stat("removed/{kind}", "Pieces in the records' removed, by kind", "pipelines.cleaning", "report")
IMPOSSIBLE_DATES = _stat(
    "dates/impossible", "Times of publication before 1995 or in the future, which became null", "pipelines.cleaning"
)
COVERAGE = _stat("coverage/{field}", "Records that have the field", _HEALTH, "report")
COVERAGE_RECORDS = _stat("coverage/records", "Records looked at for their fields", _HEALTH, "report")
REPAIRS = _stat("repairs/{what}", "What was repaired; each is listed below", _HEALTH, "report")
REPAIRED_RECORDS = _stat("repairs/records", "Records with damage that was repaired", _HEALTH, "report")
REPAIRED_READINGS = _stat("repairs/readings", "Pinyin annotations removed", _HEALTH, "report")
REPAIRED_BREAKS = _stat("repairs/breaks", "Damaged runs of bytes decoded", _HEALTH, "report")
REPAIRS_UNRESOLVED = _stat(
    "repairs/unresolved", "Damaged places that are uncertain or left as they were", _HEALTH, "report"
)

# Pictures
IMAGES_FETCHED = _stat("images/fetched", "Pictures fetched", "pipelines.pictures", "report")
IMAGES_BYTES = _stat("images/bytes", "Bytes of the picture files that the run wrote", "pipelines.pictures")
IMAGES_KNOWN = _stat("images/known", "Pictures that were on the disk already", "pipelines.pictures")
IMAGES_FAILED = _stat("images/failed", "Pictures that could not be fetched", _REJECTS_FILE, "report")
IMAGES_GIVEN_UP = _stat("images/given_up", "Pictures that are not asked for again", "pipelines.pictures")
IMAGES_FAILED_BY_REASON = _stat("images/failed/{reason}", "Those with the reason", _REJECTS_FILE)

# Refusals and failures
COMPONENT_ERRORS = _stat("components/errors", "Failures of other components, such as a user's", _HEALTH, "verdict")
PIPELINE_ERRORS = _stat("pipelines/errors", "Records on which a pipeline failed", _REJECTS_FILE, "verdict")
REJECTS = _stat(
    "rejects/count", "Lines of the rejects file, but for pictures", _REJECTS_FILE, "progress verdict report"
)
REJECTS_BY_REASON = _stat("rejects/reason/{reason}", "Those with the reason", _REJECTS_FILE, "verdict")
HOSTS_REFUSED = _stat("bounds/refused", "Requests to other hosts, not sent", "middlewares.allowed_hosts")
ROBOTS_UNREACHABLE = _stat("robots/unreachable/{host}", "Why its robots.txt failed", "middlewares.robots", "verdict")
RETRY_AFTER_WAITS = _stat("retry_after/waits", "Pauses that the server asked for", "middlewares.retry_after")
RETRY_AFTER_TOO_LONG = _stat("retry_after/too_long", "Pauses too long to wait for", "middlewares.retry_after")

# Rendering and archives
RENDERED_PAGES = _stat("rendering/pages", "Pages rendered", "middlewares.rendering")
RENDERING_REQUESTS = _stat(
    "rendering/requests", "Requests of scripts that Chromium ran, sent by Scrapy", "rendering.script_requests"
)
RENDERING_FAILED = _stat("rendering/failed", "Pages that could not be rendered", "middlewares.rendering")
RENDERING_FAILED_BY_REASON = _stat("rendering/failed/{reason}", "Those with the reason", "middlewares.rendering")
UNRENDERED = _stat(
    "rendering/unrendered/{page}",
    "Why the section's listing, or the article of this id, is unread: only scripts write it",
    _REJECTS_FILE,
    "verdict",
)
ARCHIVED = _stat(
    "archive/{type}", "WARC records written: response, revisit, conversion; lost on a full disk", "middlewares.archive"
)
_ARCHIVED_PAGES = "spiders.archived_pages"
ARCHIVE_CAPTURES = _stat("archive/captures", "Captures read from archives", _ARCHIVED_PAGES)
ARCHIVE_PAGES = _stat("archive/pages", "Documents of articles read from archives", _ARCHIVED_PAGES, "exit")
ARCHIVE_DAMAGED = _stat("archive/damaged", "Damaged places of archive files", _ARCHIVED_PAGES, "exit")
ARCHIVE_KNOWN = _stat(
    "archive/known", "Captures that are not newer than what the ledger has of their articles", "spiders.adopt"
)
_HISTORY = "spiders.history"
HISTORY_INDEX_PAGES = _stat("history/index_pages", "Answers of a web archive's index that were read", _HISTORY)
HISTORY_ARTICLES = _stat("history/articles", "Articles to fetch from a web archive", _HISTORY, "progress")
HISTORY_CAPTURES = _stat("history/captures", "Captures fetched from it, those of parts too", _HISTORY)
_COMPARISON = "extensions.archive_comparison"
ARCHIVE_EQUAL = _stat("archive/equal", "Records equal to their exported lines", _COMPARISON)
ARCHIVE_CHANGED = _stat("archive/changed", "Records that differ from their exported lines", _COMPARISON)
ARCHIVE_NEW = _stat("archive/new", "Records of pages that gave none when they were fetched", _COMPARISON)
ARCHIVE_MISSING = _stat("archive/missing", "Exported lines whose pages give no record now", _COMPARISON)

UNREAD_ENDED = (SECTION_UNREAD, SECTION_GONE, SECTION_FORBIDDEN)
"""Sections that a run is done with since their listing could not be read, for whatever reason."""

UNREAD_REQUESTED = (SECTION_UNREAD, SECTION_GONE)
"""Of these, sections whose listing was requested; a forbidden one is not."""


def total(counts: Counts, *names: str) -> int:
    """Return the sum of these stats; a missing one is 0."""
    return sum(counts.get(name, 0) for name in names)


def with_prefix(counts: Counts, *prefixes: str) -> Iterator[tuple[str, Any]]:
    """Yield each stat with one of these prefixes: the name after the prefix, and the value."""
    for prefix in prefixes:
        for name, value in counts.items():
            if name.startswith(prefix):
                yield name.removeprefix(prefix), value
