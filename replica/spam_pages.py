"""Pages with spam of every kind, and honest pages that look alike; the same ones for the same seed.

A page knows its story, so that a test can tell what was left of the spam and what was lost of the story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random

SEPARATORS = ["| ", " | ", "|", " ", "、", "_", ", ", ",", "，", "\n", "\n\n"]
HEADER_SEPARATORS = ["_", ",", "-", "/", " I ", "_,", "-/", ",-", "_/"]
HEADER_ENDS = [" ?", "\n?", " ？", "\n\n?"]
POSITIONS = ["head", "middle", "foot"]

_listed = str.split

OTHER_WORDS = _listed("视频 新闻 资讯 图片 首页 美食 旅游 招聘 房产 天气")

_ADULT = _listed("""
    久久精品 国产精品视频 欧美一区二区三区 日韩无码 亚洲综合色 人妻熟女 91精品国产 麻豆传媒 五月天婷婷
    成人在线视频 免费高清电影 国产自拍偷拍 一区二区 中文字幕 日本黄色视频 一级毛片 激情五月 色情网站 欧美性爱
    在线观看免费 亚洲av 美女视频 日韩欧美 狠狠干 无码专区 制服丝袜 精品国产 免费视频 黄色网站 久久久久
""")
_GAMBLING = _listed("""
    澳门百家乐 北京赛车 真人娱乐 老虎机 威尼斯人娱乐城 新葡京 时时彩平台 棋牌游戏 体育投注 六合彩开奖
    金沙网址 永利娱乐 太阳城官网 网上赌场 皇冠体育 开云体育 亚博体育 乐鱼体育app 九游会
    凯发k8 必威体育 注册送彩金 电子游艺 德州扑克 幸运飞艇 快三平台 足彩 彩票平台 博彩公司 赌球网站
""")
BRANDS = _listed("开云体育 亚博体育 金沙娱乐 九游会 乐鱼体育 凯发k8 bet365 威尼斯人 某达娱乐 kaiyun体育")
BADGES = _listed("-【官网】 -【官网首页】 -【官方网站】 -【官网登录入口】")

_SENTENCES = [
    "高原的春天来得晚，雅鲁藏布江边的桃花却已开满山坡",
    "当地牧民说，今年的雪下得正好，草场返青比往年早了十天",
    "自治区有关部门负责人介绍，这条公路通车后，行程从六个小时缩短到两个小时",
    "合作社去年收入超过300万元，带动周边142户农牧民增收",
    "援藏医生说：“他们把最好的房间让给了我们，这份情谊忘不了。”",
    "拉萨市、日喀则市、山南市、林芝市、昌都市和那曲市的代表参加了座谈",
    "记者在现场看到，新建的学校操场上，孩子们正在踢足球",
    "据统计，一季度全区接待游客328.66万人次，同比增长29.4%",
    "警方捣毁一处网络赌场，涉及百家乐、老虎机、六合彩等，抓获嫌疑人12名",
    "受冷空气影响，聂拉木县、定日县、亚东县、错那市、浪卡子县有大到暴雪",
    "展览展出唐卡、藏纸、藏香、卡垫、氆氇等非遗作品200余件",
]


@dataclass(frozen=True)
class Page:
    """A page's text, and the lines of its story in order."""

    kind: str
    text: str
    story: tuple[str, ...]


def names() -> list[str]:
    """Return the names of all divisions, as a link farm's maker has them: in full, some of them short."""
    rows = files("tibetnews.text").joinpath("data/gazetteer.txt").read_text(encoding="utf-8").splitlines()
    every = [name for row in rows for name in row.split()[1:]]
    full = [name for name in every if name.endswith(("县", "区", "市", "旗", "州"))]
    return full + [name for name in every if not name.endswith(("县", "区", "市", "旗", "州"))][::12]


def provinces() -> list[list[str]]:
    """Return the full names of the counties, province by province."""
    rows = files("tibetnews.text").joinpath("data/gazetteer.txt").read_text(encoding="utf-8").splitlines()
    return [[name for name in row.split()[1:] if name.endswith(("县", "旗"))] for row in rows]


def story(random: Random) -> list[str]:
    """Return a title and some paragraphs."""
    title = random.choice(["西藏林芝桃花节开幕", "一条路改变一个村庄", "拉萨：老城新生", "高原上的“候鸟”医生"])
    paragraphs = ["".join(f"{s}。" for s in random.sample(_SENTENCES, random.randint(1, 4))) for _ in range(6)]
    return [title, *(f"\u3000\u3000{paragraph}" for paragraph in paragraphs)]


def spam_pages(seed: int, lengths: tuple[int, ...] = (5, 8, 12, 20, 40, 80, 150, 300)) -> Iterator[Page]:
    """Yield pages with spam: every kind, length, separator and position."""
    random = Random(seed)
    every = names()
    for length in lengths:
        for separator in SEPARATORS:
            for position in POSITIONS:
                places = random.sample(every, length)
                yield _with_lines("places", separator.join(places), position, random)
                mixed = [random.choice(OTHER_WORDS) if random.random() < 0.2 else name for name in places]
                yield _with_lines("mixed places", separator.join(mixed) + separator.rstrip(), position, random)
                keywords = random.choices(random.choice([_ADULT, _GAMBLING, _ADULT + _GAMBLING]), k=length)
                yield _with_lines("keywords", separator.join(keywords), position, random)
    for length in range(3, 31):
        for separator in HEADER_SEPARATORS:
            for end in HEADER_ENDS:
                words = random.choices(random.choice([_ADULT, _GAMBLING, _ADULT + _GAMBLING]), k=length)
                joined = words[0] + "".join(_one(separator, random) + word for word in words[1:])
                yield _with_lines("header", joined + end, "head", random)
    for brand in BRANDS:
        for badge in BADGES:
            yield from _with_badges(brand + badge, random)
    for _ in range(40):
        yield _with_tags(random)


def _one(separator: str, random: Random) -> str:
    """Return a header's separator: one of the two where two are mixed."""
    return random.choice(separator) if len(separator) == 2 else separator


def _with_lines(kind: str, spam: str, position: str, random: Random) -> Page:
    lines = story(random)
    place = {"head": 0, "middle": random.randint(1, len(lines) - 1), "foot": len(lines)}[position]
    return Page(kind, "\n\n".join([*lines[:place], spam, *lines[place:]]), tuple(lines))


def _with_badges(brand: str, random: Random) -> Iterator[Page]:
    """Yield pages with a brand glued to the title, to the breadcrumbs and into running text."""
    crumbs = ["中国西藏网", "即时新闻", "时政"]
    title, *paragraphs = story(random)
    clean = (" > ".join(crumbs), title, *paragraphs)
    for glued in (
        f"{title}-{brand}",
        f"{title}_{brand}",
        f"{title} {brand}",
        f"{brand}{title}",
        f"{title}{brand}",
    ):
        yield Page("badge in title", "\n\n".join([clean[0], glued, *paragraphs]), clean)
    for place in range(4):
        glued = " > ".join([*crumbs[:place], brand, *crumbs[place:]])
        yield Page("badge in breadcrumbs", "\n\n".join([glued, title, *paragraphs]), clean)
    first = paragraphs[0]
    mark = random.choice([place for place, character in enumerate(first) if character in "，。、"]) + 1
    glued = f"{first[:mark]}{brand}{first[mark:]}"
    yield Page("badge in text", "\n\n".join([clean[0], title, glued, *paragraphs[1:]]), clean)


def _with_tags(random: Random) -> Page:
    """Return a page with empty nested tags, one id on all of them, shown as text."""
    name = "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=5))
    tags = random.sample(["acronym", "label", "span", "em", "center", "tfoot", "dfn", "kbd"], random.randint(2, 5))
    spam = "".join(f'<{tag} id="{name}">' for tag in tags) + "".join(f"</{tag}>" for tag in reversed(tags))
    lines = story(random)
    if random.random() < 0.5:
        return _with_lines("tags", spam, random.choice(POSITIONS), random)
    place = random.randrange(len(lines))
    return Page("tags in text", "\n\n".join([*lines[:place], lines[place] + spam, *lines[place + 1 :]]), tuple(lines))


def honest_pages(seed: int) -> Iterator[Page]:
    """Yield pages without spam that hold lists: counties, schools, winners, companies, names, prices."""
    random = Random(seed)
    counties = [province for province in provinces() if len(province) > 12]
    for separator in SEPARATORS:
        for _ in range(12):
            one = random.sample(random.choice(counties), random.randint(6, 12))
            yield _honest("one region", separator.join(one), random)
            grouped = [n for province in counties for n in random.sample(province, random.randint(1, 3))]
            yield _honest("province by province", separator.join(grouped), random)
            winners = random.sample(names(), random.randint(5, 40))
            yield _honest("announced", f"获奖单位名单如下：\n\n{separator.join(winners)}", random)
            yield _honest("labelled", f"预警区域：{'、'.join(winners)}", random)
            yield _honest("in a sentence", f"参加活动的有{'、'.join(winners)}的代表。", random)
            yield _honest("schools", separator.join(_schools(random)), random)
            yield _honest("companies", separator.join(_companies(random)), random)
            yield _honest("people", separator.join(_people(random)), random)
            yield _honest("prices", separator.join(_prices(random)), random)
            yield _honest("words", separator.join(_words(random)), random)
    for lines in _TABLES:
        yield _honest("table", lines, random)


def _honest(kind: str, lines: str, random: Random) -> Page:
    paragraphs = story(random)
    place = random.randint(1, len(paragraphs))
    text = "\n\n".join([*paragraphs[:place], lines, *paragraphs[place:]])
    return Page(kind, text, tuple(line for line in text.split("\n") if line.strip()))


def _schools(random: Random) -> list[str]:
    kinds = ["第一小学", "中学", "第二高级中学", "职业技术学校", "民族中学", "实验小学"]
    return [f"{name}{random.choice(kinds)}" for name in random.sample(names(), 12)]


def _companies(random: Random) -> list[str]:
    heads = _listed("银河 永利 皇冠 完美 神州 金沙 鸿运 万豪 江南 半岛 大发 星空 中国 华夏 西藏 雪域 珠峰")
    tails = _listed("证券 股份 酒店 数码 国际 集团 旅游 矿业 发展 药业 科技 文化")
    return [random.choice(heads) + random.choice(tails) for _ in range(12)]


def _people(random: Random) -> list[str]:
    surnames, given = "张王李赵陈刘杨黄周吴", _listed("婷婷 金花 丽 伟 建国 牛牛 娜 久远 春香 志强")
    tibetan = _listed("扎西 卓玛 次仁 旺堆 央金 白玛 洛桑 德吉 多吉 平措")
    chinese = [random.choice(surnames) + random.choice(given) for _ in range(8)]
    return chinese + [random.choice(tibetan) + random.choice(tibetan) for _ in range(8)]


def _prices(random: Random) -> list[str]:
    goods = _listed("猪肉 羊肉 牛肉 牛奶 黄瓜 口蘑 色拉油 白菜 土豆 丁香 肉桂 红花 蜜桃 香蕉")
    return [f"{name}{random.choice(['', f'{random.randint(2, 60)}元'])}" for name in random.sample(goods, 12)]


def _words(random: Random) -> list[str]:
    words = _listed("""
        唐卡 藏戏 视频 图片 直播 电影 体育 国际 娱乐 社会 免费 综合 中国 日本 韩国 亚洲 足球 篮球
        象棋 斗地主 桥牌 成人高考 福利院 彩票中心 学生 老师
    """)
    return random.sample(words, 14)


_TABLES = [
    "北京 上海 广州 深圳 成都 杭州 重庆 西安",
    "广州市、北京市、成都市、上海市、西安市、杭州市、武汉市、哈尔滨市",
    "足球 篮球 足彩 电影 视频 直播 免费 图片",
    "北京市、上海市、广州市、深圳市、成都市、杭州市、重庆市、西安市",
    "北京、天津、河北、山西、内蒙古、辽宁、吉林、黑龙江、上海、江苏、浙江、安徽、福建、江西、山东、河南",
    "拉萨\n日喀则\n山南\n林芝\n昌都\n那曲\n阿里",
    "1. 昆山市\n2. 江阴市\n3. 张家港市\n4. 常熟市\n5. 晋江市\n6. 太仓市\n7. 慈溪市\n8. 长沙县\n9. 宜兴市",
    "昆山市\n江阴市\n张家港市\n常熟市\n晋江市\n太仓市\n慈溪市\n长沙县\n宜兴市\n神木市",
    "拉萨 晴 -3℃ 12℃\n日喀则 多云 -5℃ 10℃\n林芝 小雨 2℃ 14℃\n昌都 晴 -4℃ 13℃\n那曲 小雪 -12℃ 2℃",
    "北京 9:00 拉萨 13:40\n成都 8:30 林芝 10:35\n西安 7:50 昌都 10:10\n重庆 12:00 日喀则 15:20",
    "第一组 中国 韩国 泰国\n第二组 日本 伊朗 越南\n第三组 澳大利亚 卡塔尔 印度",
    "电影 电视 广播 出版 演艺 娱乐 动漫 游戏",
    "西藏_视频_中国西藏网",
]
