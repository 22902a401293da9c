"""Traditional script is told from simplified, and does not count where stories are compared."""

from __future__ import annotations

import random

import opencc
import pytest

from replica.damage import traditional
from replica.prose import chinese
from tibetnews.text import content_hash, fingerprint, fold_script, is_content_hash, is_traditional, repair, similarity
from tibetnews.text.script import is_japanese

STORY = "\n\n".join(chinese.story(random.Random(7), 6))
MIRROR = "".join(map(traditional, STORY))
CONVERTED = [MIRROR, *(opencc.OpenCC(name).convert(STORY) for name in ("s2t", "s2tw", "s2hk"))]
SIMPLIFIED = "看着著名的后羿在于北京发表着论著，乾隆年间的皇后征收着里程税。"


@pytest.mark.parametrize("copy", CONVERTED)
def test_a_copy_in_the_other_script_is_a_copy(copy: str) -> None:
    assert fold_script(copy) != copy
    assert similarity(fingerprint(STORY), fingerprint(copy)) >= 0.9


@pytest.mark.parametrize(
    ("title", "text"),
    [("拉萨春来早", "农牧民说，雪下得正好。"), ("后勤会议", "发展于云里，关系复杂。"), ("头发", STORY)],
)
def test_a_mirrors_script_does_not_change_the_hash(title: str, text: str) -> None:
    copy = ["".join(map(traditional, part)) for part in (title, text)]
    assert copy != [title, text]
    assert content_hash(*copy) == content_hash(title, text)


def test_the_word_suffix_and_the_works_are_one_in_a_sketch() -> None:
    text = "他看着羊群想着家乡的雪山笑着唱着歌走着。" * 2 + STORY[:200]
    assert similarity(fingerprint(text), fingerprint(text.replace("着", "著"))) == 1


def test_a_hash_of_the_time_before_scripts_were_folded_is_known() -> None:
    old = "sha256:33eb69c608374bfd692153961ade26d3fab2e41dfd6fcd756951c1340b9a2fe9"
    title, text = "西藏春來早", "農牧民說，今年的雪下得正好。"
    assert content_hash(title, text) != old
    assert is_content_hash(old, title, text)
    assert not is_content_hash(old, title, f"{text}又來了。")
    assert not is_content_hash(None, title, text)


def test_simplified_text_keeps_its_hash() -> None:
    assert fold_script(SIMPLIFIED.replace("乾隆", "")) == SIMPLIFIED.replace("乾隆", "")
    assert fold_script(STORY) == STORY


@pytest.mark.parametrize("text", [*CONVERTED, "西藏的春天來得晚。", "農牧民忙著春耕"])
def test_traditional_text(text: str) -> None:
    assert is_traditional(text)
    assert not is_traditional(repair(text, damaged=True).text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        STORY,
        SIMPLIFIED,
        "བོད་ཀྱི་དཔྱིད་ཀ་ཕྱི་མོར་སླེབས།",
        "Herders of 西藏 and 拉薩 met; no other 漢字 here." * 3 + "那里的草地很好，人们都去过。" * 5,
        f"匾上写着“國泰民安”四字。{SIMPLIFIED}",
        "両国の会談は東京で行われ、経済協力と實務について話し合われた。首相は會談の後、記者團に述べた。",
    ],
)
def test_no_traditional_text(text: str) -> None:
    assert not is_traditional(text)


@pytest.mark.parametrize(
    "text", ["牧民說" + "，在山上放羊" * 3, "在山上放羊，" * 3 + "牧民說這裏", "這裏的" + "在山上放羊" * 5]
)
def test_where_the_traditional_forms_stand_does_not_matter(text: str) -> None:
    dice = random.Random(2)
    orders = ["".join(dice.sample(text, len(text))) for _ in range(50)]
    assert {is_traditional(order) for order in orders} == {is_traditional(text)}


@pytest.mark.parametrize("marks", ["。、《》〇", "\u3000「」"])
def test_marks_are_no_kana(marks: str) -> None:
    assert not is_japanese(marks * 9 + "西藏")
    assert is_japanese(marks * 9 + "のは春" * 2)


def test_one_character_in_twenty_may_be_kana() -> None:
    assert not is_japanese("の" + "西" * 19)
    assert all(is_japanese("西" * before + "の" + "西" * (18 - before)) for before in range(19))
    assert not is_japanese("\U00020003\ud800の" + "西" * 17)
