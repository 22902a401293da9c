"""What shows that a text may be a page, found by a quick look; a text without it is given back at once."""

from __future__ import annotations

import pytest

from tibetnews.text.page.evidence import has_page_part

STORY = "三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。"


@pytest.mark.parametrize(
    "line",
    [
        "2023-10-13 10:05 来源：新华网",
        "发布时间：2023年10月13日",
        "２０２３-10-13 10:05",
        "༢༠༢༣-༡༠-༡༣ ཡོང་ཁུངས། བོད་ལྗོངས།",
        "20\u200b23-10-13 10:05 来源：新华网",
        "2\u200b023-10-13 来源：新华网",
        "Published: July 18, 2022 | Xinhua",
        "中国西藏网 > 文化",
        "首页 » 时政",
        "（责编：李雨潼）",
        "責任編輯：李雨潼",
        "Editor: Anna Lee",
        "རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན།",
        "（中国西藏网 文/卓玛）",
        "（卓玛/文）",
        "（记者 卓玛 通讯员 李雷）",
        "雪停了（文/卓玛）",
        "分享到：微信 微博",
    ],
)
def test_a_line_that_only_a_page_has(line: str) -> None:
    assert not has_page_part([STORY])
    assert has_page_part([STORY, line])
    assert has_page_part([f"{line}\r", "\r", STORY])


def test_a_page_whose_title_stands_above_it_with_the_site() -> None:
    assert has_page_part(["西藏的春天来得晚_河谷网", "西藏的春天来得晚", STORY])
    assert not has_page_part(["西藏的春天来得晚_河谷网", STORY])


def test_a_time_in_large_numbers_on_lines_of_its_own() -> None:
    assert has_page_part(["西藏的春天来得晚", "2021", "03-04", STORY])


@pytest.mark.parametrize(
    "text",
    [
        "河谷里起风了\n雪落在山上",
        f"2023年的春天\n{STORY}",
        f"编织的人\n{STORY}",
        f"（一）\n{STORY}",
        "地区\t日期\n甲\t2023-10-13\n乙\t2023-10-14",
        "",
        "\n \n",
    ],
)
def test_texts_that_surely_are_none(text: str) -> None:
    assert not has_page_part(text.split("\n"))
