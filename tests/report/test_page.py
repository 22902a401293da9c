"""What the report says: figures against the ledger that they were drawn from."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from replica.ledger_year import ARTICLES, END, FAULTS, RUNS, make
from tests.support.ledgers import CONTROL, HOSTILE, summary_of
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.yearly import UnhealthyRun, YearlySummary
from tibetnews.report.charts import bars, ceiling
from tibetnews.report.figures import daily, last, minimum_requests, requests_made, summed, weekly
from tibetnews.report.formatting import ago, lasting, share
from tibetnews.report.headline import headline
from tibetnews.report.html import Markup, joined, tag
from tibetnews.report.page import page
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
    made = page(year, {"cn/news/yc": "原创"}, "state")
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
        assert told.count(fault.replace("'", "&#x27;")) == 1
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
    assert headline(year).sentence == "All is well: run 8,760, ended 55 min ago, wrote 6 records."
    newest = year.latest[0]
    ill = replace(year, latest=(replace(newest, faults=("a", "b")), *year.latest[1:]))
    assert (headline(ill).state, headline(ill).faults) == ("ill", ("a", "b"))
    assert "found 2 faults" in headline(ill).sentence
    broken = replace(year, latest=(replace(newest, ended=None), *year.latest[1:]))
    assert headline(broken).sentence.startswith("Run 8,760 was broken off")
    working = headline(replace(broken, at_work=True))
    assert (working.state, working.sentence.endswith("Run 8,760 is at work.")) == ("well", True)
    late = headline(replace(year, taken=END + timedelta(hours=5)))
    assert (late.state, late.sentence) == ("ill", "No run has begun for 6 h; until then the longest pause was 1 h.")
    assert headline(replace(year, latest=())).state == "none"
    silent = replace(newest, counts={})
    assert "nothing was new" in headline(replace(year, latest=(silent,))).sentence


def test_control_characters_do_not_reach_the_page(hostile_ledger: Path) -> None:
    made = page(summary_of(hostile_ledger, datetime.now(UTC)), {}, str(hostile_ledger))
    assert not set(made) & set(CONTROL) & set("\x1b\x07\u202e")
    assert "\N{REPLACEMENT CHARACTER}[31mred" in made
    assert HOSTILE not in made


def test_an_empty_ledger_has_a_report(tmp_path: Path) -> None:
    Ledger.open(tmp_path).close()
    made = page(summary_of(tmp_path), {"cn/edu": "教育"}, "x")
    assert "No run yet" in made
    assert "Without an article so far" in made


def test_markup_escapes_all_but_markup() -> None:
    assert tag("p", "<b>", Markup("<i>"), None, title='"<&', data_x=1) == (
        '<p title="&quot;&lt;&amp;" data-x="1">&lt;b&gt;<i></p>'
    )
    assert joined("<", [Markup("<b>"), ">"]) == "&lt;<b>&gt;"


def test_bars_are_as_high_as_their_values() -> None:
    drawn = str(bars("t", "d", [("a", [1, 0, 2]), ("b", [1, 0, 0])], {0: "x"}, "u"))
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
    assert ago(END + timedelta(days=1), END) == "just now"  # a clock that jumped back
