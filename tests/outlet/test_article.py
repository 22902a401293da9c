"""From a page to an Article: each layout, each field's fallbacks, and what gives no record."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from tests.support.timing import takes_at_most
from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Dateline, Image, Removed
from tibetnews.outlet.article import edition_of, language_of, needs, read, read_article
from tibetnews.outlet.page import Page

URL = "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"
FOLDER = "http://www.tibet.cn/cn/politics/202310/"
TITLE = "<h2>西藏春来早</h2>"
INFO = (
    "<span>作者：李雷 韩梅梅</span><span>发布时间：2023-10-13 10:05:00</span><span>来源： <a href='#'>新华网</a></span>"
)
STORY = "<p>　　西藏的春天来得晚。</p><p>　　牧民们说，今年的雪下得正好。</p>"
TEXT = "西藏的春天来得晚。\n\n牧民们说，今年的雪下得正好。"
EDITOR = "（责编：李雨潼）"


def cn(
    story: str = STORY, *, title: str = TITLE, info: str = INFO, below: str = "", head: str = "", after: str = ""
) -> str:
    """A page of the cn edition."""
    return f"""<!DOCTYPE html><html><head><title>西藏春来早_时政_中国西藏网</title>{head}</head><body>
<div class="nav">登录 注册</div><div class="wrap"><div><a>中国西藏网</a>&nbsp;&gt;&nbsp;<a>时政</a></div>
<div class="content"><div class="left"><div class="title_box">{title}<div class="info">{info}</div></div>
<div id="text" class="text botborder"><div class="TRS_Editor">{story}</div>{below}</div>{after}</div>
<div class="right">热门 排行</div></div></div></body></html>"""


def reason(html: str, url: str = URL) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_article(html, url)
    return caught.value.reason


def test_a_whole_record() -> None:
    copyright_notice = "版权声明：凡注明“来源：中国西藏网”的所有作品，版权归高原（北京）文化传播有限公司。"
    html = cn(title=f"{TITLE}<h3>来自墨脱的报道</h3>", below=f"<p>{EDITOR}</p>", after=f"<div>{copyright_notice}</div>")
    assert read_article(html, URL.replace("http://www.", "https://m.") + "?from=a#b") == Article(
        id="cn-7500001", url=URL, fetched_from=None, kind="article", edition="cn", language="zh-Hans",
        section="politics", breadcrumbs=["中国西藏网", "时政"], title="西藏春来早", subtitle="来自墨脱的报道",
        published_at="2023-10-13T10:05:00+08:00", source="新华网", authors=["李雷", "韩梅梅"], editor="李雨潼",
        dateline=None, text=TEXT, removed=[Removed("copyright", copyright_notice)],
    )  # fmt: skip


def test_scripts_and_comments_beside_the_story_are_no_text() -> None:
    html = cn(after="<!-- 分享 --><script>write('分享');</script><style>p{}</style><div hidden>分享</div>")
    assert read_article(html, URL).removed == []


@pytest.mark.parametrize(
    "story",
    [
        STORY,
        f"<style>p{{}}</style>{STORY}",
        f'<div class="Custom_UnionStyle">{STORY}</div>',
        "　　西藏的春天来得晚。<br><br>　　牧民们说，今年的雪下得正好。",
        "<div><div><font><span>　　西藏的春天</span>来得晚。</font></div></div><div><p>牧民们说，今年的雪下得正好。</p></div>",
        "<p>西藏的春天来得晚。</p><p>&nbsp;</p><p></p><p><!-- --> 牧民们说，<b>今年</b>的雪<a href='#'>下得</a>正好。</p>",
    ],
)
def test_stories_in_every_markup(story: str) -> None:
    assert read_article(cn(story), URL).text == TEXT


@pytest.mark.parametrize(
    ("info", "published_at", "source", "authors"),
    [
        ("<span></span><span>发布时间：2023-10-13 10:05</span><span></span>", "2023-10-13T10:05:00+08:00", None, []),
        ("<span>作者：</span><span>发布时间：2023-10-13</span><span>来源： </span>", "2023-10-13", None, []),
        ("<span>发布时间：2023-10-13</span><span>来源：新华网</span>", "2023-10-13", "新华网", []),
        ("<span>2023-10-13</span><span>新华网</span>", "2023-10-13", "新华网", []),
        ("<p><span>李雷</span><span>2023-10-13</span><span>新华网</span></p>", "2023-10-13", "新华网", ["李雷"]),
        ("<span>2023-10-13</span><span>来源：新华网</span><span>作者：李雷</span>", "2023-10-13", "新华网", ["李雷"]),
        ("<span>2023-10-13</span><span>来源：新华网</span><span>责编：李雨潼</span>", "2023-10-13", "新华网", []),
        ("<span>发布时间：2023-10-13 来源：新华网 作者：李雷</span>", "2023-10-13", "新华网", ["李雷"]),
        (
            "<span>作者：李雷</span><span>来源：新华网</span>",
            "2023-10-13",
            "新华网",
            ["李雷"],
        ),  # the day by the address
        ("", "2023-10-13", None, []),
    ],
)
def test_info_spans(info: str, published_at: str, source: str | None, authors: list[str]) -> None:
    record = read_article(cn(info=info), URL)
    assert (record.published_at, record.source, record.authors) == (published_at, source, authors)


@pytest.mark.parametrize(
    ("info", "authors", "source", "editor"),
    [
        (
            "<span>王小明 李雷</span><span>发布时间：2018-03-14</span><span>来源：某某网</span>",
            ["王小明", "李雷"],
            "某某网",
            None,
        ),
        ("<span>卓玛</span><span>2018-03-14</span><span>某某商报</span>", ["卓玛"], "某某商报", None),
        ("陈思远 <span>发布时间：2018-03-14</span> 来源：某某网", ["陈思远"], "某某网", None),
        ("<p>次仁·多吉&nbsp;&nbsp;发布时间：2018-03-14&nbsp;来源：某某网</p>", ["次仁·多吉"], "某某网", None),
        ("<span>2018-03-14</span><span>来源：某某新闻网-某某商报  王媛</span>", ["王媛"], "某某新闻网-某某商报", None),
        ("<span>2018-03-14</span><span>旦增</span><span>来源：《某某报》</span>", ["旦增"], "某某报", None),
        ("<span>某某日报</span><span>2018-03-14</span>", [], "某某日报", None),
        ("<span>2018-03-14</span><span>来源：某某网</span><span>责编：卓玛</span>", [], "某某网", "卓玛"),
    ],
)
def test_info_without_labels(info: str, authors: list[str], source: str, editor: str | None) -> None:
    record = read_article(cn(info=info), URL)
    assert (record.published_at, record.authors, record.source) == ("2018-03-14", authors, source)
    assert (record.editor, record.removed) == (editor, [])


@pytest.mark.parametrize(
    ("info", "authors", "source"),
    [
        ("<span>赵敏/河谷商报</span><span>2018-03-14 10:20</span>", ["赵敏"], "河谷商报"),
        ("<span>中国西藏网 赵敏</span><span>2018-03-14 10:20</span><span></span>", ["赵敏"], "中国西藏网"),
        (
            "<span>2018-03-14 10:20 发布</span><span>2018-03-15 08:00 更新</span><span>来源：新华网</span>",
            [],
            "新华网",
        ),
        ("<span>2018-03-15 08:00 更新</span><span>2018-03-14 10:20 发布</span><span>新华网</span>", [], "新华网"),
    ],
)
def test_info_of_two_parts_in_one_span_or_of_two_times(info: str, authors: list[str], source: str) -> None:
    record = read_article(cn(info=info), URL)
    assert (record.published_at, record.authors, record.source) == ("2018-03-14T10:20:00+08:00", authors, source)


def test_what_is_no_field_of_the_info_is_removed() -> None:
    record = read_article(cn(info="<span>2018-03-14</span><span>来源: 字号:　　转发 打印</span>"), URL)
    assert (record.published_at, record.source) == ("2018-03-14", None)
    assert record.removed == [Removed("byline", "2018-03-14\n来源: 字号: 转发 打印")]


@pytest.mark.parametrize("day", ["20230231", "20210229", "20231131"])
def test_an_address_with_a_day_that_the_calendar_lacks(day: str) -> None:
    record = read_article(cn(info=""), f"http://www.tibet.cn/cn/politics/{day[:6]}/t{day}_7500009.html")
    assert record.published_at is None


def test_meta_tags_stand_in_for_markup() -> None:
    head = '<meta name="publishdate" content="2023-10-12 09:00"><meta name="source" content="人民网"><meta name="author" content="王芳">'
    record = read_article(cn(info="", title="", head=head), URL)
    assert (record.title, record.published_at) == ("西藏春来早", "2023-10-12T09:00:00+08:00")
    assert (record.source, record.authors) == ("人民网", ["王芳"])
    assert read_article(cn(head=head), URL).source == "新华网"  # markup goes first


@pytest.mark.parametrize(
    "line", ["（责编：李雨潼）", "(责编： 李雨潼)", "责任编辑：李雨潼", "编辑：李雨潼", "（责任编辑：李雨潼）"]
)
@pytest.mark.parametrize("place", ["story", "below", "after", "behind", "after copyright"])
def test_the_editor_in_all_places_and_spellings(line: str, place: str) -> None:
    if place == "behind":
        line = f"（{line.strip('（）()')}）"
    html = {
        "story": cn(f"{STORY}<p align='right'>{line}</p>"),
        "below": cn(below=f"<p>　　{line}</p>"),
        "after": cn(after=f"<div class='editor'>{line}</div>"),
        "behind": cn(STORY.removesuffix("</p>") + f"{line}</p>"),
        "after copyright": cn(after=f"<div><p>版权声明：中国西藏网版权所有。</p></div><div>{line}</div>"),
    }[place]
    record = read_article(html, URL)
    assert (record.editor, record.text) == ("李雨潼", TEXT)
    assert "李雨潼" not in record.authors
    assert not any("李雨潼" in piece.text for piece in record.removed)


def test_a_sentence_about_an_editor_stays() -> None:
    record = read_article(cn(f"{STORY}<p>编辑：他们是信息洪流里的最后一道闸门。</p>"), URL)
    assert record.editor is None
    assert record.text.endswith("最后一道闸门。")


def test_pictures_and_their_captions() -> None:
    story = (
        '<p align="center"><img src="./W1.jpg"></p><p align="center">图为布达拉宫。摄影：李雷</p><p>西藏的春天来得晚。</p>'
        '<p><img src="/res/W2.jpg"></p><p align="center">清晨的八廓街</p><p>牧民们说，今年的雪下得正好。</p><p align="center"><img src="W3.jpg"></p>'
        "<p>纳木错（新华社记者 王芳 摄）</p><p>图为没有图片的说明。</p>"
    )
    record = read_article(cn(story), URL)
    assert record.text == TEXT
    assert record.images == [
        Image(f"{FOLDER}W1.jpg", "图为布达拉宫。", "李雷"),
        Image("http://www.tibet.cn/res/W2.jpg", "清晨的八廓街"),
        Image(f"{FOLDER}W3.jpg", "纳木错", "新华社记者 王芳"),
    ]
    assert record.removed == [Removed("caption", "图为没有图片的说明。")]


def test_a_dateline_at_the_turn_of_the_year() -> None:
    story = "<p>　　新华社拉萨12月31日电（记者张漫子）西藏的春天来得晚。</p>"
    info = "<span></span><span>2024-01-01 08:00</span><span></span>"
    record = read_article(cn(story, info=info), URL.replace("202310/t20231013", "202401/t20240101"))
    assert record.dateline == Dateline("新华社", "拉萨", "2023-12-31")
    assert record.authors == ["张漫子"]
    assert record.text.startswith("新华社拉萨12月31日电")


@pytest.mark.parametrize(
    "pager",
    [
        '<script>createPageHTML(3, 0, "t20231013_7500001", "html");</script>',
        '<a href="./t20231013_7500001_2.html">3</a>',
    ],
)
def test_a_long_article_is_one_record(pager: str) -> None:
    first = Page(cn("<p>西藏的春天来得晚。</p>", after=f"<div>{pager}</div>"), URL)
    wanted = [f"{FOLDER}t20231013_7500001_{n}.html" for n in (1, 2)]
    assert needs(first) == wanted
    parts = {
        wanted[0]: cn("<p>牧民们说，今年的雪下得正好。</p>"),
        wanted[1]: cn("<p>完。</p>", below=f"<p>{EDITOR}</p>"),
    }
    record = read(first, parts)
    assert (record.text, record.editor, record.title) == (f"{TEXT}\n\n完。", "李雨潼", "西藏春来早")
    assert read(first).text == "西藏的春天来得晚。"
    assert needs(Page(cn(pager), wanted[0])) == []


TB = """<html><body><div id="contentK"><h1>དཔྱིད་ཀ།</h1><div class="sub">མེ་ཏོག</div>
<div class="xinxi"><span>2018-10-10</span><span>ཡོང་ཁུངས།：བོད་ལྗོངས།</span><span>རྩོམ་པ་པོ།：བཀྲ་ཤིས།</span></div>
<div><p>བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་འབྱོར་སོང་།</p><p>གངས་བབས་སོང་།</p></div>
<div class="-articleeditor">རྩོམ་སྒྲིག་པ།：ཚེ་རིང་།</div></div></body></html>"""


@pytest.mark.parametrize(
    "info",
    [
        "<span>སྤེལ་དུས། 2018-10-10</span><span>བོད་ལྗོངས།</span><span>བཀྲ་ཤིས།</span>",
        "<span>རྩོམ་པ་པོ། བཀྲ་ཤིས།</span><span>རྩོམ་ཁུངས། བོད་ལྗོངས།</span><span>2018-10-10</span>",
        "ཡོང་ཁུངས། བོད་ལྗོངས། | རྩོམ་པ་པོ། བཀྲ་ཤིས། | སྤེལ་དུས། 2018-10-10",
        "<span>འབྱུང་ཁུངས།བོད་ལྗོངས།  རྩོམ༌པ༌པོ། བཀྲ་ཤིས། སྤེལ་དུས་ 2018-10-10</span>",
    ],
)
def test_labels_of_the_tibetan_edition(info: str) -> None:
    page = TB.replace(TB[TB.index("<span>") : TB.index("</div>\n<div><p>")], info)
    editor = TB[TB.index('<div class="-articleeditor">') :]
    page = page.replace("</p></div>", "</p><p>རྩོམ་སྒྲིག་པ། བདེ་སྒྲོན།</p></div>").replace(editor, "</div></body></html>")
    record = read_article(page, "http://tb.tibet.cn/tb/people/201810/t20181010_6311049.html")
    assert (record.published_at, record.source, record.authors) == ("2018-10-10", "བོད་ལྗོངས།", ["བཀྲ་ཤིས།"])
    assert (record.editor, record.removed) == ("བདེ་སྒྲོན།", [])
    assert record.text.endswith("གངས་བབས་སོང་།")


def test_the_tibetan_edition() -> None:
    record = read_article(TB, "http://tb.tibet.cn/tb/people/201810/t20181010_6311049.html")
    assert (record.id, record.language, record.section) == ("tb-6311049", "bo", "people")
    assert (record.title, record.subtitle, record.published_at) == ("དཔྱིད་ཀ།", "མེ་ཏོག", "2018-10-10")
    assert (record.source, record.authors, record.editor) == ("བོད་ལྗོངས།", ["བཀྲ་ཤིས།"], "ཚེ་རིང་།")
    assert (record.text, record.removed) == ("བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་འབྱོར་སོང་།\n\nགངས་བབས་སོང་།", [])


LEGACY = f"""<html><head><title>西藏春来早_要闻_中国西藏网</title></head><body><div>登录</div><div>中国西藏网 &gt; 要闻</div>
<h1>西藏春来早</h1><div>2015-09-30 10:05　来源：新华网　作者：李雷</div><DIV>{STORY}</DIV><p>{EDITOR}</p><p>版权所有：中国西藏网</p></body></html>"""


@pytest.mark.parametrize(
    "html",
    [
        LEGACY,
        "中国西藏网 > 要闻\n西藏春来早\n2015-09-30 10:05 来源：新华网 作者：李雷\n　　西藏的春天来得晚。\n\n　　牧民们说，今年的雪下得正好。\n（责编：李雨潼）\n版权所有：中国西藏网",
    ],
)
def test_pages_without_known_markup(html: str) -> None:
    record = read_article(html, "http://mirror.example/1.html")
    assert (record.id, record.url, record.section) == (
        "cn-9e7d48bc029d75ca",
        "http://mirror.example/1.html",
        "news/focus",
    )
    assert (record.title, record.text, record.editor) == ("西藏春来早", TEXT, "李雨潼")
    assert (record.published_at, record.source, record.authors) == ("2015-09-30T10:05:00+08:00", "新华网", ["李雷"])
    assert Removed("copyright", "版权所有：中国西藏网") in record.removed


def test_pages_that_give_no_record() -> None:
    assert reason("") == reason(" \n\u3000") == "empty"
    assert reason(cn()[:-30]) == "truncated"
    assert reason("<html><body><p>登录</p></body></html>") == "layout"
    assert reason(cn(title="").replace("<title>西藏春来早_时政_中国西藏网</title>", "")) == "title"
    assert reason(cn(title="").replace("西藏春来早_时政_中国西藏网", "中国西藏网")) == "title"
    assert reason(cn("")) == reason(cn("<script>write()</script><p>&nbsp;</p>")) == "text"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (cn(below=f"<p>{EDITOR}</p>"), URL),
        (TB, "http://tb.tibet.cn/tb/people/201810/t20181010_6311049.html"),
        (LEGACY, URL),
    ],
)
def test_every_prefix_is_unreadable_or_whole(html: str, url: str) -> None:
    body, whole = html.encode(), read_article(html, url)
    with takes_at_most(10):
        for cut in range(len(body)):
            try:
                record = read_article(body[:cut].decode("utf-8", "replace"), url)
            except UnreadableError:
                continue
            assert record == whole


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><div id='text'>" + "<div>" * 200_000 + "雪。" + "</div>" * 200_000 + "</body></html>",
        random.Random(1).randbytes(300_000).decode("gb18030", "replace"),
        cn("<b>" * 100_000 + "雪。"),
        "\x00" * 1_000_000,
    ],
)
def test_hostile_pages_give_no_traceback_and_take_no_time(html: str) -> None:
    with takes_at_most(3), suppress(UnreadableError):
        assert read_article(html, URL).text


def test_an_info_line_in_the_story_serves_where_the_markup_has_no_place_for_it() -> None:
    html = (
        "<html><head><title>西藏春来早_时政_中国西藏网</title></head><body><div class='left'><div id='text'>"
        "<p>2023-10-13 10:05 来源：西藏日报 作者：甲里</p><p>　　桃花开了。</p></div></div></body></html>"
    )
    article = read_article(html, "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html")
    assert (article.title, article.text) == ("西藏春来早", "桃花开了。")
    assert (article.published_at, article.source) == ("2023-10-13T10:05:00+08:00", "西藏日报")
    assert article.authors == ["甲里"]


def test_a_title_broken_in_two_lines_is_two_words() -> None:
    html = (
        "<html><body><div class='left'><div class='title_box'><h2>西藏春来早<br>墨脱花已开<script>x()</script></h2></div>"
        "<div id='text'><p>桃花开了。</p></div></div></body></html>"
    )
    article = read_article(html, "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html")
    assert article.title == "西藏春来早 墨脱花已开"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("农牧民说，雪下得正好。", "zh-Hans"),
        ("農牧民說，雪下得正好。", "zh-Hant"),
        ("拉薩的春天來得晚，觀眾很滿意。", "zh-Hant"),
        ("匾上写着“國泰民安”，游客纷纷在这里拍照，久久不愿离去。", "zh-Hans"),
        ("The herders went to 拉薩.", "en"),
    ],
)
def test_the_language_of_a_text_names_its_script(text: str, language: str) -> None:
    assert language_of(text) == language
    assert edition_of(language) in ("cn", "eng")


def test_an_address_names_the_language_and_the_text_its_script() -> None:
    assert language_of("農牧民說，雪下得正好。", "zh-Hans") == "zh-Hant"
    assert language_of("農牧民說，雪下得正好。", "en") == "en"


@pytest.mark.parametrize(
    ("head_title", "title"),
    [
        ("西藏春来早-时政-中国西藏网", "西藏春来早"),
        ("西藏春来早__中国西藏网", "西藏春来早"),
        ("西藏春来早_资讯_西藏新闻_中国西藏网", "西藏春来早"),
        ("春天|西藏 - 某某日报", "春天|西藏 - 某某日报"),
        ("时政_中国西藏网", "时政"),
    ],
)
def test_a_title_tag_loses_the_names_of_section_and_outlet(head_title: str, title: str) -> None:
    html = cn(title="").replace("西藏春来早_时政_中国西藏网", head_title)
    assert read_article(html, URL).title == title


def test_the_tibetan_story_stands_in_the_first_block_with_words() -> None:
    html = TB.replace("</span></div>", "</span></div><div></div>")
    assert html != TB
    address = "http://tb.tibet.cn/tb/people/201810/t20181010_6311049.html"
    assert read_article(html, address).text == read_article(TB, address).text


def test_the_editor_of_a_byline_is_not_lost_where_the_story_names_another() -> None:
    info = "<span>发布时间：2023-10-13 10:05:00</span><span>来源： 新华网</span><span>责编：卓玛</span>"
    record = read_article(cn(info=info, below=f"<p>{EDITOR}</p>"), URL)
    assert record.editor == "李雨潼"
    assert any("卓玛" in piece.text for piece in record.removed)
    assert read_article(cn(info=info), URL).editor == "卓玛"


@pytest.mark.parametrize(
    "head",
    [
        "林芝茶园采茶忙时间：2023-10-13 10:05:00 来源：新华网",
        "河谷网 > 文化 > 林芝茶园采茶忙\n林芝茶园采茶忙\n2023-10-13 10:05:00 来源：新华网",
    ],
)
def test_a_title_that_is_glued_to_another_line_of_a_page_of_text(head: str) -> None:
    article = read_article(f"{head}\n{TEXT}\n", "file:///pages/a.txt")
    assert (article.title, article.source, article.text) == ("林芝茶园采茶忙", "新华网", TEXT)
