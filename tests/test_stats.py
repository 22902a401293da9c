"""Every stat has its name from one place, which knows who writes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from replica import Replica
from replica.crawling import ROOT
from tests.support.crawling import crawl
from tibetnews import stats

PRODUCT = ROOT / "tibetnews"
OWN = {stat.name for stat in stats.STATS if not stat.writer.startswith("scrapy")}
ROOMS = {name.partition("/")[0] for name in OWN}
CONSTANTS = {
    value: name
    for name, value in vars(stats).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, str)
}


def strings(path: Path) -> list[str]:
    """All string literals of a module, and the constant parts of its f-strings."""
    tree = ast.parse(path.read_text("utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_names_are_written_in_one_place() -> None:
    literal = re.compile(rf"(?:{'|'.join(ROOMS)})/[a-z_/]*")
    known = {stat.name for stat in stats.STATS} | set(CONSTANTS)
    for path in sorted(PRODUCT.rglob("*.py")):
        if path.name != "stats.py":
            found = {text for text in strings(path) if text in known or literal.fullmatch(text)}
            assert found == set(), path


def test_each_stat_is_used_by_its_writer() -> None:
    for stat in stats.STATS:
        names = [name for value, name in CONSTANTS.items() if stat.name.startswith(value)]  # itself, or a prefix of it
        for module in stat.writer.split():
            if not module.startswith("scrapy"):
                source = (PRODUCT / f"{module.replace('.', '/')}.py").read_text("utf-8")
                assert stat.name == "repairs/{what}" or any(f"stats.{name}" in source for name in names), stat


def test_names_and_constants_are_unique() -> None:
    assert len({stat.name for stat in stats.STATS}) == len(stats.STATS) == len(CONSTANTS)


def test_a_crawl_writes_no_stat_that_is_not_listed(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        replica.fault("/cn/politics/", "status", status=500)
        settings: dict[str, Any] = {"ARCHIVE_DIR": tmp_path / "warc", "RETRY_TIMES": 0, "LOG_LEVEL": "DEBUG"}
        done = crawl(tmp_path / "x", "sections", site=replica.url, **settings)
    written = {name for name in re.findall(r"'([\w/.:-]+)': ", done.log) if name.partition("/")[0] in ROOMS}
    patterns = [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(name))) for name in OWN]
    assert {"rejects/count", "sections/links", "coverage/records", "archive/response"} <= written
    assert [name for name in sorted(written) if not any(of.fullmatch(name) for of in patterns)] == []
