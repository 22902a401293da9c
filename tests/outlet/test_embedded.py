"""What a page embeds or offers as a file: films, sounds, frames, documents."""

from __future__ import annotations

import base64
import json

import pytest

from tests.support.real_pages import MORE, STORY, URL, page, paragraphs
from tibetnews.items import Article, Attachment, Image, Removed, Video
from tibetnews.outlet.article import needs, read, read_article
from tibetnews.outlet.page import Page

FOLDER = "http://www.tibet.cn/cn/culture/ms/202310/"
MIRROR = "http://copies.example/n/1.html"


def article(markup: str, base: str = "") -> Article:
    """The article of a page with this markup between two paragraphs, whose text is those paragraphs alone."""
    html = page(f"{paragraphs(STORY)}{markup}{paragraphs(MORE)}").replace("<head>", f"<head>{base}")
    found = read_article(html, URL)
    assert found.text == f"{STORY}\n\n{MORE}"
    return found


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<p><video src="./W020231013.mp4" controls></video></p>', f"{FOLDER}W020231013.mp4"),
        (
            '<video poster="a.jpg"><source src="/v/a.mp4"><source src="/v/a.webm">请升级浏览器</video>',
            "http://www.tibet.cn/v/a.mp4",
        ),
        ('<div><video data-src="b.m3u8?t=1" width="100%"><p>您的浏览器不支持</p></video></div>', f"{FOLDER}b.m3u8?t=1"),
        ('<video src="javascript:void(0)"><source src="c.mp4"></video>', f"{FOLDER}c.mp4"),
        (
            '<p align="center"><iframe src="//player.example.com/p/1" height="498"></iframe></p>',
            "http://player.example.com/p/1",
        ),
        (
            '<iframe src="https://v.qq.com/txp/iframe/player.html?vid=x1">旧浏览器</iframe>',
            "https://v.qq.com/txp/iframe/player.html?vid=x1",
        ),
        ('<iframe data-src="/res/tide_player.html?id=7"></iframe>', "http://www.tibet.cn/res/tide_player.html?id=7"),
        ('<iframe src="./W1.mp4"></iframe>', f"{FOLDER}W1.mp4"),
        ('<iframe src="about:blank" data-lazy-src="//v.example.com/2"></iframe>', "http://v.example.com/2"),
        ('<video><source data-src="d.mp4"></video><video src="d.mp4#t=10"></video>', f"{FOLDER}d.mp4"),
        ('<iframe src="//player.example.com/#/v/3"></iframe>', "http://player.example.com/#/v/3"),
        (
            '<embed src="http://player.youku.com/player.php/sid/X/v.swf" width="480">',
            "http://player.youku.com/player.php/sid/X/v.swf",
        ),
        ('<embed src="/res/a.swf" flashvars="auto=1&file=%2Fv%2F2.flv&x=3">', "http://www.tibet.cn/v/2.flv"),
        ('<object data="/v/3.wmv" type="video/x-ms-wmv"><p>没有插件</p></object>', "http://www.tibet.cn/v/3.wmv"),
        (
            '<object><param name="URL" value="/v/4.wmv"><param name="autostart" value="0"></object>',
            "http://www.tibet.cn/v/4.wmv",
        ),
        (
            '<object><param name="movie" value="/p.swf"><embed src="/p.swf" flashvars="vcastr_file=/v/5.flv"></object>',
            "http://www.tibet.cn/v/5.flv",
        ),
        ('<object><embed src="/v/6.rmvb"></object>', "http://www.tibet.cn/v/6.rmvb"),
    ],
)
def test_a_film_of_the_page(markup: str, url: str) -> None:
    found = article(markup)
    assert found.videos == [Video(url)]
    assert (found.attachments, found.images, found.removed) == ([], [], [])


@pytest.mark.parametrize(
    ("markup", "attachment"),
    [
        ('<p><a href="./P0202310131.pdf">春耕方案.pdf</a></p>', Attachment(f"{FOLDER}P0202310131.pdf", "春耕方案.pdf")),
        ('<p>　　<a href="P2.DOCX" appendix="true">报名表</a></p>', Attachment(f"{FOLDER}P2.DOCX", "报名表")),
        (
            '<p><a href="/f/down.jsp?file=P3.xls&amp;n=1"><b>名</b>单</a></p>',
            Attachment("http://www.tibet.cn/f/down.jsp?file=P3.xls&n=1", "名单"),
        ),
        (
            '<p><a href="https://files.example/a%20b.zip#x" title="图集"><img src="x" width=1></a></p>',
            Attachment("https://files.example/a%20b.zip#x", "图集"),
        ),
        ('<p><a href="春耕 手册.rar"></a></p>', Attachment(f"{FOLDER}春耕%20手册.rar", None)),
        (
            '<p><a href="download.jsp?id=3">春耕方案.pdf</a></p>',
            Attachment(f"{FOLDER}download.jsp?id=3", "春耕方案.pdf"),
        ),
        ('<p><a href="/file/8"><b>名单</b>.xlsx</a></p>', Attachment("http://www.tibet.cn/file/8", "名单.xlsx")),
        ('<p><a href="/get?n=4" download="表.doc"></a></p>', Attachment("http://www.tibet.cn/get?n=4", "表.doc")),
        ('<p><a href="a.mp3">录音</a></p>', Attachment(f"{FOLDER}a.mp3", "录音")),
        ('<iframe src="./P4.pdf" height="800"></iframe>', Attachment(f"{FOLDER}P4.pdf", None)),
        ('<embed src="P5.pdf" type="application/pdf">', Attachment(f"{FOLDER}P5.pdf", None)),
        ('<object data="P6.ppt"><p>没有插件</p></object>', Attachment(f"{FOLDER}P6.ppt", None)),
    ],
)
def test_a_file_of_the_page(markup: str, attachment: Attachment) -> None:
    found = article(markup)
    assert found.attachments == [attachment]
    assert (found.videos, found.images, found.removed) == ([], [], [])


@pytest.mark.parametrize(
    ("label", "end"),
    [
        ("附件：", ""),
        ("附件1：", ""),
        ("附 件： 1. ", "；"),
        ("点击下载：", "（PDF版）"),
        ("Attachment: ", ""),
        ("下载", "。"),
        ("附件：", "（2.3MB）"),
        ("", " (356 KB) 下载次数：12"),
    ],
)
def test_the_label_of_a_file_goes_with_it(label: str, end: str) -> None:
    found = article(f'<p>　　{label}<a href="P1.pdf">春耕方案</a>{end}</p>')
    assert found.attachments == [Attachment(f"{FOLDER}P1.pdf", "春耕方案")]
    assert found.removed == [Removed("attachment", f"{label}春耕方案{end}")]


def test_a_line_of_several_files() -> None:
    found = article('<p>附件：1.<a href="a.doc">甲表</a> 2.<a href="b.doc">乙表</a><br><a href="a.doc">甲表</a></p>')
    assert found.attachments == [Attachment(f"{FOLDER}a.doc", "甲表"), Attachment(f"{FOLDER}b.doc", "乙表")]
    assert found.removed == [Removed("attachment", "附件：1.甲表 2.乙表")]


@pytest.mark.parametrize(
    "line",
    [
        "方案全文见{}，欢迎查阅。",
        "记者从{}中看到",
        "{}已经印发",
    ],
)
def test_a_sentence_with_a_link_to_a_file_is_story(line: str) -> None:
    found = read_article(page(paragraphs(STORY, line.format('<a href="P1.pdf">《春耕方案》</a>'), MORE)), URL)
    assert found.text.split("\n\n")[1] == line.format("《春耕方案》")
    assert found.attachments == [Attachment(f"{FOLDER}P1.pdf", "《春耕方案》")]


@pytest.mark.parametrize("link", ['<a href="/x.html">怎样读.pdf</a>', '<a href="?id=3">怎样读 PDF</a>'])
def test_a_link_to_a_page_is_no_file(link: str) -> None:
    found = read_article(page(paragraphs(STORY, f"他写过一篇{link}", MORE)), URL)
    assert found.attachments == []
    assert "怎样读" in found.text


def test_a_linked_sentence_is_story() -> None:
    found = read_article(page(f'{paragraphs(MORE)}<p><a href="P1.pdf">{STORY}</a></p>'), URL)
    assert found.text == f"{MORE}\n\n{STORY}"
    assert [file.name for file in found.attachments] == [STORY]


@pytest.mark.parametrize(
    ("markup", "removed"),
    [
        ('<audio src="./a.mp3" controls>您的浏览器不支持</audio>', Removed("audio", f"{FOLDER}a.mp3")),
        ('<audio><source src="/s/b.ogg"></audio>', Removed("audio", "http://www.tibet.cn/s/b.ogg")),
        ('<embed src="c.wma">', Removed("audio", f"{FOLDER}c.wma")),
        (
            '<iframe src="https://map.example/?q=1" height="300"></iframe>',
            Removed("embedded", "https://map.example/?q=1"),
        ),
        ('<embed src="/res/flower.swf">', Removed("embedded", "http://www.tibet.cn/res/flower.swf")),
        (
            '<object classid="x"><param name="movie" value="/res/b.swf"></object>',
            Removed("embedded", "http://www.tibet.cn/res/b.swf"),
        ),
    ],
)
def test_what_has_no_field_is_removed_with_its_kind(markup: str, removed: Removed) -> None:
    found = article(markup)
    assert found.removed == [removed]
    assert (found.videos, found.attachments, found.images) == ([], [], [])


HOSTILE = [
    "javascript:alert(1)",
    "JavaScript:alert('a.pdf')",
    "data:application/pdf;base64,JVBERi0=",
    "data:video/mp4;base64,AAAA.mp4",
    "vbscript:x.mp4",
    "file:///C:/a.pdf",
    "C:\\videos\\a.mp4",
    "\\\\server\\share\\a.mp4",
    "http://www.tibet.cn:99999/a.mp4",
    "http://www.tibet.cn:x/a.pdf",
    "http://[::1/a.mp4",
    "http://:80/a.mp4",
    "ftp://files.example/a.pdf",
    "magnet:?xt=a.mp4",
    "about:blank",
    "#a.pdf",
    "",
    "   ",
    "/a\x01b.mp4",
]
TAGS = [
    '<video src="{}"></video>',
    '<audio src="{}"></audio>',
    '<iframe src="{}"></iframe>',
    '<embed src="{}">',
    '<object data="{}"></object>',
    '<object><param name="movie" value="{}"></object>',
    '<embed src="" flashvars="file={}">',
    '<p><a href="{}"></a></p>',
    '<img src="{}">',
]


@pytest.mark.parametrize("address", HOSTILE)
@pytest.mark.parametrize("tag", TAGS)
def test_what_cannot_be_fetched_is_nowhere(tag: str, address: str) -> None:
    found = article(tag.format(address.replace('"', "&quot;")))
    assert (found.videos, found.attachments, found.images, found.removed) == ([], [], [], [])


@pytest.mark.parametrize("address", [*HOSTILE[:-4], "/a\ud800.mp4", "http://\udfff.example/a.mp4"])
def test_hostile_addresses_in_the_scripts_of_the_media_host(address: str) -> None:
    url = "http://media.tibet.cn/photo/news/content_812.shtml"
    photo = Page(page("").replace("TRS_Editor", ""), url)
    (script,) = needs(photo)
    contents = [{"photo": address, "summary": "雪\ud800正好。"}, {"photo": "/p/1.jpg", "summary": "山口"}]
    data = json.dumps({"title": "春耕\ud800", "contents": contents})
    story = read(photo, {script: f"var a = {data};"})
    assert (story.title, story.text) == ("春耕", "雪正好。\n\n山口")
    assert story.images == [Image("http://media.tibet.cn/p/1.jpg", "山口")]
    document = base64.b64encode(b"/video/json/1.json").decode()
    body = (
        f"<div id='tide_player'><script>a={{json:\"{document}\"}}</script></div><div class='video_summ'>雪正好。</div>"
    )
    film = Page(
        f"<html><body><h1>春耕</h1>{body}</body></html>", "http://media.tibet.cn/video/p/20170801/1501553412345.shtml"
    )
    (part,) = needs(film)
    files = read(film, {part: json.dumps({"videos": [{"url": address}, {"url": "/f/2.mp4"}]})}).videos
    assert files == [Video("http://media.tibet.cn/f/2.mp4", "雪正好。")]


@pytest.mark.parametrize("address", [address for address in HOSTILE if address.strip()])
def test_a_player_that_names_no_document_that_can_be_fetched_needs_none(address: str) -> None:
    document = base64.b64encode(address.encode()).decode()
    html = f"<html><body><h1>春耕</h1><script>a={{json:\"{document}\"}}</script><div class='video_summ'>雪。</div></body></html>"
    film = Page(html, "http://media.tibet.cn/video/p/20170801/1501553412345.shtml")
    assert [url for url in needs(film) if not url.startswith("http://media.tibet.cn/")] == []


@pytest.mark.parametrize(
    "style",
    [
        "width:1px;height:1px",
        "WIDTH : 1px",
        "border:none;height:0",
        "height:0px !important",
        "width:.5px;max-width:100%",
        "width:0%",
    ],
)
@pytest.mark.parametrize("tag", ['<img src="/count.gif" style="{}">', '<iframe src="/count.html" style="{}"></iframe>'])
def test_what_a_style_makes_invisible_is_nothing(tag: str, style: str) -> None:
    found = article(f"<p>{tag.format(style)}</p>")
    assert (found.images, found.removed) == ([], [])


@pytest.mark.parametrize(
    "style",
    ["width:100%", "width:10px", "max-width:1px", "border-width:0", "height:1em", "width:1.5em", "line-height:0"],
)
def test_what_a_style_shows_is_a_picture(style: str) -> None:
    assert [image.url for image in article(f'<img src="a.jpg" style="{style}">').images] == [f"{FOLDER}a.jpg"]


@pytest.mark.parametrize("markup", ['<iframe src="/c.html" width="1"></iframe>', '<embed src="/c.swf" height=0>'])
def test_a_frame_of_no_size_is_nothing(markup: str) -> None:
    assert article(markup).removed == []


def test_addresses_are_relative_to_the_base() -> None:
    markup = '<video src="a.mp4"></video><p><a href="b.pdf">表</a></p><audio src="/c.mp3"></audio>'
    found = article(markup, '<base href="https://res.example/x/">')
    assert found.videos == [Video("https://res.example/x/a.mp4")]
    assert found.attachments == [Attachment("https://res.example/x/b.pdf", "表")]
    assert found.removed == [Removed("audio", "https://res.example/c.mp3")]
    for base in ("javascript:x", "data:text/html,x", "http://[", "http://x:99999/", ""):
        assert article(markup, f'<base href="{base}">').videos == [Video(f"{FOLDER}a.mp4")]


def test_each_once_and_in_the_order_of_the_page() -> None:
    found = article(
        '<video src="b.mp4"></video><p><a href="2.pdf">乙</a></p><p><a href="1.pdf">甲</a></p>'
        '<audio src="s.mp3"></audio><p>附件：<a href="2.pdf">乙</a></p><video src="a.mp4"></video><video src="./b.mp4"></video>'
    )
    assert [video.url for video in found.videos] == [f"{FOLDER}b.mp4", f"{FOLDER}a.mp4"]
    assert [file.name for file in found.attachments] == ["乙", "甲"]
    assert found.removed == [Removed("audio", f"{FOLDER}s.mp3"), Removed("attachment", "附件：乙")]


def test_what_stands_outside_the_body_is_not_the_articles() -> None:
    html = page(paragraphs(STORY, MORE))
    outside = '<a href="/about.pdf">关于我们</a><video src="/ad.mp4"></video><iframe src="/ad.html"></iframe>'
    found = read_article(html.replace("<body>", f"<body>{outside}").replace("</body>", f"{outside}</body>"), URL)
    assert (found.videos, found.attachments, found.removed) == ([], [], [])


def test_a_copy_without_known_markup() -> None:
    html = f"""<html><head><title>农牧民忙春耕</title></head><body><p><a href="/menu.pdf">说明</a></p>
<h1>农牧民忙春耕</h1><p>2023-10-13 10:05:00 来源：西藏日报</p><p>{STORY}</p><p><video src="a.mp4"></video></p>
<p>附件：<a href="b.doc">甲表</a></p><p>{MORE}</p></body></html>"""
    found = read_article(html, MIRROR)
    assert found.videos == [Video("http://copies.example/n/a.mp4")]
    assert found.attachments == [Attachment("http://copies.example/n/b.doc", "甲表")]
    assert found.text == f"{STORY}\n\n{MORE}"


def test_a_notice_that_only_offers_files_is_a_story_of_their_names() -> None:
    found = read_article(page('<p>附件：<a href="a.doc">甲表</a></p>'), URL)
    assert found.text == "附件：甲表"
    assert found.removed == []


def test_links_nested_without_end_take_no_time() -> None:
    html = page(paragraphs(STORY) + "<a href='a.pdf'><div>甲</div>" * 20_000 + paragraphs(MORE))
    assert len(read_article(html, URL).attachments) == 1
