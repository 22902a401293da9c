"""A line leaves the text only where something shows what it is; all else stays."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text import Removed, clean, strip_boilerplate, strip_spam

FIRST = "三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。"
LAST = "乡里的技术员说，今年的良种覆盖率比去年高，大家心里有底。"
BODY = f"{FIRST}\n\n{LAST}"
INFO = "2023-10-13 10:05 来源：新华网"
TITLE = "河谷里春耕忙"


@pytest.mark.parametrize(
    "foot",
    [
        "更新时间：2024-10-23",
        "GMT+8, 2024-10-23 21:25",
        "[ 2024-10-23 ]",
        "[ 发布时间：2024-10-23 10:00 ]",
        "发布时间：2024-10-23 21:25:00",
        "[2024-10-23 21:25:00 上传]",
        "（发布于2024年10月23日）",
        "国内新闻精选:\n- 2026年03月16日 10:17:59",
        "今日要点：\n2026-03-16 10:17:59",
        "（责编：李雨潼）",
    ],
)
@pytest.mark.parametrize("title", [TITLE, "“小苹果”富了一方人", "雪山下的课堂开学了"])
def test_a_label_below_the_story_tells_its_title_and_nothing_above_is_lost(foot: str, title: str) -> None:
    cleaned = clean(f"{title}\n{BODY}\n\n{foot}")
    assert (cleaned.title, cleaned.text, cleaned.published_at) == (title, BODY, None)


@pytest.mark.parametrize("tag", ['<p id="utfaj"></p>', '<em id="k2"></em>', '<b id="q7x"><i id="q7x"></i></b>'])
def test_an_empty_tag_above_the_breadcrumbs_is_spam(tag: str) -> None:
    cleaned = clean(f"{tag}\n1. 中国西藏网 > 文化\n{TITLE}\n{INFO}\n{BODY}")
    assert cleaned.breadcrumbs == ("中国西藏网", "文化")
    assert (cleaned.title, cleaned.text) == (TITLE, BODY)
    assert cleaned.removed == (Removed("spam", tag),)


@pytest.mark.parametrize(
    "first",
    [
        "7月19日,藏羚羊群在湖边行进。2000年,保护区成立。新华社记者 王小明 摄",
        "8月3日，孩子们在村口唱歌。去年这里还没有路。本报记者 卓嘎 摄",
        "“你从哪里来?”老人问道:",
        "“雪停了没有？”姐姐问：",
        "风从山口吹过来\n吹动一面旧的旗\n河水没有说话",
        "| 地区 | 人口 |\n|---|---|\n| 甲 | 3 |",
        "字号:",
        "下载本文档",
        "点击查看全文",
        "风" * 100,
        TITLE,
        "? ?",
        "| ?",
        "???? ???? ?",
        "苹果\n分享\n梨\n打印\n排行榜\n桃",
        "sudo apt > log\n$ cat a > b",
        "首页 > 设置 > 网络",
        "‹聊斋>",
        "讲座\n时间：2023年10月13日 10:00\n地点：书店",
        "阿宁 2023-10-13 10:05\n好。",
        "这个标志归高原新闻网版权所有",
        "编号 20231013\n好。",
        "学名：高山柏\n采集地：河谷\n来源：野外采集\n日期：2012-08-14",
        f"第一步：写标题\n第二步：写来源\n{INFO}\n第三步：写正文",
        "您的位置：三楼 / 左转 / 301",
    ],
)
def test_without_evidence_a_text_comes_back_as_it_is(first: str) -> None:
    for text in (first, f"{first}\n{BODY}", f"{first}\r\n\r\n\r\n  {BODY} \r\n", f"{BODY}\n{first}\n"):
        cleaned = clean(text)
        assert (cleaned.text, cleaned.title, cleaned.removed) == (text, None, ())


@pytest.mark.parametrize("credit", ["新华社记者 扎西 摄", "（卓嘎 摄）", ""])
def test_what_stands_before_a_caption_in_its_line_is_story(credit: str) -> None:
    story, caption = "近日,各地春耕已经开始,田里很热闹。", f"图为农牧民在田间劳作。{credit}"
    cleaned = clean(f"{TITLE}\n{INFO}\n{story}{caption}\n{LAST}")
    assert cleaned.text == f"{story}\n\n{LAST}"
    assert cleaned.removed == (Removed("caption", caption),)


@pytest.mark.parametrize(
    "line",
    [
        "上图为村里的老照片，老人保存了五十年。",
        "下图为改造以后的街道，路灯亮到半夜。",
        "雪停了。羊群下了山。本报记者 李雷 摄",
        "图为渡口。过去人们在这里等船。如今有了桥。",
    ],
)
def test_sentences_of_a_story_are_no_caption(line: str) -> None:
    assert clean(f"{TITLE}\n{INFO}\n{FIRST}\n{line}\n{LAST}").text == f"{FIRST}\n\n{line}\n\n{LAST}"


def test_the_captions_of_a_picture_page_are_its_text() -> None:
    captions = ["三月五日，学者在湖边考察。 新华社记者 王晔 摄", "图为羊群。（李雷 摄）"]
    cleaned = clean("\n".join([TITLE, INFO, *captions, "（责编：卓玛）"]))
    assert (cleaned.text, cleaned.editor, cleaned.removed) == ("\n\n".join(captions), "卓玛", ())


@pytest.mark.parametrize(
    ("foot", "kind"),
    [
        ("中国西藏网版权所有,未经书面授权禁止使用", "copyright"),
        ("本网站版权所有 未经许可不得转载", "copyright"),
        ("某杂志社主办 版权所有:某某文化公司 Copyright © 2000-2017 www.tibet.cn", "copyright"),
        ("某某传媒中心主办 版权所有", "copyright"),
        ("高原新闻网版权所有", "copyright"),
        ("高原文化保护与发展协会版权所有", "copyright"),
        ("版权所有 某某杂志社 京ICP备00000000号", "copyright"),
        ("E-mail: a@tibet.cn 电话:010-58000000 违法和不良信息举报电话:010-58000001", "copyright"),
        ("关于我们|信息声明|诚聘英才|广告服务|纠错热线", "navigation"),
        ("联系我们 | 栏目合作 | 读者信箱", "navigation"),
        ("联系我们 | 电子刊", "navigation"),
        ("政府网站标识码：5400000001", "copyright"),
        (
            "备案号：藏ICP备00000000号丨公安备案：54000000000000号丨广播电视节目制作许可证：（藏）字第00000号丨新闻许可证00000000000号",
            "copyright",
        ),
        ("copyright © 2004-2014 example.com All Rights Reserved", "copyright"),
        ("本网站所刊登的新闻、信息和各种专题专栏资料，未经协议授权，不得使用或转载", "copyright"),
        ("打印文章 发送给我好友", "share"),
        ("上一页 下一页 (共 5 页)", "navigation"),
        ("联系电话：010-58000000 邮箱：mail@tibet.cn", "copyright"),
        ("E-mail：mail@tibet.cn", "copyright"),
        ("※ 未经授权不得转载 ※", "copyright"),
        ("未经授权许可，不得转载", "copyright"),
        ("用微信扫描二维码分享至好友", "share"),
        ("已有 12 人参与评论", "comment"),
        ("【 第1页 第2页 第3页 】", "navigation"),
        ("第1页 第2页", "navigation"),
    ],
)
def test_feet_go(foot: str, kind: str) -> None:
    for page in (f"{TITLE}\n{INFO}\n{BODY}\n{foot}", f"{BODY}\n{foot}"):
        cleaned = clean(page)
        assert (cleaned.text, cleaned.removed) == (BODY, (Removed(kind, foot),))


def test_a_byline_below_a_story_dates_it() -> None:
    cleaned = clean(f"{BODY}\n来源：新华网  2020年05月06日17:25\n(责编：单芳、陈悦)\n")
    assert (cleaned.text.strip(), cleaned.title) == (BODY, None)
    assert (cleaned.source, cleaned.published_at) == ("新华网", "2020-05-06T17:25:00+08:00")
    assert cleaned.editor == "单芳 陈悦"


def test_an_editor_between_a_story_and_its_feet_is_read() -> None:
    feet = "关键词：春耕 河谷\n本网站所刊登的新闻，未经协议授权，不得使用或转载"
    cleaned = clean(f"{BODY}\n编辑：孙莉\n{feet}")
    assert (cleaned.text, cleaned.editor) == (BODY, "孙莉")
    assert "\n".join(piece.text for piece in cleaned.removed) == feet


@pytest.mark.parametrize(
    ("foot", "kind"),
    [
        ("地址：北京市海淀区某某路1号 邮编：100000 电话：010-58000000", "copyright"),
        ("邮编：100000 传真：010-58000001", "copyright"),
        ("广告部：010-58000000 发行部：010-58000002", "copyright"),
        ("主办单位： 某某报社 京ICP备00000000号 国新网许可证：000000000", "copyright"),
        ("主办：某某杂志社 编辑出版：某某杂志社", "copyright"),
        ("制作单位：某某新闻网丨地址：某某市某某路36号丨邮政编码：000000", "copyright"),
        ("中文部：010-00000000/00000001/00000002/00000003", "copyright"),
        ("#春耕# #河谷#", "publication"),
        ("#春耕 #河谷 #西藏", "publication"),
        ("——END——", "navigation"),
        ("下载“雪域”客户端，随时看新闻", "share"),
        ("欢迎关注某某网官方微信", "share"),
        ("浏览次数：123 次", "comment"),
        ("点击数：45", "comment"),
        ("阅读(12) 评论(0)", "comment"),
        ("您是第 12345 位访客", "comment"),
        ("赞 3 踩 0", "comment"),
        ("阅读 1234 在看 5", "comment"),
        ("声明：该文观点仅代表作者本人，某某号仅提供信息存储空间服务。", "copyright"),
        ("（本文系转载，如有侵权，请联系我们删除）", "copyright"),
        ("（注：本文转载自某某网，版权归原作者所有）", "copyright"),
        ("更多精彩尽在某某网", "share"),
        ("Mots clés : Tibet", "publication"),
        ("进入论坛 >>", "navigation"),
        ("下一页 共5页", "navigation"),
        ("第1页/共5页", "navigation"),
        ("返回首页>>", "navigation"),
        ("主管：某某局 主办：某某社 Copyright 2015-2023 某某网 All Rights Reserved", "copyright"),
        ("客服热线：400-000-0000 工作时间：9:00-18:00", "copyright"),
        ("本站常年法律顾问：某某律师事务所 张律师", "copyright"),
        ("打開微信掃一掃，分享至朋友圈", "share"),
        ("策划丨王芳", "editor"),
    ],
)
def test_a_foot_that_is_no_evidence_goes_from_a_page_alone(foot: str, kind: str) -> None:
    cleaned = clean(f"{TITLE}\n{INFO}\n{BODY}\n{foot}")
    assert (cleaned.text, cleaned.removed) == (BODY, (Removed(kind, foot),))
    for honest in (f"{BODY}\n{foot}", f"{foot}\n{BODY}", foot):
        assert clean(honest).text == honest


@pytest.mark.parametrize(
    "line",
    [
        "地址：拉萨市北京中路1号",
        "地址：拉萨市北京中路1号 电话：0891-6300000",
        "投稿地址：拉萨市北京中路1号 邮编：850000 联系人：李雷",
        "电话：0891-6300000",
        "# 春耕",
        "下载客户端的人多了",
        "关注微信里的牧场",
        "浏览：三天看完一百张唐卡",
        "点击数据背后的故事",
        "第1页 第2页 都是空白。",
        "下一页的共5页纸",
        "编辑丨这个人后来去了县城。",
    ],
)
def test_a_line_of_a_story_that_looks_like_a_foot_stays(line: str) -> None:
    assert clean(f"{TITLE}\n{INFO}\n{BODY}\n{line}").text == f"{BODY}\n\n{line}"
    for text in (f"{BODY}\n{line}", f"{line}\n{BODY}", line):
        assert clean(text).text == text


@pytest.mark.parametrize(
    ("body", "foot"),
    [
        ("  def f():\n\n\n      return 1  ", "\n\n分享到：微信 微博\n"),
        ("风来了\n雪来了\n\n\n  人也来了", "\n（责编：李雨潼）"),
        ("春天来了。\r\n\r\n羊下了山。", "\r\n\r\n版权声明：凡注明来源的作品，版权归本网。\r\n"),
    ],
)
def test_the_layout_of_a_text_stays_where_its_foot_goes(body: str, foot: str) -> None:
    assert clean(body + foot).text.rstrip() == body.rstrip()


@pytest.mark.parametrize("word", ["分享", "打印", "排行榜", "相关阅读", "返回首页", "Next"])
def test_a_word_in_a_list_of_words_stays(word: str) -> None:
    words = f"苹果\n{word}\n桃子\n石榴"
    assert strip_boilerplate(f"{words}\n\n{FIRST}").text == f"{words}\n\n{FIRST}"
    assert strip_boilerplate(f"{FIRST}\n{word}\n{FIRST}").removed


@pytest.mark.parametrize(
    "header", ["欧美日韩_国产视频_澳门百家乐", "六合彩_老虎机_电影_百家乐", "国产视频,澳门百家乐,老虎机"]
)
@pytest.mark.parametrize("mark", ["", " ?", "\n?"])
@pytest.mark.parametrize("title", ["免费电影下乡", TITLE, "看视频"])
def test_only_the_header_of_keywords_is_spam(header: str, mark: str, title: str) -> None:
    trail = "中国西藏网 > 视频"
    for head in (f"{trail}\n{title}\n{INFO}", f"{title}\n{INFO}"):
        cleaned = clean(f"{header}{mark}\n{head}\n{BODY}")
        assert (cleaned.title, cleaned.text) == (title, BODY)
        assert cleaned.removed == (Removed("spam", f"{header}{mark}"),)
        assert cleaned.breadcrumbs == (("中国西藏网", "视频") if trail in head else ())
    assert strip_spam(f"{header}{mark}\n{title}\n{BODY}").text == f"{title}\n{BODY}"


@pytest.mark.parametrize("header", ["河谷春耕_要闻_中国西藏网", "电影_视频_图片", "春_夏_秋_冬"])
def test_honest_words_joined_by_strokes_are_no_header(header: str) -> None:
    text = f"{header}\n{BODY}"
    assert strip_spam(text).text is text


@pytest.mark.parametrize(
    "credit",
    [
        "编辑：西藏自治区某某部新闻处综合组张三李四 审核：某处王五赵六。",
        "审核：某某省某某市某某县融媒体中心采编一部陈七 校对：另一处的钱八孙九。",
        f"责编：{'甲' * 20} 责编：{'乙' * 20}。",
        "编辑：某某部某某处某某组某某人某某 " * 3 + "。",
        "责编、" + "编辑/" * 40 + "。",
    ],
)
def test_an_ordinary_credit_takes_no_time(credit: str) -> None:
    clean("")
    with takes_at_most(1):
        assert strip_boilerplate(credit * 20).removed == ()
        clean(f"{TITLE}\n{INFO}\n{BODY}\n{credit}")
    assert strip_boilerplate(f"{FIRST}\n{credit}").text == f"{FIRST}\n{credit}"


@pytest.mark.parametrize(
    "line",
    [
        "图c",
        "图/名",
        "名 摄",
        "By n",
        "pageno",
        ">c",
        "责编/",
        "c摄",
        "[责编:c]",
        "编：c",
        "（c）",
        "分享",
        "责编：{}",
        "文/{}",
    ],
)
def test_a_megabyte_of_very_short_lines_takes_no_time(line: str) -> None:
    lines = "\n".join(map(line.format, range(1_000_000 // (len(line) + 1))))[:1_000_000]
    clean(f"{BODY}\n责编：李雷")  # the tables load at first use
    with takes_at_most(1.5):
        clean(lines)


@pytest.mark.parametrize("line", ["责编：", "编辑：某处张三", "来源："])
def test_thousands_of_labels_below_a_byline_take_no_time(line: str) -> None:
    clean(f"{BODY}\n责编：李雷")  # the tables load at first use
    with takes_at_most(2):
        clean("\n".join([TITLE, "2023-10-13 来源：新华网", FIRST, *[line] * 40_000]))


@pytest.mark.parametrize(
    "text",
    ["更新日期：2023年5月3日\n" * 8000 + FIRST, f"{TITLE}\n{FIRST}\n" + "2023-10-13 10:05\n" * 8000],
)
def test_thousands_of_times_beside_a_sentence_take_no_time(text: str) -> None:
    clean(f"{BODY}\n责编：李雷")  # the tables load at first use
    with takes_at_most(1.5):
        clean(text)


@pytest.mark.parametrize(
    "editor", ["责编：李雷 韩梅梅", "责编：张 三审核：王五 监制：赵六", "责任编辑：李雷、王芳 校对：钱七"]
)
def test_credits_with_separators_go(editor: str) -> None:
    assert strip_boilerplate(f"{FIRST}\n{editor}").removed == (Removed("editor", editor),)


def test_a_story_goes_on_below_an_editor_line_in_its_middle() -> None:
    cleaned = clean(f"{TITLE}\n{INFO}\n{FIRST}\n责编：李雨潼\n{LAST}\n{FIRST}")
    assert cleaned.text == f"{FIRST}\n\n{LAST}\n\n{FIRST}"


def test_what_stands_between_title_and_byline_stays() -> None:
    cleaned = clean(f"中国西藏网 > 文化\n{TITLE}\n——来自河谷的报道\n{LAST}\n{INFO}\n{FIRST}")
    assert (cleaned.title, cleaned.subtitle) == (TITLE, "——来自河谷的报道")
    assert cleaned.text == f"{LAST}\n\n{FIRST}"


@pytest.mark.parametrize(
    "text",
    [
        f"亲爱的老师：\n{FIRST}\n祝\n好\n作者：李青\n2021年3月3日\n{LAST}\n{FIRST}",
        f"倡议书\n{FIRST}\n倡议人：全体学生\n日期：2023年10月13日",
        f"讲座\n{FIRST}\n时间：2023年10月13日 14:00\n地点：书店",
        "Home > Kitchen > Tea\n\nBoil the water.",
        f"首页 > 设置\n\n{FIRST}",
        f"苹果\n梨\n桃\n石榴\n2023-10-13 10:05\n{FIRST}",
    ],
)
def test_the_day_of_a_letter_or_a_form_is_no_evidence_of_a_page(text: str) -> None:
    cleaned = clean(text)
    assert (cleaned.text, cleaned.title, cleaned.removed) == (text, None, ())


@pytest.mark.parametrize("header", ["金沙娱乐城_太阳城_新葡京", "棋牌_体育_真人", "电影_视频_无码"])
def test_one_certain_word_makes_a_header_of_words_that_are_all_known(header: str) -> None:
    text = f"{TITLE}\n{BODY}"
    assert strip_spam(f"{header}\n{text}").text == text
    for other in (header.replace("_", "、"), f"{header}_河谷春耕"):
        assert strip_spam(f"{other}\n{text}").text == f"{other}\n{text}"


@pytest.mark.parametrize(
    "quoted",
    [
        "分享到：微信 微博",
        "版权所有：中国西藏网 未经授权禁止转载",
        "责任编辑：李雨潼",
        "（中国西藏网 文/卓玛）",
        "来源：新华社 2021-03-04 10:11",
        "更新时间：2021-03-04 10:11",
        "上一页 1 2 3 下一页",
    ],
)
@pytest.mark.parametrize("lead", ["墙上的旧屏幕还停在那一页，最后一行写着：", "“就是这个！”她指着屏幕说："])
def test_what_a_sentence_with_a_colon_leads_up_to_is_quoted(lead: str, quoted: str) -> None:
    text = f"{FIRST}\n{lead}\n{quoted}\n{LAST}"
    assert clean(text).text == text
    assert clean(f"{TITLE}\n{INFO}\n{text}\n分享到：微信").title == TITLE  # a page all the same


@pytest.mark.parametrize(
    "text",
    [
        f"清洗前的样子\n\n```\n{TITLE}\n{INFO}\n{FIRST}\n（责编：李雨潼）\n分享到：微信 微博\n```\n\n{LAST}",
        f"运行以后，终端里会打印：\n\n    首页 > 新闻\n    上一页 1 2 3 下一页\n\n{LAST}",
        f'PAGE = """\n<div class="info">{INFO}</div>\n"""\n# {LAST}',
        f'<h1>{TITLE}</h1>\n<div class="info">{INFO}</div>\n<p>{FIRST}</p>',
        'FOOT = [\n    "版权所有：中国西藏网",\n]',
        f"信息行怎么写\n例如：\n{INFO}\n{LAST}",
        f"{FIRST}\nརྩོམ་སྒྲིག་པ། སྒྲུང་འདི་ལེགས་པོ་འདུག",
    ],
)
def test_source_code_and_examples_are_no_page(text: str) -> None:
    assert clean(text).text == text


def test_a_story_above_a_quoted_page_is_no_menu() -> None:
    text = f"{FIRST}\n那张旧报纸上印着：\n{TITLE}\n{INFO}\n{LAST}\n{FIRST}"
    cleaned = clean(text)
    assert (cleaned.title, cleaned.published_at) == (None, None)
    assert cleaned.text.startswith(f"{FIRST}\n那张旧报纸上印着：")


def test_the_heading_of_a_point_is_no_title() -> None:
    above = f"第三节 页面的组成\n{FIRST}\n2. 信息行"
    cleaned = clean(f"{above}\n{INFO}\n{LAST}")
    assert (cleaned.title, cleaned.text.startswith(above)) == (None, True)


@pytest.mark.parametrize(
    "form",
    [
        "岗位：编辑 2名\n联系人：王媛\n发布时间：2021-03-04\n截止时间：2021-04-04",
        "书名：河谷志\n作者：王媛\n责任编辑：李雷\n出版：某某出版社\n定价：35.00元",
        "项目：水渠\n发布时间：2021-03-04",
        f"读书会\n日期：2021-03-04\n时间：09:30\n地点：图书馆\n{FIRST}",
        f"Minutes\nDate: March 4, 2021\nTime: 09:30\nPresent: Anna Lee\n{FIRST}",
    ],
)
def test_an_entry_of_a_form_is_no_foot(form: str) -> None:
    assert clean(form).text == form
    assert clean(f"{BODY}\n发布时间：2021-03-04 10:11").text == BODY


def test_a_time_without_a_story_below_is_no_byline() -> None:
    text = "某某书店\n小票号：0012\n2021-03-04 10:11:12\n收银：王媛\n合计：35.00"
    assert clean(text).text == text
    assert clean(f"{text}\n扫一扫，关注我们").title is None


@pytest.mark.parametrize(
    "text",
    [
        "阿宁 2008年6月27日 10:29\n在吗\n秦远 2013/1/25 20:18\n小小的老人问起驿站，遥远的石桥记得孩子，羊群下了山。",
        f"隐私政策\n更新日期：2023-10-13\n{FIRST}\n{LAST}",
        f"更新日期：2023年10月13日\n用户协议\n{FIRST}",
        f"更新日志\n更新时间：2023-10-13 10:05\n{FIRST}",
        f"雪夜\n{FIRST}\n{LAST}\n2023-01-02 23:15:20",
        f"灯下\n{FIRST}\n2023年1月2日 23:15",
        "位置：拉萨 > 那曲",
        f"当前位置：仓库 > 三号架 > 第二层\n{FIRST}",
        f"他翻开报纸，头版写着\n（新华社记者 李明）\n{LAST}",
        f"他说，末尾要写上（责编：李雨潼）\n{LAST}",
        f"署名有三种。第一种是\n（责编：李雨潼）\n{LAST}",
        f"消息是这样开头的：《河谷春耕》\n2023-10-13 10:05 来源：新华网\n{LAST}",
        f"例子：河谷里春耕忙\n发布时间：2023-10-13 来源：新华网\n{LAST}",
        f"这条署名行的格式如下：\n河谷里春耕忙\n2023-10-13 10:05 来源：新华网\n{LAST}",
        "门外\n\n责编：风\n校对：雨\n\n它们划去了我的名字",
        "河水流过\n羊群下山\n责任编辑：阿菌",
        f"{FIRST}\n{LAST}\n板书：责任编辑：____\n学生填空，说一说它的意思。",
        f"{FIRST}\n{LAST}\n责任编辑：________",
        f"{FIRST}\n（责编：删去此段）",
        f"{FIRST}\n（责任编辑：请核对数字）",
        f"酥油茶的做法\n作者：卓玛\n2023-10-13\n{FIRST}\n用料：砖茶一块",
        f"读书笔记\n作者：卓玛 日期：2023-10-13\n书名：河谷志\n{FIRST}",
        f"会议记录\n2023-10-13 10:05 会议室 卓玛\n{FIRST}",
    ],
)
def test_what_only_looks_like_a_part_of_a_page_is_none(text: str) -> None:
    cleaned = clean(text)
    assert (cleaned.text, cleaned.title, cleaned.editor, cleaned.removed) == (text, None, None, ())


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "更新时间：2024-10-23"),
        ("", "要闻：\n- 2024-10-23 21:25"),
        ("", "GMT+8, 2024-10-23 21:25, Processed in 0.02 second(s), 7 queries ."),
        ("当前位置：首页 > 文化\n", ""),
        ("", "（责编：李雷）"),
    ],
)
def test_their_like_on_a_page_tell_its_title(above: str, below: str) -> None:
    cleaned = clean(f"{above}{TITLE}\n{FIRST}\n{LAST}\n{below}".strip())
    assert (cleaned.title, cleaned.text) == (TITLE, f"{FIRST}\n\n{LAST}")


@pytest.mark.parametrize("byline", ["作者：卓玛 2023-10-13", "作者：卓玛\n2023-10-13"])
@pytest.mark.parametrize("title", [TITLE, "新华社：河谷里春耕忙"])
def test_an_author_and_a_day_above_a_story_are_a_byline(title: str, byline: str) -> None:
    cleaned = clean(f"{title}\n{byline}\n{FIRST}\n{LAST}")
    assert (cleaned.title, cleaned.authors, cleaned.published_at) == (title, ("卓玛",), "2023-10-13")


@pytest.mark.parametrize(
    ("foot", "source", "day"),
    [
        ("来源：河谷网", "河谷网", None),
        ("（来源：新华社）", "新华社", None),
        ("稿源：河谷日报", "河谷日报", None),
        ("《河谷日报》（2023年05月01日 09版）", "河谷日报", "2023-05-01"),
    ],
)
def test_the_medium_alone_below_the_last_sentence_shows_a_copy(foot: str, source: str, day: str | None) -> None:
    cleaned = clean(f"{BODY}\n{foot}")
    assert (cleaned.text, cleaned.source, cleaned.published_at) == (BODY, source, day)
    assert cleaned.removed == (Removed("publication", foot),)
    for honest in (f"{BODY}\n参考文献\n{foot}", f"{BODY}\n{foot}\n{foot}", f"{FIRST}\n{foot}\n{LAST}"):
        assert clean(honest).text == honest


@pytest.mark.parametrize("foot", ["来源：一位读者", "来源：网络", "来源：《诗经》", "数据来源：河谷网"])
def test_another_origin_alone_below_the_last_sentence_shows_none(foot: str) -> None:
    assert clean(f"{BODY}\n{foot}").text == f"{BODY}\n{foot}"


@pytest.mark.parametrize(
    "questions", ["1. 材料写了什么？（3分）\n2. 你怎样看？（12分）", "3. What is the river? (2 分)"]
)
def test_an_origin_above_the_questions_of_an_exam_shows_none(questions: str) -> None:
    exam = f"{BODY}\n（来源：河谷网）\n{questions}"
    assert clean(exam).text == exam


@pytest.mark.parametrize("quoted", ["打印 收藏", "版权所有：河谷网", "上一页 1 2 3 下一页"])
def test_what_a_story_of_a_page_leads_up_to_stays_in_it(quoted: str) -> None:
    lead = "屏幕上只剩下一行字，写着："
    cleaned = clean(f"{TITLE}\n{INFO}\n{FIRST}\n{lead}\n{quoted}\n{LAST}\n分享到：微信")
    assert cleaned.text == f"{FIRST}\n\n{lead}\n\n{quoted}\n\n{LAST}"
    cleaned = clean(f"{TITLE}\n{INFO}\n{FIRST}\n{quoted}\n{LAST}")
    assert cleaned.text == f"{FIRST}\n\n{LAST}"


@pytest.mark.parametrize("times", ["00:00:{}1,000 --> 00:00:{}4,500", "00:{}1.000 --> 00:{}4.500 align:start"])
def test_the_words_of_subtitles_are_no_page(times: str) -> None:
    said = ["牧民说，今年的雪下得正好。路也通了。", "责任编辑：王媛", "版权所有 不得转载"]
    text = "\n\n".join(f"{n}\n{times.format(n, n)}\n{words}" for n, words in enumerate(said, 1))
    assert clean(text).text == text
    assert clean(f"{text}\n\n{BODY}\n（责编：李雨潼）").editor is not None
