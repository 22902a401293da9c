"""An article in which every field has a value, and records made of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from tibetnews.items import Article, Attachment, Dateline, Http, Image, Video

FULL = Article(
    id="cn-7500001",
    url="http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html",
    fetched_from="http://m.tibet.cn/cn/politics/202310/t20231013_7500001.html",
    kind="article",
    edition="cn",
    language="zh-Hans",
    section="politics",
    breadcrumbs=["中国西藏网", "即时新闻", "时政"],
    title="题",
    subtitle="副题",
    published_at="2023-10-13T10:05:00+08:00",
    source="新华网",
    authors=["张漫子", "李四"],
    editor="李雨潼",
    dateline=Dateline("新华社", "北京", "2023-10-12"),
    text="一。\n\n二。",
    images=[Image("http://www.tibet.cn/W0.jpg", "图为…", "李雷")],
    videos=[Video("http://media.tibet.cn/v.mp4", "说明")],
    attachments=[Attachment("http://www.tibet.cn/P0.pdf", "附件")],
    duplicate_of="cn-7400000",
    similarity=0.9,
    revision=2,
    fetched_at="2023-10-14T02:10:00Z",
    http=Http(200, '"x"', "Fri, 13 Oct 2023 04:00:00 GMT"),
)


def record(id_: str, **changes: Any) -> dict[str, Any]:
    """Return a record with a title of its own, so that it is nobody's copy."""
    return asdict(replace(FULL, id=id_, duplicate_of=None, **{"revision": 1, "title": f"题 {id_}", **changes}))
