"""Bylines in forms that few pages have, and lines that look like them in texts that are no pages."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text import Removed, clean

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


def test_labels_a_line_with_a_day_and_a_counter() -> None:
    lines = [TITLE, "来源：河谷日报", "发布：2023年10月13日", "作者：李雷", "人气：6989", *STORY]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.published_at, cleaned.source) == (TITLE, "2023-10-13", "河谷日报")
    assert (cleaned.authors, cleaned.text) == (("李雷",), "\n\n".join(STORY))


@pytest.mark.parametrize("counter", ["热度：262", "阅读量 1204", "点击率：31"])
def test_a_counter_is_no_word_of_a_title(counter: str) -> None:
    cleaned = clean("\n".join([TITLE, f"2023/10/13   {counter}", "来源：河谷研究 作者：李雷", *STORY]))
    assert (cleaned.title, cleaned.published_at, cleaned.source) == (TITLE, "2023-10-13", "河谷研究")


@pytest.mark.parametrize("counter", ["点击：次", "浏览次数： 次", "访问量：人次", "评论：条"])
def test_a_counter_whose_number_a_script_writes_is_no_story(counter: str) -> None:
    byline = "2023-10-13 10:05 来源：新华网"
    for lines in (
        [TITLE, byline, counter, *STORY],
        [TITLE, byline, *STORY, counter],
        [TITLE, f"{counter} {byline}", *STORY],
    ):
        cleaned = clean("\n".join(lines))
        assert (cleaned.title, cleaned.source, cleaned.text) == (TITLE, "新华网", "\n\n".join(STORY))
    text = "\n".join([*STORY, counter, STORY[0]])
    assert clean(text).text == text


def test_who_opened_a_thread_is_its_author() -> None:
    byline = "楼主 卓玛 发表于 2023-10-13 10:05"
    cleaned = clean("\n".join([TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.authors, cleaned.removed) == (TITLE, ("卓玛",), (Removed("byline", byline),))


@pytest.mark.parametrize("above", [[], ["首页 > 文化"]])
@pytest.mark.parametrize("between", [[], ["人关注  打印  转发"]])
def test_a_title_that_is_repeated_below_the_byline(above: list[str], between: list[str]) -> None:
    title = "河谷里的西藏春天"
    lines = [*above, title, "发布时间：2023-10-13 10:05", *between, title, "来源：河谷研究 作者：李雷", *STORY]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (title, "河谷研究", ("李雷",))
    assert cleaned.text == "\n\n".join(STORY)
    assert title in "\n".join(piece.text for piece in cleaned.removed)


@pytest.mark.parametrize("controls", [["微博", "微信"], ["微信"], ["我来说两句"]])
def test_controls_above_a_time_are_no_medium(controls: list[str]) -> None:
    cleaned = clean("\n".join([*controls, "2023年10月13日 10时05分", "【字体：大 中 小】", *STORY]))
    assert (cleaned.source, cleaned.published_at) == (None, "2023-10-13T10:05:00+08:00")
    removed = "\n".join(piece.text for piece in cleaned.removed)
    assert [removed.count(control) for control in controls] == [1] * len(controls)


@pytest.mark.parametrize(
    "byline",
    [
        "www.hegu.cn?2023-10-13 10:05?来源：新华网   我来说两句",
        "?2023-10-13 10:05? 来源：新华网",
        "2023-10-13 10:05??来源：新华网?字号：大 中 小",
    ],
)
def test_blanks_that_became_question_marks(byline: str) -> None:
    cleaned = clean("\n".join(["首页 > 时评", TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.source) == (TITLE, "新华网")
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(STORY))


@pytest.mark.parametrize(
    "line", ["您记得2023-10-13 10:05?", "发布会2023年10月13日开始?来源呢？", "2023-10-13 10:05?谁说的"]
)
def test_a_question_about_a_time_is_no_byline(line: str) -> None:
    text = "\n".join([TITLE, line, *STORY])
    assert clean(text).text == text


def test_controls_below_a_byline_go() -> None:
    controls = "字号: [小] [中] [大] 打印本页关闭窗口"
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 来源：新华网", controls, *STORY]))
    assert cleaned.text == "\n\n".join(STORY)
    assert [(piece.kind, piece.text) for piece in cleaned.removed] == [("share", controls)]


def test_a_broken_script_goes_from_a_page_and_stays_in_a_text_about_scripts() -> None:
    script = "location.href = '/'; } else { document.title = 'x'; } }"
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 来源：新华网", script, *STORY]))
    assert cleaned.text == "\n\n".join(STORY)
    assert [(piece.kind, piece.text) for piece in cleaned.removed] == [("navigation", script)]
    honest = "\n".join([STORY[0], script, STORY[1]])
    assert clean(honest).text == honest


def test_controls_a_line_below_a_byline_belong_to_it() -> None:
    controls = ["关注新华网", "微博", "Qzone", "评论", "图集"]
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05:17 来源: 新华网", *controls, *STORY]))
    assert (cleaned.source, cleaned.text) == ("新华网", "\n\n".join(STORY))


def test_a_label_of_a_byline_begins_no_title() -> None:
    cleaned = clean("\n".join(["首页 > 文化", "发布时间:10-20", *STORY]))
    assert cleaned.title is None


def test_breadcrumbs_that_say_so_need_no_home_page() -> None:
    lines = ["当前位置：文化 > 民俗 >", TITLE, "2023-10-13 10:05:17 河谷消息", *STORY]
    cleaned = clean("\n".join(lines))
    assert (cleaned.breadcrumbs, cleaned.title) == (("文化", "民俗"), TITLE)
    assert cleaned.text == "\n\n".join(STORY)


def test_the_publisher_at_the_foot_of_a_page_is_no_text() -> None:
    publisher = "主管主办单位：高原省文化局《河谷的建设》杂志社"
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 来源：新华网", *STORY, publisher]))
    assert (cleaned.text, cleaned.removed[-1].text) == ("\n\n".join(STORY), publisher)


def test_the_day_and_page_of_a_newspaper_are_a_byline() -> None:
    for newspaper in ("《 河谷日报 》( 2023年10月13日 01 版)", "《河谷日报》（2023年10月13日 第4版）"):
        cleaned = clean("\n".join(["2024年01月02日 星期二", TITLE, newspaper, *STORY]))
        assert (cleaned.title, cleaned.published_at, cleaned.source) == (TITLE, "2023-10-13", "河谷日报")
        assert cleaned.text == "\n\n".join(STORY)
        cleaned = clean("\n".join([TITLE, "2023-10-14 10:05 来源：新华网", *STORY, newspaper]))
        assert (cleaned.source, cleaned.text) == ("新华网", "\n\n".join(STORY))
        assert cleaned.removed == (Removed("publication", newspaper),)


@pytest.mark.parametrize(
    "cited", ["《河谷日报》（2023年10月13日第4版）登了这件事。", "见《河谷日报》（2023年10月13日第4版）"]
)
def test_a_newspaper_that_is_cited_stays(cited: str) -> None:
    text = "\n".join([TITLE, cited, *STORY, cited])
    assert clean(text).text == text


def test_who_made_a_film_is_named_below_its_story() -> None:
    staff = ["记者：林天昊、次仁卓玛", "编导：杨钰晨", "配音：林天昊"]
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 来源：新华网", *STORY, *staff]))
    assert (cleaned.text, cleaned.authors) == ("\n\n".join(STORY), ("林天昊", "次仁卓玛"))
    assert cleaned.removed == (Removed("byline", "\n".join(staff)),)
    honest = "\n".join([*STORY, *staff])
    assert clean(honest).text == honest


def test_the_editor_in_a_byline_at_the_foot_is_read() -> None:
    foot = "发布时间: 2023-10-13 10:05:17 | 来源: 新华网 | | 责任编辑: 张若梦"
    cleaned = clean("\n".join([*STORY, foot]))
    assert (cleaned.published_at, cleaned.source, cleaned.editor) == ("2023-10-13T10:05:17+08:00", "新华网", "张若梦")


def test_an_invitation_to_comment_is_no_part_of_a_medium() -> None:
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 来源：新华网 发表评论", *STORY]))
    assert cleaned.source == "新华网"


def test_names_that_are_spread_for_looks() -> None:
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05 作者：李 雷 王 媛", *STORY, "编 辑：李 雨 潼"]))
    assert (cleaned.authors, cleaned.editor, cleaned.text) == (("李雷", "王媛"), "李雨潼", "\n\n".join(STORY))


@pytest.mark.parametrize("sizes", ["【大 中 小】", "字体：[大] [中] [小]", "大 中 小"])
def test_sizes_of_the_letters_are_no_author(sizes: str) -> None:
    line = f"2023-10-13 10:05 来源：新华网 作者：德吉 {sizes}"
    cleaned = clean("\n".join([TITLE, line, *STORY]))
    assert (cleaned.authors, cleaned.removed) == (("德吉",), (Removed("byline", line),))


@pytest.mark.parametrize("names", ["李雷、王媛", "本报记者李雷、王媛"])
def test_a_medium_and_its_writers_need_no_clock(names: str) -> None:
    cleaned = clean("\n".join([TITLE, f"雪域商报　{names}　2023-10-13", *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, "雪域商报", ("李雷", "王媛"))


def test_a_byline_as_a_list() -> None:
    fields = ["• 来源：新华网", "• 2023-10-13 10:05", "• 作者：李雷"]
    cleaned = clean("\n".join([TITLE, *fields, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, "新华网", ("李雷",))
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(STORY))


def test_a_time_and_a_medium_as_a_list() -> None:
    cleaned = clean("\n".join([TITLE, "• 2023-10-13 10:05", "• 雪山新闻网", *STORY]))
    assert (cleaned.title, cleaned.source) == (TITLE, "雪山新闻网")
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(STORY))


def test_a_name_in_brackets_is_an_author() -> None:
    cleaned = clean("\n".join([TITLE, "来源：新华网 2023-10-13 10:05 作者：[李雷]", *STORY]))
    assert (cleaned.authors, cleaned.removed) == (("李雷",), ())


def test_an_author_with_his_position_is_named_below_the_story() -> None:
    author = "作者：陈伟（某大学教授）"
    cleaned = clean("\n".join([TITLE, "来源：新华网 2023-10-13 10:05", *STORY, author]))
    assert (cleaned.authors, cleaned.text) == (("陈伟",), "\n\n".join(STORY))
    assert cleaned.removed == (Removed("byline", author),)


@pytest.mark.parametrize(
    "notice", ["• 时间：2023-10-13 10:05\n• 地点：三号会议室", "● 2023-10-13 开工\n● 2023-11-01 封顶"]
)
def test_a_list_of_a_notice_is_no_byline(notice: str) -> None:
    text = "\n".join([TITLE, notice, *STORY])
    assert clean(text).text == text


@pytest.mark.parametrize("controls", [[], ["字体："], ["字号：", "打印"]])
def test_a_title_between_the_byline_and_a_story_whose_editor_stands_behind_a_control(controls: list[str]) -> None:
    head = ["2023 10/ 13 10:05:06", "来源：新华网", "林芝茶园采茶忙", *controls]
    cleaned = clean("\n".join([*head, *STORY, "新华社记者 卓玛 摄", "【纠错】 【责任编辑：王媛 】"]))
    assert (cleaned.title, cleaned.source, cleaned.editor) == ("林芝茶园采茶忙", "新华网", "王媛")
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize("pictures", ["供图/雪山研究院", "制图/卓玛", "漫画/卓玛"])
def test_who_gave_the_pictures_is_no_author(pictures: str) -> None:
    cleaned = clean("\n".join([TITLE, "2023-10-13 10:05", f"文/李雷 韩梅梅 {pictures}", *STORY]))
    assert cleaned.authors == ("李雷", "韩梅梅")
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize("title", ["“今年的雪下得正好！”", "“今年的雪下得正好！”老村长说：“路也通了！”"])
def test_a_quotation_between_breadcrumbs_and_the_byline_is_the_title(title: str) -> None:
    cleaned = clean("\n".join(["中国西藏网 > 原创视频", title, "2026-01-16", *STORY]))
    assert (cleaned.title, cleaned.published_at, cleaned.text) == (title, "2026-01-16", "\n\n".join(STORY))


@pytest.mark.parametrize(
    "byline",
    [
        "Updated: 2023-10-13 10:05 (Xinhua)",
        "Updated: 2023-10-13 10:05\n(Xinhua)",
        "Updated: 2023-10-13 10:05\n(Xinhua)\nComments() Print Mail Large Medium Small",
    ],
)
def test_when_a_page_in_english_was_updated_and_by_whom(byline: str) -> None:
    story = ["Snow fell in the valley on Friday. The herders were glad.", "The road to the village is open again."]
    cleaned = clean("\n".join(["First snow falls in the valley", byline, *story]))
    assert (cleaned.title, cleaned.source) == ("First snow falls in the valley", "Xinhua")
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(story))


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("时间：2023-10-13 10:05:00 来源：新华网", "新华网"),
        (" 时间：2023-10-13 10:05 作者：李雷", None),
        ("发布时间：2023年10月13日 10:05", None),
        ("發表於:2023-10-13 10:05", None),
    ],
)
@pytest.mark.parametrize("title", ["林芝茶园采茶忙", "林芝：茶园采茶忙"])
def test_a_title_that_is_glued_to_its_byline(title: str, byline: str, source: str | None) -> None:
    cleaned = clean("\n".join([f"{title}{byline}", *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.text) == (title, source, "\n\n".join(STORY))
    assert (cleaned.published_at or "")[:10] == "2023-10-13"


@pytest.mark.parametrize(
    "line", ["读书会开始报名 时间：2023-10-13", "茶园开放日时间：2023年10月13日 地点：河谷", "他记下时间：2023-10-13"]
)
def test_a_time_in_a_notice_is_glued_to_no_title(line: str) -> None:
    text = "\n".join([line, *STORY])
    assert clean(text).text == text


@pytest.mark.parametrize("front", ["李雷 王媛", "来源：河谷日报 作者：李雷", "河谷新闻网", "2023-10-12 打印 字号"])
def test_names_and_media_in_front_of_a_time_are_no_title(front: str) -> None:
    cleaned = clean("\n".join([TITLE, f"{front} 发布时间：2023-10-13 10:05", *STORY]))
    assert (cleaned.title, cleaned.subtitle, cleaned.text) == (TITLE, None, "\n\n".join(STORY))


@pytest.mark.parametrize(
    ("fields", "source", "author"),
    [
        (["新华网", "2023-10-13 10:05", "李雷"], "新华网", "李雷"),
        (["河谷晚报", "2023-10-13", "本报记者 李雷"], "河谷晚报", "李雷"),
    ],
)
def test_medium_time_and_reporter_on_three_lines(fields: list[str], source: str, author: str) -> None:
    cleaned = clean("\n".join(["林芝茶园采茶忙", *fields, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == ("林芝茶园采茶忙", source, (author,))
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "lines",
    [["河谷里的人", "2023-10-13 10:05", "李雷"], ["河谷客栈", "2023-10-13", "李雷"], ["河谷晚报", "李雷", "2023"]],
)
def test_other_lines_of_three_are_no_byline(lines: list[str]) -> None:
    text = "\n".join([TITLE, *lines, *STORY])
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("byline", "source", "editor"),
    [
        ("河谷网 时间：\n2023-10-13 10:05", "河谷网", None),
        ("2023-10-13 10:05\n河谷日报 编辑：李雷", "河谷日报", "李雷"),
        ("2023-10-13 10:05\nhegudaily.com.cn Editor: Li Lei", "hegudaily.com.cn", "Li Lei"),
    ],
)
def test_a_medium_in_front_of_a_label(byline: str, source: str, editor: str | None) -> None:
    cleaned = clean("\n".join([TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.editor) == (TITLE, source, editor)
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(STORY))


def test_a_day_without_a_year_behind_its_label() -> None:
    byline = "时间:01-19 人气:13 作者:李雷"
    cleaned = clean("\n".join([TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.published_at, cleaned.authors) == (TITLE, None, ("李雷",))
    assert (cleaned.text, cleaned.removed) == ("\n\n".join(STORY), (Removed("byline", byline),))
    for line in ("时间：01-19 地点：书店", "时间：01-19", "时间：01-19到02-03 作者：李雷"):
        text = "\n".join([TITLE, line, *STORY])
        assert clean(text).text == text


def test_a_clock_above_the_breadcrumbs_is_that_of_the_visit() -> None:
    for now in ("11:53 Sep 30 2024", "2024-09-30 11:53 星期一"):
        lines = [now, "河谷网 > 文化", TITLE, "2023-10-13 10:05", *STORY]
        cleaned = clean("\n".join(lines))
        assert (cleaned.title, cleaned.published_at) == (TITLE, "2023-10-13T10:05:00+08:00")
        assert cleaned.removed == (Removed("navigation", now),)


@pytest.mark.parametrize("title", ["西藏林芝：采茶时节茶园忙", "墨脱：一条路改变一个村"])
def test_a_title_that_names_its_place_below_the_byline(title: str) -> None:
    head = ["河谷网 > 图片 > 正文", "2023 10/ 13 10:05:06", "来源：新华网"]
    cleaned = clean("\n".join([*head, title, *STORY]))
    assert (cleaned.title, cleaned.text) == (title, "\n\n".join(STORY))
    cleaned = clean("\n".join([*head, "编者按：采茶时节茶园忙", *STORY]))
    assert cleaned.title is None


def test_a_subtitle_and_the_reporters_below_a_repeated_title() -> None:
    title, subtitle = "多彩的河谷 忙碌的春天", "——来自河谷的系列报道"
    lines = [
        "当前位置：首页 / 要闻",
        title,
        "2023年10月13日 10时05分",
        "打印本文",
        title,
        subtitle,
        "记者 多吉次仁 李雷",
        *STORY,
    ]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.subtitle, cleaned.authors) == (title, subtitle, ("多吉次仁", "李雷"))
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "foot", ["来源：河谷日报", "Source: China Tibet Online", "《 河谷日报 》（ 2023年10月13日 07 版）"]
)
def test_the_medium_below_a_story_whose_byline_lacks_it(foot: str) -> None:
    cleaned = clean("\n".join([TITLE, "发布时间：2023-10-13 10:05", *STORY, foot, "分享到：微信"]))
    assert cleaned.source in ("河谷日报", "China Tibet Online")
    assert cleaned.text == "\n\n".join(STORY)
    cleaned = clean("\n".join([TITLE, "发布时间：2023-10-13 10:05 来源：新华网", *STORY, foot]))
    assert cleaned.source == "新华网"


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("《河谷日报》    2023年10月13日", "河谷日报"),
        ("http://www.hegu.cn 2023年10月13日22:18 河谷电视台《晨间茶座》", "河谷电视台《晨间茶座》"),
    ],
)
def test_a_medium_with_title_marks_needs_no_label(byline: str, source: str) -> None:
    cleaned = clean("\n".join(["河谷网 > 要闻", TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.text) == (TITLE, source, "\n\n".join(STORY))
    assert (cleaned.published_at or "")[:10] == "2023-10-13"


def test_a_book_and_a_day_are_no_byline() -> None:
    text = "\n".join([TITLE, "《河谷之歌》 2023年10月13日", *STORY])
    assert clean(text).text == text


def test_a_subtitle_below_the_byline() -> None:
    subtitle = "——河谷采访随记"
    cleaned = clean("\n".join([TITLE, "发布日期：2023-10-13 10:05", subtitle, *STORY]))
    assert (cleaned.title, cleaned.subtitle, cleaned.text) == (TITLE, subtitle, "\n\n".join(STORY))
    cleaned = clean("\n".join([TITLE, "发布日期：2023-10-13 10:05", "——这是春天。", *STORY]))
    assert (cleaned.subtitle, cleaned.text.split("\n")[0]) == (None, "——这是春天。")


def test_a_day_a_counter_and_an_author_without_blanks() -> None:
    byline = "时间:09-16人气:28作者:李雷"
    cleaned = clean("\n".join([byline, *STORY]))
    assert (cleaned.authors, cleaned.text) == (("李雷",), "\n\n".join(STORY))
    assert cleaned.removed == (Removed("byline", byline),)


@pytest.mark.parametrize("title", ["王沁：走向河谷 走向高原(2)", "林芝茶园采茶忙"])
def test_a_title_that_stands_twice_above_the_byline(title: str) -> None:
    lines = ["当前位置：新闻 > 中国新闻 >", title, "", title, "2023-10-13 10:05:00 新华网", *STORY]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.subtitle, cleaned.text) == (title, None, "\n\n".join(STORY))
    assert cleaned.removed == (Removed("navigation", title),)


def test_a_title_at_the_end_of_the_breadcrumbs() -> None:
    title = "时事评论：河谷里的“春天”"
    lines = [f"您当前位置：河谷网 > 时事评论 > {title}", title, "2023-10-13 10:05 来源：新华网", *STORY]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.breadcrumbs) == (title, ("河谷网", "时事评论"))
    assert (cleaned.text, cleaned.removed) == ("\n\n".join(STORY), (Removed("navigation", title),))


@pytest.mark.parametrize("counter", ["市场快讯 5 阅读", "要闻 浏览：31", "阅读: 1204", "热点 12次浏览"])
def test_a_counter_beside_a_clock_shows_a_byline(counter: str) -> None:
    title = "茶园的消息传到了山外"
    cleaned = clean("\n".join([title, f"2023-10-13 10:05 {counter}", *STORY]))
    assert (cleaned.title, cleaned.published_at) == (title, "2023-10-13T10:05:00+08:00")
    assert cleaned.text == "\n\n".join(STORY)


@pytest.mark.parametrize("note", ["书房 5 本", "图书馆 读了 31 页", "阅读室", "阅读：31页"])
def test_a_clock_and_a_place_in_a_diary_stay(note: str) -> None:
    text = "\n".join(["一本书的下午", f"2023-10-13 10:05 {note}", *STORY])
    assert clean(text).text == text


def test_a_newspaper_its_day_and_page_without_marks() -> None:
    lines = [TITLE, "河谷商报 20231013 A06版", "■李雷", *STORY, "【返回】"]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, "河谷商报", ("李雷",))
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13", "\n\n".join(STORY))


def test_the_medium_stands_above_other_lines_of_the_foot() -> None:
    feet = [
        "【来源：新华社】",
        "转载原创文章请注明，转载自河谷网",
        "◎欢迎参与讨论，请在这里发表您的看法、交流您的观点。",
    ]
    cleaned = clean("\n".join([*STORY, *feet]))
    assert (cleaned.source, cleaned.text) == ("新华社", "\n".join(STORY))


def test_the_words_in_place_of_pictures_repeat_the_title() -> None:
    title = "春回河谷丨林芝：高原春至“桃”人欢喜"
    lines = ["河谷网 > 要闻 > 正文", title, *STORY, title, title, "制片人：李雷", "统筹：王芳", "相关阅读："]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.text) == (title, "\n\n".join(STORY))
    assert Removed("caption", f"{title}\n{title}") in cleaned.removed
    song = ["我的家在那河谷边", "风从山口吹过来", "我的家在那河谷边", "河水没有说话", "我的家在那河谷边"]
    cleaned = clean("\n".join(["河谷网 > 音乐", song[0], "2023-10-13 10:05 来源：新华网", *song[1:]]))
    assert cleaned.text == "\n\n".join(song[1:])


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("2023-10-13 10:05:37    新华网  参与评论()人", "新华网"),
        ("2023-10-13 10:05:37 国际在线 参与评论(12)人", "国际在线"),
        ("http://www.hegu.com.cn 2023年10月13日10:05:37  国际在线", "国际在线"),
    ],
)
def test_a_medium_without_a_label_beside_other_words(byline: str, source: str) -> None:
    cleaned = clean("\n".join(["跳转到正文内容", "河谷网 > 要闻", TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.text) == (TITLE, source, "\n\n".join(STORY))


def test_a_title_below_a_day_without_a_year_stands_above_a_story_with_headings() -> None:
    lines = ["主页>> 作家群>>河谷", "发布时间：07-20", "“河谷行”采访在小城启动", STORY[0], "一壶茶的故事", STORY[1]]
    cleaned = clean("\n".join(lines))
    assert (cleaned.title, cleaned.published_at) == ("“河谷行”采访在小城启动", None)
    assert cleaned.text == "\n\n".join([STORY[0], "一壶茶的故事", STORY[1]])


def test_a_book_between_a_clock_and_an_author_is_no_entry_of_a_bibliography() -> None:
    byline = "日期：2023-10-13 15:41 泉源：《河谷丛书》作者：陈庆英"
    cleaned = clean("\n".join([TITLE, byline, *STORY]))
    assert (cleaned.title, cleaned.authors, cleaned.text) == (TITLE, ("陈庆英",), "\n\n".join(STORY))
    entry = "\n".join([TITLE, "《河谷丛书》作者：陈庆英 2023-10-13", *STORY])
    assert clean(entry).text == entry


@pytest.mark.parametrize("page", ["第6版：河谷的春天", "第A03版:要闻"])
def test_the_page_and_day_of_a_newspaper_between_a_title_and_the_same(page: str) -> None:
    head = ["2024年11月02日 星期六", "回到河谷", f"{page} 2021-05-24", "回到河谷", "李雨潼"]
    foot = ["放大", "缩小", "上一版", "下一版", "下载", "读报纸首页"]
    cleaned = clean("\n\n".join([*head, *STORY, *foot]))
    assert (cleaned.title, cleaned.published_at, cleaned.authors) == ("回到河谷", "2021-05-24", ("李雨潼",))
    assert cleaned.text == "\n\n".join(STORY)
    assert [piece.kind for piece in cleaned.removed] == ["navigation", "byline", "navigation"]
    honest = "\n".join([*STORY, f"{page}里的一段话", STORY[0]])
    assert clean(honest).text == honest


def test_a_megabyte_of_words_above_a_byline_takes_no_time() -> None:
    clean("西藏春来早。\n责编：李雷")  # the tables load at first use
    with takes_at_most(3):
        clean("\n".join([TITLE, "河谷 " * 300_000, "2023-10-13 10:05 来源：新华网", *STORY]))


def test_a_medium_on_its_own_line_below_a_title_and_a_control() -> None:
    fields = ["播报文章", "河谷日报", "2023-10-13 10:05", "+关注"]
    cleaned = clean("\n".join(["林芝茶园采茶忙", *fields, *STORY]))
    assert (cleaned.title, cleaned.source) == ("林芝茶园采茶忙", "河谷日报")
    assert "关注" not in cleaned.text


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("记者 李雷 通讯员 王媛", ("李雷", "王媛")),
        ("见习记者李雷", ("李雷",)),
        ("作者 李雷 王媛", ("李雷", "王媛")),
    ],
)
def test_reporters_with_their_roles_between_a_title_and_the_byline_are_its_authors(
    line: str, authors: tuple[str, ...]
) -> None:
    cleaned = clean("\n".join(["林芝市采摘第一批春茶", line, "2023-10-13 10:05 来源：河谷网", *STORY]))
    assert (cleaned.title, cleaned.authors, cleaned.text) == ("林芝市采摘第一批春茶", authors, "\n\n".join(STORY))


@pytest.mark.parametrize("label", ["出处", "转自", "转载自", "来自"])
def test_another_label_of_the_medium_beside_a_clock_time_shows_a_page(label: str) -> None:
    cleaned = clean("\n".join([TITLE, f"时间：2023-10-13 10:05 {label}：河谷日报", *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.published_at) == (TITLE, "河谷日报", "2023-10-13T10:05:00+08:00")
    for line in (f"{label}：王媛 2023-10-13 10:05", f"{label}：河谷 时间：2023-10-13 10:05"):
        text = "\n".join(["牧歌三十七", line, *STORY])
        assert clean(text).text == text


@pytest.mark.parametrize(
    "below",
    [
        ["热门新闻", "2026-03-16", "高原铁路通过验收", "2026-03-15", "牧区小学开学"],
        ["相关新闻", "2026-03-16 10:05", "高原铁路通过验收", "2026-03-15 08:00", "牧区小学开学"],
    ],
)
def test_the_times_of_a_list_below_a_story_do_not_hide_its_byline(below: list[str]) -> None:
    byline = "2023-10-13 10:05 来源：河谷网"
    cleaned = clean("\n".join([TITLE, byline, *STORY, *below]))
    assert (cleaned.title, cleaned.source, cleaned.text) == (TITLE, "河谷网", "\n\n".join(STORY))
    assert clean("\n".join([TITLE, byline, *below, *STORY])).title is None  # a chronicle


@pytest.mark.parametrize(
    ("names", "source", "authors"),
    [
        ("河谷日报 河谷日报", "河谷日报", ()),
        ("原创 李雷 县融媒体中心 县融媒体中心", "县融媒体中心", ("李雷",)),
        ("来源：河谷日报 河谷日报", "河谷日报", ()),
    ],
)
def test_an_account_and_its_name_that_are_equal_are_one_medium(
    names: str, source: str, authors: tuple[str, ...]
) -> None:
    cleaned = clean("\n".join([TITLE, f"{names} 2023-10-13 10:05", *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, source, authors)


@pytest.mark.parametrize("title", [f"# {TITLE}", f"### {TITLE} ###", f"**{TITLE}**"])
@pytest.mark.parametrize(
    "byline",
    [
        "2023-10-13 10:05 来源：[河谷网](http://a.example/b) 作者：[李雷](/user/7)",
        "作者：[李雷](/user/7)\n来源：[河谷网](http://a.example/b)\n2023-10-13 10:05",
    ],
)
def test_the_marks_of_markdown_are_no_part_of_title_medium_and_names(title: str, byline: str) -> None:
    cleaned = clean("\n".join([title, byline, *STORY]))
    assert (cleaned.title, cleaned.source, cleaned.authors) == (TITLE, "河谷网", ("李雷",))
    assert (cleaned.published_at, cleaned.text) == ("2023-10-13T10:05:00+08:00", "\n\n".join(STORY))
    assert [piece.text.split("\n") for piece in cleaned.removed] == [byline.split("\n")]  # it has the addresses


@pytest.mark.parametrize("label", ["标题：", "标题: ", "新闻标题：", "【标题】"])
def test_the_label_of_a_title_is_no_part_of_it(label: str) -> None:
    cleaned = clean("\n".join([f"{label}{TITLE}", "来源：河谷网 2023-10-13 10:05", *STORY]))
    assert (cleaned.title, cleaned.text) == (TITLE, "\n\n".join(STORY))


@pytest.mark.parametrize("word", ["发布于", "發布於", "刊于"])
def test_the_word_for_published_is_no_part_of_the_medium(word: str) -> None:
    cleaned = clean("\n".join([TITLE, f"2023-10-13 10:05 {word} 河谷网", *STORY]))
    assert (cleaned.title, cleaned.source) == (TITLE, "河谷网")
