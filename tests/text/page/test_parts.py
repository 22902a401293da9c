"""The order of a page's parts, where there is no markup to tell them."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text.line_forms import has_sentence, is_title
from tibetnews.text.page.breadcrumbs import read_breadcrumbs, read_placed_breadcrumbs
from tibetnews.text.page.parts import find_parts
from tibetnews.text.page.text_page import parse_text_page

TRAIL = "中国西藏网 > 即时新闻 > 时政"
TITLE = "西藏春来早"
SUBTITLE = "——来自墨脱的报道"
INFO = "发布时间：2023-10-13 10:05:00 来源： 新华网"
STORY = ["西藏的春天来得晚。", "牧民们说，今年的雪下得正好。"]
LONG_STORY = ["林芝市的茶园里，工人们正忙着采摘第一批春茶。", "据介绍，今年全县的产量预计比去年增长一成。"]
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
        # a subtitle shows by its dash that the headline stands above it
        (
            ["登录", TITLE, SUBTITLE, INFO, *STORY],
            "",
            WHOLE | {"breadcrumbs": None, "subtitle": SUBTITLE, "body": STORY},
        ),
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
    "byline",
    [
        ["赵磊 央金卓嘎", "发布时间：2018-05-06 07:08:09", "来源：西藏商报"],
        ["赵磊 央金卓嘎", "2018-05-06 07:08 来源：西藏商报"],
        ["发布时间：2018-05-06 07:08:09", "赵磊 央金卓嘎", "来源：西藏商报"],
        ["时间：2018-05-06", "赵磊、央金卓嘎", "来源：西藏商报"],
        ["作者：", "赵磊 央金卓嘎", "发布时间：", "2018-05-06 07:08:09", "来源：", "西藏商报"],
        ["赵磊 央金卓嘎", "发布时间：2018-05-06 07:08:09 来源：", "西藏商报"],
        ["[2018-05-06 07:08] 来源：西藏商报 记者 赵磊 央金卓嘎"],
    ],
)
def test_the_parts_of_a_byline_on_lines_of_their_own(byline: list[str]) -> None:
    for above in (["高原茶园采茶忙"], ["首页", "时政", "高原茶园采茶忙"], [TRAIL, "高原茶园采茶忙"]):
        page = parse_text_page([*above, *byline, *STORY])
        assert page.title == "高原茶园采茶忙"
        assert (page.byline.authors, page.byline.source) == (("赵磊", "央金卓嘎"), "西藏商报")
        assert page.body.start == len(above) + len(byline)


@pytest.mark.parametrize(
    "byline",
    [
        ["来源：某某网-某某商报  王媛"],
        ["作者：王媛 来源：某某网-某某商报"],
        ["来源：", "某某网-某某商报", "作者：王媛"],
    ],
)
@pytest.mark.parametrize(("above", "below"), [([TRAIL], []), ([], [EDITOR]), ([f"{TITLE}迟_时政_中国西藏网"], [])])
def test_a_byline_without_a_time_stands_directly_below_a_title(
    byline: list[str], above: list[str], below: list[str]
) -> None:
    page = parse_text_page([*above, f"{TITLE}迟", *byline, *LONG_STORY, *below])
    assert (page.title, page.byline.source, page.byline.authors) == (f"{TITLE}迟", "某某网-某某商报", ("王媛",))
    assert page.body.start == len(above) + 1 + len(byline)


def test_labels_alone_are_no_evidence_of_a_page() -> None:
    assert not parse_text_page(["画龙点睛", "来源：《历代名画记》", *LONG_STORY]).has_parts


@pytest.mark.parametrize("dash", ["——", "—", "–", "──", "－－"])
def test_a_subtitle_begins_with_a_dash(dash: str) -> None:
    page = parse_text_page([TITLE, f"{dash}来自墨脱的报道", INFO, *STORY])
    assert (page.title, page.subtitle) == (TITLE, f"{dash}来自墨脱的报道")


@pytest.mark.parametrize("above", [["时政"], ["登录", "首页"], []])
def test_a_headline_that_looks_like_a_name_is_no_author(above: list[str]) -> None:
    assert parse_text_page([*above, "高原红", INFO, *STORY]).title == "高原红"


@pytest.mark.parametrize(
    "foot",
    [
        ["最后更新：2019年7月8日 16:20"],
        ["最近更新：2023-04-05"],
        ["更新于 2021-03-02 08:30"],
        ["本页更新时间：2021-03-02 08:30"],
        ["－ 2021年05月16日 20:17"],
        ["（更新日期：2021/05/16）"],
        ["上传时间：2021-05-16"],
        ["页面编辑时间：2021-05-16 20:17"],
        ["本文发布时间：2021-05-16 20:17"],
        ["Last updated: May 16, 2021 20:17"],
        ["Mis à jour le 16 mai 2021 20h17"],
        ["Aktualisiert am 16.05.2021 20:17"],
        ["最后一次更新：2021-05-16"],
        ["打印时间：2021-05-16 20:17"],
        ["GMT+8, 2021-05-16 20:17 , Processed in 0.02 second(s), 7 queries"],
        ["国际要闻：", "某地举办马拉松赛", "2022-03-04 12:11:10"],
        ["更多：", "某地举办马拉松赛", "- 2022年03月04日 12:11:10", "书店开张", "- 2022年03月04日 09:11:10"],
        ["热点:", "[2020-05-06 12:00]"],
    ],
)
def test_times_below_a_story_are_the_pages(foot: list[str]) -> None:
    page = parse_text_page([TITLE, *LONG_STORY, *foot])
    assert (page.title, page.body, page.tail) == (TITLE, slice(1, 3), foot)


@pytest.mark.parametrize("foot", ["更新于是停了下来", "二〇一九年六月七日", "更新：下周", "2019年6月7日"])
def test_a_line_with_no_time_of_a_page_is_the_storys(foot: str) -> None:
    assert not parse_text_page([TITLE, *LONG_STORY, foot]).has_parts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (TRAIL, ("中国西藏网", "即时新闻", "时政")),
        ("中国西藏网\xa0>\xa0时政", ("中国西藏网", "时政")),
        ("中国西藏网＞时政", ("中国西藏网", "时政")),
        ("中国西藏网 › 时政 › ", ("中国西藏网", "时政")),
        ("您当前的位置：中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("位置：中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("您的位置： 中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("你现在的位置是：中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("1. 中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("* 中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("· 中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("(1) 中国西藏网 > 时政", ("中国西藏网", "时政")),
        ("① 中国西藏网 &gt; 时政", ("中国西藏网", "时政")),
        ("[中国西藏网](http://www.tibet.cn/) > [时政](/cn/politics/)", ("中国西藏网", "时政")),
        ("མདུན་ངོས། > མི་སྣ།", ("མདུན་ངོས།", "མི་སྣ།")),
        ("བོད་ལྗོངས་དྲ་བ། › རིག་གནས། › གོམས་སྲོལ།", ("བོད་ལྗོངས་དྲ་བ།", "རིག་གནས།", "གོམས་སྲོལ།")),
        ("ཆུ་མིག་ཡོད། ཤིང་ཏོག་ཡོད། > རི་བོ།", ()),
        ("中国西藏网", ()),
        (">", ()),
        ("更多 >", ()),
        ("中国西藏网“首页 > 视频”的新入口，方便了读者。", ()),
        ("中国西藏网 > " + "很长" * 30, ()),
        ("甲 > " * 80, ()),
        ("", ()),
        ("首页 ->> 焦点专题 -> 正文", ("首页", "焦点专题", "正文")),
        ("首页 > 焦点专题 】 【打印", ()),
    ],
)
def test_breadcrumbs(line: str, expected: tuple[str, ...]) -> None:
    assert read_breadcrumbs(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("首页 / 时政 / 正文", ("首页", "时政", "正文")),
        ("河谷网→要闻→民生", ("河谷网", "要闻", "民生")),
        ("您的位置：首頁 ➔ 新聞 ➔ 正文", ("首頁", "新聞", "正文")),
        ("首页 ▸ 文化", ("首页", "文化")),
        ("首页 \\ 文化 \\ 民俗", ("首页", "文化", "民俗")),
        ("当前所在位置：首页 | 时政", ("首页", "时政")),
        ("您当前的位置：首页 新闻 正文", ("首页", "新闻", "正文")),
        ("首页 - 时政 - 正文", ("首页", "时政", "正文")),
        ("Home / Culture / Crafts", ("Home", "Culture", "Crafts")),
        ("首页 | 新闻 | 时政 | 文化", ()),
        ("首页 · 新闻 · 时政", ()),
        ("拉萨 → 林芝 → 昌都", ()),
        ("春/夏/秋/冬", ()),
        ("首页 新闻 正文", ()),
        ("新华网/春天的消息从河谷里一路传到山上的牧场/正文", ()),
    ],
)
def test_weaker_marks_part_breadcrumbs_where_a_page_has_them(line: str, expected: tuple[str, ...]) -> None:
    assert read_breadcrumbs(line) == ()
    assert read_placed_breadcrumbs(line) == expected
    page = parse_text_page([line, TITLE, INFO, *STORY])
    assert (page.breadcrumbs, page.title, page.body) == (expected, TITLE, slice(3, 5))
    assert parse_text_page([line, *STORY]).breadcrumbs == ()


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
    with takes_at_most(6):
        find_parts([hostile, INFO, hostile], hostile)
        find_parts([line] * 100_000)


def test_breadcrumbs_of_markup_are_read_before_their_repair() -> None:
    assert read_breadcrumbs("中國(guó)西藏網(wǎng) > 時(shí)政") == ("中國(guó)西藏網(wǎng)", "時(shí)政")


@pytest.mark.parametrize("length", [130, 240])
def test_tibetan_script_needs_longer_titles(length: int) -> None:
    assert is_title(("བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་" * 20)[:length])
    assert not is_title("西藏" * (length // 2))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["来源：新华社 2021-03-04 10:11"], []),
        (["首页", "新闻", "时政", "文化", "2021年3月4日 来源：某某日报"], []),
        ([TRAIL, "发布时间：2021-03-04"], []),
        (["2021-03-04 10:11:12"], ["来源：新华社 作者：王媛"]),
        (["04", "2021-03"], ["来源：新华社"]),
    ],
)
def test_a_title_may_stand_below_the_time(above: list[str], below: list[str]) -> None:
    title = "河谷里的春耕开始了"
    found = parse_text_page([*above, title, *below, *LONG_STORY])
    assert (found.title, (found.byline.published_at or "")[:10]) == (title, "2021-03-04")
    assert found.body.start == len(above) + 1 + len(below)


@pytest.mark.parametrize(
    "story",
    [
        ["一、总体要求有五个方面", *LONG_STORY],
        ["水渠修到了家门口", *LONG_STORY, "种子早早下了地", *LONG_STORY],  # headings
        ["地点：河谷里的第一个村子", *LONG_STORY],
        ["王媛 李雷 韩梅梅", *LONG_STORY],
    ],
)
def test_a_first_line_in_doubt_is_no_title(story: list[str]) -> None:
    found = parse_text_page(["2021-03-04 10:11 来源：新华社", *story])
    assert (found.title, found.body.start) == ("", 1)


@pytest.mark.parametrize(
    ("pieces", "time"),
    [
        (["2021", "03-04", "10:11"], "2021-03-04T10:11:00+08:00"),
        (["2021年", "3月4日"], "2021-03-04"),
        (["04", "2021.03", "10:11:12"], "2021-03-04T10:11:12+08:00"),
        (["03/04", "2021"], "2021-03-04"),
        (["2021", "03", "04"], "2021-03-04"),
        (["2021-03-04", "10:11"], "2021-03-04T10:11:00+08:00"),
    ],
)
def test_a_time_on_several_lines(pieces: list[str], time: str) -> None:
    found = parse_text_page([TITLE, *pieces, "来源：新华社", *LONG_STORY])
    assert (found.title, found.byline.published_at, found.byline.source) == (TITLE, time, "新华社")
    # numbers below a headline and above a story prove nothing
    assert not parse_text_page([TITLE, "2021", "03-04", *LONG_STORY]).has_parts


@pytest.mark.parametrize("line", ["西藏日报 记者 王媛 2021年3月4日", "2021-03-04 某某晚报记者 王媛"])
def test_an_agencys_writer_needs_no_clock_above_a_story(line: str) -> None:
    page = parse_text_page([TITLE, line, *LONG_STORY])
    assert (page.byline.authors, page.byline.published_at) == (("王媛",), "2021-03-04")
    assert not parse_text_page([*LONG_STORY, line]).has_parts  # below a letter


@pytest.mark.parametrize(
    ("list_", "trail"),
    [
        (["首页", ">", "文化", ">", "正文"], ("首页", "文化", "正文")),
        (["河谷网 >", "文化 >", "民俗"], ("河谷网", "文化", "民俗")),
        (["网站首页", "> 文化", "> 民俗风情"], ("网站首页", "文化", "民俗风情")),
        (["您的位置：首頁 »", "新聞中心 »", "正文"], ("首頁", "新聞中心", "正文")),
        (["首页 >", "更多 >"], ("首页", "更多")),  # the title is none of the parts
    ],
)
def test_breadcrumbs_may_stand_on_several_lines(list_: list[str], trail: tuple[str, ...]) -> None:
    page = parse_text_page([*list_, TITLE, INFO, *STORY])
    assert (page.breadcrumbs, page.title, page.head) == (trail, TITLE, [])


def test_a_time_of_a_list_above_the_pages_own_title_is_not_its_byline() -> None:
    lists = ["今日要闻", "2026-03-16 10:17 桃花节开幕", "2026-03-15 09:10 机场新增航线"]
    page = parse_text_page([*lists, TITLE, INFO, *STORY], f"{TITLE}_河谷网")
    assert (page.title, page.byline_text, page.head) == (TITLE, INFO, lists)


def test_a_line_with_a_full_stop_inside_is_no_title() -> None:
    line = "7月19日，羊群在湖边行进。2000年，保护区成立。新华社记者 王小明 摄"
    assert parse_text_page([line, INFO, *LONG_STORY], "河谷网").title == ""


@pytest.mark.parametrize(
    "foot",
    [
        ["最新动态", "[2024-01-02] 甲地举行赛马节", "[2024-01-01] 乙地煨桑", "[2023-12-30] 丙地下雪"],
        ["・桃花节开幕", "2023-10-12", "・机场新增航线", "2023-10-11", "・甲地下雪", "2023-10-09"],
        ["网友评论", "雪山来客 2024-01-02 08:11", "家乡真美啊。", "牧羊人 2024-01-03 09:00", "支持！"],
    ],
)
def test_lists_of_news_and_comments_are_no_part_of_the_story(foot: list[str]) -> None:
    page = parse_text_page([TITLE, INFO, *STORY, *foot], f"{TITLE}_河谷网")
    assert page.tail == foot


@pytest.mark.parametrize(
    "end",
    [
        ["1951年5月23日 签订", "1959年3月28日 改革", "1965年9月1日 成立"],
        ["1951-05-23 签订", "1959-03-28 改革", "1965-09-01 成立"],
        ["甲队 21-15", "乙队 11-09", "丙队 10-12"],
    ],
)
def test_a_list_at_the_end_of_a_story_is_its_own(end: list[str]) -> None:
    assert parse_text_page([TITLE, INFO, *STORY, *end], f"{TITLE}_河谷网").tail == []


TIBETAN_STORY = "ཉེ་ཆར་དཔྱིད་འདེབས་འགོ་བརྩམས་པ་རེད། མང་ཚོགས་ཀྱིས་ལས་ཀ་བྱེད་བཞིན་འདུག"


@pytest.mark.parametrize(
    "byline",
    [
        ["2024-06-19 | བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར།"],
        ["གསར་འགྱུར་འབྱུང་ཁུངས། བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར། སྤེལ་དུས། 2024-06-19"],
        ["སྤེལ་དུས།", "2024-06-19", "ཡོང་ཁུངས།", "བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར།"],
    ],
)
def test_a_tibetan_medium_is_one_with_and_without_a_label(byline: list[str]) -> None:
    page = parse_text_page(["སློབ་གྲྭ་གསར་པ།", *byline, TIBETAN_STORY], "སློབ་གྲྭ་གསར་པ།")
    read = page.byline
    assert (read.published_at, read.source, read.authors) == ("2024-06-19", "བོད་ལྗོངས་ཉིན་རེའི་ཚགས་པར།", ())
    assert page.title == "སློབ་གྲྭ་གསར་པ།"


@pytest.mark.parametrize("title", ["༄༅།།སློབ་གྲྭ་གསར་པ།", "༄༅། །སློབ་གྲྭ་གསར་པའི་ལོ་རྒྱུས།", "༄།། ས་ཆའི་མིང་ལ་དཔྱད་པ།"])
def test_a_tibetan_title_may_begin_with_the_head_mark(title: str) -> None:
    page = parse_text_page([title, "རྩོམ་སྒྲིག་པ།ཚེ་རིང་། ཡོང་ཁུངས། བོད་ལྗོངས། སྤེལ་དུས། 2024-06-19", TIBETAN_STORY], "")
    assert (page.title, page.byline.published_at) == (title, "2024-06-19")


@pytest.mark.parametrize("medium", ["河谷电视台", "河谷县融媒体中心", "高原客户端"])
def test_a_medium_on_a_line_of_its_own_below_the_time_is_the_source(medium: str) -> None:
    page = parse_text_page([TITLE, "2023-10-13 10:05", medium, *LONG_STORY])
    assert (page.byline.source, page.unplaced, page.body) == (medium, (), slice(3, 5))


@pytest.mark.parametrize("heading", ["河谷旅行社", "高原大学", "第一章", "拉萨"])
def test_another_line_below_the_time_is_of_the_story(heading: str) -> None:
    page = parse_text_page([TITLE, "2023-10-13 10:05", heading, *LONG_STORY], f"{TITLE}_河谷网")
    assert (page.byline.source, page.body) == (None, slice(2, 5))


@pytest.mark.parametrize(
    "above",
    [
        "• 关键字：会议，西藏",
        "- 栏目：时评",
        "【 第1页 第2页 第3页 】",
        "第1頁 第2頁",
        "地址：拉萨市北京中路1号",
        "电话：0891-6300000",
        "E-mail: a@b.cn",
    ],
)
def test_details_of_a_page_are_no_headline(above: str) -> None:
    info = "发布时间：2018-03-14 10:20"
    story = "西藏的春天来得晚，牧民们说今年的雪下得正好。"
    assert parse_text_page([above, info, story]).title == ""
    assert parse_text_page(["西藏春来早", above, info, story]).title == "西藏春来早"


@pytest.mark.parametrize(
    "site", [" |", "_", " | 河谷网", "｜河谷日报", "_河谷网", "_时政_河谷新闻网", "-新闻中心-河谷网", " - 河谷在线"]
)
def test_a_headline_goes_without_the_site_behind_it(site: str) -> None:
    title = "林芝茶园采茶忙"
    page = parse_text_page([f"{title}{site}", INFO, *LONG_STORY])
    assert (page.title, page.head) == (title, [site.strip()])


@pytest.mark.parametrize(
    "title",
    ["采茶|河谷网", "林芝茶园采茶忙——走进河谷网", "林芝茶园采茶忙 | 第三季", "林芝茶园采茶忙_春天", "2023-2024年度报"],
)
def test_what_is_no_site_stays_in_the_headline(title: str) -> None:
    page = parse_text_page([title, INFO, *LONG_STORY])
    assert (page.title, page.head) == (title, [])


def test_breadcrumbs_from_a_site_to_its_story_need_no_title() -> None:
    for trail in ("河谷网>> 新闻 >> 正文", "当前位置：河谷在线 > 文化 > 正文"):
        page = parse_text_page([trail, *LONG_STORY])
        assert (page.title, page.body, page.has_parts) == ("", slice(1, 3), True)
        assert page.breadcrumbs[-1] == "正文"
    for path in ("首页 > 样式 > 正文", "河谷网 > 设置 > 网络", "河谷网 > 正文"):
        assert not parse_text_page([path, *LONG_STORY]).has_parts
    assert not parse_text_page(["河谷网>> 新闻 >> 正文", "雪山", "牧场"]).has_parts


@pytest.mark.parametrize("control", ["放大", "转发", "字号"])
def test_a_control_below_breadcrumbs_is_no_headline(control: str) -> None:
    assert parse_text_page(["河谷网>> 新闻 >> 正文", control, *LONG_STORY]).title == ""


def test_breadcrumbs_stand_below_a_sentence_of_the_site_too() -> None:
    site = "设为书签Ctrl+D将本页面保存为书签，全面了解最新资讯，方便快捷。"
    page = parse_text_page([site, TRAIL, TITLE, INFO, *LONG_STORY])
    assert (page.breadcrumbs, page.title, page.body) == (("中国西藏网", "即时新闻", "时政"), TITLE, slice(4, 6))
    assert parse_text_page([LONG_STORY[0], TRAIL, TITLE, *LONG_STORY]).breadcrumbs == ()


@pytest.mark.parametrize("label", ["内容简介:", "视频简介：", "節目簡介："])
def test_the_label_of_a_films_story_is_the_pages(label: str) -> None:
    lines = ["河谷里的歌", "时间:2024年07月24日来源:河谷网", label, "老人在河边唱起了古老的歌，孩子们围坐在一起听。"]
    page = parse_text_page(lines)
    assert [lines[page.body], page.head] == [lines[3:], [label]]
    story = [*lines[:2], "书店里新到了一本书。", label, lines[3]]
    assert story[parse_text_page(story).body] == story[2:], "a heading of the story"
    headings = [*lines, "作者简介：", "他在河边住了三十年，写下了这本书。"]
    assert headings[parse_text_page(headings).body] == headings[2:], "one of several"


def test_an_editor_line_that_the_story_quotes_does_not_end_it() -> None:
    story = [LONG_STORY[0], "消息的结尾写着：", "（责编：次仁）", "这样就算写完了。"]
    assert parse_text_page([TITLE, INFO, *story, EDITOR]).body == slice(2, 7)
