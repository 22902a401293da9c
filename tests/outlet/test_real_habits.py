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
        (picture("W1", "雪停了。", "新华社记者 孙瑞 摄"), ["新华社记者 孙瑞"]),
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


IN_FRONT = [
    "<p align=center>图为{}。（李雷 摄）</p><p><img src=W1.jpg></p>",
    "<p>{}↓</p><p><img src=W1.jpg></p>",
    "<p>▼ {}</p><p><img src=W1.jpg></p>",
    "<p>▼ {}。（李雷 摄）</p><p><img src=W1.jpg></p>",
    "<figure><figcaption>{}</figcaption><img src=W1.jpg></figure>",
    "<p><img src=W1.jpg></p><p>▲ {}</p>",
]


@pytest.mark.parametrize("markup", IN_FRONT)
def test_a_mark_or_the_markup_joins_a_caption_to_its_picture(markup: str) -> None:
    both = markup.format("渡口") + markup.format("仓库").replace("W1", "W2")
    for body in (both + paragraphs(STORY), paragraphs(STORY) + both + paragraphs(MORE)):
        article = read_article(page(body), URL)
        assert [word in (image.caption or "") for image, word in zip(article.images, ("渡口", "仓库"), strict=True)]
        assert "渡口" not in article.text
        assert article.removed == []
    alone = read_article(page(both), URL)
    assert ("渡口" in alone.text, "仓库" in (alone.images[1].caption or ""), alone.removed) == (True, True, [])


def test_a_caption_between_pictures_is_of_the_one_above_but_where_captions_lead() -> None:
    first, second = '<p><img src="W1.jpg"></p>', '<p><img src="W2.jpg"></p>'
    article = read_article(page(first + paragraphs("图为渡口。") + second + paragraphs(STORY)), URL)
    assert [image.caption for image in article.images] == ["图为渡口。", None]
    leading = paragraphs("图为渡口。") + first + paragraphs("图为仓库。") + second + paragraphs(STORY)
    assert [image.caption for image in read_article(page(leading), URL).images] == ["图为渡口。", "图为仓库。"]


@pytest.mark.parametrize("image", ["", '<p><img src="file:///C:/W1.jpg"></p>', '<p><img src="ewm.png"></p>'])
def test_a_caption_without_its_picture_is_lost_nowhere(image: str) -> None:
    assert "如下图↓" in read_article(page(paragraphs(f"{STORY}如下图↓") + picture("W1")), URL).text
    article = read_article(page(paragraphs(STORY, "图为渡口。", "去渡口的路↓") + image + paragraphs(MORE)), URL)
    assert article.images == []
    assert "去渡口的路↓" in article.text
    assert article.removed[0].text == "图为渡口。"


def test_a_picture_that_stands_twice_keeps_its_caption() -> None:
    image = '<p><img src="W1.jpg"></p>'
    body = image + paragraphs("图为渡口。", STORY, "图为仓库。") + image + paragraphs(MORE)
    article = read_article(page(body), URL)
    assert [image.caption for image in article.images] == ["图为渡口。"]
    assert [piece.text for piece in article.removed] == ["图为仓库。"]


def test_several_sentences_below_the_only_picture_are_the_story_and_no_caption() -> None:
    article = read_article(page(picture("W1", STORY)), URL)
    assert (article.text, article.images[0].caption) == (STORY, None)
    credited = read_article(page(picture("W1", f"{STORY}（拉巴 摄）")), URL)
    assert (credited.images[0].caption, credited.images[0].credit) == (None, "拉巴")


@pytest.mark.parametrize(
    ("block", "pictures"),
    [
        ('<div style="background-image:url(./W1.jpg);height:300px"></div>', 1),
        ("<p style=\"background: #fff url('W1.jpg') no-repeat\">　</p>", 1),
        ('<section style="BACKGROUND-IMAGE: URL(&quot;W1.jpg&quot;)"></section>'.replace("URL", "url"), 1),
        ('<div style="background:url(W1.jpg)">羊群</div>', 0),
        ('<div style="background:url(W1.jpg)"><p>羊群</p></div>', 0),
        ('<div style="background:url(line.png) repeat-x"></div>', 0),
        ('<div style="background:url(data:image/png;base64,AA)"></div>', 0),
        ('<div style="background:url(W1.jpg);height:1px"></div>', 0),
        ('<div style="background:url(W1.jpg);display:none"></div>', 0),
        ('<div style="background:url(/images/loading.gif)"></div>', 0),
    ],
)
def test_the_background_of_an_empty_block_is_a_picture(block: str, pictures: int) -> None:
    article = read_article(page(paragraphs(STORY) + block + paragraphs(MORE)), URL)
    assert [image.url.rpartition("/")[2] for image in article.images] == ["W1.jpg"] * pictures
    assert article.removed == []


@pytest.mark.parametrize("length", [100, 2_100, 60_000])
def test_a_link_farm_behind_the_end_breaks_nothing(length: int) -> None:
    farm = ("黄大仙区| 扎兰屯市| 福贡县| 延吉市| " * (length // 20))[:length]
    article = read_article(page(paragraphs(STORY, MORE), farm), URL)
    assert article.text == f"{STORY}\n\n{MORE}"
    listing = (
        f'<html><body><div class="listnews"><ul><li><h4><a href="{URL}">春耕</a></h4></li></ul></div></body></html>'
    )
    assert len(read_listing(Page(listing + farm, "http://www.tibet.cn/cn/culture/ms/")).links) == 1


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


@pytest.mark.parametrize(
    "reference", ["&#8203;", "&shy;", "&zwnj;", "&#xFEFF;", "&#xE5E5;", "&zwj;", "&#x2060;", "\x08", "\x7f"]
)
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
    links = read_listing(Page(listing, address)).links
    assert [link.url for link in links] == ([f"{folder}202310/t20231013_7500009.html"] if base else [])


@pytest.mark.parametrize("extension", ["html", "htm"])
def test_a_link_to_a_further_page_leads_to_the_first(extension: str) -> None:
    listing = f"""<html><body><div class="listnews"><ul><li><h4>
<a href="202310/t20231013_7500009_2.{extension}">春耕</a></h4></li></ul></div></body></html>"""
    (link,) = read_listing(Page(listing, "http://www.tibet.cn/cn/culture/ms/")).links
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


def copy_of(body: str, title: str = "农牧民忙春耕") -> str:
    return (
        f"<html><head><title>{title}_河谷网</title></head><body><div>首页 新闻 联系我们</div><h1>{title}</h1>{body}"
        "<div>Copyright © 2020 河谷网 版权所有</div></body></html>"
    )


@pytest.mark.parametrize("length", [1, 100])
@pytest.mark.parametrize(
    ("foot", "time", "source"),
    [
        ("<p>来源：新华网 2023-10-13 10:05</p>", "2023-10-13T10:05:00+08:00", "新华网"),
        ("<p>（责编：李雨潼）</p><p>发布时间：2023-10-13</p><p>来源：新华网</p>", "2023-10-13", "新华网"),
        ("<div><span>2023-10-13</span> <span>来源：西藏日报</span></div>", "2023-10-13", "西藏日报"),
        ("<p>编辑：李雨潼 发布时间：2023年10月13日</p>", "2023-10-13", None),
    ],
)
def test_the_byline_of_a_copy_may_stand_below_its_story(foot: str, time: str, source: str | None, length: int) -> None:
    article = read_article(copy_of(paragraphs(STORY, *[MORE] * length) + foot), "http://www.example.com/a/1.html")
    assert (article.title, article.published_at, article.source) == ("农牧民忙春耕", time, source)
    assert article.text == "\n\n".join([STORY, *[MORE] * length])
    assert article.editor == ("李雨潼" if "李雨潼" in foot else None)


@pytest.mark.parametrize(
    "foot", ["<p>更新时间：2023-10-13 10:05</p>", "<p>2023年10月13日</p>", "<p>评论 2023-10-13</p>"]
)
def test_another_time_below_a_text_makes_no_article_of_a_page(foot: str) -> None:
    with pytest.raises(UnreadableError, match="layout"):
        read_article(copy_of(paragraphs(STORY, MORE) + foot), "http://www.example.com/a/1.html")
    untitled = copy_of(paragraphs(STORY, MORE) + "<p>来源：新华网 2023-10-13</p>").replace("h1>", "i>")
    with pytest.raises(UnreadableError, match="layout"):
        read_article(untitled.replace("<i>农牧民忙春耕</i>", ""), "http://www.example.com/a/1.html")
