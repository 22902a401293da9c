"""``tibetnews probe``: every planted fault is told, in few polite requests that leave nothing behind."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.saved_pages import saved

UNKNOWN_MARKUP = """<html><head><title>高原上的新路</title></head><body>
<div class="a1">高原上的新路</div><div class="a2">发布时间：2024-01-08 10:05:00 来源：新华网</div>
<div class="a3"><p>近日，通往牧区的新路修好了，牧民出门不再绕远。</p>
<p>这条路有三十公里，沿途有四座桥，工程用了两年。</p></div>
</body></html>"""
WITHOUT_DATE = """<html><head><title>牧区的学校_时政_中国西藏网</title></head><body><div class="left">
<div class="title_box"><h2>牧区的学校</h2><div class="info"><span>来源：新华网</span></div></div>
<div id="text" class="text botborder"><p>近日，牧区的新学校开学了，孩子们走进了教室。</p></div></div></body></html>"""
SCRIPTED = '<html><body><div id="rows"></div><script>fetch("rows.json").then(show)</script></body></html>'
REBUILT = "<html><body><p>网站改版中</p></body></html>"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica(articles=600, seed=7) as replica:
        yield replica


def probe(replica: Replica, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return look(replica, folder, "probe", *arguments)


def look(replica: Replica, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    settings = {**FAST, "OUTLET_SITE": replica.url, "STATE_DIR": folder / "state", "EXPORT_DIR": folder / "exports"}
    options = setting_options(settings)
    line = [sys.executable, "-m", "scrapy", *command, *options]
    replica.forget_requests()
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)


def addresses(output: str) -> dict[str, str]:
    """Paths by subject."""
    rows = (line.partition("http://127.0.0.1") for line in output.splitlines() if "http://127.0.0.1" in line)
    return {subject.strip(): "/" + rest.split()[0].partition("/")[2] for subject, _, rest in rows}


def faults(output: str) -> list[str]:
    return [line.strip() for line in output.partition("What was not read well:")[2].splitlines() if line]


def test_a_well_outlet_and_then_each_planted_fault(replica: Replica, tmp_path: Path) -> None:
    well = probe(replica, tmp_path)
    assert (well.returncode, well.stderr, faults(well.stdout)) == (0, "", [])
    assert "All were read well." in well.stdout
    requests = [request["path"] for request in replica.requests()]
    assert requests[0] == "/robots.txt"
    assert len(requests) <= 42
    paths = addresses(well.stdout)
    articles = {f"{age} article of {area}" for area in ("cn", "tb") for age in ("newest", "middle", "old")}
    assert articles | {f"newest article of {area}" for area in ("photo", "video", "legacy")} <= paths.keys()
    days = [paths[f"{age} article of cn"].rpartition("/t")[2] for age in ("newest", "middle", "old")]
    assert days == sorted(days, reverse=True)

    replica.fault("/tb/people/", "status", status=503)
    replica.fault("/cn/news/yc/", "body", body=REBUILT)
    replica.fault("/cn/politics/", "body", body=SCRIPTED)
    replica.fault("/cn/news/zcdt/", "redirect", location="/cn/edu/")
    replica.fault(paths["newest article of cn"], "body", body=UNKNOWN_MARKUP)
    replica.fault(paths["middle article of cn"], "body", body=WITHOUT_DATE)
    replica.fault(paths["old article of tb"], "status", status=404)
    replica.fault("/video/json/*", "status", status=404)
    done = probe(replica, tmp_path, "--save", str(tmp_path / "pages"))
    assert done.returncode == 1
    assert len(replica.requests()) <= 42
    told = faults(done.stdout)
    assert [fault for fault in told if "only scripts" not in fault] == [
        "listing cn/news/yc: layout: the page has no links to articles, no pager and no place for a list",
        "listing tb/people: answers 503",
        "listing cn/news/zcdt: leads to the section cn/edu",
        "newest article of cn: layout: no layout knows its markup; it was read by the order of its parts",
        "newest article of video: incomplete: a part of it cannot be fetched: answers 404",
        "middle article of cn: published_at: the page shows no time of publication",
        "old article of tb: answers 404",
    ]
    (scripted,) = (fault for fault in told if "only scripts" in fault)
    assert scripted.startswith("listing cn/politics: only scripts write it; set ")
    assert "SPLASH_URL" in scripted
    assert {path.name for path in tmp_path.iterdir()} == {"pages"}  # no ledger, no exports

    folders = {json.loads((path / "headers.json").read_text())["url"]: path for path in (tmp_path / "pages").iterdir()}
    kept = ["/cn/news/yc/", "/cn/politics/", "/cn/edu/", paths["newest article of cn"], paths["middle article of cn"]]
    assert {urlsplit(url).path for url in folders} == set(kept)
    assert {urlsplit(url).netloc for url in folders} == {"www.tibet.cn"}
    (folder,) = (folder for url, folder in folders.items() if url.endswith(paths["middle article of cn"]))
    assert (folder / "page.bin").read_bytes() == WITHOUT_DATE.encode()
    assert saved(folder).head_title == "牧区的学校_时政_中国西藏网"
    assert json.loads((folder / "expected.draft.json").read_text("utf-8"))["title"] == "牧区的学校"


def test_an_outlet_that_forbids_everything(replica: Replica, tmp_path: Path) -> None:
    replica.fault("/robots.txt", "body", body="User-agent: *\nDisallow: /\n", content_type="text/plain")
    done = probe(replica, tmp_path, "-a", "sections=politics,travel")
    assert [request["path"] for request in replica.requests()] == ["/robots.txt"]
    (fault,) = faults(done.stdout)  # one cause, one line
    assert done.returncode == 1
    assert re.match(r"listing cn/politics, listing cn/travel: .*robots\.txt", fault)


@pytest.mark.parametrize(
    ("site", "why"),
    [
        ("http://127.0.0.1:9", "Connection was refused by other side: 111: Connection refused"),
        ("http://nowhere.invalid", "DNS lookup failed: no results for hostname lookup: nowhere.invalid"),
    ],
)
def test_a_host_that_is_not_there_is_asked_for_its_robots_txt_alone(site: str, why: str, tmp_path: Path) -> None:
    options = setting_options({**FAST, "OUTLET_SITE": site})
    command = [sys.executable, "-m", "tibetnews", "probe", "-a", "editions=tb", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    (fault,) = faults(done.stdout)
    host = site.partition("//")[2]
    told = f"robots.txt of {host} could not be fetched ({why}), so nothing is asked of this host; look whether the"
    assert fault.partition(" more: ")[2] == f"{told} outlet is up"
    assert "18 pages, 2 requests; " in done.stdout  # of which one is a retry
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (1, "", [])


@pytest.mark.parametrize("command", [["probe", "-a", "sections=politics"], ["sections", "--discover"]])
def test_a_look_fetches_as_a_crawl_does(replica: Replica, command: list[str], tmp_path: Path) -> None:
    replica.fault("/robots.txt", "status", status=503)
    options = ["-s", f"ARCHIVE_DIR={tmp_path / 'archive'}"]
    assert look(replica, tmp_path, *command, *options).returncode == 1
    assert {request["path"] for request in replica.requests()} == {"/robots.txt"}
    (archive,) = tmp_path.iterdir()
    assert b"/robots.txt" in b"".join(gzip.decompress(path.read_bytes()) for path in archive.iterdir())


def test_sections_without_a_source(replica: Replica, tmp_path: Path) -> None:
    body = WITHOUT_DATE.replace("来源：新华网", "发布时间：2024-01-08 10:05:00")
    replica.fault("/cn/politics/2*", "body", body=body)
    done = probe(replica, tmp_path, "-a", "sections=politics")
    assert "cn: none of 3 articles shows a source" in faults(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-a", "sections=nosuch"], "nosuch"),
        (["-a", "since=2020-01-01"], "since"),
        (["nosuch"], "nosuch"),
        (["-s", "OUTLET_SITE=http://[::1"], "OUTLET_SITE"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], says: str) -> None:
    command = [sys.executable, "-m", "scrapy", "probe", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert says in done.stderr


@pytest.mark.parametrize("instant", ["__init__", "start", "take_answer"])
@pytest.mark.parametrize("command", [["probe"], ["sections", "--discover"]])
def test_a_look_that_is_interrupted_is_no_good_one(replica: Replica, command: list[str], instant: str) -> None:
    code = (
        "import signal, sys\n"
        "from tibetnews.__main__ import main\n"
        "from tibetnews.survey.spider import SurveySpider\n"
        f"method = SurveySpider.{instant}\n"
        f"SurveySpider.{instant} = lambda *a, **k: signal.raise_signal(signal.SIGHUP) or method(*a, **k)\n"
        "main()\n"
    )
    options = setting_options({**FAST, "OUTLET_SITE": replica.url})
    line = [sys.executable, "-c", code, *command, *options]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", f"tibetnews {command[0]}: interrupted\n")
