"""Reprints of one story are similar, stories of one form are not."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest

from replica.damage import damage
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from replica.prose import chinese, tibetan
from replica.reprints import (
    Pair,
    Text,
    first_halves,
    heavily_edited,
    other_facts,
    same_form,
    same_story,
    without_end,
)
from tests.support.timing import takes_at_most
from tibetnews.text import SAME_STORY, fingerprint, repair, similarity, story_similarity
from tibetnews.text.fingerprint import CELLS, MIN_SHINGLES

PAIRS = 500
STORY = "\n\n".join(chinese.story(random.Random(1), 6))
OTHER = "\n\n".join(chinese.story(random.Random(2), 6))
ENGLISH = "\n\n".join(
    f"Herders of village number {n} counted {n * 37 % 91} yaks near the river and moved {n * n} tents"
    f" to pasture {n % 7}."
    for n in range(12)
)


def sketch(story: Text) -> bytes:
    return fingerprint("\n\n".join(story.paragraphs))


def share_of_copies(pairs: Iterable[Pair]) -> float:
    told = [story_similarity(sketch(pair.first), sketch(pair.second)) is not None for pair in pairs]
    return sum(told) / len(told)


def likeness(a: str, b: str) -> float:
    return similarity(fingerprint(a), fingerprint(b))


def shingles(text: str, width: int) -> set[str]:
    return {text[at : at + width] for at in range(len(text) - width + 1)}


def test_reprints_are_found_and_bulletins_of_one_form_are_not() -> None:
    found, wrong = share_of_copies(same_story(PAIRS)), share_of_copies(same_form(PAIRS))
    assert found >= 0.98
    assert found / (found + wrong) >= 0.98


@pytest.mark.parametrize(
    ("pairs", "least", "most"),
    [(heavily_edited, 0.95, 1), (first_halves, 0.99, 1), (without_end, 0.99, 1), (other_facts, 0, 0.02)],
)
def test_cut_and_rewritten_stories_are_copies_and_other_facts_are_none(
    pairs: Callable[[int], Iterator[Pair]], least: float, most: float
) -> None:
    assert least <= share_of_copies(pairs(PAIRS)) <= most


def test_the_figure_is_the_jaccard_figure() -> None:
    errors = []
    for pair in (*same_story(150), *same_form(150)):
        a, b = (shingles("".join(filter(str.isalnum, "".join(t.paragraphs))), 6) for t in (pair.first, pair.second))
        errors.append(similarity(sketch(pair.first), sketch(pair.second)) - len(a & b) / len(a | b))
    assert abs(sum(errors) / len(errors)) < 0.01
    assert sum(error * error for error in errors) / len(errors) < 0.05**2


@pytest.mark.parametrize("break_rate", [0, 0.3, 1])
@pytest.mark.parametrize("table", [SAMPLE_TABLE, LONG_TABLE], ids=["sample", "long"])
def test_the_repaired_copy_of_a_mirror_is_a_copy(table: dict[str, str], break_rate: float) -> None:
    shown = damage(STORY, table, break_rate=break_rate, seed=3, script=SAMPLE_SCRIPT)
    assert likeness(STORY, repair(shown).text) > 0.8
    assert likeness(STORY, shown) < 0.55  # else the line above says nothing; the script alone does not count


@pytest.mark.parametrize(
    "print_",
    [
        STORY.replace("\n\n", "\n　　"),
        STORY.translate(str.maketrans("，。“”0123456789", ',.""０１２３４５６７８９')),
        STORY.replace("的", " 的\u3000"),
    ],
)
def test_form_does_not_count(print_: str) -> None:
    assert fingerprint(print_) == fingerprint(STORY)


def test_an_added_note_and_a_cut_paragraph() -> None:
    assert likeness(STORY, f"{STORY}\n\n（本文有删改，原题为《高原来信》，作者系本报记者）") > 0.9
    assert likeness(STORY, STORY.rpartition("\n\n")[0]) > 0.7


def test_two_stories() -> None:
    assert likeness(STORY, OTHER) < 0.2
    assert likeness(STORY, STORY) == 1


@pytest.mark.parametrize("edited", [0.01, 0.05, 0.1])
def test_tibetan_is_compared_by_syllables(edited: float) -> None:
    chance = random.Random(5)
    first, other = (" ".join(tibetan.paragraphs(random.Random(seed), 6)) for seed in (1, 2))
    syllables = first.split(tibetan.TSHEG)
    edit = tibetan.TSHEG.join("ཀ" * 3 if chance.random() < edited else syllable for syllable in syllables)
    assert likeness(first, edit) >= SAME_STORY
    assert likeness(first, other) < SAME_STORY / 2
    assert fingerprint(first.replace(tibetan.TSHEG, "\u0f0c")) == fingerprint(first)  # the tsheg that does not break
    assert fingerprint(first.replace(tibetan.TSHEG, "")) != fingerprint(first)


def test_latin_text_is_compared_by_words() -> None:
    paragraphs = ENGLISH.split("\n\n")
    assert likeness(ENGLISH, "\n\n".join(paragraphs[:-1])) > 0.8
    assert likeness(ENGLISH, ENGLISH.upper().replace(" ", "  ")) == 1
    assert likeness(ENGLISH, "".join(ENGLISH.split(" "))) == 0


def test_numbers_count() -> None:
    others = {ord(digit): str((int(digit) + 3) % 10) for digit in "0123456789"}
    assert likeness(STORY, STORY.translate(others)) < 0.9


REPORT = (
    "今天白天，{place}多云，局地有小雨，最高气温{high}度，最低气温{low}度，风力{wind}级，相对湿度{wet}%，"
    "请广大市民外出时注意交通安全，及时增减衣物，预防感冒。气象部门提醒农牧民朋友做好牲畜保暖和大棚加固工作。"
    "山区道路湿滑，过往车辆请减速慢行，注意防范落石。"
)
TODAY = REPORT.format(place="拉萨", high=21, low=9, wind=3, wet=45)


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (REPORT.format(place="拉萨", high=17, low=6, wind=4, wet=38), False),
        (REPORT.format(place="林芝", high=17, low=6, wind=4, wet=38), False),
        (REPORT.format(place="拉萨", high=21, low=9, wind=3, wet=44), True),  # one slip of the pen
        (TODAY.replace("%", "％").replace("21", "２１").replace("气温", "氣溫"), True),
        (TODAY.removesuffix("山区道路湿滑，过往车辆请减速慢行，注意防范落石。"), True),
    ],
)
def test_figures_tell_two_reports_of_one_form_apart(other: str, is_copy: bool) -> None:
    assert likeness(TODAY, other) >= SAME_STORY
    assert (story_similarity(fingerprint(TODAY), fingerprint(other)) is not None) == is_copy


def test_places_count_where_there_are_no_figures() -> None:
    form = "{}召开会议，传达学习上级精神，研究部署下一阶段工作。会议要求，各部门要提高认识，压实责任，落到实处。"
    at, elsewhere = (fingerprint(form.format(place)) for place in ("日喀则市", "山南市"))
    assert similarity(at, elsewhere) > 0.8
    assert story_similarity(at, elsewhere) is None
    assert story_similarity(at, at) == 1


def test_a_sentence_of_a_long_story_is_no_copy_of_it() -> None:
    story = "\n\n".join(chinese.story(random.Random(3), 12))
    whole, half, tenth = (fingerprint(story[: len(story) // part]) for part in (1, 2, 10))
    assert story_similarity(whole, half) is not None
    assert tenth
    assert story_similarity(whole, tenth) is None


def test_a_fingerprint_of_an_earlier_version_is_compared_by_its_cells() -> None:
    old = fingerprint(TODAY)[: 2 * CELLS]
    other = fingerprint(REPORT.format(place="拉萨", high=17, low=6, wind=4, wet=38))
    assert story_similarity(old, fingerprint(TODAY)) == 1
    assert story_similarity(old, other) == similarity(old, other) >= SAME_STORY
    assert story_similarity(b"", old) is story_similarity(old, b"") is None


def test_short_texts_are_like_nothing() -> None:
    short = STORY.replace("，", "")[: MIN_SHINGLES + 4]
    assert fingerprint("") == fingerprint("图为活动现场。") == fingerprint(short) == b""
    assert likeness(short, short) == likeness(STORY, short) == 0


def test_a_text_that_fills_few_cells_is_compared_by_those() -> None:
    head, rest = STORY.partition("。")[0][:45], OTHER.partition("。")[2][:45]
    assert fingerprint(head).count(b"\xff\xff") > CELLS / 2
    assert likeness(head, rest) == 0
    assert 0.1 < likeness(head + rest, head) < 0.8


def test_fingerprints_are_the_same_in_every_process() -> None:
    code = f"from tibetnews.text import fingerprint; print(fingerprint({STORY!r}).hex())"
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.strip() == fingerprint(STORY).hex()


def test_a_stored_fingerprint_stays_comparable() -> None:
    """Ledgers hold fingerprints of earlier versions: where one of these changes, they must be made anew."""
    numbers = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(400))
    syllables = "་".join(f"བོད{chr(0x0F40 + n % 40)}{chr(0x0F71 + n % 7)}" for n in range(200))
    words = " ".join(f"word{n}" for n in range(200))
    simplified = bytes(byte for n in range(3000) for byte in (0xB0 + n * 37 % 39, 0xA1 + n * 53 % 94)).decode(
        "gb2312", "ignore"
    )
    head = fingerprint(simplified.translate(dict.fromkeys(map(ord, "乾著"))))[:8].hex()
    assert head == "d71b5d0a28053208"  # as before scripts were folded
    heads = [fingerprint(text)[:8].hex() for text in (numbers, syllables, words)]
    assert heads == ["682f273375183674", "ffff5cfd648affff", "f72337786d16b06d"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "西" * 1_000_000,
        "a" * 1_000_000,
        "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FFF), k=1_000_000))),
        "".join(map(chr, random.Random(1).choices([*range(0xD800), *range(0xE000, 0x110000)], k=250_000))),
        "བོད་" * 250_000,
        "a " * 500_000,
        "." * 1_000_000,
        "\u0f72" * 300_000,
        "\ud800" * 300_000,
        "\U0010ffff" * 250_000,
        "\u0316\u0301" * 250_000,
        "\U00016ff0\U0001d16d\u0316" * 100_000,
    ],
    ids=[
        "empty",
        "one",
        "latin",
        "random Chinese",
        "random",
        "Tibetan",
        "words",
        "stops",
        "marks",
        "surrogates",
        "last",
        "unsorted",
        "beyond",
    ],
)
def test_any_text_has_a_fingerprint_soon(text: str) -> None:
    with takes_at_most(3):
        sketch = fingerprint(text)
        assert not sketch or 2 * CELLS < len(sketch) <= 2 * CELLS + 100
        assert similarity(sketch, sketch) in (0, 1)
