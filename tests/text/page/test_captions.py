"""Captions: what stands below a picture, who took it, and honest sentences that look alike."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text.page.captions import is_caption, split_caption, split_credit


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("图为布达拉宫。摄影：李雷", "图为布达拉宫。", "李雷"),
        ("图为布达拉宫。 摄影：李雷", "图为布达拉宫。", "李雷"),
        ("图为布达拉宫。摄影：李雷。", "图为布达拉宫。", "李雷"),
        ("图为布达拉宫（摄影：李雷）", "图为布达拉宫", "李雷"),
        ("布达拉宫（李雷 摄）", "布达拉宫", "李雷"),
        ("布达拉宫（李雷摄）。", "布达拉宫", "李雷"),
        ("布达拉宫。（新华社记者 李雷 摄）", "布达拉宫。", "新华社记者 李雷"),
        ("布达拉宫。(李雷 摄影)", "布达拉宫。", "李雷"),
        ("布达拉宫。新华社记者 李雷 摄", "布达拉宫。", "新华社记者 李雷"),
        ("布达拉宫。图片来源：新华网", "布达拉宫。", "新华网"),
        ("布達拉宮（李雷 攝）", "布達拉宮", "李雷"),
        ("布达拉宫。（某某报 供图）", "布达拉宫。", "某某报"),
        ("（图源：某某网）", None, "某某网"),
        ("布达拉宫。图源：李雷", "布达拉宫。", "李雷"),
        ("（李雷 摄）", None, "李雷"),
        ("摄影：李雷", None, "李雷"),
        ("图为布达拉宫。", "图为布达拉宫。", None),
        ("图①：布达拉宫", "图①：布达拉宫", None),
        ("图2为布达拉宫", "图2为布达拉宫", None),
        ("布达拉宫。某某网 记者：李雷 摄", "布达拉宫。", "李雷"),
        ("布达拉宫。某某中国 供图", "布达拉宫。", "某某中国"),
        ("渡口的羊群（李雷 拍摄）", "渡口的羊群", "李雷"),
        ("渡口的羊群（3月5日摄）。", "渡口的羊群（3月5日摄）。", None),
        ("渡口的羊群（2021年3月拍攝）", "渡口的羊群（2021年3月拍攝）", None),
        ("渡口的羊群（3月5日无人机拍摄）。", "渡口的羊群（3月5日无人机拍摄）。", None),
        ("渡口的羊群（3月5日摄，无人机照片）。", "渡口的羊群（3月5日摄，无人机照片）。", None),
        ("渡口的羊群（3月5日摄）。新华社记者 李雷 摄", "渡口的羊群（3月5日摄）。", "新华社记者 李雷"),
        ("渡口的羊群。3月5日摄", "渡口的羊群。3月5日摄", None),
    ],
)
def test_captions(line: str, caption: str | None, credit: str | None) -> None:
    assert is_caption(line)
    assert split_credit(line) == (caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        "Herders milk their yaks. [Photo/Xinhua]",
        "Herders milk their yaks. (Xinhua/Li Lei)",
        "Photo by Li Lei",
        "Photo: VCG",
        "（圖／翻攝自臉書）",
        "▲河谷裡的牧場。（圖／業者提供）",
        "图源 河谷商报",
        "图片：李雷 摄",
        "河谷里的牧场（无人机照片）。",
        "河谷裡的牧場（無人機照片）",
        "两棵古树（拼版照片）",
    ],
)
def test_a_line_that_names_the_origin_of_its_picture_is_a_caption(line: str) -> None:
    assert is_caption(line)


def test_captions_side_by_side_are_one() -> None:
    line = "图①：采茶现场。图②：炒茶现场。央金 摄"
    assert split_caption(line)[:2] == ("", line)


@pytest.mark.parametrize("story", ["近日，茶园开园，游客前来体验采茶。", "“开园了！”"])
@pytest.mark.parametrize(
    "caption",
    [
        "图为游客在茶园合影 赵磊 摄",  # no stop in front of the credit
        "图片为采茶现场。摄影：赵磊",
        "（图为工人采摘春茶。央金摄）",
        "左图为采茶，右图为炒茶。央金 摄",
        "上图：采茶现场。央金 摄",
        "图①为采茶现场。央金 摄",
        "圖為採茶現場。（央金 攝）",
    ],
)
def test_a_caption_in_a_line_of_the_story(story: str, caption: str) -> None:
    assert split_caption(story + caption)[:2] == (story, caption)


@pytest.mark.parametrize(
    "line", ["他以绘画为生。图为心声，画为情写。这是他的话。", "照片有两张。左图为旧址，右图为新址，两处相隔三公里。"]
)
def test_a_sentence_about_a_picture_is_story(line: str) -> None:
    assert split_caption(line)[:2] == (line, "")


@pytest.mark.parametrize(
    "line",
    [
        "西藏的春天来得晚。",
        "他在摄影展上说：“这张照片里的孩子已经上大学了。”",
        "李雷热爱摄影。",
        "她报了三个兴趣班（书法、绘画、摄影）。",
        "她报了两个兴趣班（绘画和摄影）",
        "这家人以放牧、摄影为生",
        "图书馆今天开放。",
        "图中的老人今年九十岁。",
        "企图为自己开脱的人很多。",
        "图为了解当地情况，工作组走访了十个村。" * 20,  # longer than any caption
        "",
    ],
)
def test_lines_that_are_no_captions(line: str) -> None:
    assert not is_caption(line)
    assert split_credit(line) == (line or None, None)


@pytest.mark.parametrize(
    "piece", ["（摄", "（李雷", "摄影：", "摄影：李", "图为", " ", "。李 ", "李 摄", "图片来源", "（" * 41]
)
def test_a_megabyte_that_nearly_fits(piece: str) -> None:
    hostile = piece * (1_000_000 // len(piece)) + "摄"
    with takes_at_most(3):
        assert not is_caption(hostile)
        split_credit(hostile)


@pytest.mark.parametrize(
    "line",
    [
        "（资料图）",
        "資料圖",
        "【资料图片】",
        "（某某社资料照片）",
        "（资料图，图文无关）",
        "（图片来自网络）",
        "图片由受访者提供",
        "（视频截图）",
        "资料图：雪山下的渡口。",
        "雪山下的渡口（资料图）",
        "某某社记者 央金 摄",
        "赵磊摄",
        "雪山下的渡口 赵磊 摄",
        "图/赵磊",
        "赵磊/摄",
        "Foto: Xinhua",
        "Die Fähre im Winter. (Foto: Xinhua)",
        "图片：某某社",
        "受访单位供图",
        "↑3月2日，人们在渡口等船。",
        "▲这是雪山下的渡口。",
        "图3 雪山下的渡口",
    ],
)
def test_a_line_that_says_where_a_picture_comes_from_is_a_caption(line: str) -> None:
    assert is_caption(line)
    assert split_caption(line).story == ""


@pytest.mark.parametrize(
    "line",
    [
        "资料图书馆开门了。",
        "资料图纸都在柜子里",
        "（资料图书目录）",
        "资料图要按年份摆放。",
        "雪停了。羊群下了山。他翻出一张旧照片（资料图）",
        "照片来自网络，不知是谁拍的。",
        "图2 和图3 都显示，水位在上升。",
        "▲ 地址：渡口东边",
        "↑ 上移 ↓ 下移",
        "一只羊被月光摄",
        "图/文字并重",
        "图为什么总是歪的？",
    ],
)
def test_sentences_about_pictures_are_no_captions(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize("origin", ["（图片来源：新华社）", "（资料图）", "(图片来自网络)", "（图源：河谷网）"])
def test_a_long_sentence_in_front_of_the_origin_of_a_picture_is_story(origin: str) -> None:
    sentence = "三月的河谷里，农牧民正忙着翻地播种，" * 6 + "一派繁忙。"
    assert split_caption(sentence + origin)[:2] == (sentence, origin)
    for caption in (f"图为{sentence}{origin}", f"三月的河谷里，农牧民正忙着翻地播种。{origin}"):
        assert split_caption(caption)[:2] == ("", caption)


def test_the_photographer_behind_a_blank_in_a_bracket() -> None:
    assert split_credit("采访团在牧场采访。（摄影 李雷）") == ("采访团在牧场采访。", "李雷")
    assert split_credit("他学过两门课（摄影，绘画）").credit is None
