"""A cleaned line: its text, what is added, and everything else byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tibetnews.corpus.json_lines import clean_line, read_members
from tibetnews.errors import UnreadableError
from tibetnews.text import clean

SAMPLE = (Path(__file__).parents[2] / "replica" / "sample" / "mirror-page.txt").read_text("utf-8")
STORY = "西藏春来早，农牧民忙着备耕。\n\n今年的青稞种子早已备好。"


def line(**members: Any) -> str:
    return json.dumps(members, ensure_ascii=False)


def test_the_text_is_that_of_clean_and_nothing_is_lost() -> None:
    done = json.loads(clean_line(line(id=7, text=SAMPLE)))
    cleaned = clean(SAMPLE)
    assert list(done) == ["id", "text", "removed", "repairs", "fields"]
    assert done["text"] == cleaned.text
    assert done["removed"] == [{"kind": piece.kind, "text": piece.text} for piece in cleaned.removed]
    assert {piece["kind"] for piece in done["removed"]} == {"copyright", "spam"}
    assert done["repairs"] == {"readings": 181, "breaks": 1, "unresolved": 0, "script": "t2s"}
    assert done["fields"]["title"] == cleaned.title
    assert done["fields"]["editor"] == "李雨潼"


def test_a_clean_text_keeps_its_bytes() -> None:
    written = '{ "a":1,"text":"\\u897f藏春来早，农牧民忙着备耕。" }'
    assert clean_line(written) == '{ "a":1,"text":"\\u897f藏春来早，农牧民忙着备耕。", "removed": [], "repairs": null }'


@pytest.mark.parametrize(
    "other",
    [
        "1.10",
        "1e400",
        "-0.0",
        "123456789012345678901234567890.123456789",
        "9" * 5000,
        '"\\ud83d\\ude00 \\/ \\u0041"',
        '"\\ud800"',
        '{"b" :[ 1,2 ,{}],"a":  null}',
        "[true , false]",
        "NaN",
    ],
)
def test_other_fields_are_kept_byte_for_byte(other: str) -> None:
    done = clean_line(f'{{"before": {other} , "text": {json.dumps(SAMPLE)},"after":{other}}}')
    assert done.startswith(f'{{"before": {other} , "text": "新华社')
    assert f',"after":{other}, "removed": [' in done


def test_a_key_that_stands_twice_means_the_last() -> None:
    done = clean_line(f'{{"text": 1, "text": {json.dumps(STORY + chr(10) + "（责编：李雨潼）")}}}')
    assert json.loads(done)["text"] == STORY
    assert done.startswith('{"text": 1, "text": "西藏')


def test_another_field_can_hold_the_text() -> None:
    done = json.loads(clean_line(line(text="分享到：", content=f"{STORY}\n\n（责编：李雨潼）"), "content"))
    assert (done["text"], done["content"]) == ("分享到：", STORY)


def test_notes_of_an_earlier_cleaning_are_continued() -> None:
    earlier = {"kind": "share", "text": "分享到："}
    repairs = {"readings": 1, "breaks": 0, "unresolved": 0, "script": "t2s"}
    done = json.loads(clean_line(line(removed=[earlier], text=SAMPLE, repairs=None)))
    assert list(done) == ["removed", "text", "repairs", "fields"]
    assert [piece["kind"] for piece in done["removed"]] == ["share", "copyright", "spam"]
    assert done["repairs"]["readings"] == 181
    again = line(removed=[earlier], text=STORY, repairs=repairs)
    assert clean_line(again) == again


def test_foreign_values_under_our_names_give_way_only_to_news() -> None:
    assert json.loads(clean_line(line(text=STORY, removed=False)))["removed"] is False
    removed = json.loads(clean_line(line(text=SAMPLE, removed=False)))["removed"]
    assert [piece["kind"] for piece in removed] == ["copyright", "spam"]


@pytest.mark.parametrize(
    ("bad", "reason", "detail"),
    [
        ("text", "json", "not JSON: Expecting value at character 1"),
        ("[1, 2]", "object", "the line is JSON, but not an object"),
        ('"text"', "object", "the line is JSON, but not an object"),
        ("{}", "field", "there is no 'text'; --field NAME names the field of the text"),
        ('{"Text": "a"}', "field", "there is no 'text'; --field NAME names the field of the text"),
        ('{"text": 12}', "field", "'text' is not a string"),
        ('{"text": null}', "field", "'text' is not a string"),
        ('{"text": ["a"]}', "field", "'text' is not a string"),
        ('{"text": "a\\ud800"}', "encoding", "'text' has half a surrogate pair at character 2"),
        ('{"text": "a"', "json", "not JSON: ',' is missing at character 13"),
        ('{"text": "a",}', "json", "not JSON: a key in double quotes is missing at character 14"),
        ('{"text" "a"}', "json", "not JSON: ':' is missing at character 9"),
        ('{"text": }', "json", "not JSON: Expecting value at character 10"),
        ('{"text": "a"} {}', "json", "not JSON: something follows the object at character 15"),
        ("{'text': 'a'}", "json", "not JSON: a key in double quotes is missing at character 2"),
        ('{"text": "a\tb"}', "json", "not JSON: Invalid control character at at character 12"),
        ('{"a": ' + "[" * 100_000, "json", "nested too deeply"),
    ],
)
def test_what_is_no_object_with_a_text_is_refused(bad: str, reason: str, detail: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        clean_line(bad)
    assert (refused.value.reason, refused.value.detail) == (reason, detail)


@pytest.mark.parametrize("good", ["{}", " {} "[1:], '{"a":1}', '{ "a" : [ 1 , {"b":"}"} ] , "c" : "," }\t'])
def test_members_are_where_json_has_them(good: str) -> None:
    members, end = read_members(good)
    assert list(members) == list(json.loads(good))
    assert [json.loads(good[m.start : m.end]) for m in members.values()] == list(json.loads(good).values())
    assert end == max([1, *(m.end for m in members.values())])


GARBLED = "河谷里的桃花开了，牧民们赶着羊群上山。公路修到了村口，孩子们放学回家。"


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "cp437")])
def test_a_text_that_was_read_in_a_wrong_encoding_is_restored(right: str, wrong: str) -> None:
    garbled = GARBLED.encode(right).decode(wrong)
    done = json.loads(clean_line(line(text=garbled)))
    assert done == {"text": GARBLED, "removed": [], "repairs": None}


def test_a_text_whose_encoding_cannot_be_told_is_refused() -> None:
    garbled = GARBLED.encode().decode("latin-1").replace("\x80", "?")
    with pytest.raises(UnreadableError, match=r"^encoding: read in a wrong encoding") as refused:
        clean_line(line(text=garbled))
    assert refused.value.reason == "encoding"


@pytest.mark.parametrize("honest", ["L’été à Ürümqi, où l’œuvre fut créée.", "Žluťoučký kůň úpěl ďábelské ódy."])
def test_letters_of_the_west_are_no_wrong_reading(honest: str) -> None:
    assert json.loads(clean_line(line(text=honest)))["text"] == honest
