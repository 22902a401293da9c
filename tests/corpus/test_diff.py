"""What a person is shown of a cleaning."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from replica.damage import damage
from replica.mirror_tables import SAMPLE_SCRIPT, SAMPLE_TABLE
from tests.support.timing import takes_at_most
from tibetnews.console import printable
from tibetnews.corpus.diff import DiffLine, compare
from tibetnews.corpus.diff_view import legend, render

SAMPLES = Path(__file__).parents[2] / "replica" / "sample"
SAMPLE = (SAMPLES / "mirror-page.txt").read_text("utf-8")
STORY = "西藏春来早，农牧民忙着备耕。"


def marks(line: DiffLine) -> list[tuple[str, str]]:
    return [(piece.text, piece.change) for piece in (*line.before, *line.after) if piece.change]


def test_every_line_of_the_sample_has_its_outcome() -> None:
    outcomes = [line.outcome for line in compare(SAMPLE).lines]
    assert outcomes == ["breadcrumbs", "title", "fields", *["kept"] * 7, "fields", "copyright", "spam"]


def test_readings_breaks_and_script_are_marked() -> None:
    lines = compare(SAMPLE).lines
    title = marks(lines[1])
    assert ("(chǎn)", "annotation") in title
    assert ("產", "form") in title
    assert ("产业", "form") in title
    broken = next(line for line in lines if "茖W(xué)" in "".join(piece.text for piece in line.before))
    assert ("?!", "break") in marks(broken)
    assert ("。”", "break") in marks(broken)
    assert [line.number for line in lines if any(mark == "break" for _, mark in marks(line))] == [17]
    left = "".join(p.text for line in lines for p in line.before if p.change not in ("annotation", "break"))
    assert re.search(r"\([a-zāǎàēéěèíǐìōóòūúǔù]", left) is None


def test_both_sides_are_the_whole_line() -> None:
    shown = SAMPLE.split("\n")
    for line in compare(SAMPLE).lines:
        assert "".join(piece.text for piece in line.before) == shown[line.number - 1]


def test_a_clean_text_shows_nothing() -> None:
    assert compare(f"{STORY}\n\n{STORY}").lines == ()
    assert list(render("a", compare(STORY), colour=False)) == []


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_a_part_of_a_line_that_goes_is_marked(indent: str) -> None:
    (line,) = compare(f"{STORY}\n{indent}{STORY}（责编：李雨潼）").lines
    assert (line.number, line.outcome, marks(line)) == (2, "kept", [("（责编：李雨潼）", "cut")])


def test_a_part_that_goes_of_a_repaired_line_is_marked() -> None:
    paragraph = max(SAMPLE.split("\n"), key=len).strip()
    first, last = compare(f"{paragraph}\n{paragraph}(責(zé)編:李雨潼)").lines
    assert (first.outcome, last.outcome) == ("kept", "kept")
    assert last.after[-1] == ("（责编：李雨潼）", "cut")


def test_unresolved_places_are_marked() -> None:
    story = json.loads((SAMPLES / "mirror-page.expected.json").read_text("utf-8"))["text"]
    damaged = damage(story, SAMPLE_TABLE, break_rate=1, seed=1, script=SAMPLE_SCRIPT)
    comparison = compare(damaged)
    repaired = comparison.cleaned.repairs
    marked = [piece.text for line in comparison.lines for piece in line.after if piece.change == "unresolved"]
    assert marked == [repaired.text[start:end] for start, end in repaired.places]
    assert marked


def test_a_long_line_is_shown_with_its_changes_as_a_short_one_is() -> None:
    paragraph = max(SAMPLE.split("\n"), key=len).strip()
    (short,) = compare(paragraph).lines
    (long,) = compare(paragraph * 20).lines
    assert len(paragraph * 20) > 5000
    assert [piece for piece in long.before if piece.change] == 20 * [piece for piece in short.before if piece.change]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("西藏 abc", "西藏 abc"),
        ("a\x1b[31mb", "a�[31mb"),
        ("a\x9b31mb\x7f\x00\r\n", "a�31mb��  "),
        ("a\u202eb\u2028c\ud800\u200b", "a�b c��"),
        ("\u3000西\xa0藏\t", " 西 藏 "),
    ],
)
def test_nothing_that_a_terminal_obeys_is_printed(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_plain_lines_have_brackets_for_colours() -> None:
    text = "\n".join(line.plain for line in render("x\x1b.txt", compare(SAMPLE), colour=False))
    assert text.startswith(
        "x�.txt\n  repaired: readings 181, byte breaks 1, unresolved 0; traditional turned to simplified\n"
    )
    assert "read: title  北京高精尖<產>[-(chǎn)-]<業>[-(yè)-]" in text
    assert "之路{。”}北{京市科学}技术" in text
    assert "removed: spam  黄大仙区|" in text


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (
            "中国西藏网 > 即时新闻\n\n河谷里的新果园\n——记一位种果人\n\n发布时间：2024-03-16 10:05:00 来源：西藏日报 "
            f"记者：卓玛 次仁\n\n新华社林芝3月15日电 {STORY}{STORY}\n\n（责编：央金）",
            "breadcrumbs 中国西藏网, 即时新闻; title 河谷里的新果园; subtitle ——记一位种果人;"
            " published_at 2024-03-16T10:05:00+08:00; source 西藏日报;"
            " authors 卓玛, 次仁; editor 央金; dateline 新华社, 林芝, 2024-03-15",
        ),
        (f"中新网拉萨5月2日电 {STORY}\n（责编：央金）", "editor 央金; dateline 中新网, 拉萨"),
    ],
)
def test_all_that_was_read_is_shown(page: str, read: str) -> None:
    assert f"  read: {read}" in [line.plain for line in render("a", compare(page), colour=False)]


def test_no_bracket_means_two_things() -> None:
    marks = [re.sub(r"[\w ]+", "", mark) for mark in legend(colour=False).plain.split("  ")]
    assert len(set(marks)) == len(marks) == 5


def test_lines_of_few_characters_do_not_take_for_ever() -> None:
    with takes_at_most(2):
        compare(f"{SAMPLE}\n{'時(shí)的' * 700}")
