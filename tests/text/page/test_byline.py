"""Bylines: what must be read, what looks alike and must not, and a megabyte that nearly fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text import clean
from tibetnews.text.page.byline import Byline, read_byline
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.credit_line import read_credit, read_editor
from tibetnews.text.page.credit_tail import read_credit_tail
from tibetnews.text.page.dateline import ParsedDateline, read_dateline
from tibetnews.text.page.labels import strip_label
from tibetnews.text.page.names import is_control, is_organisation, is_person, may_be_person, read_names
from tibetnews.text.page.times import read_time
from tibetnews.text.types import Dateline


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023-10-13 10:05:00", "2023-10-13T10:05:00+08:00"),
        ("发布时间：2023-10-13 10:05:00", "2023-10-13T10:05:00+08:00"),
        ("发布时间：2023-10-13", "2023-10-13"),
        ("2023-10-13 10:05", "2023-10-13T10:05:00+08:00"),
        ("2023-10-13T10:05:00", "2023-10-13T10:05:00+08:00"),
        ("2023-10-13T10:05:00+08:00", "2023-10-13T10:05:00+08:00"),
        ("2023年10月13日 10:05", "2023-10-13T10:05:00+08:00"),
        ("2023年10月13日10:05", "2023-10-13T10:05:00+08:00"),
        ("2023年 1月 3日", "2023-01-03"),
        ("2023/1/3 9:05", "2023-01-03T09:05:00+08:00"),
        ("2023.10.13", "2023-10-13"),
        ("2023-10-13 10：05：09", "2023-10-13T10:05:09+08:00"),
        ("2023-10-13 来源：新华网 2023-10-14 08:00", "2023-10-13"),
        ("2023-13-01 2023-10-13", "2023-10-13"),  # no month 13: look on
        ("2023-02-29", None),
        ("2023-10-13 25:00", None),
        ("12023-10-13", None),
        ("2023-10-131", None),
        ("1823年10月13日", None),
        ("2023年10月", None),
        ("10-13 10:05", None),
        ("邮编 20231013", None),
        ("", None),
    ],
)
def test_time(text: str, time: str | None) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("来源： 新华网", "新华网"),
        ("来源:新华网", "新华网"),
        ("来源 ： 新华网", "新华网"),
        ("稿源：西藏日报", "西藏日报"),
        ("新华网", "新华网"),
        ("作者：", None),
        ("来源：\u3000\xa0", None),
        ("", None),
        ("འབྱུང་ཁུངས།：བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར།", "བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར།"),
        ("ཡོང་ཁུངས།：བོད་ལྗོངས།", "བོད་ལྗོངས།"),
        ("来源于民间的歌声", "来源于民间的歌声"),
    ],
)
def test_a_label_is_stripped(text: str, value: str | None) -> None:
    assert strip_label(text) == value


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("作者：李雷 韩梅梅", ("李雷", "韩梅梅")),
        ("作者：李雷、韩梅梅，王芳", ("李雷", "韩梅梅", "王芳")),
        ("记者 张漫子", ("张漫子",)),
        ("记者张漫子", ("张漫子",)),
        ("记者 甲某、乙某", ("甲某", "乙某")),
        ("本报记者 李雷 通讯员 韩梅梅", ("李雷", "韩梅梅")),
        ("新华社记者 李雷、韩梅梅", ("李雷", "韩梅梅")),
        ("中国西藏网记者 李雷", ("李雷",)),
        ("见习记者李雷 实习生：王芳", ("李雷", "王芳")),
        ("作者：张 三", ("张三",)),  # one name, spread for looks
        ("作者：张 三 李 四", ("张三", "李四")),
        ("作者：次仁·多吉", ("次仁·多吉",)),
        ("作者：次仁卓嘎 格桑", ("次仁卓嘎", "格桑")),
        ("Author: Anna Lee, Bo Li", ("Anna Lee", "Bo Li")),
        ("རྩོམ་པ་པོ།：བཀྲ་ཤིས།、ཚེ་རིང་།", ("བཀྲ་ཤིས།", "ཚེ་རིང་།")),
        ("李雷 李雷", ("李雷",)),
        ("作者：李雷；；、王芳", ("李雷", "王芳")),
        ("作者：", ()),
        ("", ()),
        (None, ()),
        ("作者：123", ()),
        ("这一句话里面并没有哪一位作者的名字只有许许多多的字", ()),
    ],
)
def test_names(text: str | None, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


NOON = "2023-10-13T10:05:00+08:00"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("发布时间：2023-10-13 10:05:00 来源： 新华网 作者：李雷 韩梅梅", Byline(NOON, "新华网", ("李雷", "韩梅梅"))),
        ("作者：李雷 发布时间：2023-10-13 10:05:00 来源：新华网", Byline(NOON, "新华网", ("李雷",))),
        ("发布时间：2023-10-13 10:05:00来源： 新华网", Byline(NOON, "新华网")),
        ("来源：新华网 2023-10-13 10:05:00", Byline(NOON, "新华网")),
        ("2023-10-13 | 来源：新华网 | 作者：李雷", Byline("2023-10-13", "新华网", ("李雷",))),
        ("2023-10-13 来源：新华网 责编：李雨潼", Byline("2023-10-13", "新华网", (), "李雨潼")),
        ("来源：新华网 作者：李雷 | 2023-10-13 | 责编 王芳", Byline("2023-10-13", "新华网", ("李雷",), "王芳")),
        ("2023-10-13 责任编辑　王芳 | 来源：新华网", Byline("2023-10-13", "新华网", (), "王芳")),
        ("作者： 发布时间：2023-10-13 来源：", Byline("2023-10-13")),
        ("来源：新华网", Byline(None, "新华网")),
        ("", Byline()),
    ],
)
def test_byline(line: str, byline: Byline) -> None:
    assert read_byline(line) == byline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("发布时间：2023-10-13 10:05:00 来源： 新华网", True),
        ("2023-10-13 10:05:00", True),
        ("2023-10-13 10:05 新华网", True),
        ("新华网 2023-10-13", True),
        ("2023年10月13日 10:05 来源：新华网 作者：李雷", True),
        ("作者： 发布时间：2023-10-13 来源：", True),
        ("来源：新华网", False),
        ("2023年10月13日，西藏拉萨下了雪。", False),
        ("2024年1月1日起西藏施行新规", False),  # a headline
        ("拉萨市2023年10月13日天气预报", False),
        ("2023年10月13日，拉萨", False),
        (
            "记者：2023年10月13日那天您在哪里？",
            False,
        ),
    ],
)
def test_what_is_a_byline(line: str, expected: bool) -> None:
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    ("line", "editor"),
    [
        ("（责编：李雨潼）", "李雨潼"),
        ("（责编： 李雨潼）", "李雨潼"),
        ("(责编: 李雨潼)", "李雨潼"),
        ("责任编辑：李雨潼", "李雨潼"),
        ("编辑：李雨潼", "李雨潼"),
        ("　　责编：李雨潼", "李雨潼"),
        ("【责任编辑：李雨潼】", "李雨潼"),
        ("（责 编：李雨潼）", "李雨潼"),
        ("責任編輯：李雨潼", "李雨潼"),
        ("（责编：李雨潼、王芳）", "李雨潼 王芳"),
        ("（责编：李 潼）", "李潼"),
        ("责任编辑：次仁·多吉", "次仁·多吉"),
        ("རྩོམ་སྒྲིག་པ།：བཀྲ་ཤིས།", "བཀྲ་ཤིས།"),
        ("（责编：）", None),
        ("责任编辑说，这本书值得一读。", None),
        ("编辑：他们是信息洪流里的最后一道闸门。", None),
        ("编辑：你好吗？", None),
        ("李雨潼", None),
        ("（审核：李雨潼）", None),
        ("", None),
    ],
)
def test_editor_line(line: str, editor: str | None) -> None:
    assert read_editor(line) == editor


@pytest.mark.parametrize(
    ("paragraph", "text", "editor"),
    [
        ("西藏的春天来得晚。（责编：李雨潼）", "西藏的春天来得晚。", "李雨潼"),
        ("西藏的春天来得晚。 （责任编辑： 李雨潼） ", "西藏的春天来得晚。", "李雨潼"),
        ("西藏的春天来得晚。(编辑:李雨潼)", "西藏的春天来得晚。", "李雨潼"),
        ("西藏" * 500 + "。（责编：李雨潼）", "西藏" * 500 + "。", "李雨潼"),
        ("（责编：李雨潼）说，西藏的春天来得晚。", None, None),
        ("西藏的春天来得晚（编辑部按）。", None, None),
        ("西藏的春天来得晚。责编：李雨潼", None, None),
        ("", None, None),
    ],
)
def test_editor_after_the_last_paragraph(paragraph: str, text: str | None, editor: str | None) -> None:
    tail = read_credit_tail(paragraph)
    assert (tail and tail.story, tail and tail.credit.editor) == (text, editor)


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("新华社北京10月12日电（记者张漫子）", ParsedDateline("新华社", "北京", 10, 12, ("张漫子",))),
        ("新华社北京10月12日电 （记者 张漫子）今天", ParsedDateline("新华社", "北京", 10, 12, ("张漫子",))),
        ("新华社拉萨12日电 题：高原", ParsedDateline("新华社", "拉萨", None, 12)),
        ("新华社电 西藏", ParsedDateline("新华社")),
        ("中国西藏网讯 西藏的春天来得晚。", ParsedDateline("中国西藏网")),
        ("中国西藏网讯（记者 李雷）西藏", ParsedDateline("中国西藏网", reporters=("李雷",))),
        ("中国西藏网讯近日，西藏", ParsedDateline("中国西藏网")),
        ("人民网拉萨10月12日电（记者 甲某、乙某）", ParsedDateline("人民网", "拉萨", 10, 12, ("甲某", "乙某"))),
        ("中新网拉萨10月12日电 (甲某 乙某)", ParsedDateline("中新网", "拉萨", 10, 12, ("甲某", "乙某"))),
        ("拉萨晚报讯 西藏", ParsedDateline("拉萨晚报")),
        ("本报日喀则10月12日讯（记者 李雷）", ParsedDateline("本报", "日喀则", 10, 12, ("李雷",))),
        ("新華社拉薩10月12日電（記者劉暢、賈立君）受邀", ParsedDateline("新華社", "拉薩", 10, 12, ("劉暢", "賈立君"))),
        ("中國西藏網訊 （通訊員 旺姆）近日", ParsedDateline("中國西藏網", reporters=("旺姆",))),
        ("法新社加德满都3月9日电 当地", ParsedDateline("法新社", "加德满都", 3, 9)),
        ("中评社北京3月11日电(中评社报道组)素有", ParsedDateline("中评社", "北京", 3, 11)),
        ("中国青年报客户端拉萨10月12日电（甲某）", ParsedDateline("中国青年报客户端", "拉萨", 10, 12, ("甲某",))),
        ("华夏经纬网5月8日讯：据", ParsedDateline("华夏经纬网", None, 5, 8)),
        ("本报拉萨10月12日讯 记者甲某报道：今天", ParsedDateline("本报", "拉萨", 10, 12, ("甲某",))),
        ("经济日报北京10月12日讯（记者甲某）今天", ParsedDateline("经济日报", "北京", 10, 12, ("甲某",))),
        ("本报讯 记者甲某、乙某 报道 今天", ParsedDateline("本报", reporters=("甲某", "乙某"))),
        ("本報拉薩10月12日訊 記者甲某報導：今天", ParsedDateline("本報", "拉薩", 10, 12, ("甲某",))),
        ("本报讯 记者在现场看到，报道里的树还在。", ParsedDateline("本报")),
        ("LHASA, Oct. 12 (Xinhua) -- Snow", ParsedDateline("Xinhua", "LHASA", 10, 12)),
        ("XIGAZE, March 9 (China Daily) — Snow", ParsedDateline("China Daily", "XIGAZE", 3, 9)),
        ("LHASA, 1er juillet (Xinhua) -- La neige", ParsedDateline("Xinhua", "LHASA", 7, 1)),
        ("LHASA, 9. März (Xinhua) -- Der Schnee", ParsedDateline("Xinhua", "LHASA", 3, 9)),
        ("Lhasa, March 9 (Thursday) was a cold day.", None),
        ("In Lhasa, Oct. 12 is a holiday.", None),
        ("ཀྲུང་གོའི་བོད་ལྗོངས་དྲ་བའི་འཕྲིན། དེ་རིང་", ParsedDateline("ཀྲུང་གོའི་བོད་ལྗོངས་དྲ་བ")),
        ("རི་བོ་གསར་འགྱུར་ཁང་གི་ཟླ་10པའི་ཚེས་12ཉིན་གྱི་གློག་འཕྲིན། དེ་རིང་", ParsedDateline("རི་བོ་གསར་འགྱུར་ཁང", None, 10, 12)),
        ("དེ་རིང་དྲ་བའི་སྒང་། འཕྲིན་མང་པོ་འདུག", None),
        ("新华社记者张漫子从北京报道。", None),
        ("新华社北京分社10月12日举行了座谈会。", None),
        ("新华社北京10月12日电话采访了他。", None),
        ("人民日报电子版今天上线。", None),
        ("光明日报电子阅报栏落户拉萨。", None),
        ("新华网消息灵通人士说，价格会涨。", None),
        ("本报讯息员扎西走遍了全县。", None),
        ("人民网西藏频道10月12日上线。", None),
        ("记者从新华社北京10月12日电中得知", None),
        ("旅行社电话打不通，游客只好等。", None),
        ("互联网讯息传得很快。", None),
        ("", None),
    ],
)
def test_dateline(paragraph: str, dateline: ParsedDateline | None) -> None:
    assert read_dateline(paragraph) == dateline


@pytest.mark.parametrize(
    ("month", "day", "published_at", "date"),
    [
        (10, 12, NOON, "2023-10-12"),
        (10, 13, NOON, "2023-10-13"),
        (12, 31, "2024-01-01T08:00:00+08:00", "2023-12-31"),
        (None, 31, "2024-01-01", "2023-12-31"),
        (None, 30, "2023-12-01", "2023-11-30"),
        (None, 12, NOON, "2023-10-12"),
        (2, 29, "2024-03-01", "2024-02-29"),
        (2, 29, "2023-03-01", None),  # no such day
        (13, 1, NOON, None),
        (None, 31, "2023-03-01", None),
        (10, None, NOON, None),
        (10, 12, None, None),
    ],
)
def test_the_year_of_a_dateline(month: int | None, day: int | None, published_at: str | None, date: str | None) -> None:
    assert ParsedDateline("新华社", "北京", month, day).resolve(published_at) == Dateline("新华社", "北京", date)


def test_the_address_of_a_portal_is_no_medium_beside_one() -> None:
    byline = read_byline("http://news.example.com.cn 2023年10月13日10:05 新华网")
    assert (byline.published_at, byline.source) == ("2023-10-13T10:05:00+08:00", "新华网")


def read_nothing_else(line: str) -> Byline:
    """The fields of a byline, which must have no remainder."""
    byline = read_byline(line)
    assert is_byline(line)
    assert byline.remainder == ""
    return byline


@pytest.mark.parametrize(
    ("line", "authors", "source"),
    [
        ("王小明 李雷   发布时间:2018-03-14 10:20   来源: 中国西藏网", ("王小明", "李雷"), "中国西藏网"),
        ("时间: 2012-08-14   扎西   来源: 中国西藏网", ("扎西",), "中国西藏网"),
        ("旦增卓嘎、陈思远 2018年3月14日10:20 来源：西藏商报", ("旦增卓嘎", "陈思远"), "西藏商报"),
        ("2018-03-14 10:20 次仁·央宗 来源：拉萨晚报", ("次仁·央宗",), "拉萨晚报"),
        ("来源：某某新闻网-某某商报  王媛 2018-03-14", ("王媛",), "某某新闻网-某某商报"),
        ("2018-03-14 来源：新华社 记者 赵敏 洛桑", ("赵敏", "洛桑"), "新华社"),
        ("2018-03-14 10:20 高原某某网 文/卓玛", ("卓玛",), "高原某某网"),
        ("發布時間：2018-03-14 10:20 來源：某某網 記者：張漫子", ("張漫子",), "某某網"),
        ("By Anna Lee | Some Daily | Updated: 2018-03-14 10:20", ("Anna Lee",), "Some Daily"),
        ("2018-03-14 10:20 某某晚报 赵磊", ("赵磊",), "某某晚报"),
        ("赵磊 洛桑 某某晚报 2018-03-14 10:20", ("赵磊", "洛桑"), "某某晚报"),
        ("2018-03-14 | 西藏日报", (), "西藏日报"),
        ("Some Daily, March 14, 2018 10:20", (), "Some Daily"),
        ("2018-03-14 来源：新华社/赵敏", ("赵敏",), "新华社"),
        ("赵敏/文 2018-03-14 来源：西藏商报", ("赵敏",), "西藏商报"),
        ("2018-03-14 来源：《人民日报》", (), "人民日报"),
        ("2018-03-14 来源：“学习强国”", (), "学习强国"),
        ("2018-03-14 来源：《某某报》《某某周刊》", (), "某某报、某某周刊"),
        ("ཡོང་ཁུངས། བོད་ལྗོངས་དྲ་བ། | རྩོམ་པ་པོ། བཀྲ་ཤིས། | སྤེལ་དུས། 2024-06-19", ("བཀྲ་ཤིས།",), "བོད་ལྗོངས་དྲ་བ།"),
        ("རྩོམ༌ཁུངས།བོད་ལྗོངས་དྲ་བ།  སྤེལ་དུས་ 2024-06-19 10:05", (), "བོད་ལྗོངས་དྲ་བ།"),
    ],
)
def test_bylines_with_and_without_labels(line: str, authors: tuple[str, ...], source: str) -> None:
    byline = read_nothing_else(line)
    assert (byline.authors, byline.source) == (authors, source)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        (
            "原创 赵磊 河谷发布 2018-03-14 10:20 发表于西藏",
            Byline("2018-03-14T10:20:00+08:00", "河谷发布", ("赵磊",), remainder="原创 发表于西藏"),
        ),
        ("2018-03-14 来源：某某网 责编：卓玛", Byline("2018-03-14", "某某网", (), "卓玛")),
        ("2018-03-14 来源：某某新闻 责编 卓玛", Byline("2018-03-14", "某某新闻", (), "卓玛")),
        ("2018-03-14 10:20 某某网 分享到：", Byline("2018-03-14T10:20:00+08:00", "某某网", remainder="分享到：")),
        ("2018-03-14 来源: 字号:       转发 打印", Byline("2018-03-14", remainder="字号: 转发 打印")),
        ("2018-03-14 来源：某某网【字号 大 中 小】", Byline("2018-03-14", "某某网", remainder="【字号 大 中 小】")),
        ("来源丨某某网 作者丨赵磊 2018-03-14", Byline("2018-03-14", "某某网", ("赵磊",))),
        ("某某网丨2018-03-14丨责编：卓玛", Byline("2018-03-14", "某某网", (), "卓玛")),
        ("2018-03-14 来源：某某网 手机看新闻", Byline("2018-03-14", "某某网", remainder="手机看新闻")),
        ("2018-03-14 来源：《求是》2018/05", Byline("2018-03-14", "求是", remainder="2018/05")),
        ("2018-03-14 来源：《旗帜》2018年第3期", Byline("2018-03-14", "旗帜", remainder="2018年第3期")),
        ("2018-03-14 来源：《光明日报》（2018年3月13日）", Byline("2018-03-14", "光明日报", remainder="2018年3月13日")),
        (
            "2018-03-14 来源：某某日报 【字号：大 中 小】",
            Byline("2018-03-14", "某某日报", remainder="字号： 大 中 小】"),
        ),
        ("某某日报记者 赵磊 2018-03-14", Byline("2018-03-14", None, ("赵磊",), remainder="某某日报")),
        ("2018-03-14 浏览次数：12 来源：某某网", Byline("2018-03-14", "某某网", remainder="浏览次数： 12")),
        ("即时新闻 发布时间：2018-03-14 来源：某某网", Byline("2018-03-14", "某某网", remainder="即时新闻")),
        ("作者：某某日报 发布时间：2018-03-14", Byline("2018-03-14", remainder="某某日报")),  # no person
    ],
)
def test_what_is_no_field_is_the_remainder(line: str, byline: Byline) -> None:
    assert read_byline(line) == byline


@pytest.mark.parametrize(
    "line",
    [
        "2023年10月13日 星期五 晴",
        "时间：2023年10月13日 地点：拉萨饭店",
        "活动时间：2023年10月13日",
        "扎西 2023年10月13日",
    ],
)
def test_an_honest_line_with_a_day_is_no_byline(line: str) -> None:
    assert not is_byline(line)


READERS: tuple[Callable[[str], object], ...] = (
    read_time,
    strip_label,
    read_names,
    read_byline,
    is_byline,
    read_editor,
    read_dateline,
    read_credit,
    is_person,
    may_be_person,
    is_organisation,
    is_control,
)
ADVERSARIES = {
    " ": "!",
    "2023-1-": "!",
    "2023 - 1 - 1 ": "!",
    "来源：": "!",
    "（责编：李 ": "!",
    "（责编：": "李" * 41,
    "李 ": "!",
    "的": "网记",
    "新华社北京": "10月12日",
    "日报讯（": "!",
    "བོད": "!",
    "A ": "，",
    "记者/": "王小明",
    "责编：甲 ": "。",
    "（中国西藏网 文/": "卓玛）",
    "By A": "1",
    "发布时间：": "2023",
    "རྩོམ་སྒྲིག་པ།": "!",
    "编辑：西藏自治区某某部新闻处综合组张三李四 审核：某处王五赵六。": "!",
}
"""What is repeated to a megabyte, and what keeps it from fitting."""


@pytest.mark.parametrize("piece", ADVERSARIES)
@pytest.mark.parametrize("reader", READERS)
def test_a_megabyte_that_nearly_fits(reader: Callable[[str], object], piece: str) -> None:
    hostile = piece * (1_000_000 // len(piece)) + ADVERSARIES[piece]
    with takes_at_most(3):
        reader(hostile)


@pytest.mark.parametrize(
    ("head", "source", "authors"),
    [
        ("2018-03-14 10:20\n人民网", "人民网", ()),
        ("2018-03-14 10:20\n某某晚报 赵磊", "某某晚报", ("赵磊",)),
        ("赵磊\n2018-03-14 10:20\n新华网", "新华网", ("赵磊",)),
        ("中国西藏网 2018-03-14", "中国西藏网", ()),
        ("2018-03-14 丨 某某日报", "某某日报", ()),
    ],
)
def test_a_medium_that_needs_no_label(head: str, source: str, authors: tuple[str, ...]) -> None:
    story = "西藏的春天来得晚，牧民们说今年的雪下得正好。"
    cleaned = clean(f"西藏的春天来得早\n{head}\n{story}")
    assert (cleaned.title, cleaned.source, cleaned.authors) == ("西藏的春天来得早", source, authors)
    assert (cleaned.text, cleaned.removed) == (story, ())


@pytest.mark.parametrize(
    "text",
    [
        "西藏春来早\n2018-03-14 10:20\n织就生态保护网\n西藏的春天来得晚，牧民们说今年的雪下得正好。",
        "人民日报 2018-03-14\n西藏日报 2018-03-15\n西藏的春天来得晚，牧民们说今年的雪下得正好。",
        "西藏的春天来得晚，牧民们说今年的雪下得正好。\n西藏日报 2018-03-14",
        "| 日期 | 报纸 |\n| 2018-03-14 | 西藏日报 |",
    ],
)
def test_a_heading_or_a_list_is_no_medium(text: str) -> None:
    assert clean(text).text == text


def test_a_medium_in_quotation_marks_is_no_speech() -> None:
    story = "西藏的春天来得晚。牧民们说，今年的雪下得正好。"
    cleaned = clean(f"春来早\n2018-03-14 10:20 来源：“学习强国”\n{story}")
    assert (cleaned.title, cleaned.source, cleaned.text) == ("春来早", "学习强国", story)
    longer = clean(f"春来早\n2018-03-14 10:20 来源：微信公众号“河谷发布”\n{story}")
    assert (longer.title, longer.source, longer.text) == ("春来早", "微信公众号“河谷发布”", story)
    speech = f"2018-03-14 10:20 他说：“好”\n{story}"
    assert clean(speech).text == speech


def test_an_english_writers_place_is_no_name() -> None:
    byline = read_byline("By Palden Nyima in Lhasa | China Daily | Updated: 2019-08-10 09:12")
    assert (byline.authors, byline.source, byline.remainder) == (("Palden Nyima",), "China Daily", "in Lhasa")


@pytest.mark.parametrize("line", ["2023-10-13 记者李雷 编辑王海霞", "本报记者李雷 2023-10-13"])
def test_a_reporter_needs_no_clock_above_a_story(line: str) -> None:
    cleaned = clean(f"河谷里春耕忙\n{line}\n三月的河谷里，农牧民正忙着翻地播种。合作社的机械开到了田头。")
    assert (cleaned.title, cleaned.authors, cleaned.published_at) == ("河谷里春耕忙", ("李雷",), "2023-10-13")


def test_a_second_time_is_the_remainder() -> None:
    byline = read_byline("更新时间：2019-08-11 10:00 发布日期：2019-08-10 来源：某某网")
    assert (byline.published_at, byline.remainder) == ("2019-08-10", "2019-08-11 10:00")


@pytest.mark.parametrize(
    ("line", "source", "authors", "editor"),
    [
        ("2023-10-13 10:05 中央社 記者陳怡君／台北報導", "中央社", ("陳怡君",), None),
        ("記者林大明／綜合報導 2023-10-13 10:05", None, ("林大明",), None),
        ("撰文：林大明 出版：2023-10-13 10:05 更新：2023-10-14 11:00", None, ("林大明",), None),
        ("来源 | 河谷商报 作者 | 李雷 2023-10-13 10:05", "河谷商报", ("李雷",), None),
        ("2023-10-13 10:05 河谷商报 [字号：大 中 小]", "河谷商报", (), None),
        ("文/李雷 图/旦增 2023-10-13 10:05 来源：河谷商报", "河谷商报", ("李雷",), None),
        ("来源：河谷商报(记者 李雷) 2023-10-13 10:05", "河谷商报", ("李雷",), None),
        ("2023-10-13 10:05 来源：河谷商报 【责编：王媛】", "河谷商报", (), "王媛"),
        ("2023-10-13 10:05 来源：河谷商报(责任编辑:王媛)", "河谷商报", (), "王媛"),
        ("2023-10-13 10:05 来源：河谷商报 编辑/王媛", "河谷商报", (), "王媛"),
        ("2023-10-13 10:05 来源：河谷商报 责任编辑：王媛_NB1", "河谷商报", (), "王媛"),
        ("2023-10-13 10:05 来源：『河谷商报』", "河谷商报", (), None),
        ("2023-10-13 10:05 来源：暂无", None, (), None),
        ("2023-10-13 10:05 来源：（空）", None, (), None),
        ("2023-10-13 10:05 来源：null 作者：佚名", None, (), None),
        ("2023-10-13 10:05 来源：《河谷商报》02版", "河谷商报", (), None),
        ("李雷/河谷商报 2023-10-13 10:05", "河谷商报", ("李雷",), None),
        ("次仁卓玛／河谷商报\n2023-10-13 10:05", "河谷商报", ("次仁卓玛",), None),
        ("记者李雷 编辑王海霞 2023-10-13-10:05", None, ("李雷",), "王海霞"),
        ("2023-10-13 10:05 来源：河谷商报 记者李雷 责编王媛", "河谷商报", ("李雷",), "王媛"),
        ("10/13/2023 10:05 来源：河谷商报", "河谷商报", (), None),
        ("記者李雷／台北報導 民國112年10月13日 10:05", None, ("李雷",), None),
        ("2023-10-13 10:05 发布 2023-10-14 08:00 更新 来源：河谷商报", "河谷商报", (), None),
        ("2023-10-13 10:05:00.0 来源：河谷商报", "河谷商报", (), None),
        ("2023/10/13 AM10:05 来源：河谷商报", "河谷商报", (), None),
        ("2023-10-13 | 10:05 | 来源：河谷商报", "河谷商报", (), None),
        ("□ 李雷 2023-10-13 10:05 来源：河谷商报", "河谷商报", ("李雷",), None),
        ("◎李雷 王媛\n2023-10-13 10:05 来源：河谷商报", "河谷商报", ("李雷", "王媛"), None),
        ("作者/李雷 时间/2023-10-13 10:05 来源/河谷商报", "河谷商报", ("李雷",), None),
        ("二〇二三年十月十三日 10:05 来源：河谷商报", "河谷商报", (), None),
        ("10:05 2023-10-13 来源：河谷商报·王媛", "河谷商报", ("王媛",), None),
        ("2023-10-13&nbsp;10:05 来源：河谷商报（王媛）", "河谷商报", ("王媛",), None),
        ("2023-10-13 10:05 来源：河谷商报（记者 李雷 通讯员 王媛）", "河谷商报", ("李雷", "王媛"), None),
        ("2023/10/13(五) 10:05 来源：河谷网/河谷商报", "河谷网/河谷商报", (), None),
        ("【来源：河谷商报】【责编：王媛】2023-10-13 10:05", "河谷商报", (), "王媛"),
        ("2023. 10. 13 10:05 来源：<<河谷商报>>", "河谷商报", (), None),
        ("2023-10-13 10:05 来源：《河谷商报》 、《某某报》", "河谷商报、某某报", (), None),
        ("2023-10-13 10:05 | From: Xinhua | By: Li Lei", "Xinhua", ("Li Lei",), None),
        ("2023ལོའི་ཟླ་10པའི་ཚེས་13ཉིན། 10:05 ཡོང་ཁུངས། བོད་ལྗོངས་དྲ་བ།", "བོད་ལྗོངས་དྲ་བ།", (), None),
    ],
)
def test_bylines_of_other_media(line: str, source: str | None, authors: tuple[str, ...], editor: str | None) -> None:
    cleaned = clean(f"河谷里春耕忙\n{line}\n三月的河谷里，农牧民正忙着翻地播种。合作社的机械开到了田头。")
    assert cleaned.title == "河谷里春耕忙"
    assert (cleaned.published_at, cleaned.source, cleaned.authors) == ("2023-10-13T10:05:00+08:00", source, authors)
    assert cleaned.editor == editor


@pytest.mark.parametrize(
    ("line", "source", "authors"),
    [
        (
            "Li Lei and Wang Ming | China Tibet Online | Updated: 2023-10-13",
            "China Tibet Online",
            ("Li Lei", "Wang Ming"),
        ),
        ("By Palden Nyima and Daqiong in Lhasa | China Daily | 2023-10-13", "China Daily", ("Palden Nyima", "Daqiong")),
        ("2023-10-13\nXinhua", "Xinhua", ()),
        ("China Tibet Online  2023-10-13 10:05", "China Tibet Online", ()),
        ("Par Li Lei 13-10-2023 Source : Xinhua", "Xinhua", ("Li Lei",)),
        ("Publié le 2023-10-13 | French.china.org.cn", "French.china.org.cn", ()),
        ("Veröffentlicht am: 13.10.2023 Quelle: German.china.org.cn", "German.china.org.cn", ()),
        ("Le Quotidien du Peuple en ligne | 13.10.2023 10h05", "Le Quotidien du Peuple en ligne", ()),
    ],
)
def test_bylines_in_latin_letters(line: str, source: str, authors: tuple[str, ...]) -> None:
    story = "Farmers in the valley have started to harvest barley.\nThe yield is higher than last year."
    cleaned = clean(f"Barley harvest begins\n{line}\n{story}")
    assert (cleaned.title, cleaned.text) == ("Barley harvest begins", story.replace("\n", "\n\n"))
    assert (cleaned.source, cleaned.authors, (cleaned.published_at or "")[:10]) == (source, authors, "2023-10-13")
    with_foot = clean(f"Barley harvest begins\n{story}\nUpdated: 2023-10-14 21:25 GMT+8")
    assert (with_foot.title, with_foot.text) == (cleaned.title, cleaned.text)


def test_the_full_width_space_of_gbk_is_a_blank() -> None:
    cleaned = clean("春来早\n2018-03-14 10:20 来源：某某网\n\ue5e5\ue5e5西藏的春天来得晚。\n\ue5e5\ue5e5雪停了。")
    assert (cleaned.title, cleaned.text) == ("春来早", "西藏的春天来得晚。\n\n雪停了。")


def test_a_number_below_a_time_is_none_of_its_parts() -> None:
    page = "西藏的春天来得晚\nPublished: October 13, 2023\n1\n三月的河谷里，农牧民正忙着翻地播种。"
    assert clean(page).published_at == "2023-10-13"
