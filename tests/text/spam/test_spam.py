"""Spam goes, honest lists stay."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest

from replica.spam_pages import Page, honest_pages, names, spam_pages
from tests.support.timing import takes_at_most
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Removed

STORY = "　　高精尖产业是以技术密集型产业为引领的产业集合。\n\n　　北京正建设一批开放高地。"

# The footer of a page that a mirror showed in 2023.
FOOTER = (
    "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市| "
    "永顺县| 噶尔县| 临沧市| 万荣县| 监利县| 鄯善县| 西藏| 秀山| 视频| 思南县| 横峰县| 枣强县| 靖远县| "
    "台安县| 定日县| 道孚县| 将乐县| 南召县| 图木舒克市| 和林格尔县| 烟台市| 南阳市| 增城市| 故城县| "
    "包头市| 昭苏县| 泌阳县| 景洪市|"
)


def test_a_real_footer_goes_whole() -> None:
    stripped = strip_spam(f"{STORY}\n\n{FOOTER}\n")
    assert stripped.text == f"{STORY}\n"
    assert stripped.removed == (Removed("spam", FOOTER),)


def test_an_honest_list_beside_a_footer_stays() -> None:
    page = f"{STORY}\n\n曲水县 尼木县 当雄县 林周县"
    assert strip_spam(f"{page}\n\n{FOOTER}").text == page


def test_what_goes_is_never_told_twice() -> None:
    line = '正文<em id="k2x9q"><b id="k2x9q"></b></em>开云体育-【官网】'
    stripped = strip_spam(line)
    assert stripped.text == "正文"
    assert "".join(removed.text for removed in stripped.removed).replace("\n", "") == line[2:]


def test_a_farm_of_traditional_characters_goes_too() -> None:
    footer = "黃大仙區| 扎蘭屯市| 福貢縣| 延吉市| 安澤縣| 峨邊| 長泰縣| 新昌縣|"
    assert strip_spam(f"{STORY}\n\n{footer}").text == STORY


@pytest.mark.parametrize(
    "farm",
    [
        "北海市,崆峒区,和平区,郊区,大庆市",  # half of them names that many provinces have
        "乾县| 福贡县| 延吉市| 视频| 图片|",  # 乾 is no traditional character here
        "自贡市\n\n市中区\n\n东乌珠穆沁旗\n\n房产\n\n淳安县\n\n资讯",
        "国产视频 I 澳门百家乐 I 免费电影 ?",
        "久久精品,国产在线_欧美电影\n？",
        "★澳门银河★真人娱乐★百家乐★注册送彩金★",
    ],
)
def test_short_farms_and_headers_go(farm: str) -> None:
    assert strip_spam(f"{farm}\n\n{STORY}").text == STORY


def test_text_without_spam_is_returned_as_it_is() -> None:
    for text in (STORY, "", "\n\n", "　", "one two\nthree"):
        assert strip_spam(text).text is text


def test_removing_again_finds_nothing_more() -> None:
    for page in spam_pages(seed=1, lengths=(20,)):
        once = strip_spam(page.text).text
        assert strip_spam(once).text is once


@pytest.mark.parametrize(
    ("line", "kept", "gone"),
    [
        ("拉萨老城新生-开云体育-【官网首页】", "拉萨老城新生", "-开云体育-【官网首页】"),
        ("开云体育-【官网】拉萨老城新生", "拉萨老城新生", "开云体育-【官网】"),
        ("米兰·体育(中国)官方网站-【官方网站】拉萨老城新生", "拉萨老城新生", "米兰·体育(中国)官方网站-【官方网站】"),
        ("拉萨老城新生-乐鱼体育·(leyu)官方网站-【官网】", "拉萨老城新生", "-乐鱼体育·(leyu)官方网站-【官网】"),
        ("某某·娱乐（中国）官网-【官网】拉萨老城新生", "拉萨老城新生", "某某·娱乐（中国）官网-【官网】"),
        ("中国西藏网 > 九游会-【官网】 > 时政", "中国西藏网 > 时政", "> 九游会-【官网】"),
        (
            "据金沙娱乐(中国)-【官方网站】介绍，草场返青了。",
            "据介绍，草场返青了。",
            "金沙娱乐(中国)-【官方网站】",
        ),
        ("即时新闻 > 时政-【官网首页】", "即时新闻 > 时政", "-【官网首页】"),
        ('返青<em id="k2x9q"><b id="k2x9q"></b></em>了', "返青了", '<em id="k2x9q"><b id="k2x9q"></b></em>'),
    ],
)
def test_what_is_glued_to_honest_words_goes_alone(line: str, kept: str, gone: str) -> None:
    stripped = strip_spam(f"{STORY}\n\n{line}\n\n{STORY}")
    assert stripped.text == f"{STORY}\n\n{kept}\n\n{STORY}"
    assert stripped.removed == (Removed("spam", gone),)


@pytest.mark.parametrize(
    "line",
    [
        "详情请见【官网】公告。",
        "网页用<b>粗体</b>和<i>斜体</i>标出重点。",
        '示例：<label id="name"></label><input id="mail">',
        "警方在北京、上海等地捣毁赌场12处，百家乐、老虎机、六合彩等赌具被没收。",
        "标题_栏目_中国西藏网",
        "谁是赢家，扎西、卓玛、次仁 ?",
        "★青稞★糌粑★酥油茶★",
    ],
)
def test_honest_lines_that_look_alike_stay(line: str) -> None:
    for text in (f"{line}\n\n{STORY}", f"{STORY}\n\n{line}"):
        assert strip_spam(text).text is text


def test_nearly_all_spam_goes_from_generated_pages_and_no_story() -> None:
    left, spam, lost, story = _measured(spam_pages(seed=20231013))
    assert spam > 200_000
    assert left / spam < 0.005
    assert lost / story < 0.0001


def test_generated_honest_pages_lose_nothing() -> None:
    left, spam, lost, story = _measured(honest_pages(seed=20231013))
    assert (left, spam, lost) == (0, 0, 0)
    assert story > 500_000


def _measured(pages: Iterable[Page]) -> tuple[int, int, int, int]:
    """Return the characters of spam left, of spam, of story lost, of story; mended by half counts twice."""
    left = spam = lost = story = 0
    for page in pages:
        got, honest = Counter(_lines(strip_spam(page.text).text)), Counter(page.story)
        left += _size(got - honest)
        lost += _size(honest - got)
        spam += _size(Counter(_lines(page.text))) - _size(honest)
        story += _size(honest)
    return left, spam, lost, story


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _size(lines: Counter[str]) -> int:
    return sum(len(line.strip()) * count for line, count in lines.items())


MEGABYTE = 1_000_000
HOSTILE = ["县|", "(", "?!", "_", "、", "\n", "网(", "？！", "a", " ", "a\n\n", "1 2 ", "久久\n", "首页\n"]
HOSTILE += ["黄大仙区\n", "黄大仙区| ", "-【官网】", "开云体育-【官网】", "体育娱乐", "x-【官"]
HOSTILE += ['<a id="x">', '<a id="', "< a"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_takes_no_time(piece: str) -> None:
    text = (piece * MEGABYTE)[:MEGABYTE]
    strip_spam("")  # tables load at first use
    with takes_at_most(3):
        strip_spam(text)


def test_names_without_end_take_no_time() -> None:
    rolled = random.Random(7)
    every = names()
    for separator in "|\n":
        text = separator.join(f"{rolled.choice(every)}{number}" for number in range(MEGABYTE // 9))
        with takes_at_most(3):
            strip_spam(text)


def test_any_bytes_at_all_are_kept_or_counted_as_removed() -> None:
    rolled = random.Random(11)
    removed = 0
    for encoding in ("gbk", "utf-8", "utf-16-le", "latin-1"):
        for _ in range(50):
            text = rolled.randbytes(600).decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
            farm = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|"
            for shown in (text, "\n".join(f"县{piece}|" * 6 for piece in text.split("\n")), f"{text}\n{farm}"):
                stripped = strip_spam(shown)
                removed += len(stripped.removed)
                pieces = [stripped.text, *(piece.text for piece in stripped.removed)]
                assert _characters(*pieces) == _characters(shown)
    assert removed >= 100


def _characters(*texts: str) -> Counter[str]:
    """The characters that are no space: cutting trims."""
    return Counter("".join("".join(texts).split()))


NOISE = ["3 b% ^5 h) N; u7 C", "( q0 _8 x! J. k", "9 B3 ~8 }  ~0 E, L( E", "1 f' T& w4 S: p/ d6 Z"]


@pytest.mark.parametrize("name", ["", "高原论坛", "高原论坛，藏区旅游与生活。", "bbs.example.cn"])
def test_the_noise_of_a_forum_goes_with_its_name(name: str) -> None:
    paragraphs = ["　　河谷里的桃花开了。", "　　牧民们赶着羊群上山。", "　　公路修到了村口。", "　　孩子们放学回家。"]
    noisy = [
        f"{paragraph}{name}{noise}" if number % 2 else f"{noise}{name}{paragraph}"
        for number, (paragraph, noise) in enumerate(zip(paragraphs, NOISE, strict=True))
    ]
    noisy[2:2] = [f"{name}{NOISE[0]}"]
    stripped = strip_spam("\n".join(noisy))
    assert stripped.text == "\n".join(paragraphs)
    assert [piece.kind for piece in stripped.removed] == ["spam"] * len(stripped.removed)


@pytest.mark.parametrize(
    "line",
    [
        "J. R. R. T. K. L. M. N. O. P. Q. Z.",
        "a + b + c + d + e + f = 0, x / y * z - w",
        "% ls -l | wc -l ; echo $? ; cd /tmp & ls",
        "1 A 2 B 3 C 4 D 5 E 6 F 7 G",
        "a, b, c, d, e, f, g; h",
        "维生素有B1 B2 B3 B5 B6 B7 B9 B12八种。",
        "座位 A1 B2 C3 D4 E5 F6，请对号入座。",
        "韵脚：a b, a b; c d. c d: e e!",
    ],
)
def test_initials_sums_and_commands_are_no_noise(line: str) -> None:
    assert strip_spam(f"{STORY}\n{line}").removed == ()


def test_words_of_the_trade_go_out_of_sentences() -> None:
    shown = (
        "河谷里的春短期包養天来得晚。\n包養網\n羊群在4月2包養行情4日下山，牧民们甜心寶貝包養網說早。\n查包養網站dcard"
    )
    stripped = strip_spam(shown)
    assert stripped.text == "河谷里的春天来得晚。\n羊群在4月24日下山，牧民们說早。"
    assert {piece.kind for piece in stripped.removed} == {"spam"}


@pytest.mark.parametrize(
    "honest",
    [
        "法院认定他包养情妇，包养网站被查处，两人各判三年。",
        "他在“包養”二字下面画了线。“包養網”是台湾的说法。",
        "檢方說，他被包養網騙了錢，她也被包養網騙了錢，案件正在審理。",
        "两岸用词不同：大陆写“包养”，台湾的报上写包養、也写包養費。",
        "他的小说写她被包養，又写他被包養。",
        "包養是繁体字，包養也是。",
        "那边的媒体管这叫包養，这边很少有人说包養，词典里两个都查得到。",
    ],
)
def test_a_story_about_the_trade_stays(honest: str) -> None:
    assert strip_spam(honest).removed == ()


def test_a_list_of_hidden_tags_goes_with_its_marks() -> None:
    tags = '<rp id="b4k0s"><menu id="b4k0s"></menu></rp>'
    shown = f"{tags}\n  • {tags}\n    1. {tags}\n12. {tags}\n{STORY}"
    assert strip_spam(shown).text == STORY.lstrip("\n")
    assert strip_spam(f"1. 春耕{tags}").text == "1. 春耕"


def test_shorter_noise_goes_where_there_is_more() -> None:
    lines = [f"山。{noise}" for noise in NOISE]
    weak = ["V2 `! ^6 B6 X", "5 G; a' k"]
    assert strip_spam("\n".join([*lines, *weak])).text == "\n".join(["山。"] * len(lines))
    assert strip_spam("\n".join(weak)).removed == ()


def test_what_stands_inside_a_brand_goes_with_it_once() -> None:
    shown = '拉萨新闻-开云体育-【官网<b id="x"></b><b id="x"></b>首页】'
    stripped = strip_spam(shown)
    assert stripped.text == "拉萨新闻"
    assert "".join(piece.text for piece in stripped.removed) == shown.removeprefix("拉萨新闻")
