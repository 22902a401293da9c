"""Scrapy's settings and this project's own, by concern. ``-s NAME=VALUE`` overrides any of them.

The comment above a setting of this project says what it means, in which unit, and what it changes.
"""

from __future__ import annotations

BOT_NAME = "tibetnews"
SPIDER_MODULES = ["tibetnews.spiders"]
COMMANDS_MODULE = "tibetnews.commands"
ADDONS = {"tibetnews.addon.TibetnewsAddon": 0}

# --- What is crawled ------------------------------------------------------------------------------

# Base URL that replaces all hosts of the outlet, such as http://127.0.0.1:8000, to crawl a copy of it at another
# address. Records keep the outlet's own addresses. Empty: the outlet itself.
OUTLET_SITE = ""

# --- Contact --------------------------------------------------------------------------------------

# How the outlet's operators can reach you: the address of a page or a mailbox. It is sent in the user agent of every
# request. Please set it.
CONTACT = ""

# --- State ----------------------------------------------------------------------------------------

# Folder of the ledger, which knows what was found, fetched and exported. Empty: each run starts from nothing.
STATE_DIR = "state"
# Records after which the ledger commits the lines of the export. A killed run repeats at most CONCURRENT_REQUESTS +
# COMMIT_ITEMS articles.
COMMIT_ITEMS = 100
# Seconds after which the ledger commits, whatever the number of records.
COMMIT_SECONDS = 2.0
# Downloads pause while more bytes of responses than this await parsing (1: none may wait).
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1
# Ages in days at which an article is fetched again with a conditional request, counted from its publication; a change
# is exported as a new revision. Empty: never.
REVISIT_AFTER_DAYS = [1, 7]

# --- Output ---------------------------------------------------------------------------------------

# Folder of the records (articles-YYYYMMDD.jsonl) and of the rejects (rejected-YYYYMMDD.jsonl), by the day of the crawl
# in the outlet's time zone. -o and -O replace the file of records only.
EXPORT_DIR = "exports"
FEED_EXPORT_ENCODING = "utf-8"  # Chinese as itself, not as \uXXXX
# Formats of -o FILE:FORMAT besides Scrapy's own. newsarticle: schema.org's NewsArticle as JSON-LD, an object a line.
FEED_EXPORTERS = {
    **dict.fromkeys(("jsonlines", "jsonl", "jl"), "tibetnews.exporters.CommittedJsonLines"),
    "newsarticle": "tibetnews.exporters.NewsArticles",
    "csv": "tibetnews.exporters.CsvRecords",
    "xml": "tibetnews.exporters.XmlRecords",
    "parquet": "tibetnews.exporters.ParquetRecords",
    "marshal": None,  # it cannot hold what has parts, such as pictures
}
FEED_STORE_EMPTY = False  # a run without news leaves no file

# 1: the pictures of new records are fetched too, with the pauses and the robots.txt of a crawl, and saved as they are.
# images[].path and sha256 of a record name the file.
SAVE_IMAGES = False
# Folder of the pictures, by the SHA-256 of their bytes.
IMAGES_DIR = "images"
# A picture of more bytes is not saved.
IMAGE_MAX_BYTES = 20_000_000
# Hosts that pictures are fetched from besides the outlet's, such as ["img.example.com"].
IMAGE_HOSTS: list[str] = []

# Folder of WARC archives of all responses as the server sent them; `tibetnews crawl archive` reads them again. Without
# STATE_DIR each run begins a file of its own. Empty: nothing is archived.
ARCHIVE_DIR = ""
# Size in bytes from which on an archive file is closed and a new one begun.
ARCHIVE_MAX_BYTES = 1_000_000_000

# --- Manners --------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # seconds
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
# The order in which requests were made, so that a listing's newest articles come first, and before its next page.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoDiskQueue"
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 1.0  # seconds between two requests to one host, at least
DOWNLOAD_DELAY_JITTER = 0.5  # share by which a pause may be shorter or longer
COOKIES_ENABLED = False
# Longest pause between two requests, in seconds, that a run grants where robots.txt asks for one with Crawl-delay or
# Request-rate.
CRAWL_DELAY_MAX_SECONDS = 60.0
RETRY_TIMES = 2
# Longest Retry-After, in seconds, that a run waits for. If the outlet asks for more, its host is left alone until the
# next run.
RETRY_AFTER_MAX_SECONDS = 300.0
# Seconds that a host is left alone which answers 429 or 503 without Retry-After, twice as long each further time in a
# row, up to RETRY_AFTER_MAX_SECONDS. 0: Scrapy's retries alone. `tibetnews crawl history` has 60.
SLOW_DOWN_SECONDS = 0.0

# Scrapy starts as many workers for every response, and a page gives one record: more would only cost time.
CONCURRENT_ITEMS = 2
# Scrapy would parse the source of each request's callback, a twentieth of a crawl's processor time.
WARN_ON_GENERATOR_RETURN_VALUE = False

# --- Limits of a page -----------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 30  # seconds
# Seconds that all tries of one request may take together where each of them times out.
REQUEST_TIMEOUT_SECONDS = 60.0
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, unpacked too; the outlet's pages are below 200 KB
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
# Pages of one section's listing that a run reads, however many more there are with new articles; a listing that has
# more is a fault of the run.
LISTING_MAX_PAGES = 1000
METAREFRESH_ENABLED = False

# --- Rendering of pages that need their scripts ---------------------------------------------------

# Program that runs the scripts: "chromium" or "splash". Empty: Chromium where CHROMIUM is set, else Splash where
# SPLASH_URL is set, else Chromium with RENDER=always; otherwise no page is rendered.
RENDERER = ""
# Path or name of a Chromium. Empty: with RENDERER=chromium the first of chromium-headless-shell, chromium and
# google-chrome on PATH.
CHROMIUM = ""
# Address of a Splash server, such as http://127.0.0.1:8050. scrapy-splash's own SPLASH_USER and SPLASH_PASS are for a
# server with a password.
SPLASH_URL = ""
# Which pages are rendered: "auto", those that without their scripts have no links (listings) or no text (articles);
# "always", all; "never", none.
RENDER = "auto"
# Seconds without a request of its scripts after which a page counts as finished.
RENDER_IDLE_SECONDS = 0.2
# Seconds that the renderer may take for a page; after them the page counts as it was fetched. A page that asks for
# something all the time counts as it is after a quarter of this; Chromium, but not Splash, then also stops a script
# that never ends. The time in which Scrapy fetches for Chromium is not counted.
RENDER_TIMEOUT_SECONDS = 20.0
# Hosts that scripts of a page may send requests to, besides the outlet's, such as ["cdn.example.com"].
RENDER_HOSTS: list[str] = []

# --- Copies of one story --------------------------------------------------------------------------

# What happens to a record that tells the story of an earlier one: "mark", it is exported with duplicate_of set; "drop",
# it becomes a line of the rejects file.
DUPLICATES = "mark"

# --- Health ---------------------------------------------------------------------------------------
# A run that breaks one of these limits is unhealthy: it ends with exit status 1, and each fault is a line of the log,
# of the ledger and of the report.

# Largest share (0 to 1) of pages that could not be fetched. Small runs are judged together with those before them.
HEALTH_MAX_FAILED_SHARE = 0.05
# Largest share of pages that were fetched and rejected, in the same way; an unknown layout is not counted.
HEALTH_MAX_REJECTED_SHARE = 0.02
# Largest share of pages with a layout that no reader knows, in the same way.
HEALTH_MAX_UNKNOWN_LAYOUT_SHARE = 0.02
# Smallest share of its usual coverage that a field may fall to: with 0.5, a field that 90 % of like records had in
# earlier runs must be in 45 % of them.
HEALTH_MIN_COVERAGE_SHARE = 0.5
# A section, or the whole outlet, may be silent for this many times its longest pause between two news so far.
HEALTH_SILENCE_FACTOR = 3.0
# Days that any silence may last, whatever the factor says.
HEALTH_SILENT_DAYS = 3
# Rejected pages in a row after which a run ends early, so that an outlet that is down, or a guard in front of it, is
# not sent 2,000 requests. The next run fetches what is left. 0: never.
CIRCUIT_BREAKER_FAILURES = 50
# Command line for /bin/sh that gets the verdict as JSON on standard input at the end of each run. Empty: none.
HEALTH_COMMAND = ""
# When HEALTH_COMMAND is run. "always": after every run. "changes": when a run is ill with a cause that was not told
# since the last healthy run, once a day while it stays ill, and when it has recovered.
HEALTH_COMMAND_WHEN = "always"
# Seconds after which HEALTH_COMMAND is killed with all that it started.
HEALTH_COMMAND_TIMEOUT_SECONDS = 60.0

# --- The way of a page through the project --------------------------------------------------------


def _in_order(*names: str, first: int) -> dict[str, int]:
    """Scrapy orders components by number; here they are written in order and numbered upwards from ``first``."""
    return {name: first + i for i, name in enumerate(names)}


DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # AllowedHosts is stricter
    # before robots.txt is asked for (100), so that a refused host is asked for nothing
    **_in_order(
        "tibetnews.middlewares.allowed_hosts.AllowedHosts",
        "tibetnews.middlewares.conditional.ConditionalRequests",
        first=50,
    ),
    # behind Scrapy's own robots.txt middleware (100), and told of its request after all retries (550)
    **_in_order("tibetnews.middlewares.robots.Robots", first=101),
    # nearer to the server than Scrapy's unpacking (590), which lets a damaged robots.txt pass as an empty one
    "tibetnews.middlewares.robots.RobotsBody": 595,
    # nearer to the server than Scrapy's retries (550), which take over once the pause is over
    **_in_order("tibetnews.middlewares.retry_after.RetryAfter", "tibetnews.middlewares.deadline.Deadline", first=555),
}
SPIDER_MIDDLEWARES = _in_order("tibetnews.middlewares.rejects.Rejects", first=940)
ITEM_PIPELINES = {
    **_in_order(
        "tibetnews.pipelines.cleaning.Cleaning",
        "tibetnews.pipelines.validation.Validation",
        "tibetnews.pipelines.revisions.Revisions",
        "tibetnews.pipelines.duplicates.Duplicates",
        first=100,
    ),
    "tibetnews.pipelines.record_type.RecordType": 10_000,  # after the user's
}
EXTENSIONS = {"scrapy.extensions.logstats.LogStats": None} | _in_order(
    "tibetnews.extensions.log_sanitizer.LogSanitizer",
    "tibetnews.extensions.header_limit.HeaderLimit",
    "tibetnews.extensions.ledger.LedgerExtension",
    "tibetnews.extensions.run_log.RunLog",
    "tibetnews.extensions.exports.Exports",
    "tibetnews.extensions.health.Health",
    "tibetnews.extensions.circuit_breaker.CircuitBreaker",
    "tibetnews.extensions.progress.ProgressDisplay",
    "tibetnews.extensions.progress.ProgressLog",
    "tibetnews.extensions.archive_comparison.ArchiveComparison",
    first=100,
)

# --- What stays off -------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it opens a port

# --- Log ------------------------------------------------------------------------------------------

# INFO tells an operator what a run did in a few lines; DEBUG adds all that Scrapy logs: its versions, components,
# each answer, and the counts of the run.
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 600  # seconds between two lines on how far a run is, where no terminal shows it
LOG_COLOR = False  # outside text is kept from sending control codes, and the log with it
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
