"""Settings that follow from other settings, once those given with ``-s`` are known."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from tibetnews import __version__
from tibetnews.rendering.choice import settings_for_rendering

RENAMED = {
    "GIVE_UP_AFTER": "CIRCUIT_BREAKER_FAILURES",
    "HEALTH_MAX_FAILED": "HEALTH_MAX_FAILED_SHARE",
    "HEALTH_MAX_REJECTED": "HEALTH_MAX_REJECTED_SHARE",
    "HEALTH_MAX_UNKNOWN_LAYOUT": "HEALTH_MAX_UNKNOWN_LAYOUT_SHARE",
    "HEALTH_LEAST_COVERAGE": "HEALTH_MIN_COVERAGE_SHARE",
    "HEALTH_SILENCE": "HEALTH_SILENCE_FACTOR",
    "RENDER_QUIET": "RENDER_IDLE_SECONDS",
    "RENDER_TIMEOUT": "RENDER_TIMEOUT_SECONDS",
    "RETRY_AFTER_MAX": "RETRY_AFTER_MAX_SECONDS",
    "HEALTH_COMMAND_SECONDS": "HEALTH_COMMAND_TIMEOUT_SECONDS",
}
"""Settings by their old names. ``tibetnews crawl`` refuses these, since Scrapy would ignore them without a word."""


class TibetnewsAddon:
    """Derives the user agent from CONTACT, the feed from EXPORT_DIR, and what ARCHIVE_DIR and a renderer switch on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set what Scrapy and the project's components read."""
        settings.set("VERSION", __version__, "project")
        contact = settings.get("CONTACT") or "no contact set"
        settings.set("USER_AGENT", f"tibetnews/{__version__} (research crawler of one outlet; {contact})", "project")
        if not settings.getdict("FEEDS"):
            feed = {"format": "jsonlines", "encoding": "utf8", "overwrite": False}
            settings.set("FEED_URI_PARAMS", "tibetnews.exporters.uri_params", "project")
            settings.set("FEEDS", {"%(export_dir)s/articles-%(day)s.jsonl": feed}, "project")
        if settings.get("STATE_DIR"):
            storage = "tibetnews.exporters.CommittedStorage"
            settings.set("FEED_STORAGES", dict.fromkeys(("", "file"), storage), "project")
        if settings.getbool("SAVE_IMAGES"):  # after all pipelines that drop records
            pipelines = settings.getdict("ITEM_PIPELINES")
            pipelines["tibetnews.pipelines.pictures.Pictures"] = 900
            settings.set("ITEM_PIPELINES", pipelines, "project")
        if settings.get("ARCHIVE_DIR"):  # loaded only then
            middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
            # after Scrapy's redirects (600) and unpacking (590), before what speaks for the server (Splash, 725)
            middlewares["tibetnews.middlewares.archive.Archive"] = 710
            settings.set("DOWNLOADER_MIDDLEWARES", middlewares, "project")
            # encodings that the readers of archives know; Scrapy would ask for more of them
            headers = {**settings.getdict("DEFAULT_REQUEST_HEADERS"), "Accept-Encoding": "gzip, deflate"}
            settings.set("DEFAULT_REQUEST_HEADERS", headers, "project")
        if settings.getbool("COOKIES_ENABLED"):
            from scrapy.downloadermiddlewares import cookies
            from tldextract import TLDExtract

            # with the list of public suffixes that the package brings: Scrapy's would be fetched from elsewhere
            cookies._split_domain = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)
        for name, value in settings_for_rendering(settings).items():
            settings.set(name, value, "project")
