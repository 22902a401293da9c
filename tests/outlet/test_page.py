"""One page: its visible lines as a browser would show them, its meta tags, its title, whether it is whole."""

from __future__ import annotations

import pytest

from tests.support.timing import takes_at_most
from tibetnews.outlet.page import Page
from tibetnews.outlet.visible_text import VisibleLine, fold_whitespace

URL = "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"


def shown(body: str) -> list[str]:
    """The lines of a page with this body, pictures as their address in angle brackets."""
    lines = Page(f"<html><body>{body}</body></html>", URL).lines
    return [line.text if line.embedded is None else f"<{line.embedded.address}>" for line in lines]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>　　一</p><p>二</p>", ["一", "二"]),
        ("一<br>二<br/><br>三", ["一", "二", "三"]),
        ("<p>一<br>二</p>三", ["一", "二", "三"]),
        ("<p>西<b>藏<i>的</i></b>春<a href='#'>天</a></p>", ["西藏的春天"]),
        ("<p>西<b>藏<br>的</b>春天</p>", ["西藏", "的春天"]),
        ("<p>西&nbsp;藏\u3000的\n春 \t 天</p>", ["西 藏 的春 天"]),
        ("前<div>中</div>后", ["前", "中", "后"]),
        ("<div>一<div>二<div>三</div>四</div>五</div>六", ["一", "二", "三", "四", "五", "六"]),
        ("<span>一</span><span>二</span>", ["一二"]),
        ("<span>一<p>二</p>三</span>", ["一", "二", "三"]),
        ("<b><p>一</p></b>二", ["一", "二"]),
        ("<ul><li>一<li>二</ul>", ["一", "二"]),
        ("<dl><dt>一</dt><dd>二</dd></dl>", ["一", "二"]),
        ("<h1>一</h1><h2>二</h2><blockquote>三</blockquote>", ["一", "二", "三"]),
        ("一<hr>二", ["一", "二"]),
        ("<pre>一\n二</pre>", ["一 二"]),
        ("<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>四", ["一", "二", "三", "四"]),
        ("<table><caption>表</caption><tr><th>一</th></tr></table>", ["表", "一"]),
        # what is not shown, and what stands behind it
        ("一<!-- 不见 -->二", ["一二"]),
        ("一<script>不见()</script>二", ["一二"]),
        ("一<style>p{}</style>二<noscript>不见</noscript>三", ["一二三"]),
        ("<p>一<?php 不见 ?>二</p>", ["一二"]),
        ("<textarea>不见</textarea><select><option>不见</select><iframe>不见</iframe>一", ["一"]),
        ('一<span style="display:none">不见<b>不见</b></span>二', ["一二"]),
        ('一<span style="DISPLAY : none !important">不见</span>二', ["一二"]),
        ('一<span style="visibility: hidden">不见</span>二', ["一二"]),
        ('一<span style="font-size:0">不见</span>二', ["一二"]),
        ('一<span style="font-size: 0px;color:red">不见</span>二', ["一二"]),
        ('<div style="text-indent:-9999px">不见</div>一', ["一"]),
        ("<div hidden>不见</div>一", ["一"]),
        ('<p style="display:block">一</p><p style="font-size:0.9em">二</p>', ["一", "二"]),
        ('<p style="text-indent:-2em">一</p><p style="text-indent:2em">二</p>', ["一", "二"]),
        ('<p style="font-size:0.5rem">一</p><p style="font-size:10px">二</p>', ["一", "二"]),
        # pictures
        ('<p>前<img src="./a.jpg">后</p>', ["前", "<./a.jpg>", "后"]),
        ('<img src="data:image/gif;base64,R0" data-src="b.jpg">', ["<b.jpg>"]),
        ('<img src=" " oldsrc="c.jpg">', ["<c.jpg>"]),
        ('<img alt="无">一', ["一"]),
        ('<p style="display:none"><img src="beacon.gif"></p>一', ["一"]),
        ('<a href="x"><img src="a.jpg"></a><img src="b.jpg">', ["<a.jpg>", "<b.jpg>"]),
        # nothing
        ("", []),
        (" \u3000&nbsp;<p></p><br>", []),
    ],
)
def test_lines(body: str, lines: list[str]) -> None:
    assert shown(body) == lines


@pytest.mark.parametrize(
    ("body", "centred"),
    [
        ('<p align="center">一</p>', True),
        ('<p align="CENTER">一</p>', True),
        ("<center>一</center>", True),
        ('<p style="text-align: center">一</p>', True),
        ('<p style="TEXT-ALIGN:center">一</p>', True),
        ('<div align="center"><p><b>一</b></p></div>', True),
        ('<p align="center"><span>一</span></p>', True),
        ('<p align="justify">一</p>', False),
        ('<p align="center"></p><p>一</p>', False),
        ('<div><p align="center"><b></b></p>一</div>', False),
    ],
)
def test_centred_lines(body: str, centred: bool) -> None:
    assert Page(f"<html><body>{body}</body></html>", URL).lines == [VisibleLine("一", centred)]


def test_a_page_of_text_is_read_line_by_line() -> None:
    page = Page("西藏春来早\r\n\r\n　　西藏的  春天 < 别处的春天 >。\n", URL)
    assert page.is_text
    assert page.lines == [VisibleLine("西藏春来早"), VisibleLine("西藏的 春天 < 别处的春天 >。")]
    assert page.text == "西藏春来早\n西藏的 春天 < 别处的春天 >。"


@pytest.mark.parametrize(
    ("html", "is_text"),
    [
        ("中国西藏网 > 即时新闻 > 时政\n标题", True),
        ("3 < 5，5 > 3", True),
        ("<新华社> 西藏", True),
        ("", True),
        ("<p>一", False),
        ("<!DOCTYPE html>一", False),
        ("<HTML><BODY>一", False),
        ("\n\n<div class='a'>一</div>", False),
        ("< p >一", False),
        ("<h2>一</h2>", False),
    ],
)
def test_text_or_markup(html: str, is_text: bool) -> None:
    assert Page(html, URL).is_text is is_text


@pytest.mark.parametrize(
    ("html", "is_whole"),
    [
        ("<html><body><p>一</p></body></html>", True),
        ("<html><body><p>一</p></BODY>\n", True),
        ("<html><body><p>一</p></html >\n<!-- 12 ms -->", True),
        ("<div><p>一</p></div>", True),  # a fragment never opened a document
        ("一", True),
        ("<html><body><p>一</p>", False),
        ("<HTML><body><p>一</p></", False),
        ("<!DOCTYPE html>\n<html lang='zh'", False),
    ],
)
def test_whole_or_broken_off(html: str, is_whole: bool) -> None:
    assert Page(html, URL).is_whole is is_whole


def test_meta_tags_and_title() -> None:
    page = Page(
        """<html><head><title> 西藏春来早_时政_
        中国西藏网 </title><meta charset="utf-8"><meta http-equiv="refresh" content="1">
        <meta name="Source" content=" 新华网 "><meta name="source" content="人民网"><meta name="author" content="">
        <meta property="article:published_time" content="2023-10-13"></head>
        <body><svg><title>图标</title></svg><meta name="keywords" content="西藏"></body></html>""",
        URL,
    )
    assert page.meta == {"source": "新华网", "article:published_time": "2023-10-13", "keywords": "西藏"}
    assert page.head_title == "西藏春来早_时政_ 中国西藏网"
    assert Page("<html><body>一</body></html>", URL).head_title == ""


@pytest.mark.parametrize(
    ("url", "source", "picture"),
    [
        (URL, "./W02023.jpg", "http://www.tibet.cn/cn/politics/202310/W02023.jpg"),
        (URL, "/res/a.jpg", "http://www.tibet.cn/res/a.jpg"),
        (URL, "//img.example/a.jpg", "http://img.example/a.jpg"),
        (URL.replace("http://www.", "https://m."), "W02023.jpg", "http://www.tibet.cn/cn/politics/202310/W02023.jpg"),
        ("http://mirror.example/n/1.html", "W02023.jpg", "http://mirror.example/n/W02023.jpg"),
        (URL, "http://[", None),
        (URL, "W0 2023.jpg", "http://www.tibet.cn/cn/politics/202310/W0%202023.jpg"),
        (URL, "http://img.example:99999/a.jpg", None),
        (URL, "http://:99/a.jpg", None),
        (URL, "data:image/gif;base64,R0", None),
        (URL, "/a\ud800.jpg", None),
        (URL, "/a\x07.jpg", None),
        ("file:///tmp/1.html", "W02023.jpg", "file:///tmp/W02023.jpg"),
        ("file:///tmp/1.html", "file:///etc/W02023.jpg", None),
    ],
)
def test_pictures_stand_beside_the_canonical_address(url: str, source: str, picture: str | None) -> None:
    assert Page("", url).resource(source) == picture


def test_links_stand_where_the_page_was_fetched() -> None:
    page = Page("", "http://127.0.0.1:8000/cn/politics/", "http://127.0.0.1:8000")
    assert page.link("./a.html") == "http://127.0.0.1:8000/cn/politics/a.html"
    assert page.link("http://[") is None


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 200_000 + "一" + "</div>" * 200_000 + "</body></html>",
        "<html><body>" + "<b>" * 300_000 + "一</body></html>",
        "<html><body>" + "<br>" * 250_000 + "一</body></html>",
        "<html><body>" + '<p style="font-size:' + "0 " * 500_000 + '">一</p></body></html>',
        "<html><body><p>" + "<" * 1_000_000 + "</p></body></html>",
        "<" + " " * 1_000_000 + "一",
        "\x00\x01\x02\xff" * 250_000,
    ],
)
def test_a_megabyte_of_nothing_good(html: str) -> None:
    with takes_at_most(3):
        page = Page(html, URL)
        assert page.is_whole or not page.is_text
        page.lines, page.meta, page.head_title  # noqa: B018 - read for the time they take


def test_white_space_is_folded() -> None:
    assert fold_whitespace(" \u3000\xa0西\r\n\t藏\u2003") == "西 藏"


def test_marks_that_were_escaped_twice_are_marks() -> None:
    body = "<p>&amp;nbsp;&amp;nbsp;他说：&amp;ldquo;春天来了&amp;hellip;&amp;rdquo; A&amp;B &amp;lt;</p>"
    assert Page(body, URL).text == "他说：“春天来了…” A&B &lt;"
    assert Page(f"{body}<code>&amp;nbsp;</code>", URL).text.endswith("&nbsp;")
