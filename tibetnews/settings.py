"""Scrapy's settings and this project's own, by concern. Any of them can be given with ``-s NAME=VALUE``."""

from __future__ import annotations

BOT_NAME = "tibetnews"
SPIDER_MODULES = ["tibetnews.spiders"]
COMMANDS_MODULE = "tibetnews.commands"
ADDONS = {"tibetnews.extensions.derived.DerivedSettings": 0}

# --- What is crawled ------------------------------------------------------------------------------

# One base URL in place of all hosts of the outlet, such as http://127.0.0.1:8000; how a copy of the outlet
# on another address is crawled. Records keep the outlet's own addresses. Empty: the outlet itself.
OUTLET_SITE = ""

# --- Who asks -------------------------------------------------------------------------------------

# Where the outlet's operators reach you: an address of a page or a mailbox, sent with every request in the
# user agent. Please set it.
CONTACT = ""

# --- What is remembered ---------------------------------------------------------------------------

# Folder of the ledger: what was discovered, fetched and exported. Empty: nothing is remembered.
STATE_DIR = "state"
# A batch of lines counts as exported after so many records or seconds, and at the end.
COMMIT_ITEMS = 100
COMMIT_SECONDS = 2.0
# Bytes of fetched pages that may wait to be read before no further page is asked for. With none, a kill costs at most
# CONCURRENT_REQUESTS + COMMIT_ITEMS articles that are fetched again.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1
# An article is asked for again, conditionally, so many days after its publication.
REVISIT_AFTER_DAYS = [1, 7]

# --- Where things go ------------------------------------------------------------------------------

# Folder of the records, articles-YYYYMMDD.jsonl, and of what was refused, rejected-YYYYMMDD.jsonl;
# the day is that of the crawl by the outlet's clock. -o and -O replace the first and keep the second.
EXPORT_DIR = "exports"
FEED_EXPORT_ENCODING = "utf-8"  # Chinese as itself, not as \uXXXX
FEED_STORE_EMPTY = False  # a run without news leaves no file

# --- Manners --------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # seconds
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 1.0  # seconds between two requests to one host, at least
DOWNLOAD_DELAY_JITTER = 0.5  # share by which a pause may be shorter or longer
COOKIES_ENABLED = False
RETRY_TIMES = 2
# The longest Retry-After, in seconds, that a run waits for; an outlet that asks for more is left alone until
# the next run.
RETRY_AFTER_MAX = 300.0

# Scrapy starts as many workers for every response, and a page gives one record: more would only cost time.
CONCURRENT_ITEMS = 2

# --- Limits of a page -----------------------------------------------------------------------------

DOWNLOAD_TIMEOUT = 30  # seconds
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, unpacked too; the outlet's pages are below 200 KB
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False

# --- Rendering of pages that only scripts write ---------------------------------------------------

# Address of a Splash server. Empty: no page is rendered and nothing of Splash is loaded.
SPLASH_URL = ""
# Which pages are rendered where SPLASH_URL is set: "auto", "always" or "never".
RENDER = "auto"

# --- Copies of one story --------------------------------------------------------------------------

# "mark": a copy is written with duplicate_of set; "drop": it goes to the rejects.
DUPLICATES = "mark"

# --- Health ---------------------------------------------------------------------------------------

# A run ends with exit status 1 where more of its pages than these shares failed or were rejected.
HEALTH_MAX_FAILED = 0.05
HEALTH_MAX_REJECTED = 0.02
# … or where a field is in fewer of its records than this share of what earlier runs had.
HEALTH_LEAST_COVERAGE = 0.5

# --- The way of a page through the project --------------------------------------------------------


def _in_order(*names: str, first: int) -> dict[str, int]:
    """Scrapy orders components by number; here they are written in order and numbered upwards from ``first``."""
    return {name: first + i for i, name in enumerate(names)}


DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # Bounds is stricter
    # before robots.txt is asked for (100), so that a refused host is asked for nothing
    **_in_order("tibetnews.middlewares.bounds.Bounds", "tibetnews.middlewares.conditional.Conditional", first=50),
    # nearer to the server than Scrapy's retries (550), which take over once the pause is over
    **_in_order("tibetnews.middlewares.retry_after.RetryAfter", first=555),
}
SPIDER_MIDDLEWARES = {
    **_in_order("tibetnews.middlewares.discovery.Discovery", "tibetnews.middlewares.rejects.Rejects", first=940),
}
ITEM_PIPELINES = _in_order(
    "tibetnews.pipelines.boilerplate.Boilerplate",
    "tibetnews.pipelines.spam.Spam",
    "tibetnews.pipelines.checks.Checks",
    "tibetnews.pipelines.revisions.Revisions",
    "tibetnews.pipelines.duplicates.Duplicates",
    first=100,
)
EXTENSIONS = _in_order(
    "tibetnews.extensions.plain_log.PlainLog",
    "tibetnews.extensions.commits.Commits",
    "tibetnews.extensions.health.Health",
    "tibetnews.extensions.progress.Progress",
    first=100,
)

# --- What stays off -------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it opens a port

# --- Log ------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
