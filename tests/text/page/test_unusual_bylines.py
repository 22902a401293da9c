"""Bylines in forms that few pages have, and lines that look like them in texts that are no pages."""

from __future__ import annotations

import pytest

from tibetnews.text import clean

TITLE = "西藏春来早"
STORY = ["林芝市的茶园里，工人们正忙着采摘第一批春茶。", "据介绍，今年全县的产量预计比去年增长一成。"]


@pytest.mark.parametrize(
    ("byline", "source", "authors"),
    [
        ("发布时间\n2023-10-13 10:05\n来源\n新华网", "新华网", ()),
        ("来源\n新华网\n作者\n李雷\n2023-10-13 10:05", "新华网", ("李雷",)),
        ("[2023-10-13 10:05] [来源：新华网]", "新华网", ()),
        ("新华网 / 2023-10-13 10:05 / 李雷", "新华网", ("李雷",)),
        ("新华网 / 2023-10-13 / 李雷", "新华网", ("李雷",)),
        ("Fri, 10/13/2023 - 10:05 | By Li Lei", None, ("Li Lei",)),
        ("Posted on October 13, 2023 10:05 AM by admin", None, ()),
        ("本文来源：新华网 2023-10-13 10:05", "新华网", ()),
    ],
)
def test_a_byline_in_other_forms(byline: str, source: str | None, authors: tuple[str, ...]) -> None:
    cleaned = clean("\n".join([TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, source, authors)
    assert (cleaned.published_at or "")[:10] == "2023-10-13"
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize("time", ["昨天 10:05", "前日10:05", "3小时前", "5分鐘前"])
def test_a_time_by_todays_clock_shows_the_byline_and_tells_no_time(time: str) -> None:
    cleaned = clean("\n".join([TITLE, f"{time} 来源：新华网", *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.published_at) == (TITLE, "新华网", None)
    text = "\n".join([TITLE, time, *STORY])
    assert clean(text).text == text


@pytest.mark.parametrize("said", ["李雷 10:05\n好的", "李雷 10月13日 10:05\n#春耕#"])
def test_a_line_below_what_somebody_else_said_is_no_title(said: str) -> None:
    text = "\n".join([said, "王小明 2023-10-13 10:06", *STORY])
    assert clean(text).text == text


@pytest.mark.parametrize("foot", ["此页面最后更新于 2024-10-23", "今日要点：\n* 2026-03-16 10:17"])
def test_a_time_of_the_page_below_a_story_shows_its_title(foot: str) -> None:
    cleaned = clean("\n".join([TITLE, *STORY, foot]))
    assert (cleaned.title, cleaned.text, cleaned.published_at) == (TITLE, "\n\n".join(STORY), None)


@pytest.mark.parametrize(
    "head",
    [
        "发布日期：2023-10-13\n各科室：",
        "文号：某办发〔2023〕3号\n发布日期：2023年10月13日",
        "名称：通知\n发布日期：2023-10-13\n索引号：1",
        "23-10-13 10:05 重启",
        "10月13日 10:05 晴",
        "10-13 10:05",
    ],
)
def test_a_day_at_the_top_of_a_notice_or_a_diary_stays(head: str) -> None:
    text = "\n".join([head, *STORY, "县农牧局"])
    assert clean(text).text == text
