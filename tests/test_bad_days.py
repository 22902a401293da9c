"""Days that go badly, one a test, and what a careful operator expects of each: a verdict that says what to do, an
exit status that wakes somebody, and, after the next good run, exports that hold every article once and as it is."""

from __future__ import annotations

import json
import re
import resource
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from tests.support.crawling import Crawl, crawl
from tibetnews.ledger import runs
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger

MORNING = datetime.fromisoformat("2024-01-09T09:00:00+08:00")
SECTIONS = ("politics", "instant/politics", "news/zcdt", "culture/ms")


@pytest.fixture
def replica() -> Iterator[Replica]:
    """An outlet of four sections, each of three or four pages."""
    with Replica(articles=60, sections=4, page_size=5, seed=6) as replica:
        yield replica


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exports"


def visit(folder: Path, replica: Replica, hours: float, *sections: str, **settings: Any) -> Crawl:
    """A run so many hours after the first morning, over all sections unless some are named."""
    replica.forget_requests()
    chosen = ",".join(sections or SECTIONS)
    times = settings.pop("times", "") or at(hours)
    settings = {"REVISIT_AFTER_DAYS": "", **settings}
    return crawl(folder, "sections", "-a", f"sections={chosen}", site=replica.url, times=times, **settings)


def at(hours: float) -> str:
    """What the clock says then."""
    return (MORNING + timedelta(hours=hours)).isoformat()


def verdict(done: Crawl) -> str:
    """The log's lines that say what was wrong."""
    return "\n".join(line for line in done.log.splitlines() if " unhealthy: " in line)


def asked(replica: Replica, *, articles: bool | None = None) -> list[str]:
    """Paths that were asked for in the last run; articles: True for these alone, False for all others."""
    paths = [request["path"] for request in replica.requests()]
    return [path for path in paths if articles is None or articles == ("/t20" in path)]


def told(records: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """What the lines tell, however an article was come by."""
    return Counter((record["id"], record["title"], record["text"]) for record in records)


def truth(replica: Replica) -> Counter[tuple[str, str, str]]:
    """The same of everything that the outlet has, each article once."""
    return Counter(set(told(list(replica.records().values()))))


def some_article(replica: Replica, section: str = "politics") -> str:
    """The path of an article."""
    return next(path for url in replica.records() if (path := urlsplit(url).path).startswith(f"/cn/{section}/2"))


def marks(folder: Path) -> set[str]:
    """Sections that the ledger takes for walked to their end."""
    with ledger(folder) as db:
        return {section for (section,) in db.execute("SELECT section FROM marks")}


def ledger(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(folder.with_name(f"{folder.name}-state") / "ledger.sqlite3"))


# --- The machine -----------------------------------------------------------------------------------------------


def test_a_year_of_history(folder: Path, replica: Replica, tmp_path: Path) -> None:
    """An hourly run on a year's ledger asks for as little, takes about as long and adds as little as on a new one."""
    visit(tmp_path / "new", replica, 0)
    _remember_a_year(folder, like=tmp_path / "new")
    whole = visit(folder, replica, 0)
    assert (whole.status, told(whole.records)) == (0, truth(replica))
    spent: dict[str, list[float]] = {"new": [], "year": []}
    sizes = []
    for hour in (1, 2):
        for name, place in (("new", tmp_path / "new"), ("year", folder)):
            before = _processor_time()
            done = visit(place, replica, hour)
            spent[name].append(_processor_time() - before)
            assert (done.status, len(done.records)) == (0, 60)
            assert Counter(r["status"] for r in replica.requests()) == {200: 1, 304: 4}  # robots.txt, four listings
        sizes.append((folder.with_name("exports-state") / "ledger.sqlite3").stat().st_size)
    assert min(spent["year"]) < 1.5 * min(spent["new"])
    assert sizes[-1] - sizes[0] <= 16 * 1024  # one run
    assert sizes[-1] < 60 * 1024 * 1024


def _remember_a_year(folder: Path, like: Path) -> None:
    """An hourly run with four articles of another section each, for a year before the first morning."""
    with ledger(like) as db:
        counts = json.loads(db.execute("SELECT counts FROM runs").fetchone()[0])
    remembered = Ledger(folder.with_name(f"{folder.name}-state"))
    articles = Articles(remembered.db)
    begun = MORNING - timedelta(days=365)
    for hour in range(365 * 24):
        now = begun + timedelta(hours=hour)
        run = runs.begin(remembered.db, "sections", now.timestamp())
        found = [(f"cn-{8_000_000 + 4 * hour + i}", f"http://www.tibet.cn/cn/edu/x{hour}-{i}.html") for i in range(4)]
        articles.discover(run, "cn/edu", found)
        for id_, url in found:
            exported = ExportedRevision(id=id_, url=url, content_hash=f"sha256:{id_}", published_at=now.isoformat())
            articles.mark_exported(exported, run, now.timestamp())
        runs.end(remembered.db, run, "finished", [], counts, now.timestamp() + 60)
    remembered.close()


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("days", [1, 365])
def test_the_clock_jumps_back_between_two_runs(folder: Path, replica: Replica, days: int) -> None:
    """Said once, with status 1. Failures are retried after their pause and revisits made as by the new clock, neither
    a year later; nothing is fetched again, and the file of the other day is added to, not written over."""
    late, failing = -24 * days, some_article(replica)
    replica.fault(failing, "status", status=500)
    settings = {"REVISIT_AFTER_DAYS": "1,7", "RETRY_TIMES": 0, "HEALTH_MAX_FAILED_SHARE": 1}
    news = replica.publish(1)
    visit(folder, replica, 0, **settings)
    jumped = visit(folder, replica, late, **settings)
    assert jumped.status == 1
    assert "clock went back by" in verdict(jumped)
    assert ("365 days" if days > 1 else "24.0 hours") in verdict(jumped)
    assert asked(replica, articles=True) == []
    replica.clear_faults()
    again = visit(folder, replica, late + 2, **settings)
    assert again.status == 0, again.log
    whole = [r["path"] for r in replica.requests() if r["if_none_match"] is None]
    assert whole == ["/robots.txt", failing]  # besides listings and revisits, all of them conditional
    assert told(again.records) == truth(replica)
    replica.change(news[0])
    later = visit(folder, replica, late + 8 * 24, **settings)
    assert {record["revision"] for record in later.records if record["id"] in news} == {1, 2}
    assert len(later.records) == 62  # and no other line


def test_the_clock_jumps_back_in_the_middle_of_a_run(folder: Path, replica: Replica) -> None:
    """Said by that run; it ends as it would have, and the next one retries what failed and asks for nothing else."""
    failing = ("/cn/politics/2", "/cn/culture/ms/2")
    for beginning in failing:
        replica.fault(f"{beginning}*", "status", status=500)
    settings = {"RETRY_TIMES": 0, "HEALTH_MAX_FAILED_SHARE": 1}
    jump = f"{at(0)},{at(-365 * 24)}@50"
    jumped = visit(folder, replica, 0, times=jump, **settings)
    assert jumped.status == 1
    failed = {path for path in asked(replica, articles=True) if path.startswith(failing)}
    assert len(jumped.records) == 60 - len(failed)
    assert {reject["at"][:4] for reject in jumped.rejects} == {"2024", "2023"}  # they failed on both sides of it
    assert "clock went back by 365 days" in verdict(jumped)
    days = [record["fetched_at"][:4] for record in jumped.records]
    assert days[0] == "2024"
    assert days[-1] == "2023"
    replica.clear_faults()
    again = visit(folder, replica, -365 * 24 + 2, **settings)
    assert again.status == 0, again.log
    assert set(asked(replica, articles=True)) == failed
    assert told(again.records) == truth(replica)


# --- Listings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 301])
def test_a_section_is_renamed(folder: Path, replica: Replica, status: int) -> None:
    """The verdict names the section and what to do. Where the outlet leads to the new place its news are taken from
    there at once, else as soon as the table is corrected; what is known is not fetched twice."""
    visit(folder, replica, 0)
    replica.rename("politics", "index/politics", status)
    replica.publish(8)
    after = visit(folder, replica, 1)
    assert after.status == 1
    assert "sections.toml" in verdict(after)
    if status == 301:
        assert "cn/politics: listing redirects to cn/index/politics" in verdict(after)
        assert told(after.records) == truth(replica)
    else:
        assert "cn/politics: listing not found (404 or 410), so the section was renamed or closed" in verdict(after)
        assert "cn/culture/ms" not in verdict(after)
    corrected = visit(folder, replica, 2, "index/politics", *SECTIONS[1:])
    assert corrected.status == 0, corrected.log
    assert told(corrected.records) == truth(replica)
    assert marks(folder) >= {"cn/index/politics", "cn/culture/ms"}


def test_a_listing_leads_elsewhere(folder: Path, replica: Replica) -> None:
    """A listing that leads to the home page is no listing: nothing is taken from there, and the mark stays."""
    visit(folder, replica, 0)
    replica.publish(8)
    replica.fault("/cn/politics/*", "redirect", location=some_article(replica, "culture/ms"))
    after = visit(folder, replica, 1)
    assert after.status == 1
    assert "cn/politics" in verdict(after)
    assert set(after.reasons().values()) == {"moved"}
    replica.clear_faults()
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))


def test_a_listing_repeats_one_page_for_ever(folder: Path, replica: Replica) -> None:
    """The walk ends after a few pages, is unhealthy and leaves no mark, so that a good day finds what lies behind."""
    replica.repeat("politics")
    done = visit(folder, replica, 0)
    assert done.status == 1
    assert "cn/politics: pagination does not end" in verdict(done)
    assert len([path for path in asked(replica) if path.startswith("/cn/politics/index")]) == 3
    assert marks(folder) == {"cn/instant/politics", "cn/news/zcdt", "cn/culture/ms"}
    assert not told(done.records) - truth(replica)
    again = visit(folder, replica, 1)
    assert (again.status, again.records) == (1, done.records)
    replica.restore("politics")
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))
    assert "cn/politics" in marks(folder)


def test_many_news_while_a_listing_is_walked(folder: Path, replica: Replica) -> None:
    """News that push a whole page of links to the next page are no repeating listing: the walk goes on below."""
    replica.publish(20, upon="/cn/culture/ms/index_1.html")  # five for each section, a page
    done = visit(folder, replica, 0)
    assert done.status == 0, done.log
    good = visit(folder, replica, 1)
    assert (good.status, told(good.records)) == (0, truth(replica))


def test_a_calendar_of_10_000_empty_pages(folder: Path, replica: Replica) -> None:
    """A few requests, not 10,000; unhealthy; the section has no mark, and gets its articles when it has them."""
    replica.blank("politics", 10_000)
    done = visit(folder, replica, 0)
    assert done.status == 1
    assert "cn/politics: pagination does not end" in verdict(done)
    assert len([path for path in asked(replica, articles=False) if path.startswith("/cn/politics/")]) <= 4
    assert "cn/politics" not in marks(folder)
    replica.restore("politics")
    good = visit(folder, replica, 1)
    assert (good.status, told(good.records)) == (0, truth(replica))


@pytest.mark.parametrize("pages", [1, 10_000])
def test_a_listing_is_suddenly_empty(folder: Path, replica: Replica, pages: int) -> None:
    """A list without its articles is unhealthy; what was known of the listing stays, and the next good run needs
    no more requests than any other."""
    visit(folder, replica, 0)
    replica.blank("politics", pages)
    done = visit(folder, replica, 1)
    assert done.status == 1
    assert "cn/politics: listing has no articles any more" in verdict(done)
    replica.restore("politics")
    replica.publish(8)
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))
    assert len(asked(replica)) == 1 + 4 + 8


def test_a_listing_answers_200_without_a_body(folder: Path, replica: Replica) -> None:
    """As when it cannot be had: unhealthy, named, and nothing is lost."""
    visit(folder, replica, 0)
    replica.publish(8)
    replica.fault("/cn/politics/", "body")
    done = visit(folder, replica, 1)
    assert done.status == 1
    assert "cn/politics: listing could not be read" in verdict(done)
    replica.clear_faults()
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))


@pytest.mark.parametrize("of", ["listing", "article"])
def test_a_redirect_loop(folder: Path, replica: Replica, of: str) -> None:
    """A loop of two addresses ends after a few requests, is a reject that names the first, and is tried again."""
    here = "/cn/politics/" if of == "listing" else some_article(replica)
    there = here.replace("politics", "elsewhere")
    replica.fault(here, "redirect", location=there)
    replica.fault(there, "redirect", location=here)
    done = visit(folder, replica, 0, HEALTH_MAX_FAILED_SHARE=0.01)
    assert done.status == 1
    assert ("cn/politics" if of == "listing" else "1 of 60 pages could not be fetched") in verdict(done)
    assert done.reasons() == {replica.url + here: "redirects"}
    assert len([path for path in asked(replica) if path in (here, there)]) == 6
    replica.clear_faults()
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))


# --- robots.txt ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", ["/cn/politics/", "/"])
def test_robots_txt_appears_between_two_runs(folder: Path, replica: Replica, closed: str) -> None:
    """It is obeyed from then on, section by section; each is named with what to do, and all comes back with leave."""
    visit(folder, replica, 0)
    replica.publish(8)
    replica.fault("/robots.txt", "body", body=f"User-agent: *\nDisallow: {closed}", content_type="text/plain")
    done = visit(folder, replica, 1)
    assert done.status == 1
    named = sorted(f"cn/{section}" for section in (SECTIONS if closed == "/" else SECTIONS[:1]))
    assert f"{', '.join(named)}: robots.txt forbids the listing" in verdict(done)
    assert not [path for path in asked(replica) if path.startswith(closed) and path != "/robots.txt"]
    assert len(done.records) == (60 if closed == "/" else 66)
    replica.clear_faults()
    good = visit(folder, replica, 3)
    assert (good.status, told(good.records)) == (0, truth(replica))


@pytest.mark.parametrize(
    ("fault", "details", "said"),
    [
        ("status", {"status": 500}, "500 Internal Server Error"),
        ("status", {"status": 429}, "429 Unknown Status"),
        ("closed", {}, "connection"),
    ],
)
def test_robots_txt_cannot_be_had(
    folder: Path, replica: Replica, fault: str, details: dict[str, Any], said: str
) -> None:
    """Nothing else is asked of the host (RFC 9309, 2.3.1.4); nothing that waits is held against its article."""
    stuck = some_article(replica)
    replica.fault(stuck, "status", status=500)
    visit(folder, replica, 0, RETRY_TIMES=0)
    replica.publish(8)
    replica.clear_faults()
    replica.fault("/robots.txt", fault, **details)
    done = visit(folder, replica, 2)
    assert done.status == 1
    assert f"robots.txt of {urlsplit(replica.url).netloc} could not be fetched" in verdict(done)
    assert said.lower() in verdict(done).lower()
    assert set(asked(replica)) == {"/robots.txt"}
    assert len(done.records) == 59
    with ledger(folder) as db:
        assert db.execute("SELECT max(attempts) FROM articles").fetchone() == (1,)
    replica.clear_faults()
    good = visit(folder, replica, 2)
    assert (good.status, told(good.records)) == (0, truth(replica))


@pytest.mark.parametrize("status", [403, 404])
def test_there_is_no_robots_txt(folder: Path, replica: Replica, status: int) -> None:
    """All is allowed (RFC 9309, 2.3.1.3)."""
    replica.fault("/robots.txt", "status", status=status)
    done = visit(folder, replica, 0)
    assert (done.status, told(done.records)) == (0, truth(replica))


# --- Something stands in front of the outlet -------------------------------------------------------------------

NOTICE = (
    "<html><head><title>系统维护公告</title></head><body><h1>系统维护公告</h1><p>发布时间：2024-01-09 08:00:00</p>"
    "<p>因系统升级维护，本网站暂停访问，给您带来的不便敬请谅解。</p></body></html>"
)
"""A page that reads as an article."""


@pytest.mark.parametrize("page", [{"kind": "interstitial"}, {"kind": "body", "body": NOTICE}], ids=["guard", "notice"])
def test_every_request_is_answered_with_one_page(folder: Path, replica: Replica, page: dict[str, Any]) -> None:
    """Unhealthy, after few requests; no article is seen, changed, gone or a copy for it, and the next good run gets
    all."""
    visit(folder, replica, 0)
    replica.publish(8)
    _let_all_be_due(folder)
    replica.fault("/*", **page)
    done = visit(folder, replica, 1, CIRCUIT_BREAKER_FAILURES=10)
    assert done.status == 1
    assert "the run ended early: 10 pages in a row could not be fetched or read" in verdict(done)
    assert len(asked(replica)) <= 1 + 10 + 2 * 8  # those that were in flight come in
    known, false = set(truth(replica)), [record for record in done.records if record["title"] == "系统维护公告"]
    assert {line for line in told(done.records) if line[1] != "系统维护公告"} <= known
    assert len(false) <= 1  # the first such page cannot be told from an article
    with ledger(folder) as db:
        states = dict(db.execute("SELECT state, count(*) FROM articles GROUP BY state"))
    assert set(states) <= {"new", "done", "failed"}
    replica.clear_faults()
    good = visit(folder, replica, 3)
    assert good.status == 0, good.log
    assert told(_newest(good)) == truth(replica)
    assert len(good.records) == 68 + 2 * len(false)  # the false line, and the true one behind it


@pytest.mark.parametrize("share", [1, 3])
@pytest.mark.parametrize("page", [{"kind": "interstitial"}, {"kind": "body", "body": NOTICE}], ids=["guard", "notice"])
def test_articles_are_answered_with_one_page(folder: Path, replica: Replica, page: dict[str, Any], share: int) -> None:
    """All articles or every third: unhealthy, and each of them is read by the next good run."""
    paths = sorted({urlsplit(url).path for url in replica.records()})[::share]
    for path in paths:
        replica.fault(path, **page)
    done = visit(folder, replica, 0)
    assert done.status == 1
    assert "had, byte for byte, the content of another page" in verdict(done)
    false = [record for record in done.records if record["title"] == "系统维护公告"]
    assert len(false) == ("body" in page)
    replica.clear_faults()
    good = visit(folder, replica, 3)
    assert good.status == 0, good.log
    assert told(_newest(good)) == truth(replica)
    assert len(good.records) == 60 + len(false)


@pytest.mark.parametrize("to", ["/verify.html", "an article"])
def test_every_article_leads_to_one_page(folder: Path, replica: Replica, to: str) -> None:
    """A guard's page, or one article for all: no address is given up for it, and the next good run gets all."""
    target = some_article(replica, "culture/ms") if to == "an article" else to
    for path in {urlsplit(url).path for url in replica.records()} - {target}:
        replica.fault(path, "redirect", location=target)
    replica.fault("/verify.html", "body", body=NOTICE)
    done = visit(folder, replica, 0)
    assert done.status == 1
    if to == "an article":
        assert re.search(r"the addresses of \d\d articles redirect to cn-\d+;", verdict(done))
    else:
        assert set(done.reasons().values()) == {"moved"}
    with ledger(folder) as db:
        assert db.execute("SELECT count(*) FROM articles WHERE state = 'gone'").fetchone() == (0,)
    replica.clear_faults()
    good = visit(folder, replica, 3)
    assert (good.status, told(good.records)) == (0, truth(replica)), good.log


def test_every_article_is_missing(folder: Path, replica: Replica) -> None:
    """A server that is being mended: none is given up for it."""
    for url in replica.records():
        replica.fault(urlsplit(url).path, "status", status=404)
    done = visit(folder, replica, 0)
    assert (done.status, set(done.reasons().values())) == (1, {"http_404"})
    replica.clear_faults()
    good = visit(folder, replica, 3)
    assert (good.status, told(good.records)) == (0, truth(replica)), good.log


def test_the_outlet_is_down(folder: Path, replica: Replica) -> None:
    """Nothing answers: one line says so, and what was due is due as before."""
    visit(folder, replica, 0)
    _let_all_be_due(folder)
    replica.fault("/*", "closed")
    done = visit(folder, replica, 1)
    assert done.status == 1
    assert "robots.txt of 127.0.0.1" in verdict(done)
    assert "could not be fetched" in verdict(done)
    assert set(asked(replica)) == {"/robots.txt"}
    with ledger(folder) as db:
        assert db.execute("SELECT count(*) FROM articles WHERE due = 1 AND attempts = 0").fetchone() == (60,)
    replica.clear_faults()
    good = visit(folder, replica, 1)
    assert (good.status, told(good.records)) == (0, truth(replica))


def test_no_name_can_be_looked_up(folder: Path) -> None:
    """As on a machine without network: each host is told once, and nothing else is asked of anybody."""
    settings = {"TWISTED_DNS_RESOLVER": "tests.support.no_names.NoNames"}
    done = crawl(folder, "sections", "-a", "editions=cn,tb", times=at(0), **settings)
    assert done.status == 1
    for host in ("www.tibet.cn", "tb.tibet.cn"):
        assert verdict(done).count(f"robots.txt of {host} could not be fetched") == 1
    assert set(done.reasons().values()) == {"dns"}
    assert "Traceback" not in done.log
    assert "downloader/response_count" not in done.counts


def _newest(done: Crawl) -> list[dict[str, Any]]:
    """The newest revision of each article."""
    return list({record["id"]: record for record in done.records}.values())


def _let_all_be_due(folder: Path) -> None:
    with ledger(folder) as db:
        db.execute("UPDATE articles SET due = 1")
        db.commit()
