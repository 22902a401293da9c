"""Credits around a story: authors and editors on lines of their own, and lines of a story that look alike."""

from __future__ import annotations

import pytest

from tibetnews.outlet.article import read_article
from tibetnews.text import clean
from tibetnews.text.page.credit_line import Credit, read_credit
from tibetnews.text.page.credits import find_credits
from tibetnews.text.types import Removed

HEAD = "春来早\n2018-03-14 10:20 来源：中国西藏网"
STORY = ["西藏的春天来得晚。", "牧民们说，今年的雪下得正好。"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("（中国西藏网 文/卓玛）", ("卓玛",)),
        ("（中国西藏网 记者/王小明）", ("王小明",)),
        ("（记者/王小明 摄影/李雷）", ("王小明",)),  # a photographer has no part in the text
        ("（某某商报 记者/赵敏 实习生/洛桑）", ("赵敏", "洛桑")),
        ("(中国西藏网 通讯员/次仁·多吉 摄影/央金)", ("次仁·多吉",)),
        ("（中国西藏网 文、图/旦增卓嘎）", ("旦增卓嘎",)),
        ("（文/图 陈思远）", ("陈思远",)),
        ("（某某网记者 赵敏 通讯员 李雷）", ("赵敏", "李雷")),
        ("（记者王小明）", ("王小明",)),
        ("文／卓玛　图／扎西", ("卓玛",)),
        ("图文：卓玛", ("卓玛",)),
        ("（卓玛/文 李雷/图）", ("卓玛",)),
        ("（卓玛 文/图）", ("卓玛",)),
        ("（执笔：卓玛）", ("卓玛",)),
        ("（参与采写：卓玛、李雷）", ("卓玛", "李雷")),
        ("来源：某某网 文/卓玛", ("卓玛",)),
        ("（本文作者：陈思远）", ("陈思远",)),
        ("记者丨赵敏 李雷", ("赵敏", "李雷")),
        ("记者 | 赵敏", ("赵敏",)),
        ("文 | 劉偉", ("劉偉",)),
        ("文 | 赵敏 图 | 李雷", ("赵敏",)),
        ("文｜本刊记者 赵敏", ("赵敏",)),
        ("文/本报记者 赵敏 图/李雷", ("赵敏",)),
        ("文丨见习记者 赵敏", ("赵敏",)),
        ("（中国西藏网 文/卓玛 图片由受访者提供）", ("卓玛",)),
        ("（中国西藏网 图文/卓玛、李雷，部分图片来源于网络）", ("卓玛", "李雷")),
        ("（中國西藏網 記者/張漫子 攝影/李雷）", ("張漫子",)),
        ("（中国西藏网 整理/陈思远）", ("陈思远",)),
        ("(By Anna Lee and Bo Smith)", ("Anna Lee", "Bo Smith")),
        ("（中国西藏网 卓玛/文 李雷/图）", ("卓玛",)),
        ("（中国西藏网 整理/陈思远 供图/李雷）", ("陈思远",)),
        ("（來源：中國西藏網 記者／張漫子）", ("張漫子",)),
        ("（记者/卓玛）【打印】【关闭】", ("卓玛",)),
        ("（记者 王丽 编辑 赵云）", ("王丽",)),
        ("（记者 王丽 责任编辑 赵云）", ("王丽",)),
        ("（中国西藏网 卓玛）", ("卓玛",)),
        ("རྩོམ་པ་པོ། ཚེ་རིང་།", ("ཚེ་རིང་།",)),
        ("（作者王小明系某某大学教授）", ("王小明",)),
        ("（作者单位：某某大学经济学院）", ()),
    ],
)
def test_authors_below_the_story(line: str, authors: tuple[str, ...]) -> None:
    shown = " ".join(line.split())
    cleaned = clean("\n".join([HEAD, *STORY, line]))
    assert (cleaned.authors, cleaned.text) == (authors, "\n\n".join(STORY))
    assert cleaned.removed == (Removed("byline", shown),)
    html = "".join(f"<p>{text}</p>" for text in [*STORY, line])
    page = (
        '<html><body><div class="wrap"><div class="content"><div class="left"><div class="title_box"><h2>春来早</h2>'
        f'<div class="info"><span></span></div></div><div id="text">{html}</div></div></div></div></body></html>'
    )
    article = read_article(page, "http://www.tibet.cn/cn/politics/201803/t20180314_7500001.html")
    assert (tuple(article.authors), article.text) == (authors, cleaned.text)
    assert article.removed == [Removed("byline", shown)]


@pytest.mark.parametrize(
    ("line", "editor", "is_field"),
    [
        ("(责编: 某某 )", "某某", True),
        ("（某某网 编辑/卓玛）", "卓玛", False),
        ("（某某网综合 编辑/卓玛）", "卓玛", False),
        ("རྩོམ་སྒྲིག་འགན་འཁུར། བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("(责编:某)", "某", True),
        ("(责编： 任一鸣)", "任一鸣", True),
        ("责编：甲 审核：乙 监制：丙", "甲", False),
        ("责任编辑：卓玛（实习生）", "卓玛", False),
        ("责任编辑：李雨潼审核：王芳", "李雨潼", False),
        ("责编：李雨潼 联系电话：0891-123456", "李雨潼", False),
        ("【责任编辑：李雨潼", "李雨潼", True),
        ("责编丨李雨潼", "李雨潼", True),
        ("责编 | 卓玛", "卓玛", True),
        ("責任編輯：\n李雷", "李雷", True),
        ("责任编辑：王媛_NB1", "王媛", False),
        ("责任编辑：王媛（EN012）", "王媛", False),
        ("（編輯：李雷）1121013", "李雷", False),
        ("编辑丨卓玛 审核丨赵磊", "卓玛", False),
        ("责任编辑 卓玛", "卓玛", True),
        ("〔责任编辑：李雨潼〕", "李雨潼", True),
        ("རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("རྩོམ་སྒྲིག་པ།ཚེ་རིང་།", "ཚེ་རིང་།", True),
        ("རྩོམ༌སྒྲིག༌པ༌།  བདེ༌སྒྲོན།", "བདེ༌སྒྲོན།", True),
        ("རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན། ཞུ་དག་པ། ཚེ་རིང་།", "བདེ་སྒྲོན།", False),
        ("འགན་འཁུར་རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("རྩོམ་སྒྲིག བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("རྩོམ་སྒྲིག འགན་འཁུར། ནོར་བུ།", "ནོར་བུ།", True),
        ("རྩོམ་སྒྲིག་འགན་འཁྲི་བ། བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("རྩོམ་སྒྲིག་པ༔ བདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("རྩོམ་སྒྲིག་པ།\nབདེ་སྒྲོན།", "བདེ་སྒྲོན།", True),
        ("【我要纠错】 【责任编辑：卓玛】", "卓玛", False),
        ("(责编：卓玛、李雷) 分享到：", "卓玛 李雷", False),
        ("责任编辑：卓玛 【打印】【关闭】", "卓玛", False),
        ("[编辑：卓玛 ] [审核：李雷]", "卓玛", False),
    ],
)
def test_editors_below_the_story(line: str, editor: str, is_field: bool) -> None:
    cleaned = clean("\n".join([HEAD, *STORY, line]))
    assert (cleaned.editor, cleaned.text) == (editor, "\n\n".join(STORY))
    assert cleaned.removed == (() if is_field else (Removed("editor", " ".join(line.split())),))


@pytest.mark.parametrize("mark", ["】", "］", "）"])
def test_a_bracket_that_is_closed_on_the_next_line(mark: str) -> None:
    opening = {"】": "【", "］": "［", "）": "（"}[mark]
    cleaned = clean("\n".join([HEAD, *STORY, f"{opening}责任编辑：李雨潼", mark]))
    assert (cleaned.editor, cleaned.text, cleaned.removed) == ("李雨潼", "\n\n".join(STORY), ())


@pytest.mark.parametrize(
    "line", ["（责编：李雷）（中国西藏网 文/卓玛）", "(记者 卓玛)(责编：李雷)", "[文/卓玛] [责编：李雷]"]
)
def test_author_and_editor_in_brackets_on_one_line(line: str) -> None:
    cleaned = clean("\n".join([HEAD, *STORY, line]))
    assert (cleaned.authors, cleaned.editor, cleaned.text) == (("卓玛",), "李雷", "\n\n".join(STORY))
    assert cleaned.removed == (Removed("byline", line),)


def test_author_and_editor_on_lines_of_their_own() -> None:
    cleaned = clean("\n".join([HEAD, *STORY, "（中国西藏网 文/卓玛）", "（责编：李雨潼）"]))
    assert (cleaned.authors, cleaned.editor, cleaned.text) == (("卓玛",), "李雨潼", "\n\n".join(STORY))


def test_credits_at_the_end_of_the_last_paragraph() -> None:
    cleaned = clean("\n".join([HEAD, STORY[0], f"{STORY[1]}（中国西藏网 文/卓玛）"]))
    assert (cleaned.authors, cleaned.text) == (("卓玛",), "\n\n".join(STORY))
    assert cleaned.removed == (Removed("byline", "（中国西藏网 文/卓玛）"),)


@pytest.mark.parametrize(
    "line",
    [
        "（记者 沉默）",
        "记者：谢谢",
        "记者：您好",
        "编辑：你好",
        "རྩོམ་སྒྲིག་པ། སྒྲུང་འདི་ལེགས་པོ་འདུག",
        "རྩོམ་པ་པོ། ང་ལྷ་ས་ནས་ཡིན།",
        "编辑 部门",
        "（编辑 出版）",
        "编辑 说",
        "责任编辑 工作职责",
        "| 编辑 | 审核 |",
        "作者 | 书名",
        "（图片由受访者提供）",
        "作者：李白",
        "（完）",
        "（图片由作者提供）",
        "（摄影/李雷）",
        "（绘画、摄影）",
        "（中国西藏网 扎西）",
        "文/武之道，一张一弛。",
        "编辑：他们是信息洪流里的最后一道闸门",
        "责任编辑：____",
        "（编辑：________）",
        "By the time we came, the snow had gone",
    ],
)
def test_a_line_of_a_story_is_no_credit(line: str) -> None:
    assert read_credit(line) is None


def test_a_credit_inside_a_long_story_stays() -> None:
    assert find_credits(["西藏春来早。"] * 5 + ["（责编：李雨潼）"] + ["西藏春来早。"] * 9) == []


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("（作者：赵一鸣，系西藏某大学教授）", ("赵一鸣",)),
        ("(作者：罗小满、向阳，分别为某研究所研究员、编辑)", ("罗小满", "向阳")),
        ("【作者：次仁旺堆，现任某县文化馆馆长】", ("次仁旺堆",)),
    ],
)
def test_an_author_with_a_position(line: str, authors: tuple[str, ...]) -> None:
    credit = read_credit(line)
    assert credit is not None
    assert credit.authors == authors


@pytest.mark.parametrize(
    "line", ["作者：赵一鸣，系西藏某大学教授", "（作者系西藏某大学教授）", "（他是作者，系某大学教授）"]
)
def test_a_position_alone_names_nobody(line: str) -> None:
    assert read_credit(line) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["一审一校：赵敏"],
        ["一审：赵敏 二审：李雷 三审：韩梅梅"],
        ["初审：赵敏；复审：李雷；终审：韩梅梅"],
        ["（一审 赵敏 二审 李雷）"],
        ["一校｜赵敏 二校｜李雷"],
        ["初审初校：赵敏", "复审复校：李雷", "终审终校：韩梅梅"],
        ["一審一校丨趙敏", "二審二校丨李雷"],
        ["一审：赵敏", "二审：李雷", "三审：韩梅梅"],
        ["一校｜赵敏", "二校｜李雷"],
        ["编校：赵敏 审读：李雷"],
        ["值班总编：赵敏 责任编辑：李雷"],
    ],
)
def test_those_who_checked_a_story_stand_below_it(lines: list[str]) -> None:
    for head in (HEAD, STORY[0]):
        cleaned = clean("\n".join([head, *STORY, *lines]))
        assert cleaned.text.endswith(STORY[-1])
        assert cleaned.removed == (Removed("editor", "\n".join(lines)),)


def test_who_checked_a_story_stands_below_its_editor() -> None:
    cleaned = clean("\n".join([HEAD, *STORY, "（责编：卓玛）", "一审一校：赵敏"]))
    assert (cleaned.editor, cleaned.text) == ("卓玛", "\n\n".join(STORY))


def test_the_instances_of_a_court_stay() -> None:
    lines = [*STORY, "一审：维持原判", "二审：驳回上诉"]
    assert clean("\n".join(lines)).text == "\n".join(lines)
    assert clean("\n".join([HEAD, *lines])).text == "\n\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        "一审：维持原判 二审：驳回上诉",
        "一审：赵敏胜诉",
        "一审法院：某某市中级人民法院 二审法院：某某省高级人民法院",
        "一审：编辑部主任",
        "学校：某某中学 校长：赵敏",
    ],
)
def test_what_a_court_decides_is_no_credit(line: str) -> None:
    assert read_credit(line) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("赵敏", ("赵敏",)),
        ("赵敏 次仁卓玛", ("赵敏", "次仁卓玛")),
        ("赵敏、李雷", ("赵敏", "李雷")),
        ("欧阳明远", ("欧阳明远",)),
        ("□ 赵敏", ("赵敏",)),
        ("■本报记者 赵敏 李雷", ("赵敏", "李雷")),
    ],
)
def test_names_between_the_byline_and_the_story(line: str, authors: tuple[str, ...]) -> None:
    story = ["西藏的春天来得晚，牧民们说今年的雪下得正好。", *STORY]
    cleaned = clean("\n".join([HEAD, line, *story]))
    removed = (Removed("byline", line),) if "记者" in line else ()
    assert (cleaned.authors, cleaned.text, cleaned.removed) == (authors, "\n\n".join(story), removed)
    with_author = clean("\n".join([f"{HEAD} 作者：卓玛", line, *story]))
    assert (with_author.authors, with_author.text) == (("卓玛",), "\n\n".join([line, *story]))
    for heading in ("高山", "风"):
        headings = [*story, heading, "雪又下了起来。"]
        assert clean("\n".join([HEAD, line, *headings])).text == "\n\n".join([line, *headings])
    assert clean("\n".join([line, *story])).text == "\n".join([line, *story])
    html = "".join(f"<p>{text}</p>" for text in [line, *story])
    page = (
        '<html><body><div class="wrap"><div class="content"><div class="left"><div class="title_box"><h2>春来早</h2>'
        '<div class="info"><span></span><span>发布时间：2018-03-14 10:20</span></div></div>'
        f'<div id="text">{html}</div></div></div></div></body></html>'
    )
    article = read_article(page, "http://www.tibet.cn/cn/politics/201803/t20180314_7500001.html")
    assert (tuple(article.authors), article.text) == (authors, cleaned.text)


@pytest.mark.parametrize(
    ("last", "authors"),
    [
        ("（王媛 李雷）", ("王媛", "李雷")),
        ("(次仁卓玛、李雷)", ("次仁卓玛", "李雷")),
        ("（王小明）", ("王小明",)),
        ("（德吉央宗）", ("德吉央宗",)),
        ("（新华社发）", ()),
        ("（次旺 德吉央宗 摄影报道）", ("次旺", "德吉央宗")),
        ("（据新华社、某某日报报道）", ()),
        ("（作者：王媛，某大学教授）", ("王媛",)),
        ("(本文作者: 王媛、李雷, 某县文化馆馆员)", ("王媛", "李雷")),
    ],
)
def test_a_bracket_that_ends_a_page_holds_names_or_an_agency(last: str, authors: tuple[str, ...]) -> None:
    story = ["西藏春来早，河谷里的桃花开了。", last, "（责编：李雨潼）"]
    (credit, _) = find_credits(story, is_page=True)
    assert (credit.text, credit.credit.authors) == (last, authors)
    assert [line.text for line in find_credits(story)] == ["（责编：李雨潼）"]


@pytest.mark.parametrize(
    "last",
    [
        "（未完待续）",
        "（全文完）",
        "（文有删改）",
        "（于拉萨）",
        "（高原）",
        "（连载完）",
        "（注：王媛 李雷）",
        "（作者：佚名，写于唐代）",
        "（新华社记者的话）",
        "（县里作了报道）",
    ],
)
def test_another_bracket_that_ends_a_page_is_the_storys(last: str) -> None:
    assert not find_credits(["西藏春来早，河谷里的桃花开了。", last], is_page=True)
    assert not find_credits(["名单", "（王媛 李雷）"], is_page=True)


@pytest.mark.parametrize(
    "tail", ["（记者次旺 德吉央宗）", "（完）（某某日报记者 次旺、德吉央宗）", "(记者 次旺 通讯员 德吉央宗)"]
)
def test_reporters_in_the_last_sentence_are_authors_and_stay(tail: str) -> None:
    cleaned = clean(f"{HEAD}\n西藏春来早，河谷里的桃花开了。{tail}")
    assert (cleaned.authors, cleaned.text) == (("次旺", "德吉央宗"), f"西藏春来早，河谷里的桃花开了。{tail}")
    assert clean(f"西藏春来早，河谷里的桃花开了。{tail}").authors == ()  # no page


@pytest.mark.parametrize(
    ("last", "authors"),
    [
        ("作者：卓玛", ("卓玛",)),
        ("供稿：卓玛 李雷", ("卓玛", "李雷")),
        ("本报记者 卓玛 摄影报道", ("卓玛",)),
        ("（转自新华社）", ()),
        ("（综合自新华社、《西藏日报》）", ()),
    ],
)
def test_who_wrote_a_story_stands_on_its_last_line(last: str, authors: tuple[str, ...]) -> None:
    cleaned = clean(f"{HEAD}\n西藏春来早，河谷里的桃花开了。\n{last}")
    assert (cleaned.authors, cleaned.removed) == (authors, (Removed("byline", last),))


@pytest.mark.parametrize("last", ["作者：你改好了吗", "作者：卓玛，一个牧民的女儿", "记者提问", "（转自山那边的信）"])
def test_another_last_line_is_the_storys(last: str) -> None:
    assert clean(f"{HEAD}\n西藏春来早，河谷里的桃花开了。\n{last}").text.endswith(last)


@pytest.mark.parametrize("end", ["（完）", " (完)", "【全文完】"])
def test_the_end_mark_of_a_page_is_no_story(end: str) -> None:
    story = "西藏春来早，河谷里的桃花开了。"
    assert clean(f"{HEAD}\n{story}{end}\n（责编：李雷）").text == story
    assert clean(f"{HEAD}\n{story}\n{end.strip()}").text == story
    assert clean(f"{story}{end}").text == f"{story}{end}"
    assert clean(f"{HEAD}\n{story}{end}\n{story}").text == f"{story}{end}\n\n{story}"


@pytest.mark.parametrize("line", ["新华社记者李雷摄", "本报通讯员次旺 摄影"])
def test_who_took_a_picture_wrote_nothing(line: str) -> None:
    assert read_credit(line) is None
    cleaned = clean(f"{HEAD}\n西藏春来早，河谷里的桃花开了。\n{line}")
    assert (cleaned.authors, [piece.kind for piece in cleaned.removed]) == ((), ["caption"])


@pytest.mark.parametrize("taker", ["（某某网记者 次旺 摄）", "(记者 李雷 攝影)", "（本报记者 李雷摄）"])
def test_who_took_the_picture_at_the_end_of_a_story_wrote_nothing(taker: str) -> None:
    assert clean(f"{HEAD}\n西藏春来早。河谷里的桃花开了。{taker}").authors == ()
    assert clean(f"{HEAD}\n河谷里的桃花{taker}").authors == ()  # a page of pictures


@pytest.mark.parametrize("line", ["（本报记者 次旺 文并摄）", "（记者/次旺 摄影报道）"])
def test_what_a_writer_did_is_no_name(line: str) -> None:
    credit = read_credit(line)
    assert credit is not None
    assert credit.authors == ("次旺",)


@pytest.mark.parametrize("note", ["此处加音乐", "这里要补一张照片", "镜头拉远", "待核实"])
def test_a_note_for_an_editor_is_no_editor(note: str) -> None:
    text = f"{STORY[0]}{STORY[1]}\n（编辑：{note}）"
    assert (clean(text).text, clean(text).editor) == (text, None)
    assert clean(text.replace(note, "李雷")).editor == "李雷"


@pytest.mark.parametrize(
    ("line", "authors", "editor"),
    [
        ("（责编：卓玛）（河谷网 文/王小明）", ("王小明",), "卓玛"),
        ("（完）（责编：卓玛）", (), "卓玛"),
        ("（责编：卓玛 德吉）（河谷网）【打印】", (), "卓玛 德吉"),
        ("（记者/李雷）（编辑：王媛）（审核：卓玛）", ("李雷",), "王媛"),
    ],
)
def test_each_bracket_of_a_line_is_read_by_itself(line: str, authors: tuple[str, ...], editor: str) -> None:
    assert read_credit(line) == Credit("byline" if authors else "editor", authors, editor)


def test_brackets_without_credits_are_none() -> None:
    assert read_credit("（一）（二）") is None
    assert read_credit("（记者提问）（笑）") is None


@pytest.mark.parametrize(
    ("foot", "authors", "editor"),
    [
        ("记者：卓玛\n责任编辑：李雷", ("卓玛",), "李雷"),
        ("来源：雪山日报\n记者：卓玛、李雷\n摄影：王芳\n编辑：赵敏", ("卓玛", "李雷"), "赵敏"),
        ("编辑：李雷\n审核：王芳", (), "李雷"),
        ("编辑：\n李雷", (), "李雷"),
        ("来源：\n雪山日报\n作者：\n编辑：\n李雷", (), "李雷"),
        ("来源：\n雪山日报\n记者：\n卓玛 王芳\n责任编辑：\n李雷", ("卓玛", "王芳"), "李雷"),
        ("编辑：李雷\n关键词：西藏 春耕", (), "李雷"),
        ("供稿：县融媒体中心\n责编：王芳\n监制：李雷", (), "王芳"),
    ],
)
def test_lines_that_name_who_made_a_story_go_together(foot: str, authors: tuple[str, ...], editor: str) -> None:
    text = "\n\n".join(STORY)
    cleaned = clean(f"{text}\n\n{foot}")
    assert (cleaned.text.rstrip(), cleaned.authors, cleaned.editor) == (text, authors, editor)


def test_lines_that_name_who_made_a_story_stand_below_a_caption_too() -> None:
    text = f"{STORY[0]}这是雪后的村庄。新华社记者卓玛摄"
    cleaned = clean(f"{text}\n来源：\n雪山日报\n编辑：\n李雷")
    assert (cleaned.text.rstrip(), cleaned.editor) == (text, "李雷")


@pytest.mark.parametrize(
    "foot",
    [
        "记者：您为什么来西藏？\n编辑：我们都想来。",
        "编剧：卓玛\n编辑：李雷\n剧组：雪山剧团",
        "记者：卓玛在村口\n编辑：李雷在路上走",
    ],
)
def test_lines_of_a_play_or_an_imprint_stay(foot: str) -> None:
    text = "\n\n".join([*STORY, foot])
    assert clean(text).text == text


@pytest.mark.parametrize("line", ["▍编辑 李雨潼", "▎编辑：李雨潼 ▎审核：王芳", "■责编 李雨潼", "▌责任编辑丨李雨潼"])
def test_a_mark_in_front_of_a_credit(line: str) -> None:
    cleaned = clean("\n".join([HEAD, *STORY, line]))
    assert (cleaned.editor, cleaned.text) == ("李雨潼", "\n\n".join(STORY))
    for honest in ("▍编辑部的灯", "■ 编辑 两名", "▍编辑 此处加图"):
        assert clean("\n".join([HEAD, *STORY, honest])).text.endswith(honest)


@pytest.mark.parametrize("line", ["记者:李雷 通讯员:王芳", "文字：李雷 摄影：王芳", "本报记者：李雷 实习生：王芳"])
def test_a_reporter_and_a_helper_below_a_text_are_named(line: str) -> None:
    cleaned = clean("\n".join([*STORY, line]))
    assert (cleaned.authors[0], cleaned.text) == ("李雷", "\n".join(STORY))
    assert cleaned.removed == (Removed("byline", line),)
    for honest in (
        [STORY[0], line, STORY[1]],
        [*STORY, "记者：李雷 通讯员：稿子呢"],
        ["他问：", line],
        [*STORY, "记者:李雷"],
    ):
        assert clean("\n".join(honest)).text == "\n".join(honest)


def test_staff_above_an_editor_in_brackets_stand_below_verses_too() -> None:
    verses = ["穿过草原，跨过雪山", "铁路通到了家乡"]
    staff = ["策划：李雷", "统筹：王芳、次旺", "记者：赵敏、次仁卓玛"]
    cleaned = clean("\n".join([*verses, *staff, "【责任编辑：央金】"]))
    assert (cleaned.text, cleaned.authors, cleaned.editor) == ("\n".join(verses), ("赵敏", "次仁卓玛"), "央金")
    assert cleaned.removed == (Removed("byline", "\n".join(staff)),)


def test_a_credit_in_a_cell_of_a_table() -> None:
    for lines in ([HEAD, *STORY, "（责编：李雨潼） |"], [*STORY, "（责编：李雨潼） |"]):
        cleaned = clean("\n".join(lines))
        assert (cleaned.editor, cleaned.text.split("\n")[-1]) == ("李雨潼", STORY[-1])


def test_an_editor_below_its_label_above_a_label_of_the_page() -> None:
    cleaned = clean("\n".join([*STORY, "编辑：", "王媛", "关键词：", "河谷；春耕"]))
    assert (cleaned.editor, cleaned.text) == ("王媛", "\n".join(STORY))
    assert cleaned.removed == (Removed("publication", "关键词：\n河谷；春耕"),)
    honest = "\n".join([*STORY, "编辑：", "王媛", "定价：", "35元"])
    assert clean(honest).text == honest


def test_the_end_mark_of_a_page_stands_behind_the_reporters_too() -> None:
    cleaned = clean("\n".join([HEAD, STORY[0], f"{STORY[1]}（记者李雷、王芳）（完）"]))
    assert (cleaned.authors, cleaned.text) == (("李雷", "王芳"), f"{STORY[0]}\n\n{STORY[1]}（记者李雷、王芳）")


@pytest.mark.parametrize(
    ("end", "authors"),
    [
        ("（李雨潼）", ("李雨潼",)),
        ("……(次仁卓玛)", ("次仁卓玛",)),
        ("（张掖）", ()),
        ("（下周末）", ()),
    ],
)
def test_a_name_in_the_bracket_that_ends_a_story_is_its_authors(end: str, authors: tuple[str, ...]) -> None:
    story = [STORY[0], f"{STORY[1]}{end}"]
    cleaned = clean("\n".join([HEAD, *story]))
    assert (cleaned.authors, cleaned.text) == (authors, "\n\n".join(story))


def test_thanks_and_the_makers_of_a_film_stand_below_its_story() -> None:
    foot = ["记者：李雷、王芳", "鸣谢：某县融媒体中心", "河谷日报音视频部制作", "责任编辑：央金"]
    cleaned = clean("\n".join([HEAD, *STORY, *foot]))
    assert (cleaned.authors, cleaned.editor, cleaned.text) == (("李雷", "王芳"), "央金", "\n\n".join(STORY))


def test_a_reporter_behind_a_bar_is_an_author_and_lines_below_the_editor_are_credits() -> None:
    foot = ["▍来源丨河谷日报", "▍记者丨李雷", "▍编辑丨王芳", "▍校对丨次旺"]
    cleaned = clean("\n".join([HEAD, *STORY, *foot]))
    assert (cleaned.authors, cleaned.editor, cleaned.text) == (("李雷",), "王芳", "\n\n".join(STORY))
    cleaned = clean("\n".join([HEAD, *STORY, "编辑 | 王芳", "校对 | 李雷", "审核 | 次旺"]))
    assert (cleaned.editor, {piece.kind for piece in cleaned.removed}) == ("王芳", {"editor"})


@pytest.mark.parametrize("below", ["值班电话：0891-6000000", "微信号：abc", "版面：04"])
def test_another_label_of_the_page_may_stand_below_the_editor(below: str) -> None:
    for editor in ("（责编：王媛）", "责任编辑：王媛"):
        cleaned = clean("\n".join(["河谷里春耕忙", "2023-10-13 10:05 来源：新华网", *STORY, editor, below]))
        assert (cleaned.editor, cleaned.text) == ("王媛", "\n\n".join(STORY))


@pytest.mark.parametrize("line", ["（采写：河谷网记者 李雷；编辑：王媛）", "撰文：本报记者 李雷 责编：王媛"])
def test_a_medium_and_its_reporter_behind_the_label_of_a_writer(line: str) -> None:
    credit = read_credit(line)
    assert credit is not None
    assert (credit.authors, credit.editor) == (("李雷",), "王媛")


def test_a_character_that_nobody_sees_in_a_label() -> None:
    credit = read_credit("（记\u200b者李雷、王芳）")
    assert credit is not None
    assert credit.authors == ("李雷", "王芳")
