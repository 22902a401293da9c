"""Texts that are no pages come back byte for byte; of pages nothing is lost."""

from __future__ import annotations

import json
from random import Random

from replica.spam_pages import honest_pages, spam_pages
from tests.support.conservation import lost
from tests.support.honest_texts import KINDS, honest_texts
from tibetnews.corpus.json_lines import clean_line

PARTS = [
    "中国西藏网 > 文化",
    "您当前的位置：首页 > 时政",
    "河谷里春耕忙",
    "——来自河谷的报道",
    "2023-10-13 10:05 来源：新华网 字号：大 中 小",
    "发布时间：2023-10-13 作者：李雷",
    "更新时间：2024-01-02 08:00",
    "三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。",
    "“你从哪里来？”老人问。他没有回答。",
    "近日，春耕开始了。图为农牧民在田间劳作。新华社记者 扎西 摄",
    "图为羊群。（李雷 摄）",
    "（责编：李雨潼）",
    "（中国西藏网 文/卓玛 摄影/李雷）",
    "编辑：李雷 审核：王芳",
    "分享到：微信 微博",
    "相关阅读",
    "牧场上的课堂",
    "版权声明：凡注明来源的作品，版权归本网。",
    "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|",
    "欧美日韩_国产视频_澳门百家乐",
    "?",
    "| 地区 | 人口 |",
    "  缩进的行",
    "",
    "རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན།",
    '<p id="utfaj"></p>',
    "关于我们|信息声明|诚聘英才",
    "首页 / 时政 / 正文",
    "2023-10-13 10:05 环球时报 王小明",
    "2023-10-13 10:05 来源：央视新闻 责编 王芳",
    "新华网",
    "王小明 李雷",
    "■本报记者 王媛",
    "（资料图）",
    "▲这是渡口。",
    "一审：王媛",
    "一审一校：王媛 二审二校：李雷",
    "责编：卓玛（实习生）",
    "长按二维码识别关注",
]


def test_honest_texts_come_back_byte_for_byte() -> None:
    texts = list(honest_texts(seed=20231013))
    assert len(KINDS) >= 30
    assert len({text for _, text in texts}) >= 2500
    changed = []
    for kind, text in texts:
        line = json.dumps({"text": text}, ensure_ascii=False)
        if clean_line(line) != f'{line[:-1]}, "removed": [], "repairs": null}}':
            changed.append((kind, text))
    assert changed == []


def test_nothing_of_a_cut_page_is_lost() -> None:
    random = Random(20231013)
    pages = [page.text.split("\n") for page in [*spam_pages(3, lengths=(5, 12)), *honest_pages(3)]]
    for _ in range(1000):
        lines = random.choice(pages)
        start = random.randrange(len(lines))
        part = "\n".join(lines[start : random.randint(start, len(lines))])
        assert lost(part) == set(), part


def test_nothing_of_lines_in_any_order_is_lost() -> None:
    random = Random(14)
    for _ in range(10_000):
        lines = random.choices(PARTS, k=random.randint(1, 14))
        text = random.choice(["\n", "\n\n", "\r\n"]).join(lines)
        assert lost(text) == set(), text


def test_nothing_of_any_text_is_lost() -> None:
    for _, text in honest_texts(seed=7, per_kind=10):
        for foot in ("（责编：李雨潼）", "分享到：微信 微博", "更新时间：2024-10-23 10:00"):
            assert lost(f"{text}\n{foot}") == set(), (text, foot)
