"""``scrapy sections``: the table, and the schema that other programs read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
from rich.cells import cell_len

from replica import Replica
from replica.crawling import ROOT
from tests.support.crawling import crawl
from tests.support.terminal import on_a_terminal
from tibetnews.items import Article
from tibetnews.outlet.sections import section_table


def sections(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "sections", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_every_section_is_a_line() -> None:
    done = sections()
    assert done.returncode == 0
    _, *lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines] == [section.edition_path for section in section_table().sections]
    assert "\x1b" not in done.stdout


def test_a_table_without_a_ledger_says_so(tmp_path: Path) -> None:
    assert sections("-s", f"STATE_DIR={tmp_path}/none").stderr == (
        f"scrapy sections: there is no ledger in {tmp_path}/none; scrapy crawl sections makes one\n"
    )
    assert sections("-s", "STATE_DIR=").stderr == ""


def test_what_the_ledger_knows_is_told(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        path = next(p for p in (u.split(".cn", 1)[1] for u in replica.records()) if p.startswith("/cn/politics/2"))
        replica.fault(path, "status", status=500)
        crawl(tmp_path / "x", "sections", "-a", "sections=politics,travel", site=replica.url, RETRY_TIMES=0)
    done = sections("-s", f"STATE_DIR={tmp_path}/x-state")
    rows = {line.split()[1]: line.split()[4:8] for line in done.stdout.splitlines() if line.startswith("cn ")}
    assert int(rows["politics"][0]) >= 2
    assert rows["politics"][1] == "1"
    assert rows["travel"][3].startswith("20")
    assert rows["edu"] == ["0", "0", "-", "-"]
    assert path in done.stdout
    assert "http_500" in done.stdout


def test_a_terminal_of_80_columns_has_a_line_a_section_and_marks_ill_ones(broken_year: Path) -> None:
    command = [sys.executable, "-m", "tibetnews", "sections", "-s", f"STATE_DIR={broken_year}"]
    lines = re.sub(r"\x1b\[[\d;]*m", "", on_a_terminal(command, columns=80)).replace("\r", "").splitlines()
    end = lines.index("")
    assert end == 1 + len(section_table().sections)
    assert max(map(cell_len, lines)) <= 80
    assert [line.split()[2] for line in lines[:end] if line.startswith("!")] == ["news/zx", "instant/politics"]
    assert lines[end + 1] == "! Ill, as the last run found them:"
    ill = ["  cn/instant/politics: listing not found", "  cn/news/zx: listing not read"]
    assert sorted(lines[end + 2 : end + 4]) == ill
    piped = sections("-s", f"STATE_DIR={broken_year}").stdout
    assert re.search(r"^cn +news/zx .* listing not read *$", piped, re.MULTILINE)


def test_links_of_no_known_form_are_told(tmp_path: Path) -> None:
    links = '<a href="/cn/zt/17/a.jsp">一</a><a href="/cn/zt/18/a.jsp">二</a><a href="/cn/map.html">三</a>'
    listing = '<html><body><div class="listnews"><a href="./202310/t20231013_{}.html">标题</a>{}</div></body></html>'
    with Replica(articles=12, seed=6) as replica:
        replica.fault("/cn/politics/", "body", body=listing.format(7500001, links))
        replica.fault("/cn/travel/", "body", body=listing.format(7500002, links))  # the same links once more
        crawl(tmp_path / "x", "sections", "-a", "sections=politics,travel", "-a", "pages=1", site=replica.url)
        crawl(
            tmp_path / "x", "sections", "-a", "sections=cn/edu", "-a", "pages=1", site=replica.url
        )  # has none of them
    lines = sections("-s", f"STATE_DIR={tmp_path}/x-state").stdout.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Links of listings in no known form"))
    end = lines.index("", start)  # failures follow: the articles of these listings have no page
    rows = dict(line.split()[:2] for line in lines[start + 1 : end])
    assert (rows["/cn/zt/N/a.jsp"], rows["/cn/map.html"]) == ("2", "1")


def test_no_text_of_a_failure_steers_a_terminal(hostile_ledger: Path) -> None:
    done = sections("-s", f"STATE_DIR={hostile_ledger}")
    assert "Failures" in done.stdout
    assert "\N{REPLACEMENT CHARACTER}[31mred" in done.stdout
    assert not set(done.stdout) & set("\x1b\x07\u202e")


def test_the_schema_has_a_version_and_describes_every_key() -> None:
    schema = json.loads(sections("--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].rsplit(":", 1)[1]
    assert list(schema["properties"]) == list(Article.__dataclass_fields__)
    assert [key for key in schema["properties"] if key not in schema["required"]] == ["attachments"]  # since 1.1
    assert schema["additionalProperties"] is False
    assert [name for name, of in schema["properties"].items() if not of.get("description")] == []
    assert schema["properties"]["kind"]["enum"] == ["article", "photo", "video"]


def test_wrong_use_is_one_line() -> None:
    done = sections("--bogus")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_ledger_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    done = sections("-s", f"STATE_DIR={tmp_path}/{'x' * 300}")
    assert (done.returncode, len(done.stderr.splitlines())) == (74, 1), done.stderr
