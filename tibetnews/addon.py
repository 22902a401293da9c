"""Settings that follow from other settings, once those given with ``-s`` are known."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

import tibetnews.settings
from tibetnews import __version__
from tibetnews.export_files import URI_PARAMS
from tibetnews.rendering.choice import settings_for_rendering
from tibetnews.spiders.base import ArticleSpider
from tibetnews.survey.spider import SurveySpider

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


ORDERED_COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS")
"""Settings that are tables of classes, each with its place in the order."""
_COMPONENTS = (*ORDERED_COMPONENTS, "FEED_EXPORTERS")
_SWITCHED_BY = (
    ("COOKIES_ENABLED", "DOWNLOADER_MIDDLEWARES_BASE", "scrapy.downloadermiddlewares.cookies.CookiesMiddleware"),
    ("REMOTE_CONTROL_ENABLED", "EXTENSIONS_BASE", "scrapy.extensions.remote_control.RemoteControl"),
    ("TELNETCONSOLE_ENABLED", "EXTENSIONS_BASE", "scrapy.extensions.telnet.TelnetConsole"),
)
"""Scrapy's components by the settings that switch them; each would import much before it asks."""
_FOR_ALL = frozenset(
    {"tibetnews.extensions.log_sanitizer.LogSanitizer", "tibetnews.extensions.header_limit.HeaderLimit"}
)
"""Components of the project that need no ledger and no article."""


class TibetnewsAddon:
    """Derives the user agent from CONTACT, the feed from EXPORT_DIR, and what ARCHIVE_DIR and a renderer switch on.

    Scrapy's own tools (shell, fetch, view, parse, bench) and spiders that read no articles get Scrapy's components:
    they write no ledger, no export and no rejects. A survey fetches as a crawl does, and writes none of these either.
    """

    def __init__(self, *, is_crawl: bool = True, is_survey: bool = False) -> None:
        self.is_crawl = is_crawl
        self.is_survey = is_survey

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Look whether one of the project's spiders is to crawl: the tools lend it their own start, or start none."""
        spider = crawler.spidercls
        is_lent = spider.start.__module__.startswith("scrapy.commands.")
        is_crawl = issubclass(spider, ArticleSpider) and crawler.crawling and not is_lent
        return cls(is_crawl=is_crawl, is_survey=issubclass(spider, SurveySpider))

    def update_settings(self, settings: BaseSettings) -> None:
        """Set what Scrapy and the project's components read."""
        settings.set("VERSION", __version__, "project")
        contact = settings.get("CONTACT") or "no contact set"
        settings.set("USER_AGENT", f"tibetnews/{__version__} (research crawler of one outlet; {contact})", "project")
        if settings.getbool("COOKIES_ENABLED"):
            from scrapy.downloadermiddlewares import cookies
            from tldextract import TLDExtract

            # with the list of public suffixes that the package brings: Scrapy's would be fetched from elsewhere
            cookies._split_domain = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)
        if not (self.is_crawl or self.is_survey):
            _leave_to_scrapy(settings)
            return
        # the user's are added: without the project's own no promise would hold
        for name in _COMPONENTS if self.is_crawl else ("DOWNLOADER_MIDDLEWARES",):
            own = getattr(tibetnews.settings, name)
            _set(settings, name, {**own, **settings.getdict(name)})
        for switch, name, component in _SWITCHED_BY:
            if not settings.getbool(switch):
                kept = {key: order for key, order in settings.getdict(name).items() if key != component}
                settings.set(name, kept, "project")
        if self.is_crawl:
            _set_outputs(settings)
        if settings.get("ARCHIVE_DIR"):  # loaded only then
            # after Scrapy's redirects (600) and unpacking (590), before what speaks for the server (Splash, 725)
            _enable(settings, "DOWNLOADER_MIDDLEWARES", "tibetnews.middlewares.archive.Archive", 710)
            # encodings that the readers of archives know; Scrapy would ask for more of them
            headers = {**settings.getdict("DEFAULT_REQUEST_HEADERS"), "Accept-Encoding": "gzip, deflate"}
            settings.set("DEFAULT_REQUEST_HEADERS", headers, "project")
        for name, value in settings_for_rendering(settings).items():
            settings.set(name, value, "project")


def _set_outputs(settings: BaseSettings) -> None:
    """Set where records and pictures go."""
    settings.set("FEED_URI_PARAMS", URI_PARAMS, "project")
    if not settings.getdict("FEEDS"):
        feed = {"format": "jsonlines", "encoding": "utf8", "overwrite": False}
        settings.set("FEEDS", {"%(export_dir)s/articles-%(day)s.jsonl": feed}, "project")
    storage = "tibetnews.exporters.CommittedStorage"
    settings.set("FEED_STORAGES", dict.fromkeys(("", "file"), storage), "project")
    if settings.getbool("SAVE_IMAGES"):  # after all pipelines that drop records
        _enable(settings, "ITEM_PIPELINES", "tibetnews.pipelines.pictures.Pictures", 900)


def _enable(settings: BaseSettings, name: str, component: str, order: int) -> None:
    """Add a component to a setting, whoever has set it."""
    _set(settings, name, {**settings.getdict(name), component: order})


def _set(settings: BaseSettings, name: str, components: dict[str, object]) -> None:
    settings.set(name, components, settings.getpriority(name) or "project")


def _leave_to_scrapy(settings: BaseSettings) -> None:
    """Take the project's components out of the settings; Scrapy's and the user's stay."""
    for name in _COMPONENTS:
        kept = {
            key: value
            for key, value in settings.getdict(name).items()
            if key in _FOR_ALL or not str(value if name == "FEED_EXPORTERS" else key).startswith("tibetnews.")
        }
        kept.pop("scrapy.downloadermiddlewares.offsite.OffsiteMiddleware", None)  # it gives way to AllowedHosts only
        _set(settings, name, kept)
