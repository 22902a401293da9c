"""Scrapy's own commands and spiders inside the project: they work as Scrapy's documentation says, and leave no run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import ROOT, setting_options
from tests.support.crawling import read

PLAIN = """
from scrapy import Request, Spider

class Plain(Spider):
    name = "plain"

    async def start(self):
        yield Request("{url}")

    def parse(self, response):
        yield {{"title": response.css("title::text").get()}}
"""


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=20, seed=3) as replica:
        yield replica


@pytest.fixture(scope="module")
def article(replica: Replica) -> str:
    return replica.url + urlsplit(next(url for url in replica.records() if "/cn/politics/" in url)).path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"STATE_DIR": folder / "state", "EXPORT_DIR": folder / "exports", "DOWNLOAD_DELAY": 0}
    options = setting_options(settings)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SCRAPY_SETTINGS_MODULE": "tibetnews.settings",
        "BROWSER": "true",
    }
    command = [sys.executable, "-m", "scrapy", *arguments, *options]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "healthy" not in done.stderr
    assert not (folder / "state").exists()
    assert not (folder / "exports").exists()
    return done


@pytest.mark.parametrize("spider", [(), ("--spider=articles",), ("--spider=sections",)])
def test_fetch_prints_the_page(spider: tuple[str, ...], article: str, tmp_path: Path) -> None:
    done = run(tmp_path, "fetch", "--nolog", *spider, article)
    assert (done.returncode, "</html>" in done.stdout) == (0, True)


@pytest.mark.parametrize("spider", [(), ("--spider=articles",), ("--spider=sections",)])
def test_the_shell_has_the_response(spider: tuple[str, ...], article: str, tmp_path: Path) -> None:
    done = run(tmp_path, "shell", "--nolog", *spider, "-c", "(response.status, response.url)", article)
    assert done.stdout == f"(200, '{article}')\n"


def test_parse_prints_the_record(article: str, tmp_path: Path) -> None:
    done = run(tmp_path, "parse", "--nolog", "--nocolour", "--spider=articles", "-c", "parse_article", article)
    assert "'published_at': " in done.stdout
    assert "'kind': 'article'" in done.stdout


def test_view_opens_the_page(article: str, tmp_path: Path) -> None:
    assert run(tmp_path, "view", article).returncode == 0


def test_a_plain_spider_runs_as_anywhere(article: str, tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN.format(url=article), "utf-8")
    done = run(tmp_path, "runspider", "plain.py", "-o", "out.jsonl")
    assert done.returncode == 0
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["title"]


def test_a_generated_spider_is_a_file_of_the_users(tmp_path: Path) -> None:
    done = run(tmp_path, "genspider", "mine", "example.com")
    assert (done.returncode, (tmp_path / "mine.py").exists()) == (0, True)


def test_a_second_crawl_of_one_script_on_one_ledger_is_told(article: str, tmp_path: Path) -> None:
    site = article.partition("/cn/")[0]
    script = tmp_path / "two.py"
    script.write_text(
        "from scrapy.crawler import CrawlerProcess\n"
        "from scrapy.utils.project import get_project_settings\n"
        "settings = get_project_settings()\n"
        f"settings.update({{'OUTLET_SITE': '{site}', 'DOWNLOAD_DELAY': 0, 'LOG_LEVEL': 'ERROR'}})\n"
        "process = CrawlerProcess(settings)\n"
        f"process.crawl('articles', urls='{article}')\n"
        f"process.crawl('articles', urls='{article}')\n"
        "process.start()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "tibetnews.settings"}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    (line,) = done.stderr.splitlines()
    assert "another run works on" in line
    assert len(read(tmp_path / "exports", "articles")) == 1
