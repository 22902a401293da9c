"""The whole way from section listings to JSON Lines, against everything that the replica planted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from replica import Replica
from replica.crawling import ROOT
from replica.layouts import LAYOUTS
from tests.support.crawling import Crawl, crawl, differences
from tibetnews.formats.json_schema import json_schema

ARTICLES = 400


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=11) as replica:
        yield replica


@pytest.fixture(scope="module")
def everything(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    return crawl(tmp_path_factory.mktemp("everything"), "sections", site=replica.url)


def test_every_article_comes_once_with_every_field_as_planted(replica: Replica, everything: Crawl) -> None:
    planted = replica.records()
    assert everything.status == 0, everything.log
    assert everything.rejects == []
    assert len(everything.records) == ARTICLES
    assert {r["id"] for r in everything.records} == {truth["id"] for truth in planted.values()}
    copies = ("duplicate_of", "similarity")  # which of two copies comes first is the network's choice
    wrong = {r["url"]: d for r in everything.records if (d := differences(r, planted[r["url"]], copies))}
    assert wrong == {}


def test_every_layout_was_among_them(replica: Replica, everything: Crawl) -> None:
    layouts = replica.layouts()
    assert {layouts[record["id"]] for record in everything.records} == set(LAYOUTS)


def test_copies_of_one_story_name_the_first_of_them(replica: Replica, everything: Crawl) -> None:
    records = {record["id"]: record for record in everything.records}
    groups = replica.duplicates()
    assert groups
    for group in groups:
        first = [id_ for id_ in group if records[id_]["duplicate_of"] is None]
        assert len(first) == 1
        others = [records[id_] for id_ in group if id_ != first[0]]
        assert {(other["duplicate_of"], other["similarity"]) for other in others} == {(first[0], 1.0)}
        assert len({records[id_]["content_hash"] for id_ in group}) == 1
    in_groups = {id_ for group in groups for id_ in group}
    assert [r["id"] for r in everything.records if r["duplicate_of"] and r["id"] not in in_groups] == []


def test_every_record_is_of_the_schema_with_its_keys_in_order(everything: Crawl) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert everything.records
    for record in everything.records:
        validator.validate(record)
        assert list(record) == list(schema["properties"])


def test_lines_are_unescaped_utf8(replica: Replica, tmp_path: Path) -> None:
    assert crawl(tmp_path, "sections", "-a", "sections=politics", site=replica.url).status == 0
    (file,) = tmp_path.glob("articles-*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    assert lines
    for line in lines:
        assert line.endswith(b"\n")
        assert b"\\u" not in line
        assert json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n" == line


def test_the_outlet_is_asked_once_for_each_page(replica: Replica, tmp_path: Path) -> None:
    replica.forget_requests()
    crawl(tmp_path, "sections", "-a", "editions=cn", site=replica.url)
    asked = Counter(request["path"] for request in replica.requests())
    assert asked["/robots.txt"] == 1
    assert [path for path, times in asked.items() if times > 1] == []
    agents = {request["user_agent"] for request in replica.requests()}
    assert len(agents) == 1
    assert agents.pop().startswith("tibetnews/")


def test_mirrors_come_out_as_the_articles_they_were_copied_from(replica: Replica, tmp_path: Path) -> None:
    mirrors = replica.mirrors()
    assert len(mirrors) >= 20
    (tmp_path / "urls.txt").write_text("\n".join(mirrors), "utf-8")
    done = crawl(tmp_path, "articles", "-a", f"urls=@{tmp_path}/urls.txt", site=replica.url)
    assert done.status == 0, done.log
    assert len(done.records) == len(mirrors)
    but = ("duplicate_of", "similarity", "section")
    wrong = {r["url"]: d for r in done.records if (d := differences(r, mirrors[r["url"]], but))}
    assert wrong == {}
    for record in done.records:  # the names of 理论 and 理论 > 理论 are one: then the breadcrumbs lead to the first
        planted = mirrors[record["url"]]["section"]
        assert record["section"] == planted or planted.startswith(f"{record['section']}/"), record["url"]


def test_the_sample_page_is_its_expected_record(replica: Replica, tmp_path: Path) -> None:
    sample = ROOT / "replica" / "sample"
    expected = json.loads((sample / "mirror-page.expected.json").read_text("utf-8"))
    urls = [
        f"{replica.url}/mirror/sample.html",
        f"{replica.url}/mirror/sample.txt",
        (sample / "mirror-page.txt").as_uri(),
    ]
    done = crawl(tmp_path, "articles", "-a", f"urls={','.join(urls)}", site=replica.url)
    assert done.status == 0, done.log
    assert sorted(record["url"] for record in done.records) == sorted(urls)
    for record in done.records:
        assert {name: record[name] for name in expected} == expected
        assert record["repairs"]["unresolved"] == 0
        assert (record["http"] is None) == record["url"].startswith("file:")


def test_news_are_found_by_their_day(tmp_path: Path) -> None:
    with Replica(articles=60, seed=5) as replica:
        news = set(replica.publish(5))
        days = [truth["published_at"][:10] for truth in replica.records().values() if truth["id"] in news]
        done = crawl(tmp_path, "sections", "-a", f"since={min(days)}", site=replica.url)
        planted = {truth["id"] for truth in replica.records().values() if min(days) <= truth["published_at"][:10]}
    assert news <= planted
    assert {record["id"] for record in done.records} == planted


def test_until_and_pages_bound_a_walk(replica: Replica, tmp_path: Path) -> None:
    replica.forget_requests()
    day = sorted(truth["published_at"][:10] for truth in replica.records().values())[ARTICLES // 2]
    done = crawl(tmp_path, "sections", "-a", f"until={day}", "-a", "pages=1", site=replica.url)
    assert done.records
    assert max(record["published_at"][:10] for record in done.records) <= day
    listings = [
        r["path"] for r in replica.requests() if r["path"].endswith(("/", "list.shtml")) or "index_" in r["path"]
    ]
    assert [path for path in listings if "index_" in path] == []


def test_a_run_without_news_leaves_no_file(replica: Replica, tmp_path: Path) -> None:
    done = crawl(tmp_path, "sections", "-a", "since=2090-01-01", site=replica.url)
    assert done.status == 0, done.log
    assert list(tmp_path.iterdir()) == []


def test_overwriting_output_is_scrapys_own(replica: Replica, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    for _ in range(2):
        crawl(tmp_path / "exports", "sections", "-a", "sections=politics", "-O", str(file), site=replica.url)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert lines
    assert len({line["id"] for line in lines}) == len(lines)
    assert not (tmp_path / "exports").exists()


def test_duplicates_can_be_dropped_into_the_rejects(tmp_path: Path) -> None:
    with Replica(articles=200, seed=11) as replica:
        copies = sum(len(group) - 1 for group in replica.duplicates())
        done = crawl(tmp_path, "sections", site=replica.url, DUPLICATES="drop", HEALTH_MAX_REJECTED_SHARE="0.5")
    assert copies
    assert Counter(reject["reason"] for reject in done.rejects) == {"duplicate": copies}
    assert len(done.records) == 200 - copies
