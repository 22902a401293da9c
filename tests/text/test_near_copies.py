"""Reprints of one story are similar, stories of one form are not."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from replica.damage import damage
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from replica.prose import chinese, tibetan
from replica.reprints import Text, same_form, same_story
from tibetnews.text import SAME_STORY, fingerprint, repair, similarity
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


def likeness(a: str, b: str) -> float:
    return similarity(fingerprint(a), fingerprint(b))


def shingles(text: str, width: int) -> set[str]:
    return {text[at : at + width] for at in range(len(text) - width + 1)}


def test_reprints_are_found_and_bulletins_of_one_form_are_not() -> None:
    found = [similarity(sketch(pair.first), sketch(pair.second)) >= SAME_STORY for pair in same_story(PAIRS)]
    wrong = [similarity(sketch(pair.first), sketch(pair.second)) >= SAME_STORY for pair in same_form(PAIRS)]
    assert len(found) == len(wrong) == PAIRS
    assert sum(found) / PAIRS >= 0.98
    assert sum(found) / (sum(found) + sum(wrong)) >= 0.99


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
    begun = time.process_time()
    sketch = fingerprint(text)
    assert len(sketch) in (0, 2 * CELLS)
    assert similarity(sketch, sketch) in (0, 1)
    assert time.process_time() - begun < 3
