"""The steps of datatrove do to a document what ``tibetnews clean`` does to a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.corpora import SAMPLE, STORY
from tibetnews.corpus.json_lines import clean_line
from tibetnews.text import clean

pytest.importorskip("datatrove", reason="datatrove is not installed: `make cluster` installs it")

from datatrove.data import Document
from datatrove.pipeline.writers import JsonlWriter

from tibetnews.corpus.datatrove_steps import CleanText, NonEmptyFilter

FARM = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市|"
FOOT = "版权声明：凡注明“来源：中国西藏网”或“中国西藏网文”的所有作品，版权归高原（北京）文化传播有限公司。"


def cleaned(*documents: Document) -> list[Document]:
    return list(CleanText().run(iter(documents)))


def test_a_document_is_cleaned_as_a_line_is() -> None:
    (document,) = cleaned(Document(SAMPLE, "7", metadata={"url": "http://mirror.example"}))
    line: dict[str, Any] = json.loads(clean_line(json.dumps({"text": SAMPLE})))
    assert (document.id, document.text) == ("7", line["text"])
    assert document.text == clean(SAMPLE).text
    dateline = document.metadata["fields"].pop("dateline")
    assert dateline == {"agency": "新华社", "place": "北京", "date": "2023-10-12"}
    assert document.metadata == {
        "url": "http://mirror.example",
        "removed": line["removed"],
        "repairs": line["repairs"],
        "fields": line["fields"],
    }
    assert document.metadata["fields"]["editor"] == "李雨潼"
    assert document.metadata["repairs"]["readings"] == 181


def test_earlier_notes_are_kept_as_in_a_line() -> None:
    earlier = {"removed": [{"kind": "share", "text": "分享"}], "repairs": {"readings": 1}, "fields": {"title": "旧"}}
    for text in (STORY, f"{STORY}\n\n（责编：李雨潼）", f"{STORY}\n\n{FARM}", SAMPLE):
        (document,) = cleaned(Document(text, "1", metadata={**earlier}))
        line = json.loads(clean_line(json.dumps({"text": text, **earlier})))
        document.metadata["fields"].pop("dateline", None)
        assert document.metadata == {name: line[name] for name in earlier}


def test_an_honest_document_stays_as_it_is_and_is_told_so() -> None:
    (document,) = cleaned(Document(STORY, "1"))
    assert document == Document(STORY, "1", metadata={"removed": [], "repairs": None, "fields": {}})


def test_what_holds_no_story_is_excluded_with_its_reason(tmp_path: Path) -> None:
    documents = [
        Document(STORY, "story"),
        Document(FARM, "farm"),
        Document(f"{FARM}\n\n{FOOT}", "farm and foot"),
        Document(FOOT, "foot"),
        Document(" \n ", "blank"),
    ]
    kept = NonEmptyFilter(exclusion_writer=JsonlWriter(str(tmp_path))).run(CleanText().run(iter(documents)))
    assert [document.id for document in kept] == ["story"]
    (file,) = tmp_path.iterdir()
    excluded = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert {document["id"]: document["metadata"]["filter_reason"] for document in excluded} == {
        "farm": "spam",
        "farm and foot": "spam",
        "foot": "boilerplate",
        "blank": "empty",
    }
    assert excluded[0]["metadata"]["removed"] == [{"kind": "spam", "text": FARM}]
