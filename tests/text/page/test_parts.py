"""The order of a page's parts, where there is no markup to tell them."""

from __future__ import annotations

import time

import pytest

from tibetnews.text.line_forms import has_sentence, is_title
from tibetnews.text.page.breadcrumbs import read_breadcrumbs
from tibetnews.text.page.parts import find_parts

TRAIL = "中国西藏网 > 即时新闻 > 时政"
TITLE = "西藏春来早"
SUBTITLE = "——来自墨脱的报道"
INFO = "发布时间：2023-10-13 10:05:00 来源： 新华网"
STORY = ["西藏的春天来得晚。", "牧民们说，今年的雪下得正好。"]
EDITOR = "（责编：李雨潼）"
BELOW = [
    "版权声明：凡注明“来源：中国西藏网”的所有作品，版权归高原（北京）文化传播有限公司。",
    "相关阅读",
    "墨脱通了公路",
]


def parts(lines: list[str], head_title: str = "") -> dict[str, object]:
    """The parts that are found, by their lines."""
    found = find_parts(lines, head_title)
    named = {
        "breadcrumbs": found.breadcrumbs,
        "title": found.title,
        "subtitle": found.subtitle,
        "byline": found.byline,
    }
    return {name: None if i is None else lines[i] for name, i in named.items()} | {"body": lines[found.body]}


WHOLE: dict[str, object] = {
    "breadcrumbs": TRAIL,
    "title": TITLE,
    "subtitle": None,
    "byline": INFO,
    "body": [*STORY, EDITOR],
}


@pytest.mark.parametrize(
    ("lines", "head_title", "expected"),
    [
        ([TRAIL, TITLE, INFO, *STORY, EDITOR, *BELOW], "", WHOLE),
        ([TRAIL, TITLE, SUBTITLE, INFO, *STORY, EDITOR, *BELOW], "", WHOLE | {"subtitle": SUBTITLE}),
        (["登录", "首页", TRAIL, TITLE, INFO, *STORY, EDITOR], "", WHOLE),
        ([TITLE, INFO, *STORY, EDITOR], "", WHOLE | {"breadcrumbs": None}),
        (["登录", "首页", TITLE, INFO, *STORY, EDITOR], "", WHOLE | {"breadcrumbs": None}),
        (
            ["登录", TITLE, SUBTITLE, INFO, *STORY],
            f"{TITLE}_时政_中国西藏网",
            WHOLE | {"breadcrumbs": None, "subtitle": SUBTITLE, "body": STORY},
        ),
        (
            [TRAIL, TITLE, INFO, *STORY, "责任编辑：李雨潼", "您也许还想读这一篇。"],
            "",
            WHOLE | {"body": [*STORY, "责任编辑：李雨潼"]},
        ),
        ([TRAIL, TITLE, INFO, *STORY, *BELOW], "", WHOLE | {"body": STORY}),
        ([TRAIL, TITLE, INFO, *STORY], "", WHOLE | {"body": STORY}),
        (
            [TRAIL, TITLE, INFO, STORY[0], STORY[1] + EDITOR, *BELOW],
            "",
            WHOLE | {"body": [STORY[0], STORY[1] + EDITOR]},
        ),
        ([TRAIL, TITLE, *STORY, EDITOR], "", WHOLE | {"byline": None}),
        # nothing shows that a first line is a headline
        ([TITLE, *STORY], "", WHOLE | {"breadcrumbs": None, "byline": None, "title": None, "body": [TITLE, *STORY]}),
        (STORY, "", WHOLE | {"breadcrumbs": None, "byline": None, "title": None, "body": STORY}),
        ([INFO, *STORY], "", WHOLE | {"breadcrumbs": None, "title": None, "body": STORY}),
        # a headline with a date in it is no info line
        (
            [TRAIL, "2024年1月1日起西藏施行新规", INFO, *STORY],
            "",
            WHOLE | {"title": "2024年1月1日起西藏施行新规", "body": STORY},
        ),
        ([], "", WHOLE | {"breadcrumbs": None, "byline": None, "title": None, "body": []}),
        ([TITLE], "", WHOLE | {"breadcrumbs": None, "byline": None, "title": None, "body": [TITLE]}),
    ],
)
def test_parts(lines: list[str], head_title: str, expected: dict[str, object]) -> None:
    assert parts(lines, head_title) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (TRAIL, ("中国西藏网", "即时新闻", "时政")),
        ("中国西藏网\xa0>\xa0时政", ("中国西藏网", "时政")),
        ("中国西藏网＞时政", ("中国西藏网", "时政")),
        ("中国西藏网 › 时政 › ", ("中国西藏网", "时政")),
        ("您当前的位置：中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("位置：中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("中国西藏网", ()),
        (">", ()),
        ("更多 >", ()),
        ("中国西藏网“首页 > 视频”的新入口，方便了读者。", ()),
        ("中国西藏网 > " + "很长" * 30, ()),
        ("甲 > " * 80, ()),
        ("", ()),
    ],
)
def test_breadcrumbs(line: str, expected: tuple[str, ...]) -> None:
    assert read_breadcrumbs(line) == expected


@pytest.mark.parametrize(
    ("line", "is_one", "has_one"),
    [
        (TITLE, True, False),
        (STORY[0], False, True),
        ("西藏的春天来得早吗？", True, True),
        ("西藏的春天，", False, False),
        ("西藏" * 61, False, False),
        ("", False, False),
        ("Spring comes late. The snow was right.", True, True),
        ("Spring comes to Tibet", True, False),
        ("བོད་ལྗོངས།", True, False),
        ("བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་འབྱོར་སོང་། གངས་བབས་སོང་།", True, True),
    ],
)
def test_titles_and_sentences(line: str, is_one: bool, has_one: bool) -> None:
    assert is_title(line) is is_one
    assert has_sentence(line) is has_one


@pytest.mark.parametrize(
    "line", [">", "> ", " ", "甲>", "།", "། ", ".", ". ", "2023-10-13", "位置：", "责编：李", "（"]
)
def test_a_megabyte_that_nearly_fits(line: str) -> None:
    hostile = line * (1_000_000 // len(line))
    begun = time.process_time()
    find_parts([hostile, INFO, hostile], hostile)
    find_parts([line] * 100_000)
    assert time.process_time() - begun < 6


def test_breadcrumbs_of_markup_are_read_before_their_repair() -> None:
    assert read_breadcrumbs("中國(guó)西藏網(wǎng) > 時(shí)政") == ("中國(guó)西藏網(wǎng)", "時(shí)政")


@pytest.mark.parametrize("length", [130, 240])
def test_tibetan_script_needs_longer_titles(length: int) -> None:
    assert is_title(("བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་" * 20)[:length])
    assert not is_title("西藏" * (length // 2))
