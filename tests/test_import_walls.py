"""The library of texts and the room of the outlet work without Scrapy, each in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from replica.crawling import ROOT, setting_options

FOREIGN = {"scrapy", "itemadapter", "twisted", "scrapy_splash"}
ROOMS = {
    "tibetnews.items": FOREIGN | {"parsel", "lxml", "w3lib", "opencc", "chompjs"},
    "tibetnews.text": FOREIGN | {"parsel", "lxml", "w3lib", "chompjs"},
    "tibetnews.outlet.article": FOREIGN,
    "tibetnews.outlet.listing": FOREIGN,
    "tibetnews.outlet.urls": FOREIGN | {"parsel", "lxml", "opencc"},
    "tibetnews.outlet.sections": FOREIGN | {"parsel", "lxml", "opencc"},
    "tibetnews.outlet.encoding": FOREIGN,
    "tibetnews.corpus.checkpoints": FOREIGN | {"datatrove"},
}


def loaded_by(module: str) -> set[str]:
    """The top names of all modules that a fresh process holds after one import."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


@pytest.mark.parametrize(("module", "foreign"), ROOMS.items())
def test_what_a_room_loads(module: str, foreign: set[str]) -> None:
    loaded = loaded_by(module)
    assert "tibetnews" in loaded
    assert not loaded & foreign


def test_the_test_sees_scrapy() -> None:
    assert {"scrapy", "twisted"} <= loaded_by("tibetnews.spiders.sections")


def test_the_library_of_texts_is_soon_there() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    loaded_by("tibetnews.text")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1  # seconds of the processor


@pytest.mark.parametrize(
    ("text", "is_loaded"), [("西藏(xizang)的春天来得晚。", False), ("技術(shù)和創(chuàng)新帶來發(fā)展", True)]
)
def test_only_damage_loads_what_undoes_it(text: str, is_loaded: bool) -> None:
    code = f"import sys, tibetnews.text as t; t.clean({text!r}); print('tibetnews.text.repair.decoder' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == str(is_loaded)


def loaded_by_command(arguments: list[str]) -> set[str]:
    """Return the modules that are loaded when a command ends."""
    code = f"""if True:
        import atexit, sys
        from scrapy import cmdline
        atexit.register(lambda: print(*sys.modules))
        cmdline.execute({arguments})
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    return set(done.stdout.split())


def test_cleaning_lines_loads_neither_what_reads_pages_nor_other_commands_rooms(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "西藏的春天来得晚。"}\n', "utf-8")
    loaded = loaded_by_command(["scrapy", "clean", str(lines), "-O", str(tmp_path / "b.jsonl"), "--jobs", "1"])
    assert "tibetnews.text.cleaning" in loaded
    assert loaded & {"rich", "warcio", "chompjs", "tibetnews.outlet.article", "tibetnews.ledger.status"} == set()


def test_a_crawl_loads_no_component_of_scrapy_that_is_switched_off(tmp_path: Path) -> None:
    settings = {"OUTLET_SITE": "http://127.0.0.1:9", "RETRY_TIMES": 0, "STATE_DIR": "", "EXPORT_DIR": tmp_path}
    loaded = loaded_by_command(
        ["scrapy", "crawl", "articles", "-a", "urls=http://www.tibet.cn/", *setting_options(settings)]
    )
    assert "scrapy.downloadermiddlewares.retry" in loaded
    assert loaded & {"aiohttp", "tldextract", "twisted.conch", "tibetnews.text.repair.decoder"} == set()
