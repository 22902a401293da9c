"""A ledger that is damaged at random: one line with status 2, and after ``ledger rebuild`` nothing lost or doubled.

``make torture`` damages a hundred, CI ten.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from replica import Replica
from replica.crawling import FAST, setting_options
from tests.support.crawling import lines
from tests.support.failing_calls import Commands, Done

SEEDS = range(100 if os.environ.get("TORTURE") else 10)
PAGE_BYTES = 4096
KINDS = ("zeros", "cut", "flipped", "one bit", "swapped", "line ends", "empty", "another file")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=30, seed=8, sections=6) as replica:
        yield replica


def run(server: Commands, folder: Path, *argv: str, **settings: object) -> Done:
    chosen = {**settings, "EXPORT_DIR": folder / "exports", "STATE_DIR": folder / "state"}
    options = setting_options(chosen)
    return server.run(*argv, *options, below=folder)


def crawl(server: Commands, folder: Path, replica: Replica) -> Done:
    settings = {**FAST, "OUTLET_SITE": replica.url, "LOG_LEVEL": "WARNING"}
    return run(server, folder, "crawl", "sections", "-a", "sections=politics,instant/politics,news/zcdt", **settings)


@pytest.fixture(scope="module")
def crawled(server: Commands, replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    done = crawl(server, folder, replica)
    assert done.status == 0, done.log
    return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_damage_is_one_line_and_rebuild_mends_it(
    server: Commands, replica: Replica, crawled: Path, tmp_path: Path, seed: int
) -> None:
    folder = Path(shutil.copytree(crawled, tmp_path / "x"))
    before = {path.name: path.read_bytes() for path in (folder / "exports").iterdir()}
    damage(folder / "state" / "ledger.sqlite3", KINDS[seed % len(KINDS)], Random(seed))
    for argv in (["ledger", "check"], ["sections"], ["report", "-o", str(folder / "report.html")]):
        refused = run(server, folder, *argv)
        assert (refused.status, refused.log.count("\n")) == (2, 1), (argv, refused)
        assert "tibetnews ledger rebuild" in refused.log
    refused = crawl(server, folder, replica)
    assert (refused.status, refused.log.count("\n")) == (2, 1), refused
    assert run(server, folder, "ledger", "rebuild").status == 0
    assert run(server, folder, "ledger", "check").status == 0
    good = crawl(server, folder, replica)
    assert good.status == 0, good.log
    assert {path.name: path.read_bytes() for path in (folder / "exports").iterdir()} == before
    assert lines(folder / "exports").total() == len(lines(folder / "exports")) > 8


def damage(path: Path, kind: str, dice: Random) -> None:
    """Damage a file anywhere."""
    whole = path.read_bytes()
    data = bytearray(whole)
    while data == whole:
        start = dice.randrange(100, len(data) - PAGE_BYTES)
        match kind:
            case "zeros":
                data[start : start + PAGE_BYTES] = bytes(PAGE_BYTES)
            case "cut":
                del data[start:]
            case "flipped":
                data[start : start + PAGE_BYTES] = bytes(
                    byte ^ 1 << dice.randrange(8) for byte in data[start:][:PAGE_BYTES]
                )
            case "one bit":
                data[start] ^= 1 << dice.randrange(8)
            case "swapped":
                one, other = (dice.randrange(len(data) // PAGE_BYTES) * PAGE_BYTES for _ in range(2))
                pages = data[one : one + PAGE_BYTES], data[other : other + PAGE_BYTES]
                data[other : other + PAGE_BYTES], data[one : one + PAGE_BYTES] = pages
            case "line ends":
                data = data.replace(b"\n", b"\r\n")
            case "empty":
                data.clear()
            case _:
                data[:] = b"<html>404 Not Found</html>\n" * 300
    path.write_bytes(data)
