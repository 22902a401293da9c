"""Two machines that share an outlet: their merged exports are those of one crawl."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.catalogue import OPENED
from replica.sections import choose
from tests.support.crawling import VARIABLE, crawl, killable_crawl, read
from tibetnews.corpus.inputs import find_inputs
from tibetnews.corpus.merge import Merge, add_entries
from tibetnews.corpus.run import read_entries

SECTIONS = ("sections", "-a", "sections=" + ",".join(f"{section.edition}/{section.path}" for section in choose(8)))
SHARES = ("1/2", "2/2")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=80, seed=8, sections=8) as replica:
        yield replica


def merged(*folders: Path) -> list[dict[str, Any]]:
    merge = Merge()
    assert not list(add_entries(read_entries(find_inputs([str(folder) for folder in folders])), merge))
    records = [json.loads(line) for line in merge.lines()]
    free = set(VARIABLE) - {"duplicate_of", "similarity"}
    return [{name: value for name, value in record.items() if name not in free} for record in records]


def asked(replica: Replica) -> Counter[str]:
    paths = Counter(request["path"] for request in replica.requests() if request["path"] != "/robots.txt")
    replica.forget_requests()
    return paths


def test_two_machines_give_what_one_gives(replica: Replica, tmp_path: Path) -> None:
    one = crawl(tmp_path / "one", *SECTIONS, site=replica.url)
    assert one.status == 0, one.log
    replica.forget_requests()
    listings = []
    for share in SHARES:
        folder = tmp_path / share.replace("/", "of")
        done = killable_crawl(folder, replica.url, "60", *SECTIONS, "-a", f"shard={share}")  # it is killed once
        assert done.returncode != 0
        done_again = crawl(folder, *SECTIONS, "-a", f"shard={share}", site=replica.url)
        assert done_again.status == 0, done_again.log
        listings.append({path for path in asked(replica) if path.endswith("/") or "index" in path})
    assert listings[0]
    assert listings[1]
    assert not listings[0] & listings[1]
    assert merged(tmp_path / "1of2", tmp_path / "2of2") == merged(tmp_path / "one")
    assert any(record["duplicate_of"] for record in merged(tmp_path / "one"))


def test_articles_that_are_due_are_asked_for_by_one_of_them(replica: Replica, tmp_path: Path) -> None:
    first, later = (f"{OPENED + timedelta(days=days):%Y-%m-%dT%H:%M:%S+00:00}" for days in (1, 400))
    settings = {"REVISIT_AFTER_DAYS": "300"}
    begun = crawl(tmp_path / "one", *SECTIONS, site=replica.url, times=first, **settings)
    replica.forget_requests()
    by_share: dict[str, Counter[str]] = {}
    for share in ("1/1", *SHARES):
        folder = tmp_path / share.replace("/", "of")
        for name in ("", "-state"):
            shutil.copytree(tmp_path / f"one{name}", folder.with_name(folder.name + name))
        done = crawl(folder, *SECTIONS, "-a", f"shard={share}", site=replica.url, times=later, **settings)
        assert done.status == 0, done.log
        assert read(folder, "articles") == begun.records
        by_share[share] = asked(replica)
    assert by_share["1/2"] + by_share["2/2"] == by_share["1/1"]
    assert by_share["1/1"].total() > 70
