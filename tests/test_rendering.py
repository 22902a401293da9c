"""scrapy-splash on today's Scrapy: imported only where it is wanted, and asked in the outlet's own slot."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import scrapy.utils.url
from scrapy import Request
from scrapy.utils.test import get_crawler

from tests.crawling import ROOT, crawl
from tests.replica import Replica

PAGE = "http://www.tibet.cn/cn/politics/"


def test_a_crawl_without_splash_does_not_import_it(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from scrapy.cmdline import execute\n"
        "try: execute(['scrapy', 'crawl', 'articles', '-a', f'urls={sys.argv[1]}', '-s', f'EXPORT_DIR={sys.argv[2]}'])\n"
        "finally: print(*sys.modules)\n"
    )
    page = Path(__file__).parent / "replica" / "sample" / "mirror-page.txt"
    command = [sys.executable, "-c", script, page.as_uri(), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    modules = done.stdout.split()
    assert "tibetnews.spiders.articles" in modules
    assert "scrapy_splash" not in modules
    assert "tibetnews.rendering" not in modules


def test_the_import_leaves_scrapy_as_it_was() -> None:
    importlib.import_module("tibetnews.rendering")
    assert "scrapy_splash" in sys.modules
    assert not hasattr(scrapy.utils.url, "canonicalize_url")


@pytest.mark.filterwarnings("ignore::scrapy.exceptions.ScrapyDeprecationWarning")  # they come from scrapy-splash
def test_a_render_is_asked_of_splash_in_the_outlets_slot() -> None:
    from tibetnews.rendering import SplashMiddleware, rendered

    crawler = get_crawler(settings_dict={"SPLASH_URL": "http://127.0.0.1:8050"})
    crawler.spider = crawler._create_spider("test")

    class Downloader:
        def get_slot_key(self, request: Request) -> str:
            return request.url.split("/")[2]

    class Engine:
        downloader = Downloader()

    crawler.engine = Engine()  # type: ignore[assignment]
    middleware = SplashMiddleware.from_crawler(crawler)
    middleware.spider_opened(crawler.spider)
    asked = middleware.process_request(rendered(Request(PAGE)))
    assert asked is not None
    assert asked.url == "http://127.0.0.1:8050/render.html"
    assert json.loads(asked.body)["url"] == PAGE
    assert asked.meta["download_slot"] == "www.tibet.cn"


def test_a_crawl_with_splash_set_starts_and_knows_its_middleware(tmp_path: Path) -> None:
    with Replica(articles=12) as replica:
        done = crawl(
            tmp_path,
            "sections",
            "-a",
            "sections=politics",
            site=replica.url,
            SPLASH_URL="http://127.0.0.1:9",
            LOG_LEVEL="INFO",
        )
    assert "tibetnews.rendering.SplashMiddleware" in done.log
    assert "Traceback" not in done.log
