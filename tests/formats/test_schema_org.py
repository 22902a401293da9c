"""The feed format ``newsarticle``: valid by schema.org's vocabulary, complete by the map, exactly once."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.articles import FULL
from tests.support.crawling import crawl, read
from tests.support.schemaorg.vocabulary import faults, vocabulary
from tibetnews.formats.schema_org import FIELDS, LEFT_OUT, news_article
from tibetnews.items import Article, Http

SECTIONS = ["-a", "sections=politics,instant/politics,news/zcdt,culture/ms"]
BARE = replace(
    FULL,
    fetched_from=None,
    section=None,
    breadcrumbs=[],
    subtitle=None,
    published_at=None,
    source=None,
    authors=[],
    editor=None,
    dateline=None,
    images=[],
    videos=[],
    attachments=[],
    duplicate_of=None,
    revision=1,
    fetched_at=None,
    http=None,
)


def test_a_record_in_schema_orgs_words() -> None:
    said = news_article(FULL)
    assert faults(said) == []
    assert said["@context"] == "https://schema.org"
    assert said["dateline"] == "新华社 北京 2023-10-12"
    assert said["dateModified"] == "2023-10-13T04:00:00+00:00"
    assert said["articleSection"] == ["即时新闻", "时政"]
    assert said["image"][0]["creditText"] == "李雷"
    assert said["isBasedOn"] == {"@type": "NewsArticle", "identifier": "cn-7400000"}


def test_what_is_not_known_is_absent() -> None:
    said = news_article(BARE)
    assert faults(said) == []
    terms = {"@context", "@type", "@id", "url", "identifier", "version", "headline", "inLanguage", "publisher"}
    assert set(said) == terms | {"articleBody"}
    assert "dateModified" not in news_article(replace(FULL, http=Http(200, None, "yesterday")))


def test_a_mirrors_copy_has_no_publisher_that_is_known() -> None:
    assert "publisher" not in news_article(replace(FULL, url="https://spam.example.com/1.html"))


def test_photo_stories_are_galleries_too() -> None:
    said = news_article(replace(FULL, kind="photo"))
    assert said["@type"] == ["NewsArticle", "ImageGallery"]
    assert faults(said) == []


def test_every_field_is_mapped_or_left_out_for_a_reason() -> None:
    assert set(FIELDS) | set(LEFT_OUT) == {field.name for field in fields(Article)}
    assert not set(FIELDS) & set(LEFT_OUT)
    said = set(news_article(FULL)) | set(news_article(replace(FULL, kind="video")))
    assert {term for terms in FIELDS.values() for term in terms} | {"@context"} == said


def test_the_map_is_documented() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", (ROOT / "docs" / "newsarticle.md").read_text("utf-8"), re.M))
    expected = {field: ", ".join(f"`{term}`" for term in terms) for field, terms in FIELDS.items()}
    assert table == expected | {field: f"left out: {why}" for field, why in LEFT_OUT.items()}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"headlines": "x"}, "no property headlines"),
        ({"@type": "NewsStory"}, "no type NewsStory"),
        ({"contentUrl": "http://www.tibet.cn/"}, "contentUrl is no property of ['NewsArticle']"),
        ({"editor": "李雨潼"}, "editor takes {'Person'}, not '李雨潼'"),
        ({"sdDatePublished": "2023-10-14T02:10:00Z"}, "sdDatePublished takes {'Date'}, not '2023-10-14T02:10:00Z'"),
        ({"author": {"@type": "Place", "name": "x"}}, "not Place"),
        ({"headline": None}, "headline has None"),
    ],
)
def test_the_vocabulary_refuses(change: dict[str, Any], told: str) -> None:
    assert [fault for fault in faults(news_article(FULL) | change) if told in fault]
    assert {"dateline", "headline"} <= set(vocabulary()[1])


def test_the_feed_says_of_each_record_what_the_map_says(tmp_path: Path) -> None:
    plain, told = tmp_path / "plain.jsonl", tmp_path / "told.jsonl"
    with Replica(articles=90, seed=4) as replica:
        feeds = ["-o", str(plain), "-o", f"{told}:newsarticle"]
        done = crawl(tmp_path / "x", "sections", *feeds, site=replica.url)
        assert done.status == 0, done.log
    records = [json.loads(line) for line in plain.read_text("utf-8").splitlines()]
    lines = told.read_text("utf-8").splitlines()
    assert len(lines) == len(records) == 90
    by_id = {record["id"]: record for record in records}
    kinds: Counter[str] = Counter()
    for line in lines:
        said = json.loads(line)
        assert faults(said) == []
        record = by_id[said["identifier"]]
        kinds[record["kind"]] += 1
        assert (said["headline"], said["articleBody"]) == (record["title"], record["text"])
        assert said["datePublished"] == record["published_at"]
        assert [image["contentUrl"] for image in said.get("image", [])] == [i["url"] for i in record["images"]]
        assert said.get("isBasedOn", {}).get("identifier") == record["duplicate_of"]
    assert set(kinds) == {"article", "photo", "video"}


def test_killed_crawls_leave_each_article_one_line(tmp_path: Path) -> None:
    dice = random.Random(3)
    told, statuses = tmp_path / "told.jsonl", []
    with Replica(articles=30, seed=8, sections=4) as replica:
        for fatal in [*(dice.randrange(20, 60) for _ in range(4)), 0]:
            settings = {**FAST, "OUTLET_SITE": replica.url, "STATE_DIR": tmp_path / "state", "COMMIT_ITEMS": 4}
            options = setting_options(settings)
            feed = ["-o", f"{told}:newsarticle", "-s", f"EXPORT_DIR={tmp_path}"]
            command = [
                sys.executable,
                "-m",
                "tests.support.killed_crawl",
                str(fatal),
                "sections",
                *SECTIONS,
                *feed,
                *options,
            ]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
            statuses.append(done.returncode)
        expected = Counter({record["id"]: 1 for record in replica.records().values()})
    assert statuses.count(-signal.SIGKILL) >= 2
    assert statuses[-1] == 0, done.stderr
    lines = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert Counter(line["identifier"] for line in lines) == expected
    assert read(tmp_path, "articles") == []
