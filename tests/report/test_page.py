"""What the report says: figures against the ledger that they were drawn from."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from replica.ledger_year import ARTICLES, END, FAULTS, RUNS, make
from tests.support.ledgers import CONTROL, HOSTILE, summary_of
from tibetnews.health.limits import Limits
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.yearly import UnhealthyRun, YearlySummary
from tibetnews.report.charts import Series, bars, ceiling
from tibetnews.report.figures import daily, last, minimum_requests, requests_made, summed, weekly
from tibetnews.report.formatting import lasting, share, utc
from tibetnews.report.headline import headline
from tibetnews.report.html import Markup, joined, tag
from tibetnews.report.page import Project, page
from tibetnews.report.parts.articles import sections
from tibetnews.report.parts.runs import runs


@pytest.fixture(scope="module")
def year(year_of_runs: Path) -> YearlySummary:
    return summary_of(year_of_runs)


class Balance(HTMLParser):
    """Reads a page and fails where its elements do not close each other in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen += 1
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_year_fits_in_200_kilobytes_and_is_well_formed(year: YearlySummary) -> None:
    made = page(year, Project(place="state", names={"cn/news/yc": "原创"}))
    assert 20_000 < len(made.encode()) < 200_000
    reader = Balance()
    reader.feed(made)
    assert reader.open == []
    assert reader.seen > 1000
    assert "<script" not in made


def test_the_figures_are_those_of_the_ledger(year: YearlySummary) -> None:
    total = summed(year.days.values())
    assert (year.runs, total.runs, total.unhealthy) == (RUNS, RUNS, 18 * len(FAULTS))
    assert total.counts["sections/links"] == ARTICLES == sum(year.states.values())
    assert sum(n for of in year.published.values() for n in of.values()) == year.states["done"]
    assert year.failing == year.states["failed"] == len(year.failures) == 20
    assert 0 <= requests_made(total.counts) - minimum_requests(total.counts) < 0.01 * requests_made(total.counts)
    assert last(year, 1).runs == 3  # begun since midnight, UTC
    first, values = daily(year, 91)
    assert (first, len(values)) == (END.date() - timedelta(days=90), 91)
    assert values[-1] == sum(year.published[END.date().isoformat()].values())
    assert len(daily(replace(year, published={END.date().isoformat(): {"cn/edu": 3}}), 91).counts) == 7
    newest = weekly(year, 26)
    assert len(newest) == 20
    assert sum(of[-1] for of in newest.values()) == sum(values[-7:])


def test_the_ideal_counts_what_nobody_could_do_without() -> None:
    needed = {
        "robotstxt/request_count": 1,
        "sections/listings": 20,
        "sections/unread/cn/edu": 1,
        "sections/links": 7,
        "sections/due": 2,
        "articles/named": 3,
        "articles/parts": 4,
    }
    assert minimum_requests(needed) == 38
    assert minimum_requests({"downloader/request_count": 5}) == 0


def test_bad_times_are_told_once_each(year: YearlySummary) -> None:
    told = str(runs(year))
    for first, fault in FAULTS.items():
        assert re.sub(r'<span class="date">(.*?)</span>', r"\1", told).count(fault.replace("'", "&#x27;")) == 1
        assert f"{first:,} – {first + 17:,}" in told
    once = replace(
        year,
        unhealthy=(
            UnhealthyRun(9, END, ("3 of 40",)),
            UnhealthyRun(8, END, ("4 of 41",)),
            UnhealthyRun(6, END, ("4 of 41",)),
        ),
    )
    assert re.findall(r'<th scope="row">([^<]*)</th>', str(runs(once)))[-2:] == ["8 – 9", "6"]


def test_an_outage_is_one_row_whatever_its_runs_in_a_row_say(broken_year: Path) -> None:
    (told, *_) = re.findall(r'<table class="wide-last">.*?</table>', str(runs(summary_of(broken_year))))
    first, second, *_ = re.findall(r"<tr>(?!<th scope=.col).*?</tr>", told)
    assert '<th scope="row">8,756 – 8,760</th>' in first
    assert first.count("<p>") == 2
    assert "for the 5th run in a row (it answered 503)" in first
    assert "8,200 – 8,217" in second


def test_ill_sections_come_first_with_their_fault(broken_year: Path) -> None:
    summary = summary_of(broken_year)
    names = dict.fromkeys(summary.sections, "名")
    listings = {"cn/news/zx": "http://www.tibet.cn/cn/news/zx/", "cn/instant": "javascript:alert(1)"}
    drawn = str(sections(summary, names, listings, Limits()))
    states = re.findall(r'<td class="state"[^>]*><span class="\w+">(.*?)</span>', drawn)
    assert sorted(states[:2]) == ["! listing not found", "! listing not read"]
    assert not [state for state in states[2:] if state.startswith("!")]
    assert '<a href="http://www.tibet.cn/cn/news/zx/" rel="noreferrer"><code class="short">cn/news/zx</code>' in drawn
    assert "javascript:" not in drawn
    ages = {day: of for day, of in summary.published.items() if day < "2026-10-20"}
    old = replace(summary, published=ages)
    assert str(sections(old, names, {}, Limits())).count("! no news for 37 days, since 2026-10-19") > 10
    assert "no news for" not in str(sections(old, names, {}, Limits(silent_days=60)))


def test_a_section_that_was_read_again_is_well(broken_year: Path, tmp_path: Path) -> None:
    shutil.copy(broken_year / "ledger.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as db, db:
        db.execute("UPDATE marks SET at = '2026-11-25T03:00:00Z' WHERE section = 'cn/news/zx'")
        past = json.dumps({"sections/chosen": 1, "sections/unread/cn/politics": 1})  # a run since then was well
        db.execute("UPDATE runs SET counts = ? WHERE run = 8700", (past,))
        db.execute("DELETE FROM marks WHERE section = 'cn/politics'")
        counts = {"sections/chosen": 1, "sections/unread/cn/news/yc": 1}  # of the other sections it says nothing
        row = ("sections", 1, "2026-11-25T03:01:00Z", "2026-11-25T03:02:00Z", "finished", "x", json.dumps(counts))
        columns = "spider, pid, started, ended, reason, verdict, counts"
        db.execute(f"INSERT INTO runs ({columns}) VALUES (?,?,?,?,?,?,?)", row)
    found = {key: state.fault for key, state in summary_of(tmp_path).sections.items() if state.fault}
    assert found == {"cn/news/yc": "listing not read", "cn/instant/politics": "listing not found"}


def test_a_new_project_has_no_empty_weeks(tmp_path: Path) -> None:
    make(tmp_path, runs=40, articles=300)
    made = page(summary_of(tmp_path), Project(place="x", names={}))
    assert "requests in 1 week," in made
    assert len(re.findall(r'<rect class="(?:no|well|ill|ill all)"', made)) == 3  # days, from the first run on
    assert "Articles a week, the last 1 week: " in made


def test_charts_tell_their_values_below_the_pointer_and_as_a_table(year: YearlySummary) -> None:
    made = page(year, Project(place="x", names={}))
    published = sum(year.published["2026-11-24"].values())
    assert f"<title>2026-11-24: {published} articles</title>" in made
    assert f'<th scope="row">2026-11-24</th><td class="n">{published}</td>' in made
    assert '<th scope="row">2026-11-24</th><td class="n">24</td><td class="n">0</td>' in made  # its runs
    assert made.count("<summary>Show as a table</summary>") == 3
    assert re.search(r"<title>week from 2026-11-19: [\d,]+ the ideal, \d+ beyond it</title>", made)


def test_rejects_failures_and_the_log_are_at_hand(year: YearlySummary) -> None:
    log = ["2026-11-25 02:34:00+0000 ERROR unhealthy: <b>", "x" * 900]
    made = page(year, Project(place="s", names={}, rejects="e/r.jsonl", rejects_link="../e/r.jsonl", log=log))
    assert '<a href="../e/r.jsonl" rel="noreferrer"><code>e/r.jsonl</code></a>' in made
    assert f"<pre>{log[0].replace('<b>', '&lt;b&gt;')}\n{'x' * 500}\n</pre>" in made
    assert f'<a href="{year.failures[0].url}" rel="noreferrer"><code>' in made


def test_a_run_that_is_at_work_is_not_broken_off(tmp_path: Path) -> None:
    make(tmp_path, runs=3, articles=3)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as db, db:
        db.execute("UPDATE runs SET ended = NULL, verdict = NULL, counts = NULL, pid = 1 WHERE run = 3")
    lock = RunLock.acquire(tmp_path)
    working = summary_of(tmp_path)
    assert (working.at_work, working.unhealthy, summed(working.days.values()).runs) == (True, (), 2)
    assert "at work" in str(runs(working))
    lock.release()  # as the system does for a run that is killed, whatever process has its number now
    killed = summary_of(tmp_path)
    assert (killed.at_work, [of.run for of in killed.unhealthy], summed(killed.days.values()).unhealthy) == (
        False,
        [3],
        1,
    )
    assert "broken off" in str(runs(killed))


def test_the_headline(year: YearlySummary) -> None:
    assert headline(year).sentence == "All is well: run 8,760, ended 2026-11-25 02:34 UTC, wrote 6 records."
    newest = year.latest[0]
    ill = replace(year, latest=(replace(newest, faults=("a", "b")), *year.latest[1:]))
    assert (headline(ill).state, headline(ill).faults) == ("ill", ("a", "b"))
    assert "found 2 faults" in headline(ill).sentence
    broken = replace(year, latest=(replace(newest, ended=None), *year.latest[1:]))
    assert headline(broken).sentence.startswith("Run 8,760, begun 2026-11-25 02:30 UTC, was broken off")
    working = headline(replace(broken, at_work=True))
    assert (working.state, working.sentence.endswith("Run 8,760 is at work.")) == ("well", True)
    late = headline(replace(year, taken=END + timedelta(hours=5)))
    sentence = "No run has begun since 2026-11-25 02:30 UTC; until then the longest pause was 1 h."
    assert (late.state, late.sentence) == ("ill", sentence)
    assert headline(replace(year, latest=())).state == "none"
    silent = replace(newest, counts={})
    assert "nothing was new" in headline(replace(year, latest=(silent,))).sentence


def test_control_characters_do_not_reach_the_page(hostile_ledger: Path) -> None:
    made = page(summary_of(hostile_ledger, datetime.now(UTC)), Project(place=str(hostile_ledger), names={}))
    assert not set(made) & set(CONTROL) & set("\x1b\x07\u202e")
    assert "\N{REPLACEMENT CHARACTER}[31mred" in made
    assert HOSTILE not in made


def test_an_empty_ledger_has_a_report(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    made = page(summary_of(tmp_path), Project(place="x", names={"cn/edu": "教育"}))
    assert "No run yet" in made
    assert "Without an article so far" in made


def test_markup_escapes_all_but_markup() -> None:
    assert tag("p", "<b>", Markup("<i>"), None, title='"<&', data_x=1) == (
        '<p title="&quot;&lt;&amp;" data-x="1">&lt;b&gt;<i></p>'
    )
    assert joined("<", [Markup("<b>"), ">"]) == "&lt;<b>&gt;"


def test_bars_are_as_high_as_their_values() -> None:
    series = [Series("a", [1, 0, 2], "as"), Series("b", [1, 0, 0], "bs")]
    drawn = str(bars("t", "d", series, ["one", "two", "three"], {0: "x"}, "u"))
    assert "<title>one: 1 as, 1 bs</title>" in drawn
    assert 'd="M0.1 100v-50h.8v50zM2.1 100v-100h.8v100z"' in drawn
    assert 'd="M0.1 50v-50h.8v50z"' in drawn
    assert [ceiling(n) for n in (0, 1, 3, 9, 11, 221, 6500)] == [2, 2, 4, 10, 16, 300, 8000]


def test_words() -> None:
    assert [share(*pair) for pair in ((0, 0), (0, 5), (1, 1000), (995, 1000), (999, 1000), (5, 5))] == [
        "–",
        "0 %",
        "< 1 %",
        "> 99 %",
        "> 99 %",
        "100 %",
    ]
    assert [lasting(s) for s in (5, 89, 90, 3540, 3600, 19_200, 300_000)] == [
        "5 s",
        "89 s",
        "2 min",
        "59 min",
        "1 h",
        "5 h 20 min",
        "3 days",
    ]
    assert utc(END) == "2026-11-25 03:30 UTC"
