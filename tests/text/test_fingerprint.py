"""What two prints of one story may differ in, and what makes it another story."""

from __future__ import annotations

import hashlib

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text.fingerprint import content_hash

TITLE, TEXT = "西藏春来早", "西藏的春天来得晚，雪下了 3.5 厘米。\n\nLhasa的牧民说：“好。”"
HASH = content_hash(TITLE, TEXT)


def test_the_form_of_a_hash() -> None:
    assert content_hash("西藏", "春天") == "sha256:" + hashlib.sha256("西藏\n春天".encode()).hexdigest()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (f" {TITLE}\u3000", TEXT),
        (TITLE, TEXT.replace("\n\n", "\n")),
        (TITLE, f"　　{TEXT}".replace("\n\n", "\r\n　　")),
        (TITLE, TEXT.replace("，", ",").replace("。", ".").replace("“", '"').replace("”", '"')),
        (TITLE, TEXT.replace("Lhasa", "ＬＨＡＳＡ").replace("3", "３")),
        (f"《{TITLE}》", TEXT.replace("说：", "说:\u200b")),
    ],
)
def test_two_prints_of_one_story(title: str, text: str) -> None:
    assert content_hash(title, text) == HASH


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE, TEXT.replace("晚", "早")),
        (TITLE, TEXT.replace("3.5", "3.6")),
        (TITLE, TEXT.replace("3.5", "-3.5").replace("-", "\u2212")),  # a minus sign, no dash
        (TITLE, TEXT + "了"),
        (TITLE + "早", TEXT),
        (TITLE[:-1], TITLE[-1] + TEXT),  # a word that went from the title to the text
        (TITLE, ""),
        ("", TEXT),
        (TITLE, TEXT.replace("好", "坏")),
    ],
)
def test_another_story(title: str, text: str) -> None:
    assert content_hash(title, text) != HASH


def test_marks_of_the_tibetan_script_are_letters_of_it() -> None:
    assert content_hash("བོད", "ཀི") != content_hash("བོད", "ཀ")


@pytest.mark.parametrize(
    "text", ["", "。，！", "西藏" * 500_000, "\u0f72" * 300_000, "\ud800西藏".replace("\ud800", "\ufffd")]
)
def test_any_text_has_a_hash_soon(text: str) -> None:
    with takes_at_most(6):
        assert len(content_hash("", text)) == len("sha256:") + 64


def test_numbers_keep_their_marks() -> None:
    assert content_hash("标题", "增长3.5亿") != content_hash("标题", "增长35亿")
    assert content_hash("标题", "增长28.4%") != content_hash("标题", "增长28.4")
    assert content_hash("标题", "增长28.4％。") == content_hash("标题", "增长28.4%.")
