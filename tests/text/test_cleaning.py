"""The order of cleaning, and the parts of a page as values."""

from __future__ import annotations

import pytest

from tibetnews.outlet.page import Page
from tibetnews.text import Dateline, Removed, clean, parse_text_page, strip_body

FARM = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|"
SHARE = "分享到：微信 微博"


def test_boilerplate_goes_before_spam() -> None:
    stripped = strip_body(f"{FARM}\n\n西藏的春天来得晚。\n\n{SHARE}")
    assert stripped.text == "西藏的春天来得晚。"
    assert stripped.removed == (Removed("share", SHARE), Removed("spam", FARM))


def test_a_text_without_either_stays_the_same_object() -> None:
    text = "西藏的春天来得晚。"
    assert strip_body(text).text is text


def test_a_removed_line_stands_at_its_own_place_and_not_at_that_of_a_longer_one() -> None:
    head = "西藏春来早\n2023-10-13 10:05 来源：新华网"
    page = f"{head}\n图为羊群 扎西 摄\n分享到：微信\n图为羊群\n西藏的春天来得晚，农牧民说雪下得正好。"
    assert [piece.text for piece in clean(page).removed] == ["图为羊群 扎西 摄", "分享到：微信", "图为羊群"]


@pytest.mark.parametrize("head", ["", "高原春播\n2023-10-13 10:05 来源：新华网\n"])
@pytest.mark.parametrize(
    ("caption", "foot"),
    [
        ("图为農牧民在田裡播種青稞。中新社發 劉新 攝", "本網站所刊載信息，不代表中新社觀點。"),
        ("图为春播现场。 新华社记者 旺姆 摄", "【免责声明】本文仅代表作者个人观点，与本网无关。"),
    ],
)
def test_captions_alone_are_the_story_above_a_foot_too(head: str, caption: str, foot: str) -> None:
    cleaned = clean(f"{head}{caption}\n{foot}\n")
    assert cleaned.text.strip() == caption
    assert [piece.text for piece in cleaned.removed] == [foot]


def test_clean_gives_the_removed_pieces_in_the_order_of_the_page() -> None:
    page = f"登录\n西藏春来早\n2023-10-13 来源：新华网\n新华社拉萨12日电 西藏的春天来得晚。\n{SHARE}\n{FARM}"
    cleaned = clean(page)
    assert [piece.kind for piece in cleaned.removed] == ["navigation", "share", "spam"]
    assert cleaned.dateline == Dateline("新华社", "拉萨", "2023-10-12")


def test_a_page_without_byline_has_empty_fields() -> None:
    page = parse_text_page(["西藏春来早", "西藏的春天来得晚。", "", SHARE])
    assert page.byline_text == ""
    assert (page.title, page.subtitle, page.breadcrumbs, page.head) == ("", "", (), [])
    assert not page.has_parts


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("2018-03-14 10:20\n来源：某某新闻网-某某商报  王媛", ("某某新闻网-某某商报", ("王媛",), None)),
        (
            "发布时间：2018-03-14 10:20\n作者：旦增 陈思远\n来源：某某网\n责编：卓玛",
            ("某某网", ("旦增", "陈思远"), "卓玛"),
        ),
        ("来源：《某某报》\n2018-03-14 10:20", ("某某报", (), None)),
        ("文/卓玛\n2018-03-14 10:20 来源：某某网", ("某某网", ("卓玛",), None)),
        ("By Anna Lee\nPublished: 2018-03-14 10:20\nSource: Some Daily", ("Some Daily", ("Anna Lee",), None)),
        ("སྤེལ་དུས། 2018-03-14 10:20\nཡོང་ཁུངས། བོད་ལྗོངས།\nརྩོམ་པ་པོ། བཀྲ་ཤིས།", ("བོད་ལྗོངས།", ("བཀྲ་ཤིས།",), None)),
        ("ཡོང་ཁུངས།\nབོད་ལྗོངས།\nསྤེལ་དུས།\n2018-03-14 10:20\nརྩོམ་པ་པོ།\nབཀྲ་ཤིས།", ("བོད་ལྗོངས།", ("བཀྲ་ཤིས།",), None)),
    ],
)
def test_a_byline_of_several_lines(head: str, fields: tuple[str, tuple[str, ...], str | None]) -> None:
    story = "西藏的春天来得晚，牧民们说今年的雪下得正好。"
    cleaned = clean(f"春来早\n{head}\n{story}")
    assert (cleaned.source, cleaned.authors, cleaned.editor) == fields
    assert (cleaned.title, cleaned.published_at) == ("春来早", "2018-03-14T10:20:00+08:00")
    assert (cleaned.text, cleaned.removed) == (story, ())


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\u00ad", "\u200e"])
def test_characters_that_nobody_sees_are_gone_from_a_page_and_stay_in_a_text(character: str) -> None:
    story = f"西藏的春天{character}来得晚。"
    cleaned = clean(f"西藏{character}春来早\n2023-10-13 来源：新{character}华网\n{story}\n分享{character}到：微信")
    assert (cleaned.title, cleaned.source, cleaned.text) == ("西藏春来早", "新华网", "西藏的春天来得晚。")
    assert clean(f"{story}\n（完{character}）").text == f"{story}\n（完{character}）"


@pytest.mark.parametrize("mark", ["\r", "\r\r", "\u2028", "\x85", "\f"])
def test_any_mark_that_ends_lines_parts_them(mark: str) -> None:
    story = "西藏的春天来得晚，牧民们说今年的雪下得正好。"
    page = mark.join(["西藏春来早", "2023-10-13 来源：新华网", story, "（责编：李雨潼）", "分享到：微信"])
    cleaned = clean(page)
    assert (cleaned.title, cleaned.text, cleaned.editor) == ("西藏春来早", story, "李雨潼")
    honest = mark.join(["风来了", "雪来了\r\n", "人也来了\n"])
    assert (clean(honest).text, clean(honest).removed) == (honest, ())
    assert Page(page, "http://a.example/1.txt").text.split("\n")[0] == "西藏春来早"


VERSES = ["河谷绿,", "牧歌扬,", "家家打麦忙。", "党旗红,", "路宽广,", "新房向太阳。"]
NOTICE = "版权声明:凡注明“来源:河谷网”的所有作品,版权归河谷文化传播有限公司。任何媒体转载,须注明来源,否则将追究责任。"


@pytest.mark.parametrize("day", ["2020年3月2日", "2021-05-23", "2022年7月1日 于拉萨"])
@pytest.mark.parametrize("signature", ["(河谷网 文/李雷)", "（河谷网 记者/李雷）"])
def test_verses_with_their_day_above_a_notice_stay(day: str, signature: str) -> None:
    cleaned = clean("\n".join([*VERSES, day, signature, NOTICE]))
    assert cleaned.text.split() == "\n".join([*VERSES, day]).split()
    assert (cleaned.title, cleaned.source, cleaned.authors) == (None, "河谷网", ("李雷",))


@pytest.mark.parametrize("foot", ["（河谷网 记者/李雷）", "(河谷网 文/李雷)", "（河谷网 通讯员/李雷）"])
def test_the_signature_below_a_story_names_its_medium(foot: str) -> None:
    page = f"河谷里的路修通了\n发布时间：2023-10-13 10:05:00\n农牧民正忙着翻地播种，机械开到了田头。\n{foot}"
    cleaned = clean(page)
    assert (cleaned.source, cleaned.authors) == ("河谷网", ("李雷",))


@pytest.mark.parametrize(
    "foot",
    ["河谷市委宣传部版权所有????藏ICP备18000000号-1????", "河谷县文化局版权所有？？？？京ICP备05000000号"],
)
def test_blanks_that_became_question_marks_in_a_notice(foot: str) -> None:
    cleaned = clean(f"农牧民正忙着翻地播种，机械开到了田头。\n{foot}")
    assert cleaned.text.strip() == "农牧民正忙着翻地播种，机械开到了田头。"
    assert cleaned.removed == (Removed("copyright", foot),)


@pytest.mark.parametrize("control", ["字号：", "字体:", "分享到："])
def test_a_control_above_the_title_leads_up_to_nothing(control: str) -> None:
    page = [
        "这个网页不见了？请看河谷网。",
        control,
        "河谷里的路修通了",
        "2013年09月13日 21:30 来源：河谷网 参与互动(0)",
    ]
    cleaned = clean("\n".join([*page, "农牧民正忙着翻地播种，合作社的机械开到了田头。今年的良种比去年好。"]))
    assert (cleaned.title, cleaned.source) == ("河谷里的路修通了", "河谷网")
