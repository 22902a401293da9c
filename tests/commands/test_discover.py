"""``tibetnews sections --discover``: all planted sections that the table lacks, and no others, within 60 requests."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.crawling import crawl
from tibetnews.outlet.sections import section_table


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=600, seed=7, unlisted=True) as replica:
        yield replica


def discover(replica: Replica, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {**FAST, "OUTLET_SITE": replica.url, "STATE_DIR": folder / "state", "EXPORT_DIR": folder / "exports"}
    options = setting_options(settings)
    command = [sys.executable, "-m", "scrapy", "sections", "--discover", *arguments, *options]
    replica.forget_requests()
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)


def rows(output: str) -> dict[str, str]:
    """Names by key."""
    areas = {area.name: area for area in section_table().areas}
    return {
        f"{areas[name].edition}/{areas[name].edition_path(path)}": section
        for name, area in tomllib.loads(output).items()
        for path, section in area["sections"].items()
    }


def test_all_that_the_table_lacks_and_no_others(replica: Replica, tmp_path: Path) -> None:
    done = discover(replica, tmp_path)
    truth = replica.sections_not_listed()
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(done.stdout) == {key: planted["name"] for key, planted in truth.items()}
    assert len(truth) == 10
    assert len(replica.requests()) <= 60
    for key, planted in truth.items():
        (line,) = (
            line
            for line in done.stdout.splitlines()
            if line.startswith(f'"{key.partition("/")[2]}"'.replace("photo/", ""))
        )
        assert f"# {planted['articles']} articles on its first page" in line
        assert f"newest {planted['newest']}" in line or key == "media/photo/wild"
    outdated = [line for line in done.stdout.splitlines() if re.match(r"# \[\w+\.sections\]", line)]
    assert outdated == ['# [cn.sections] "travel" is "lvyou" now', '# [cn.sections] "fp" answers 404']
    assert ', replaces "travel"' in done.stdout
    assert list(tmp_path.iterdir()) == []  # no ledger, no exports


def test_one_edition(replica: Replica, tmp_path: Path) -> None:
    done = discover(replica, tmp_path, "-a", "editions=eng,de")
    assert rows(done.stdout) == {"eng/news/society": "Society", "de/kultur": "Kultur"}
    assert {path.split("/")[1] for path in (request["path"] for request in replica.requests())} <= {
        "robots.txt",
        "eng",
        "de",
    }


def test_a_home_page_that_is_missing(replica: Replica, tmp_path: Path) -> None:
    replica.fault("/cn/", "status", status=404)
    try:
        done = discover(replica, tmp_path, "-a", "editions=cn")
    finally:
        replica.clear_faults()
    assert {"cn/gdrw", "cn/gdrw/ldz", "cn/jjxy"} <= rows(done.stdout).keys()  # the host's own led to them
    assert done.returncode == 1
    assert "/cn/: http_404" in done.stderr


def test_a_listing_that_is_down_is_no_row_that_is_out_of_date(replica: Replica, tmp_path: Path) -> None:
    replica.fault("/tb/review/", "status", status=503)
    try:
        done = discover(replica, tmp_path, "-a", "editions=tb")
    finally:
        replica.clear_faults()
    assert (done.returncode, "review" in done.stdout) == (1, False)
    assert "/tb/review/: http_503" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--discover", "-a", "editions=xx"], "no edition 'xx'"),
        (["--discover", "-a", "nosuch=1"], "nosuch"),
        (["-a", "editions=cn"], "--discover"),
        (["--discover", "--schema"], "give one of them"),
        (["--discover", "-s", "OUTLET_SITE=http://[::1"], "OUTLET_SITE"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], says: str) -> None:
    command = [sys.executable, "-m", "scrapy", "sections", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert says in done.stderr


def test_a_crawl_walks_what_it_finds_besides(replica: Replica, tmp_path: Path) -> None:
    done = crawl(tmp_path / "x", "sections", "-a", "editions=eng,tb", "-a", "discover=1", site=replica.url)
    truth = {r["id"] for r in replica.records().values() if r["edition"] in ("eng", "tb")}
    assert truth <= {record["id"] for record in done.records}  # listings name articles of other editions too
    assert {record["section"] for record in done.records} >= {"news/society", "arts/thangka"}
    assert done.status == 0, done.log
    again = crawl(tmp_path / "x", "sections", "-a", "editions=eng,tb", "-a", "discover=1", site=replica.url)
    assert (again.status, len(again.records)) == (0, len(done.records))
