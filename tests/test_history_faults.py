"""Web archives that lead elsewhere, lose files, cut off or are not there: nothing is lost or asked for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica import Replica
from tests.support.archives import crawl_with_archive
from tests.support.crawling import Crawl, crawl
from tests.support.web_archive import Shown, WebArchive, serve

PYWB, WAYBACK, RANGES = "pywb", "wayback", "ranges"


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with Replica(articles=30, seed=13) as replica:
        yield replica


@pytest.fixture(scope="module")
def kept(site: Replica, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawl_with_archive(tmp_path_factory.mktemp("kept"), site.url) / "archive"


@pytest.fixture
def archive(kept: Path) -> Iterator[WebArchive]:
    """An archive with the pages of six articles alone, none of which has parts."""
    with serve(kept) as archive:
        alone = [shown for shown in archive.captures if shown.row["mime"] == "text/html" and _is_article(shown)]
        archive.captures = sorted(alone, key=lambda shown: number_of(shown.row["url"]))[:6]
        yield archive


def _is_article(shown: Shown) -> bool:
    return bool(re.search(r"/cn/.*/t\d{8}_\d+\.html$", shown.row["url"])) and b"_1.html" not in shown.body


def number_of(url: str) -> str:
    """The article's number."""
    return url.rpartition("_")[2]


def history(folder: Path, archive: WebArchive, site: Replica, kind: str, *more: str) -> Crawl:
    source = {WAYBACK: "/cdx/search/cdx", RANGES: "/collinfo.json", PYWB: "/CC-1-index"}[kind]
    records = ("-a", f"records={archive.url}/records/") if kind != WAYBACK else ()
    arguments = ("history", "-a", f"source={archive.url}{source}", *records, *more)
    return crawl(folder, *arguments, site=site.url, SLOW_DOWN_SECONDS=0.1, RETRY_TIMES=0)


def second_run_asks_nothing(folder: Path, archive: WebArchive, site: Replica, kind: str) -> None:
    archive.requests.clear()
    assert history(folder, archive, site, kind).status == 0
    assert set(archive.requests) <= {"/robots.txt", "/collinfo.json"}


@pytest.mark.parametrize("kind", [WAYBACK, RANGES])
def test_a_capture_that_leads_to_another_article_is_none(
    kind: str, archive: WebArchive, site: Replica, tmp_path: Path
) -> None:
    """The newest capture of the first article leads to the second one; the only one of the third to the fourth."""
    first, second, third, fourth = archive.captures[:4]
    newer = Shown(row={**first.row, "timestamp": "20991231235959", "digest": "N"}, headers=[], body=b"")
    archive.captures.append(newer)
    for wrong, right in ((newer, second), (third, fourth)):
        if kind == WAYBACK:
            target = f"{archive.url}/web/{right.row['timestamp']}id_/{right.row['url']}"
            path = f"/web/{wrong.row['timestamp']}id_/{wrong.row['url']}"
            archive.faults[path] = [(302, {"Location": target})]
        else:
            wrong.row.update(offset=right.row["offset"], length=right.row["length"])
    done = history(tmp_path / "exports", archive, site, kind)
    numbers = {number_of(shown.row["url"]) for shown in archive.captures}
    assert {number_of(record["url"]) for record in done.records} == numbers - {number_of(third.row["url"])}
    assert [(reject["url"], reject["reason"]) for reject in done.rejects] == [(third.row["url"], "moved")]
    second_run_asks_nothing(tmp_path / "exports", archive, site, kind)


def test_captures_that_are_never_answered_do_not_stand_in_the_way(
    archive: WebArchive, site: Replica, tmp_path: Path
) -> None:
    """As where a file of an archive is lost, with neighbours in it."""
    lost = archive.captures[:3]
    archive.faults = {shown.row["url"]: [(500, {})] * 9 for shown in lost}
    first = history(tmp_path / "exports", archive, site, WAYBACK)
    assert "500 Internal Server Error, 3 times in a row; the run ended early" in first.log
    assert first.records == []
    second = history(tmp_path / "exports", archive, site, WAYBACK)
    assert (second.status, len(second.records)) == (1, 3), second.log
    archive.faults = {}
    third = history(tmp_path / "exports", archive, site, WAYBACK)
    assert (third.status, len(third.records)) == (0, 6), third.log


@pytest.mark.parametrize("kind", [PYWB, WAYBACK])
def test_an_index_that_is_not_there_is_a_fault(kind: str, archive: WebArchive, site: Replica, tmp_path: Path) -> None:
    archive.fault_body = b"<html>Not Found</html>"
    archive.faults = {"matchType": [(404, {"Content-Type": "text/html"})]}
    done = history(tmp_path / "exports", archive, site, kind)
    assert done.status == 1
    (fault,) = [line for line in done.log.splitlines() if "unhealthy: " in line]
    assert "was not read to its end: the archive answers 404 Not Found to http" in fault
    assert fault.endswith("; correct -a source=…")
    assert history(tmp_path / "exports", archive, site, kind).records


def test_an_index_that_has_become_shorter_is_read_anew(archive: WebArchive, site: Replica, tmp_path: Path) -> None:
    archive.fault_body = b'{"pages": 3, "pageSize": 5, "blocks": 9}'
    archive.faults = {"showNumPages": [(200, {})]}
    first = history(tmp_path / "exports", archive, site, PYWB)
    assert "was not read to its end: the archive answers 400 Bad Request" in first.log
    assert history(tmp_path / "exports", archive, site, PYWB).status == 0
    second_run_asks_nothing(tmp_path / "exports", archive, site, PYWB)


def test_a_part_of_a_file_that_was_cut_off_on_its_way_is_asked_for_again(
    archive: WebArchive, site: Replica, tmp_path: Path
) -> None:
    shown = archive.captures[0].row
    last = int(shown["offset"]) + int(shown["length"]) - 1
    headers = {"Content-Range": f"bytes {shown['offset']}-{last}/99999999"}
    archive.faults = {f"{shown['filename']} bytes={shown['offset']}-": [(206, headers)]}
    first = history(tmp_path / "exports", archive, site, RANGES)
    assert re.search(r"1 capture could not be fetched from the archive: 1 × \S+ sent 9 bytes of [\d,]+; ", first.log)
    assert (len(first.records), first.rejects) == (5, [])
    again = history(tmp_path / "exports", archive, site, RANGES)
    assert (again.status, len(again.records)) == (0, 6), again.log


@pytest.mark.parametrize("kind", [PYWB, WAYBACK])
def test_an_index_that_names_nothing_at_all_is_a_fault(
    kind: str, archive: WebArchive, site: Replica, tmp_path: Path
) -> None:
    """Some servers answer so for a collection that they do not have."""
    shown, archive.captures = archive.captures, []
    for _ in range(2):
        done = history(tmp_path / "exports", archive, site, kind)
        assert done.status == 1
        assert " names no article of the outlet; look whether -a source=… is right, and ask again with -a" in done.log
    archive.captures = shown
    assert history(tmp_path / "exports", archive, site, kind, "-a", "full=1").status == 0


def test_pages_of_an_archive_that_give_no_record_are_told_as_such(
    archive: WebArchive, site: Replica, tmp_path: Path
) -> None:
    """Soft 404s, byte for byte the same, as archives have many."""
    for shown in archive.captures[:3]:
        shown.body = b"<html><body><p>\xe9\xa1\xb5\xe9\x9d\xa2\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8</p></body></html>"
    done = history(tmp_path / "exports", archive, site, WAYBACK)
    same, rejected = [line.partition("unhealthy: ")[2] for line in done.log.splitlines() if "unhealthy: " in line]
    advice = "nothing to do: the archive has no better capture, and a crawl asks the outlet for what its listings name"
    assert same == (
        "2 pages had, byte for byte, the content of another page: something in front of the outlet answered in its"
        f" place; {advice}"
    )
    assert rejected.startswith("1 of 6 pages has an unknown layout (limit 2 %): 1 × layout; ")
    assert f"; {advice}; see " in rejected
