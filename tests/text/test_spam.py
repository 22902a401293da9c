"""Spam goes, honest lists stay."""

from __future__ import annotations

from tibetnews.text.results import Removed
from tibetnews.text.spam import strip_spam

STORY = "　　高精尖产业是以技术密集型产业为引领的产业集合。\n\n　　北京正建设一批开放高地。"

# The footer of a page that a mirror showed in 2023.
FOOTER = (
    "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市| "
    "永顺县| 噶尔县| 临沧市| 万荣县| 监利县| 鄯善县| 西藏| 秀山| 视频| 思南县| 横峰县| 枣强县| 靖远县| "
    "台安县| 定日县| 道孚县| 将乐县| 南召县| 图木舒克市| 和林格尔县| 烟台市| 南阳市| 增城市| 故城县| "
    "包头市| 昭苏县| 泌阳县| 景洪市|"
)


def test_a_real_footer_goes_whole() -> None:
    stripped = strip_spam(f"{STORY}\n\n{FOOTER}\n")
    assert stripped.text == f"{STORY}\n"
    assert stripped.removed == (Removed("spam", FOOTER),)


def test_text_without_spam_is_returned_as_it_is() -> None:
    assert strip_spam(STORY).text is STORY
