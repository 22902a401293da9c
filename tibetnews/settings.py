"""Scrapy's settings and this project's own, by concern. Any of them can be given with ``-s NAME=VALUE``."""

from __future__ import annotations

BOT_NAME = "tibetnews"
SPIDER_MODULES = ["tibetnews.spiders"]
COMMANDS_MODULE = "tibetnews.commands"
ADDONS = {"tibetnews.addon.DerivedSettings": 0}

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
# Formats of -o FILE:FORMAT besides Scrapy's own. newsarticle: schema.org's NewsArticle as JSON-LD, an object a line.
FEED_EXPORTERS = {
    **dict.fromkeys(("jsonlines", "jsonl", "jl"), "tibetnews.exporters.CommittedJsonLines"),
    "newsarticle": "tibetnews.exporters.NewsArticles",
}
FEED_STORE_EMPTY = False  # a run without news leaves no file

# Folder of WARC archives of all that is fetched, as it came from the server; `scrapy crawl archive` reads them
# again. Empty: nothing is archived. Best used with STATE_DIR: without it each run begins a file of its own.
ARCHIVE_DIR = ""
# Bytes from which on an archive file is closed and the next one begun.
ARCHIVE_MAX_BYTES = 1_000_000_000

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

# Address of a Splash server, such as http://127.0.0.1:8050. Empty: no page is rendered and nothing of Splash is loaded.
# SPLASH_USER and SPLASH_PASS are scrapy-splash's own, for a server behind a password.
SPLASH_URL = ""
# Which pages are rendered where SPLASH_URL is set: "auto", those that have scripts but no links (a listing) or no text
# (an article) without them; "always", all; "never", none.
RENDER = "auto"
# A page is finished once its scripts have asked for nothing for so many seconds.
RENDER_QUIET = 0.2
# Seconds that Splash may take for a page. What takes longer counts as it was fetched.
RENDER_TIMEOUT = 20.0
# Hosts besides the outlet's that a page's scripts may ask, such as ["cdn.example.com"].
RENDER_HOSTS: list[str] = []

# --- Copies of one story --------------------------------------------------------------------------

# "mark": a copy is written with duplicate_of set; "drop": it goes to the rejects.
DUPLICATES = "mark"

# --- Health ---------------------------------------------------------------------------------------

# A run ends with exit status 1 where more of its pages than these shares could not be fetched, were refused, or
# have a layout that no reader knows. Small runs are taken together with those before them.
HEALTH_MAX_FAILED = 0.05
HEALTH_MAX_REJECTED = 0.02
HEALTH_MAX_UNKNOWN_LAYOUT = 0.02
# A run ends early after so many pages in a row that could not be had or read, none in between: an outlet that is
# down, or a guard in front of it, is not asked 2,000 times. The next run finds what was left. 0: never.
GIVE_UP_AFTER = 50
# … or where a field is in fewer of its records than this share of what like records had in earlier runs.
HEALTH_LEAST_COVERAGE = 0.5
# … or where a section, or the whole outlet, is silent for more than this many times its longest pause so far,
HEALTH_SILENCE = 3.0
# and for more than so many days.
HEALTH_SILENT_DAYS = 3
# A command line for /bin/sh that gets the verdict as JSON on its standard input at the end of each run. Empty: none.
HEALTH_COMMAND = ""
# Seconds after which it is killed.
HEALTH_COMMAND_SECONDS = 60.0

# --- The way of a page through the project --------------------------------------------------------


def _in_order(*names: str, first: int) -> dict[str, int]:
    """Scrapy orders components by number; here they are written in order and numbered upwards from ``first``."""
    return {name: first + i for i, name in enumerate(names)}


DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # Bounds is stricter
    # before robots.txt is asked for (100), so that a refused host is asked for nothing
    **_in_order(
        "tibetnews.middlewares.allowed_hosts.Bounds", "tibetnews.middlewares.conditional.Conditional", first=50
    ),
    # behind Scrapy's own robots.txt middleware (100), and told of its request after all retries (550)
    **_in_order("tibetnews.middlewares.robots.Robots", first=101),
    # nearer to the server than Scrapy's retries (550), which take over once the pause is over
    **_in_order("tibetnews.middlewares.retry_after.RetryAfter", first=555),
}
SPIDER_MIDDLEWARES = _in_order("tibetnews.middlewares.rejects.Rejects", first=940)
ITEM_PIPELINES = _in_order(
    "tibetnews.pipelines.boilerplate.Boilerplate",
    "tibetnews.pipelines.spam.Spam",
    "tibetnews.pipelines.validation.Checks",
    "tibetnews.pipelines.revisions.Revisions",
    "tibetnews.pipelines.duplicates.Duplicates",
    first=100,
)
EXTENSIONS = _in_order(
    "tibetnews.extensions.log_sanitizer.PlainLog",
    "tibetnews.extensions.ledger.LedgerExtension",
    "tibetnews.extensions.health.Health",
    "tibetnews.extensions.circuit_breaker.GivingUp",
    "tibetnews.extensions.progress.Progress",
    first=100,
)

# --- What stays off -------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it opens a port

# --- Log ------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"
LOG_COLOR = False  # outside text is kept from sending control codes, and the log with it
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
