"""No text takes the functions of this package more than linear time: marks, labels and lines of pages, repeated."""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Callable, Iterator

import pytest

from tibetnews.text import clean, fingerprint, repair, strip_boilerplate, strip_spam

SIZES = (12_000, 48_000)
"""Characters; four times as many must not take much more than four times as long."""
MAX_GROWTH = 9.0
"""Sixteen is quadratic; a pause of the machine must not look like it."""
MAX_TIMES_PLAIN = 9.0
"""How many times as long as plain lines of their length credits may take: a line is asked once whom it names."""
MAX_TIMES_PLAIN_IN_PAGE = 4.0
"""The same of short lines that are repeated below a byline: equal lines are looked at once."""
MAX_TIMES_PLAIN_IF_DIFFERENT = 4.0
"""The same of lines of which each has a name of its own: the finders of a page ask few of them more than once."""
FAST_SECONDS = 0.05
"""What is faster than this at the larger size, a megabyte a second, is not looked at."""
FUNCTIONS: tuple[Callable[[str], object], ...] = (clean, repair, strip_boilerplate, strip_spam, fingerprint)

STORY = "拉萨河谷一片繁忙,农牧民忙着备耕。"
PAGE = f"标题一则\n来源：某某新闻网  2023-02-01 10:05\n{STORY}\n{{}}\n{STORY}"
"""A page in whose story the adversary stands: more of the readers look at it there."""
TITLE_BELOW = f"来源：某某新闻网  2023-02-01 10:05\n春天来了雪山融化\n{STORY}\n{{}}\n{STORY}"
"""The same with the title below the byline, where the end of the story is looked for twice."""
PUMPS = (
    *("编辑：西藏自治区某某部新闻处综合组张三李四 审核：某处王五赵六。", "责编：" + "张" * 20, "編輯/\t一· ,本文編輯/"),
    *(
        "编辑：某处张三\n",
        "责编：\n",
        "责编：李雷\n" + STORY[:-1] * 2 + "。\n",
        "来源：\n",
        "【责任编辑：张\n】",
        "问：\n答：\n",
        "记者 王小明 ",
        "图为备耕。记者 扎西 摄\n",
    ),
    *(
        "新华社拉萨3月17日电（记者王小明）\n",
        "发布时间:2023-03-17 09:36:00来源: 某某网\n",
        "2023年2月1日",
        "10:05 ",
        "2023",
    ),
    *(
        "首页 > 新闻 > ",
        "首页 > 新闻\n",
        "版权所有 ",
        "Copyright © 2000-2017 ",
        "电话:010-12345678 ",
        "http://www.a.cn/",
        "a@b.c ",
    ),
    *(
        "? ?\n",
        "| ?\n",
        "???? ???? ?\n",
        "某某彩票 www.a.com 澳门\n",
        "关键词_西藏_新闻_",
        "西藏|新闻|政治\n",
        "分享 打印 字号\n",
    ),
    *(
        '<p id="utfaj"></p>\n',
        "<![CDATA[",
        "&nbsp;",
        "[a",
        "(ā",
        "（",
        "(",
        "“",
        "《书》",
        "|",
        "_",
        "#",
        "`",
        "\\",
        "★◆\n",
        "——",
        "3 b% ^5 h) N; u7 C",
        "山。 3 b% ^5 h) N; u7 C\n",
        "西包養網4",
    ),
    *(
        "a(chǎn)",
        "發(fā)展",
        "西(xī)藏(zàng)?",
        "發展漢語",
        "著",
        "塚",
        "རྩོམ་སྒྲིག་པ། ",
        "བོད་ལྗོངས།",
        "é",
        "a\u0301\u0302",
        "😀",
    ),
    *(
        "\n",
        " ",
        "\t\n",
        "\u3000",
        "\u200b",
        "\0",
        "\ud800",
        "西\ud800",
        "\ufe0f",
        "\u202e西",
        "\ue5e5",
        "\u2028",
        "\r",
    ),
    *(
        "西",
        "西藏",
        "啊\n",
        "啊" * 200 + "\n",
        "。",
        "，",
        "a,b,c\n",
        "# 一\n",
        "1. 一\n",
        "春眠不觉晓\n处处闻啼鸟\n\n",
        "the fox ",
    ),
)


@pytest.fixture(autouse=True)
def _without_the_garbage_of_others() -> Iterator[None]:
    """Hide what thousands of earlier tests left from the garbage collector, which looks at it in large texts only."""
    gc.freeze()
    yield
    gc.unfreeze()


def seconds(function: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    function(text)
    return time.process_time() - begin


def growth_of(function: Callable[[str], object], small: str, large: str) -> float:
    """How many times as long the larger text takes; 0 where it takes next to no time."""
    growths = []
    for _ in range(3):  # a pause of the machine does not come thrice
        long = seconds(function, large)
        growths.append(0.0 if long <= FAST_SECONDS else long / max(seconds(function, small), 1e-6))
        if growths[-1] <= MAX_GROWTH:
            break
    return min(growths)


def mixture(name: str) -> str:
    """A pump made of several others."""
    dice = random.Random(name)
    return "".join(dice.sample(PUMPS, 4))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
@pytest.mark.parametrize("pump", [*PUMPS, *map(mixture, "abcdefghij")], ids=lambda pump: ascii(pump)[:40])
def test_no_text_takes_more_than_linear_time(pump: str, function: Callable[[str], object]) -> None:
    small, large = (PAGE.format(pump * (size // len(pump))) for size in SIZES)
    assert growth_of(function, small, large) <= MAX_GROWTH


@pytest.mark.parametrize("page", [PAGE.replace(STORY, "", 1), PAGE], ids=["below the byline", "in the story"])
@pytest.mark.parametrize(
    "form",
    [
        *("文/{}", "（作者：{}）", "{} 文/图", "摄影：{}", "雪停了。图为{}。记者 李雷 摄", "[责编：{}]", "来源：{}网"),
        "春包養網天{0}图为羊群{0}天包養網下。（李雷 摄）",  # a caption that stands nowhere as it was removed
    ],
)
def test_lines_each_with_a_name_of_its_own_take_linear_time(form: str, page: str) -> None:
    small, large = (
        page.replace("\n\n", "\n").format(
            "\n".join(form.format(f"王{chr(0x4E00 + n % 5000)}{chr(0x4E01 + n // 5000)}") for n in range(size // 8))
        )
        for size in (SIZES[1], SIZES[1] * 4)
    )
    assert growth_of(clean, small, large) <= MAX_GROWTH


@pytest.mark.parametrize(
    "line",
    ["（记者 王小明）", "编辑：西藏自治区某某部新闻处综合组王小明李雷 审核：某处韩梅梅王芳 校对：次仁卓玛"],
)
def test_many_credits_take_little_more_than_plain_lines(line: str) -> None:
    credits, plain = (PAGE.format(f"{text}\n" * (SIZES[0] // len(line))) for text in (line, "牧" * len(line)))
    clean(credits)
    times = min(seconds(clean, credits) / seconds(clean, plain) for _ in range(5))
    assert times <= MAX_TIMES_PLAIN


@pytest.mark.parametrize(
    "lines",
    [
        *("责编：\n", "(责编：x)\n", "【责任编辑:x】\n", "一审：王媛\n", "编导：杨钰晨\n", "编辑：某处张三\n"),
        *("来源：\n新华网\n", "关键词：\n西藏 春耕\n", "编者按：\n《书》", "地点：\n责编：李雷\n", "下一页\n"),
    ],
    ids=ascii,
)
def test_short_lines_below_a_byline_take_little_more_than_plain_lines(lines: str) -> None:
    plain = re.sub("[^\n]", "牧", lines)
    labels, plain = (PAGE.format(text * (SIZES[1] // len(lines))) for text in (lines, plain))
    clean(labels)
    times = min(seconds(clean, labels) / seconds(clean, plain) for _ in range(5))
    assert times <= MAX_TIMES_PLAIN_IN_PAGE


@pytest.mark.parametrize("page", [PAGE, TITLE_BELOW], ids=["page", "title below the byline"])
@pytest.mark.parametrize(
    "form",
    [
        *("{0}：责编\n责编：王{0}\n", "{0}：\n责编：王{0}\n", "地点：{0}\n责编：李雷\n"),  # entries of a list of books
        *(
            "责编：王{0}\n",
            "（责编：王{0}）\n",
            "编辑/王{0}\n",
            "作者：王{0} 编辑：王{0}\n",
            "分享{0}\n",
            "版权所有 {0}\n",
            "{0}雪山\n",
        ),
    ],
    ids=ascii,
)
def test_different_lines_below_a_byline_take_little_more_than_plain_lines(form: str, page: str) -> None:
    plain_form = re.sub("[^\n{0}]", "牧", form)
    names = [f"{chr(0x4E00 + n % 5000)}{chr(0x4E01 + n // 5000)}" for n in range(SIZES[1] // len(form))]
    credits, plain = (page.format("".join(map(text.format, names))) for text in (form, plain_form))
    clean(credits)
    times = min(seconds(clean, credits) / seconds(clean, plain) for _ in range(5))
    assert times <= MAX_TIMES_PLAIN_IF_DIFFERENT
