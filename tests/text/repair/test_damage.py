"""The simulator does what mirrors were seen to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from replica.damage import Habits, break_rate_of, damage, habits_of
from replica.mirror_tables import SAMPLE_SCRIPT, SAMPLE_TABLE

MIRRORS = Path(__file__).parent / "mirrors"

# clean traditional text, what was seen, the mirror's table (in the order of replacement), whether it cuts
WORKED = [
    ("之路。”北京市科學技術", "之路?!北本┦锌茖W(xué)技術(shù)", {"學": "xué", "術": "shù"}, 1),
    (
        "需求。可以有很多的需求分析的標準",
        "需求??梢杂泻芏嗟男枨蠓治龅臉?biāo)準(zhǔn)",
        {"標": "biāo", "準": "zhǔn"},
        1,
    ),
    (
        "實現規模化高效交付的關鍵",
        "實現(xiàn)規(guī)?;咝Ы桓兜年P(guān)鍵",
        {"現": "xiàn", "規": "guī", "關": "guān"},
        1,
    ),
    ("重視。現階段", "重視?,F(xiàn)階段", {"現": "xiàn"}, 1),
    ("使命。看來在實現", "使命??磥?lái)在實(shí)現", {"來": "lái", "實": "shí"}, 1),
    ("演變為世界城市也成為學術界", "演變?yōu)槭澜绯鞘幸渤蔀閷W術界", {"優": "yōu"}, 0),
    ("發展潛力[3]", "發(fā)展?jié)摿3]", {"發": "fā", "節": "jié"}, 0),
    ("部分數據", "部分?jǐn)?shù)據(jù)", {"數": "shù", "謹": "jǐn", "據": "jù"}, 0),
    ("房價", "房?jī)r(jià)", {"價": "jià", "績": "jī"}, 0),
    ("當的人民", "當(dāng)?shù)娜嗣?", {"數": "shù", "當": "dāng"}, 0),
    ("溧li", "溧l(xiāng)i", {"鄉": "xiāng"}, 0),
]


@pytest.mark.parametrize(("clean", "shown", "table", "rate"), WORKED)
def test_worked_examples(clean: str, shown: str, table: dict[str, str], rate: int) -> None:
    got = damage(clean, table, break_rate=rate, seed=0)
    assert got == shown


def test_a_cut_takes_a_tags_bracket_and_a_digit_along() -> None:
    shown = damage("舉行。”\n正常化45周年", {}, break_rate=1, seed=0, habits=Habits(ascii_marks=False))
    assert shown == "舉行?！?/p>\n正?；?5周年"


def test_some_decoders_drop_a_lone_byte_and_keep_the_bracket() -> None:
    assert (
        damage("當的人民", {"數": "shù", "當": "dāng"}, break_rate=0, seed=0, habits=Habits(lone=""))
        == "當(dāng)(shù)娜嗣"
    )


@pytest.mark.parametrize(("euro", "shown"), [("", "人?！逼叫芯的人多"), ("€", "人?！逼叫芯€的人多")])
def test_the_byte_80_aligns_a_run_again(euro: str, shown: str) -> None:
    assert damage("人。”平行線的人多", {}, break_rate=1, seed=0, habits=Habits(ascii_marks=False, euro=euro)) == shown


def test_marks_hide_inside_a_run() -> None:
    assert (
        damage("資本。《報告》。”本。《", {}, break_rate=1, seed=0, habits=Habits(ascii_marks=False))
        == "資本?！秷蟾妗贰！北尽！?"
    )


def test_the_sample_page() -> None:
    clean = (MIRRORS / "news.clean.txt").read_text("utf-8")
    shown = (MIRRORS / "news.txt").read_text("utf-8")
    assert damage(clean, SAMPLE_TABLE, break_rate=0.3, seed=2, script=SAMPLE_SCRIPT) == (shown.split("\n\n黄大仙区")[0])


@pytest.mark.parametrize(
    ("clean", "habits", "shown"),
    [
        ("規模。如今Ａ，３％，好", Habits(ascii_all=True), "規?!H缃瘢?,3%,好"),
        ("健：進球", Habits(full_stop_rate=1), "?。哼M球"),
        ("我们，他们。你们；", Habits(commas=1), "我们,,他们,。你们,;"),
        ("大家", Habits(times=2), "大(dà)(dà)家"),
        ("一等獎。“我", Habits(lone=""), "一等獎!拔"),
    ],
)
def test_habits(clean: str, habits: Habits, shown: str) -> None:
    assert damage(clean, {"大": "dà"}, break_rate=1, seed=0, habits=habits) == shown


def test_the_pages_of_real_mirrors_differ_in_their_habits_and_rates() -> None:
    pages = range(300)
    habits = [habits_of(page) for page in pages]
    assert habits == [habits_of(page) for page in pages]
    assert 0.05 < sum(bool(one.commas) for one in habits) / len(habits) < 0.2
    assert {one.euro for one in habits} == {"", "€"}
    rates = [break_rate_of(page, 0.3) for page in pages]
    assert abs(sum(rates) / len(rates) - 0.3) < 0.08
    assert min(rates) < 0.01
    assert max(rates) > 0.9
    assert (break_rate_of(1, 0), break_rate_of(1, 1)) == (0, 1)
