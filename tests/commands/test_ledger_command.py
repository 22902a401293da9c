"""``tibetnews ledger``: what it finds, and that nothing is lost or exported twice after a loss of the ledger."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.crawling import ROOT, setting_options
from tests.support.crawling import Crawl, crawl
from tibetnews.corpus.rebuild import rebuild_ledger


def ledger(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command(folder, "ledger", *arguments)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = ("-s", f"STATE_DIR={folder}/x-state", "-s", f"EXPORT_DIR={folder}/x")
    line = [sys.executable, "-m", "tibetnews", *arguments, *settings]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=60, seed=8) as running:
        yield running


@pytest.fixture(scope="module")
def crawled(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    assert run(folder, replica).status == 0
    return folder


@pytest.fixture
def folder(crawled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled, tmp_path / "copy"))


def run(folder: Path, replica: Replica) -> Crawl:
    return crawl(folder / "x", "sections", site=replica.url)


def export(folder: Path) -> Path:
    (path,) = (folder / "x").glob("articles-*.jsonl")
    return path


def database(folder: Path) -> Path:
    return folder / "x-state" / "ledger.sqlite3"


def test_a_ledger_that_is_well(folder: Path) -> None:
    done = ledger(folder, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "the ledger and the exports agree\n", "")


def test_check_tells_lines_that_are_gone_and_lines_of_others(folder: Path) -> None:
    path = export(folder)
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(others))
    done = ledger(folder, "check")
    id_ = json.loads(first)["id"]
    assert done.returncode == 1
    assert f"{len(first):,} of its" in done.stdout
    assert f"1 article that counts as exported is in none of these exports ({id_})" in done.stdout
    path.write_bytes(b"".join([first, *others]) + first.replace(id_.encode(), b"cn-1"))
    done = ledger(folder, "check")
    assert (done.returncode, done.stdout) == (1, f"{path}: 1 line is not in the ledger (cn-1)\n")
    path.write_bytes(b"".join([first, *others, first]))
    assert "1 line is doubled" in ledger(folder, "check").stdout


def test_nothing_is_exported_again_after_the_ledger_was_lost(folder: Path, replica: Replica) -> None:
    before = export(folder).read_bytes()
    shutil.rmtree(folder / "x-state")
    done = ledger(folder, "rebuild")
    count = len(before.splitlines())
    assert (done.returncode, done.stdout) == (0, f"a new ledger knows {count} articles from {count} lines\n")
    assert ledger(folder, "check").returncode == 0
    again = run(folder, replica)
    assert again.status == 0, again.log[-2000:]
    assert export(folder).read_bytes() == before


def test_a_rebuilt_ledger_knows_the_archive_and_asks_for_lines_that_it_does_not_know(
    replica: Replica, tmp_path: Path
) -> None:
    settings: dict[str, Any] = {"ARCHIVE_DIR": tmp_path / "archive", "REVISIT_AFTER_DAYS": "1,3650"}
    first = crawl(tmp_path / "x", "sections", site=replica.url, **settings)
    assert first.status == 0, first.log
    with closing(sqlite3.connect(database(tmp_path))) as db:
        known = due(db)
        payloads = db.execute("SELECT digest FROM payloads ORDER BY digest").fetchall()
    shutil.rmtree(tmp_path / "x-state")
    done = ledger(tmp_path, "rebuild", *setting_options(settings))
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(database(tmp_path))) as db:
        assert due(db) == known
        assert db.execute("SELECT digest FROM payloads ORDER BY digest").fetchall() == payloads
    with export(tmp_path).open("ab") as file:
        file.write(b'{"id": "cn-1", "revision": 1}\n')
    assert "1 line after byte" in run(tmp_path, replica).log


def due(db: sqlite3.Connection) -> dict[str, float | None]:
    """When each article is fetched again."""
    return dict(db.execute("SELECT id, due FROM articles WHERE revision > 0"))


def test_a_rebuild_that_is_cut_short_leaves_the_old_ledger(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database(folder).read_bytes()
    monkeypatch.setattr("tibetnews.corpus.rebuild.put_in_place", lambda *_: os._exit(9))
    child = multiprocessing.get_context("fork").Process(
        target=rebuild_ledger, args=(folder / "x-state", [export(folder)], 0.0)
    )
    child.start()
    child.join()
    assert child.exitcode
    assert database(folder).read_bytes() == before
    assert ledger(folder, "rebuild").returncode == 0


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_a_rebuild_that_ends_early_leaves_no_half_ledger(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def end(*_: object) -> None:
        raise error

    before = sorted(path.name for path in (folder / "x-state").iterdir())
    monkeypatch.setattr("tibetnews.corpus.rebuild.put_in_place", end)
    with pytest.raises(error):
        rebuild_ledger(folder / "x-state", [export(folder)], 0.0)
    assert sorted(path.name for path in (folder / "x-state").iterdir()) == before


@pytest.mark.parametrize("kind", ["zeroed", "cut", "flipped"])
def test_damage_is_one_line_and_rebuild_mends_it(folder: Path, replica: Replica, kind: str) -> None:
    before = export(folder).read_bytes()
    damage(database(folder), kind)
    done = run(folder, replica)
    assert done.status == 2, done.log[-2000:]
    assert "Traceback" not in done.log
    (line,) = done.log.splitlines()
    assert "tibetnews ledger rebuild" in line
    for arguments in (["ledger", "check"], ["sections"], ["report"]):
        refused = command(folder, *arguments)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1), refused.stderr
        assert refused.stdout == ""
        assert "tibetnews ledger rebuild" in refused.stderr
    done_rebuild = ledger(folder, "rebuild")
    assert done_rebuild.returncode == 0
    assert f"the old ledger is in {folder}/x-state/set-aside-1" in done_rebuild.stdout
    assert run(folder, replica).status == 0
    assert export(folder).read_bytes() == before


def damage(path: Path, kind: str) -> None:
    dice = random.Random(kind)
    data = bytearray(path.read_bytes())
    start = dice.randrange(100, len(data) - 4096)
    match kind:
        case "zeroed":
            data[start : start + 4096] = bytes(4096)
        case "cut":
            del data[start:]
        case "flipped":
            for place in range(start, start + 4096):
                data[place] ^= 1 << dice.randrange(8)
    data[start - 1] ^= bytes(data) == path.read_bytes()  # the bytes were zero before
    path.write_bytes(data)


def test_an_older_ledger_is_told_and_its_surplus_lines_are_kept_beside(folder: Path, replica: Replica) -> None:
    backup = folder / "backup.sqlite3"
    assert ledger(folder, "backup", str(backup)).returncode == 0
    with sqlite3.connect(backup) as db:
        assert db.execute("SELECT count(*) FROM articles WHERE revision > 0").fetchone()[0] > 20
    db.close()
    path = export(folder)
    before = path.read_bytes()
    surplus = before.splitlines(keepends=True)[0].replace(b'"cn-', b'"cn-9', 1)
    path.write_bytes(before + surplus)
    refused = run(folder, replica)
    assert (refused.status, "ledger rebuild" in refused.log) == (2, True)
    told = ledger(folder, "cut")
    assert "add --yes" in told.stderr
    assert (told.returncode, path.read_bytes()) == (1, before + surplus)
    assert ledger(folder, "cut", "--yes").returncode == 0
    assert path.read_bytes() == before
    assert path.with_name(f"{path.name}.cut").read_bytes() == surplus
    assert run(folder, replica).status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, "say what to do: check, backup FILE"),
        (["mend"], 2, "ledger: no 'mend' here; say what to do: check, backup FILE"),
        (["cut", "all"], 2, "ledger: no 'cut all' here; say what to do: check, backup FILE"),
        (["rebuild", "/nowhere/x.jsonl"], 2, "/nowhere/x.jsonl is no file"),
        (["rebuild"], 2, "there is no export in"),
        (["check"], 2, "there is no ledger in"),
        (["backup", "x"], 2, "there is no ledger in"),
        (["check", "--yes"], 2, "--yes goes with cut"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], status: int, told: str) -> None:
    done = ledger(tmp_path, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (status, 1)
    assert told in done.stderr


def test_a_backup_that_cannot_be_written(folder: Path) -> None:
    done = ledger(folder, "backup", "/nowhere/ledger.sqlite3")
    assert (done.returncode, len(done.stderr.splitlines())) == (74, 1)
