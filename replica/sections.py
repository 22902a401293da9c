"""The sections that the replica has, in the order in which ``sections=N`` takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Family = Literal["cn", "tb", "legacy", "photo", "video"]
"""Pages that share their addresses' form and their listing's markup."""

HOSTS: dict[Family, str] = {
    "cn": "www.tibet.cn",
    "tb": "tb.tibet.cn",
    "legacy": "www.tibet.cn",
    "photo": "media.tibet.cn",
    "video": "media.tibet.cn",
}
EDITIONS: dict[Family, str] = {"cn": "cn", "tb": "tb", "legacy": "cn", "photo": "media", "video": "media"}
PLACES = {"eng": "eng.tibet.cn", "fr": "french.tibet.cn", "de": "german.tibet.cn"}


@dataclass(frozen=True)
class Section:
    """A section of the outlet; *path* is spelled canonically, *trail* is its breadcrumb."""

    family: Family
    path: str
    trail: tuple[str, ...]
    scripted: bool = False
    """Only scripts write its listing, which they fetch, and the text of its articles, which they hold."""

    collects: bool = False
    """It has no articles of its own."""

    place: str = ""
    """The edition, for one of the foreign languages; its pages have the cn edition's markup."""

    linked_from: str = "home"
    """What links to its listing: the home page of its edition, the listing of another section, or "" for nothing."""

    @property
    def name(self) -> str:
        """The name that its pages show."""
        return self.trail[-1]

    @property
    def host(self) -> str:
        """The host that serves it."""
        return PLACES.get(self.place, HOSTS[self.family])

    @property
    def edition(self) -> str:
        """The edition that it belongs to."""
        return self.place or EDITIONS[self.family]

    @property
    def folder(self) -> str:
        """The path on the server, such as ``/cn/politics/`` or ``/photo/news/``."""
        return f"/{self.edition}/{self.path}/" if self.family in ("cn", "tb") else f"/{self.path}/"

    def listing(self, page: int = 0) -> str:
        """Return the path of a page of the section's listing."""
        if self.family in ("cn", "tb"):
            return self.folder + (f"index_{page}.html" if page else "")
        return self.folder + (f"list_{page}.shtml" if page else "list.shtml")


def _cn(path: str, *trail: str) -> Section:
    return Section("cn", path, ("中国西藏网", *trail))


SECTIONS: tuple[Section, ...] = (
    _cn("politics", "时政"),
    _cn("instant/politics", "即时新闻", "时政"),
    _cn("news/zcdt", "新闻", "涉藏动态"),
    _cn("culture/ms", "文化", "民俗"),
    Section("tb", "review", ("བོད་ལྗོངས་དྲ་བ།", "མཆན་དཔྱད།")),
    Section("photo", "photo/news", ("中国西藏网", "图片", "新闻图片")),
    Section("legacy", "news/focus", ("中国西藏网", "新闻", "要闻")),
    Section("video", "video/p", ("中国西藏网", "视频")),
    _cn("instant/domestic", "即时新闻", "国内"),
    _cn("ecology", "生态"),
    Section("tb", "people", ("བོད་ལྗོངས་དྲ་བ།", "མི་སྣ།")),
    _cn("travel", "旅游"),
    _cn("medicine/news", "藏医药", "藏医药行业动态"),
    _cn("news/yc", "新闻", "原创"),
    _cn("edu", "教育"),
    Section("tb", "literature/ls", ("བོད་ལྗོངས་དྲ་བ།", "རྩོམ་རིག", "ལོ་རྒྱུས།")),
    _cn("culture/zx", "文化", "藏学"),
    _cn("aid_tibet/news", "援藏", "援藏资讯"),
    Section("photo", "photo/landscape", ("中国西藏网", "图片", "风光图片")),
    Section("legacy", "news/roll", ("中国西藏网", "新闻", "滚动")),
    _cn("tech", "科技"),
    _cn("news/zx", "新闻", "资讯"),
    Section("tb", "folkways/building", ("བོད་ལྗོངས་དྲ་བ།", "དམངས་སྲོལ།", "འཛུགས་སྐྲུན།")),
    _cn("bwsp", "本网时评"),
    _cn("culture/gy", "文化", "工艺"),
    _cn("religion", "宗教"),
    _cn("theory/news", "理论"),
    Section("tb", "law", ("བོད་ལྗོངས་དྲ་བ།", "བཅའ་ཁྲིམས།")),
    _cn("rediscovery", "再发现"),
    Section("legacy", "news/expo", ("中国西藏网", "新闻", "博览")),
    _cn("index/politics", "首页时政"),
    Section("tb", "disport/people", ("བོད་ལྗོངས་དྲ་བ།", "སྒྱུ་རྩལ།", "མི་སྣ།")),
    _cn("book", "读书"),
    _cn("instant", "即时新闻"),
    _cn("culture/wx", "文化", "文化资讯"),
    _cn("aid_tibet/rw", "援藏", "援藏人物"),
    _cn("medicine/jbzl", "藏医药", "疾病诊疗"),
    _cn("medicine/sjys", "藏医药", "四季养生"),
    _cn("theory/zjcs", "理论", "专家"),
    _cn("vg", "微观"),
    _cn("data", "数据"),
    _cn("fp", "扶贫"),
    _cn("network/dt", "网络"),
    Section("photo", "photo/custom", ("中国西藏网", "图片", "民俗图片")),
    Section("photo", "photo/special", ("中国西藏网", "图片", "专题图片")),
)

COLLECTIONS: tuple[Section, ...] = tuple(
    replace(section, collects=True)
    for section in (
        _cn("news", "新闻"),
        _cn("index/politics/polotocs1", "首页时政"),
        _cn("index/tt", "头条"),
        _cn("index/gdt", "首页"),
        _cn("index/zqdt", "首页"),
        _cn("index/zttj", "专题推荐"),
        _cn("index/ecology", "首页生态"),
        _cn("index/culture", "首页文化"),
        _cn("instant/culture", "即时新闻", "文化"),
        _cn("culture", "文化"),
        _cn("aid_tibet", "援藏"),
        _cn("aid_tibet/lht", "援藏"),
        _cn("medicine", "藏医药"),
        _cn("medicine/lht", "藏医药"),
        _cn("theory", "理论"),
        _cn("network", "网络"),
        _cn("sy", "赏阅"),
        _cn("mlzl", "名家专栏"),
        _cn("mlzl/zhal", "名家专栏"),
        _cn("cloud", "资料云"),
        *(_cn(f"cloud/xszypk/{letter}", "资料云") for letter in "abcde"),
        _cn("zt2021/70zn/sp", "专题"),
        _cn("zt2024/yz30y/yzyw", "专题"),
        Section("tb", "popular", ("བོད་ལྗོངས་དྲ་བ།", "ཚན་རྩལ།")),
        Section("tb", "edu", ("བོད་ལྗོངས་དྲ་བ།", "སློབ་གསོ།")),
        Section("tb", "religion", ("བོད་ལྗོངས་དྲ་བ།", "ཆོས་ལུགས།")),
        Section("tb", "medicine", ("བོད་ལྗོངས་དྲ་བ།", "གསོ་རིག")),
        Section("tb", "aid_tibet", ("བོད་ལྗོངས་དྲ་བ།", "བོད་སྐྱོར།")),
        Section("tb", "vidoe", ("བོད་ལྗོངས་དྲ་བ།", "པར་མཛོད།")),
        Section("tb", "literature", ("བོད་ལྗོངས་དྲ་བ།", "རྩོམ་རིག")),
        Section("tb", "disport", ("བོད་ལྗོངས་དྲ་བ།", "སྒྱུ་རྩལ།")),
        Section("tb", "folkways", ("བོད་ལྗོངས་དྲ་བ།", "དམངས་སྲོལ།")),
        Section("tb", "folkways/clothing", ("བོད་ལྗོངས་དྲ་བ།", "དམངས་སྲོལ།", "རྒྱན་གོས།")),
        *(Section("tb", path, ("བོད་ལྗོངས་དྲ་བ།", "དམངས་སྲོལ།")) for path in ("wedding", "holiday", "ceremony", "food")),
        Section("photo", "photo/news/abn", ("中国西藏网", "图片", "新闻图片")),
        Section("photo", "photo/landscape/abm", ("中国西藏网", "图片", "风光图片")),
        *(Section("video", f"video/{path}", ("中国西藏网", "视频")) for path in ("news", "ugc", "mv_dance")),
        Section("legacy", "news/d", ("中国西藏网", "新闻", "新闻")),
    )
)
"""Front pages and boxes: their listings name articles of other sections."""


_ENGLISH = "China Tibet Online"
UNLISTED: tuple[Section, ...] = (
    _cn("gdrw", "高地人物"),
    replace(_cn("gdrw/ldz", "高地人物", "劳动者"), linked_from="gdrw"),
    _cn("culture/gj", "文化", "古籍"),
    replace(_cn("jjxy", "经济"), linked_from=""),
    Section("tb", "arts/thangka", ("བོད་ལྗོངས་དྲ་བ།", "ཐང་ཀ།")),
    Section("photo", "photo/wild", ("中国西藏网", "图片", "野生动物")),
    Section("cn", "news/society", (_ENGLISH, "Society"), place="eng"),
    Section("cn", "actu", (_ENGLISH, "Actualités"), place="fr"),
    Section("cn", "kultur", (_ENGLISH, "Kultur"), place="de"),
)
"""Sections that the project's table lacks."""
RENAMED = {"travel": "lvyou"}
"""Sections of the table whose listings redirect to another path."""
DEAD = frozenset({"fp"})
"""Sections of the table that are gone."""


def choose(count: int | None = None, scripted: bool = False, unlisted: bool = False) -> tuple[Section, ...]:
    """Return the sections of a replica.

    Args:
        count: Take the first so many sections; all for None.
        scripted: Add the section data, which scripts alone write.
        unlisted: Add sections that the project's table lacks, rename one of its rows and close another.
    """
    if unlisted:
        kept = (section for section in (*SECTIONS, *COLLECTIONS) if section.path not in DEAD)
        return (*(replace(s, path=RENAMED.get(s.path, s.path)) for s in kept), *UNLISTED)
    chosen = SECTIONS[:count] if count is not None else (*SECTIONS, *COLLECTIONS)
    if not scripted:
        return chosen
    data = next(section for section in SECTIONS if section.path == "data")
    return (*(section for section in chosen if section != data), replace(data, scripted=True))
