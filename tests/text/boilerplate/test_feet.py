"""Feet of pages in further forms; those that an honest text may have go from a page alone."""

from __future__ import annotations

import pytest

from tibetnews.text import Removed, clean

PAGE = "河谷里春耕忙\n2023-10-13 10:05 来源：新华网\n"
BODY = "三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。"


@pytest.mark.parametrize(
    ("foot", "kind"),
    [
        ("下一页 共5页", "navigation"),
        ("第1页/共5页", "navigation"),
        ("上一页 下一页 (共 5 页)", "navigation"),
        ("返回首页>>", "navigation"),
        ("联系电话：010-58000000 邮箱：mail@tibet.cn", "copyright"),
        ("E-mail：mail@tibet.cn", "copyright"),
        ("主管：某某局 主办：某某社 Copyright 2015-2023 某某网 All Rights Reserved", "copyright"),
        ("客服热线：400-000-0000 工作时间：9:00-18:00", "copyright"),
        ("本站常年法律顾问：某某律师事务所 张律师", "copyright"),
        ("※ 未经授权不得转载 ※", "copyright"),
        ("打開微信掃一掃，分享至朋友圈", "share"),
        ("已有 12 人参与评论", "comment"),
        ("策划丨王芳", "editor"),
    ],
)
def test_a_foot_goes_from_a_page(foot: str, kind: str) -> None:
    cleaned = clean(f"{PAGE}{BODY}\n{foot}")
    assert (cleaned.text, cleaned.removed) == (BODY, (Removed(kind, foot),))


@pytest.mark.parametrize(
    "line",
    [
        "下一页 共5页",
        "返回首页>>",
        "客服热线：400-000-0000 工作时间：9:00-18:00",
        "打開微信掃一掃，分享至朋友圈",
        "策划丨王芳",
        "下一页的共5页纸",
        "编辑丨这个人后来去了县城。",
    ],
)
def test_a_text_that_is_no_page_keeps_it(line: str) -> None:
    for text in (f"{BODY}\n{line}", f"{line}\n{BODY}", line):
        assert clean(text).text == text
