"""Habits of real pages that the layouts' own pages do not have: late pictures, captions, link farms behind the end."""

from __future__ import annotations

import re

import pytest

from tests.support.real_pages import MORE, STORY, URL, page, paragraphs
from tibetnews.errors import UnreadableError
from tibetnews.outlet.article import read_article
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.page import Page


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ('<img src="/images/loading.gif" data-src="./W020231013001.jpg">', "W020231013001.jpg"),
        ('<img src="data:image/gif;base64,R0lG" data-original="./W020231013002.jpg">', "W020231013002.jpg"),
        ('<img src="../img/blank.png" data-lazy-src="W020231013003.jpg">', "W020231013003.jpg"),
        ('<img srcset="W1_s.jpg 320w, W1.jpg 1280w, W1_m.jpg 640w">', "W1.jpg"),
        ('<img src="./W020231013004.jpg" oldsrc="W020231013004.jpg">', "W020231013004.jpg"),
        ('<img src="x.gif" data-lazyload="./W020231013005.jpg">', "W020231013005.jpg"),
        ('<img data-echo="./W020231013006.jpg" src="/blank.gif">', "W020231013006.jpg"),
        ('<img file="./W020231013007.png" src="loading.png">', "W020231013007.png"),
        ('<img src="./W020231013008.jpg" data-url="/share/page.html">', "W020231013008.jpg"),
        ('<picture><source srcset="W2.webp 2x"><img src="data:image/png;base64,AA"></picture>', "W2.webp"),
        ('<noscript><img src="./W020231013009.jpg"></noscript>', "W020231013009.jpg"),
        ('<img src="/i/lazy-loading.gif" class="lazy"><noscript><p><img src="W3.png"></p></noscript>', "W3.png"),
        ('<img src="W4_s.jpg"><noscript>请打开脚本<img src="W4.jpg"></noscript>', "W4.jpg"),
        ('<img data-src="W5.jpg"><noscript><img src="W5.jpg"><img src="/c.gif" width="1"></noscript>', "W5.jpg"),
        ('<img data-src="W6.jpg"><img src="W6.jpg#a"><img src="./W6.jpg#b">', "W6.jpg"),
        ('<img src="/images/1px.gif" ess-data="W7.jpg">', "W7.jpg"),
        ('<img src="W8.jpg" data-filename="IMG_2018.jpg" data-original="true">', "W8.jpg"),
        ('<img src="/t.gif" data-srcset="W9.jpg 2x, W9_s.jpg 1x">', "W9.jpg"),
        ('<amp-img src="W10.jpg"></amp-img>', "W10.jpg"),
    ],
)
def test_a_picture_that_is_loaded_late_is_the_picture(image: str, name: str) -> None:
    article = read_article(page(f"<p align=center>{image}</p>{paragraphs(STORY, MORE)}"), URL)
    assert [picture.url.rpartition("/")[2] for picture in article.images] == [name]


@pytest.mark.parametrize(
    "image",
    [
        '<img src="file:///C:/Users/a/W1.jpg">',
        '<img src="file:///D:/tmp/x.png">',
        '<img src="C:\\pictures\\a.jpg">',
        '<img src="\\\\server\\share\\a.jpg">',
        '<img src="/count.gif" width="1" height="1">',
        '<img src="/img/spacer.gif">',
        '<img src="C|/pictures/a.jpg">',
        '<img src="/images/loading_img.gif">',
        '<noscript><img src="/stat.gif" style="display:none"></noscript>',
    ],
)
def test_what_nobody_sees_is_no_picture(image: str) -> None:
    assert read_article(page(f"<p>{image}</p>{paragraphs(STORY, MORE)}"), URL).images == []


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/images/share/wx.png">',
        '<img src="/res/ewm.png">',
        '<img src="../../img/site_qrcode_2.jpg?v=3">',
        '<img data-src="weixin-logo.svg" src="/blank.gif">',
        '<img src="W1.jpg" alt="雪域网二维码">',
        '<a href="#"><img src="b7.gif" alt="分享到微信"></a>',
    ],
)
def test_the_icon_of_a_button_is_no_picture(image: str) -> None:
    article = read_article(page(f"{paragraphs(STORY)}<p>{image}</p>{paragraphs(MORE)}"), URL)
    assert article.images == []
    assert [piece.kind for piece in article.removed] == ["share"]


@pytest.mark.parametrize(
    ("source", "alt"),
    [
        ("newman.jpg", ""),
        ("/share/W020231013.jpg", ""),
        ("weixinzhuang.jpg", ""),
        ("W2.jpg", "游客扫二维码"),
        ("W3.jpg", "微信里的牧场"),
    ],
)
def test_a_picture_with_a_like_name_is_one(source: str, alt: str) -> None:
    assert len(read_article(page(f'{paragraphs(STORY)}<img src="{source}" alt="{alt}">'), URL).images) == 1


@pytest.mark.parametrize("words", ["河谷的早晨", "图为河谷的早晨。"])
def test_the_caption_of_a_figure_is_that_of_its_picture(words: str) -> None:
    body = f'{paragraphs(STORY)}<figure><img src="W1.jpg"><figcaption>{words}</figcaption></figure>{paragraphs(MORE)}'
    article = read_article(page(body), URL)
    assert [image.caption for image in article.images] == [words]
    assert article.text == f"{STORY}\n\n{MORE}"


def test_a_credit_below_a_caption_is_of_the_same_picture() -> None:
    body = paragraphs(STORY) + picture("W1", "展佛仪式", "（格桑 摄）") + picture("W2", "藏戏演出") + paragraphs(MORE)
    article = read_article(page(f"{body}<p>（李雷 摄）</p>"), URL)
    assert [(image.caption, image.credit) for image in article.images] == [("展佛仪式", "格桑"), ("藏戏演出", None)]
    assert article.text == f"{STORY}\n\n{MORE}"
    assert [piece.text for piece in article.removed] == ["（李雷 摄）"]


def test_a_definition_is_the_caption_of_the_picture_above_it() -> None:
    body = f'{paragraphs(STORY)}<dl><dt><img src="W1.jpg"></dt><dd>河谷的早晨</dd></dl>{paragraphs(MORE)}'
    article = read_article(page(body), URL)
    assert [image.caption for image in article.images] == ["河谷的早晨"]
    assert article.text == f"{STORY}\n\n{MORE}"


def test_a_picture_is_there_once() -> None:
    body = f'<p><img src="./W1.jpg"></p><p align=center>图为春耕现场。</p>{paragraphs(STORY)}<p><img src="W1.jpg"></p>'
    (image,) = read_article(page(body + paragraphs(MORE)), URL).images
    assert image.caption == "图为春耕现场。"


@pytest.mark.parametrize(
    ("line", "story"),
    [
        (f"{STORY}图为农牧民在田间劳作。新华社记者 扎西 摄", STORY),
        (f"{MORE}图为合作社的仓库。（卓玛 摄）", MORE),
    ],
)
def test_a_story_and_a_caption_in_one_line(line: str, story: str) -> None:
    article = read_article(page(paragraphs(MORE, line) if story == STORY else paragraphs(line, STORY)), URL)
    assert story in article.text
    assert "摄" not in article.text
    assert any("摄" in piece.text for piece in article.removed)


@pytest.mark.parametrize(
    "line",
    [
        "上图为仓央嘉措的手迹，下图为后人的摹本，两者相差近三百年。",
        "雪停了。羊群下了山。牧民们围着火炉说笑，直到天亮。新华社记者 扎西 摄",
    ],
)
def test_a_sentence_of_the_story_is_no_caption(line: str) -> None:
    assert line in read_article(page(paragraphs(STORY, line, MORE)), URL).text


def test_pictures_with_words_below_them_are_a_story() -> None:
    body = "".join(
        f'<p align=center><img src="./W{i}.jpg"></p><p align=center>{text}</p>'
        for i, text in enumerate(["10月12日，游客在湖边游览。新华社记者 王晔 摄", "湖面上的斑头雁。（李雷 摄）"])
    )
    article = read_article(page(body), URL)
    assert article.text.split("\n\n") == ["10月12日，游客在湖边游览。新华社记者 王晔 摄", "湖面上的斑头雁。（李雷 摄）"]
    assert [image.credit for image in article.images] == ["新华社记者 王晔", "李雷"]


def picture(name: str, *lines: str) -> str:
    return f'<p align=center><img src="{name}.jpg"></p>' + "".join(f"<p align=center>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("body", "credits"),
    [
        (picture("W1", "湖畔的牦牛。", "河谷网 记者/王媛 摄"), ["河谷网 记者/王媛"]),
        (picture("W1", "民警推车。", "（河谷公安 供图）") + picture("W2", "雪停了。"), ["河谷公安", None]),
        (picture("W1", "工人在检修线路。当日气温降至零下。（拉巴 摄）", "新华社记者 王晔 摄"), ["拉巴"]),
        (picture("W1", "图①：开幕式现场。") + "<p>本组图片由县委宣传部提供</p>", [None]),
        ('<p><img src="W1.jpg"></p><p>▲湖边的鸟群 李雷 摄</p><p><img src="W2.jpg"></p><p>山坡</p>', ["李雷", None]),
        ('<dl><dt><img src="W1.jpg"></dt><dd>雪后的广场 李雷 摄</dd><dd>转经的老人。</dd></dl>', ["李雷"]),
    ],
)
def test_all_words_below_pictures_are_the_story_where_there_are_no_others(body: str, credits: list[str | None]) -> None:
    article = read_article(page(body), URL)
    assert article.text.split("\n\n") == [line for line in re.split("<[^<>]*>", body) if line]
    assert [image.credit for image in article.images] == credits
    assert article.removed == []
    with_story = read_article(page(body + paragraphs(STORY)), URL)
    assert STORY in with_story.text
    assert "图①" not in with_story.text


@pytest.mark.parametrize("length", [100, 2_100, 60_000])
def test_a_link_farm_behind_the_end_breaks_nothing(length: int) -> None:
    farm = ("黄大仙区| 扎兰屯市| 福贡县| 延吉市| " * (length // 20))[:length]
    article = read_article(page(paragraphs(STORY, MORE), farm), URL)
    assert article.text == f"{STORY}\n\n{MORE}"
    listing = (
        f'<html><body><div class="listnews"><ul><li><h4><a href="{URL}">春耕</a></h4></li></ul></div></body></html>'
    )
    assert len(read_listing(listing + farm, "http://www.tibet.cn/cn/culture/ms/").links) == 1


def test_a_page_that_breaks_off_is_refused() -> None:
    with pytest.raises(UnreadableError, match="truncated"):
        read_article(page(paragraphs(STORY, MORE)).partition("</div>\n</div>")[0], URL)


@pytest.mark.parametrize("character", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u202a", "\u202c"])
def test_characters_that_nobody_sees_are_gone(character: str) -> None:
    html = page(paragraphs(STORY, MORE)).replace("春", f"春{character}").replace("农牧民忙", f"{character}农牧民忙")
    article = read_article(html, URL)
    assert article.title == "农牧民忙春耕"
    assert article.text == f"{STORY}\n\n{MORE}"


def test_the_private_full_width_space_is_an_indent() -> None:
    assert read_article(page(f"<p>\ue5e5\ue5e5{STORY}</p><p>\ue5e5\ue5e5{MORE}</p>"), URL).text == f"{STORY}\n\n{MORE}"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\n    ", " \n\t"])
def test_a_line_break_in_a_chinese_sentence_is_no_blank(break_: str) -> None:
    html = page(paragraphs(STORY.replace("春耕播种", f"春耕{break_}播种"), MORE))
    assert read_article(html, URL).text == f"{STORY}\n\n{MORE}"
    for text in ("他说：“春天来了。”", "西藏自治区（以下简称西藏）的春天，到了…真好"):
        for i in range(1, len(text)):
            assert read_article(page(paragraphs(text[:i] + break_ + text[i:])), URL).text == text
    english = page(paragraphs(STORY, f"The plateau{break_}in spring."))
    assert read_article(english, URL).text.endswith("The plateau in spring.")


@pytest.mark.parametrize("reference", ["&#8203;", "&shy;", "&zwnj;", "&#xFEFF;", "&zwj;", "&#x2060;", "\x08", "\x7f"])
def test_what_a_reference_names_and_nobody_sees_is_gone(reference: str) -> None:
    html = page(paragraphs(STORY.replace("春耕", f"春{reference}耕"), MORE)).replace("民忙", f"民{reference}忙")
    article = read_article(html, URL)
    assert article.title == "农牧民忙春耕"
    assert article.text == f"{STORY}\n\n{MORE}"


def test_what_joins_an_emoji_stays() -> None:
    assert read_article(page(paragraphs(f"{STORY}👨&zwj;🌾")), URL).text == f"{STORY}👨\u200d🌾"


@pytest.mark.parametrize(
    "sentence", ["近日，雪停了\n<b>羊群</b>\n下山。", "<span>近日，</span>\n<b>雪停了羊群下山。</b>"]
)
def test_a_line_break_beside_an_element_in_a_sentence_is_no_blank(sentence: str) -> None:
    article = read_article(page(paragraphs(sentence, STORY)).replace("农牧民忙春耕", "农牧民\n 忙春耕"), URL)
    assert (article.title, article.text) == ("农牧民忙春耕", f"近日，雪停了羊群下山。\n\n{STORY}")


def test_a_line_break_between_the_links_of_a_menu_is_a_blank() -> None:
    article = read_article(page(paragraphs("<a>拉萨</a>\n<a>林芝</a>\n那曲", STORY)), URL)
    assert article.text == f"拉萨 林芝 那曲\n\n{STORY}"


@pytest.mark.parametrize(
    "words", ["正在加载中……", "{{ detail.body }}", "You need to enable JavaScript to run this app."]
)
def test_what_stands_there_until_a_script_has_run_is_no_text(words: str) -> None:
    with pytest.raises(UnreadableError, match="no text"):
        read_article(page(paragraphs(words)), URL)
    assert words in read_article(page(paragraphs(words, STORY)), URL).text


def test_one_nul_breaks_nothing_and_many_are_no_text() -> None:
    assert read_article(page(paragraphs(STORY, MORE)).replace("春耕", "春\x00耕"), URL).title == "农牧民忙春耕"
    with pytest.raises(UnreadableError, match="binary"):
        read_article("\x00\x01" * 500, URL)


def test_the_pages_own_text_is_kept() -> None:
    assert Page("<p>a\u200bb</p>", URL).html == "<p>ab</p>"


@pytest.mark.parametrize(
    ("base", "folder"),
    [
        ("http://www.tibet.cn/cn/culture/gy/", "http://www.tibet.cn/cn/culture/gy/"),
        ("/cn/culture/gy/", "http://www.tibet.cn/cn/culture/gy/"),
        ("../../gy/", "http://www.tibet.cn/cn/culture/gy/"),
        ("", "http://www.tibet.cn/cn/culture/ms/202310/"),
    ],
)
def test_links_and_pictures_are_relative_to_the_base(base: str, folder: str) -> None:
    head = f'<head><base href="{base}">'
    html = page(f'<p align=center><img src="W1.jpg"></p>{paragraphs(STORY, MORE)}').replace("<head>", head)
    assert [image.url for image in read_article(html, URL).images] == [f"{folder}W1.jpg"]
    listing = f"""<html>{head}</head><body><div class="listnews"><ul><li><h4>
<a href="202310/t20231013_7500009.html">春耕</a></h4></li></ul></div></body></html>"""
    address = "http://www.tibet.cn/cn/culture/ms/202310/"
    links = read_listing(listing, address).links
    assert [link.url for link in links] == ([f"{folder}202310/t20231013_7500009.html"] if base else [])


@pytest.mark.parametrize("extension", ["html", "htm"])
def test_a_link_to_a_further_page_leads_to_the_first(extension: str) -> None:
    listing = f"""<html><body><div class="listnews"><ul><li><h4>
<a href="202310/t20231013_7500009_2.{extension}">春耕</a></h4></li></ul></div></body></html>"""
    (link,) = read_listing(listing, "http://www.tibet.cn/cn/culture/ms/").links
    assert link.url == f"http://www.tibet.cn/cn/culture/ms/202310/t20231013_7500009.{extension}"


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("清晨的渡口", True),
        ("图为渡口。（资料图片）", True),
        ("渡口的清晨。某某社发", True),
        ("渡口。本报记者 李雷 摄", True),
        ("Photo by J. Smith", True),
        ("雪停了。羊群下了山，孩子们跟在后面。", False),
        ("雪停了！ 羊群下了山。", False),
        ("“雪停了。”老人说，“走吧。”", False),
        ("雪停了。羊群下了山。本报记者 李雷 摄", False),
        ("The snow has stopped. The herd comes down.", False),
    ],
)
@pytest.mark.parametrize(
    "markup",
    ["<p align=center>{}</p>", "<center>{}</center>", '<p class="mt text-center">{}</p>', "<p align=middle>{}</p>"],
)
def test_a_centred_line_below_a_picture_is_its_caption_unless_it_has_several_sentences(
    line: str, is_caption: bool, markup: str
) -> None:
    article = read_article(page(f"{markup.format('<img src=./W1.jpg>')}{markup.format(line)}{paragraphs(STORY)}"), URL)
    assert (line in article.text) is not is_caption
    assert (article.images[0].caption is not None or article.images[0].credit is not None) is is_caption


def test_bars_between_the_parts_of_a_byline_are_none() -> None:
    byline = "<span>王小明</span> | <span>2023-10-13 10:20</span> | <span>中国西藏网</span>"
    before, _, rest = page(paragraphs(STORY)).partition("<span>作者")
    article = read_article(f"{before}{byline}{rest[rest.index('</div>') :]}", URL)
    assert (article.authors, article.source, article.removed) == (["王小明"], "中国西藏网", [])
    assert article.published_at == "2023-10-13T10:20:00+08:00"
