"""The pipelines, one after another, as a crawl runs them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from tibetnews import settings
from tibetnews.crawl_session import exported_revision
from tibetnews.items import Article, Dateline, Image, Removed, Video
from tibetnews.ledger.articles import ExportedRevision
from tibetnews.pipelines.cleaning import Cleaning
from tibetnews.pipelines.dropped import DroppedRecordError, UnchangedRecordError
from tibetnews.pipelines.duplicates import Duplicates
from tibetnews.pipelines.revisions import Revisions
from tibetnews.pipelines.validation import Validation
from tibetnews.records import clean_record, find_problem

FARM = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市|"


def article(
    id_: str = "cn-1", title: str = "标题", text: str = "正文第一段。", removed: list[Removed] | None = None
) -> Article:
    return Article(
        id=id_,
        url="http://www.tibet.cn/cn/politics/202401/t20240101_1.html",
        fetched_from=None,
        kind="article",
        edition="cn",
        language="zh-Hans",
        section="politics",
        breadcrumbs=[],
        title=title,
        subtitle=None,
        published_at="2024-01-01",
        source=None,
        authors=[],
        editor=None,
        dateline=None,
        text=text,
        removed=removed or [],
    )


def test_the_steps_in_their_order() -> None:
    names = [path.rsplit(".", 1)[1] for path in settings.ITEM_PIPELINES]
    assert names == ["Cleaning", "Validation", "Revisions", "Duplicates", "RecordType"]
    assert list(settings.ITEM_PIPELINES.values()) == sorted(settings.ITEM_PIPELINES.values())


def test_boilerplate_comes_in_front_of_what_stood_below_the_story_and_spam_after_it() -> None:
    item = article(
        text=f"正文第一段。\n\n{FARM}\n\n（审核：某某）\n\n分享到：微信 微博", removed=[Removed("share", "收藏")]
    )
    clean_record(item)
    assert item.text == "正文第一段。"
    assert item.removed == [
        Removed("editor", "（审核：某某）"),
        Removed("share", "分享到：微信 微博\n收藏"),
        Removed("spam", FARM),
    ]


def test_cleaning_counts_all_that_was_removed_by_kind() -> None:
    crawler = get_crawler()
    removed = [Removed("copyright", "版权声明"), Removed("caption", "图为雪山。")]
    item = article(text=f"正文第一段。\n\n{FARM}\n\n分享到：微信 微博", removed=removed)
    assert Cleaning.from_crawler(crawler).process_item(item) is item
    counts = crawler.stats.get_stats()
    assert counts == {f"removed/{kind}": 1 for kind in ("copyright", "caption", "share", "spam")}


@pytest.mark.parametrize(
    ("published_at", "kept"),
    [
        ("2023-10-13T10:05:00+08:00", True),
        ("2023-10-14", True),
        ("2023-10-16", False),
        ("2099-12-31T10:05:00+08:00", False),
        ("1970-01-01", False),
        ("1994-12-31T10:05:00+08:00", False),
    ],
)
def test_a_time_that_cannot_be_is_null_and_counted(published_at: str, kept: bool) -> None:
    crawler = get_crawler()
    item = article()
    item.published_at, item.dateline = published_at, Dateline("新华社", "拉萨", published_at[:10])
    Cleaning(crawler.stats, datetime(2023, 10, 13, 12, 0, tzinfo=UTC)).process_item(item)
    assert item.published_at == (published_at if kept else None)
    assert item.dateline == Dateline("新华社", "拉萨", published_at[:10] if kept else None)
    assert crawler.stats.get_stats() == ({} if kept else {"dates/impossible": 1})


def test_an_honest_article_passes_unchanged() -> None:
    item = article()
    for pipeline in (Cleaning.from_crawler(get_crawler()), Validation()):
        assert pipeline.process_item(item) == article()


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (article(title=" "), "title"),
        (article(text=""), "text"),
        (article(text="一\ufffd二"), "encoding"),
        (article(title="一\ufffd二"), "encoding"),
        (article(), None),
    ],
)
def test_problems(item: Article, reason: str | None) -> None:
    problem = find_problem(item)
    assert (problem.reason if problem else None) == reason
    if reason == "title":
        assert find_problem(item, title_required=False) is None


def test_a_dropped_record_names_what_was_removed() -> None:
    with pytest.raises(DroppedRecordError, match="share") as caught:
        Validation().process_item(article(text="", removed=[Removed("share", "分享")]))
    assert caught.value.log_level == "DEBUG"  # the log would hold whole articles otherwise


# The title and the text of an article, and the hash that a ledger of version 1.0 holds of it.
EXPORTED_BEFORE = [
    ("标题", "正文第一段。", "sha256:dec897c64bd4e97bbac6d081b37b02c6e39cd2896e5a10f737b66df23e577966"),
    (
        "西藏春來早",
        "農牧民說，今年的雪下得正好。",
        "sha256:33eb69c608374bfd692153961ade26d3fab2e41dfd6fcd756951c1340b9a2fe9",
    ),
    (
        "乾隆与著名的后殿",
        "乾隆年间，看着碑刻。",
        "sha256:ee4a41fd399b4fe5c0b395da8247057615f59f3519c92c8fb93d04f8605daf3f",
    ),
]


@pytest.mark.parametrize(("title", "text", "old"), EXPORTED_BEFORE)
def test_an_old_ledger_exports_no_unchanged_article_again(title: str, text: str, old: str) -> None:
    crawler = get_crawler(
        settings_dict={"STATE_DIR": "", "EXTENSIONS": {"tibetnews.extensions.ledger.LedgerExtension": 1}}
    )
    revisions = Revisions.from_crawler(crawler)
    item = article(title=title, text=text)
    exported = ExportedRevision(id=item.id, url=item.url, content_hash=old, published_at=item.published_at)
    revisions.articles.mark_exported(exported, 1, 0)
    with pytest.raises(UnchangedRecordError):
        revisions.process_item(item)
    assert revisions.process_item(article(title=title, text=f"{text}新的一段。")).revision == 2


@pytest.mark.parametrize(
    "corrected",
    [
        {"authors": ["李四"]},
        {"source": "新华社"},
        {"published_at": "2024-01-10"},
        {"images": [Image("http://www.tibet.cn/cn/x/W02.jpg")]},
        {"videos": [Video("http://www.tibet.cn/cn/x/a.mp4")]},
        {"editor": "王五"},
    ],
)
def test_a_correction_beside_the_text_is_a_revision_with_the_same_hash(corrected: dict[str, Any]) -> None:
    extensions = {"tibetnews.extensions.ledger.LedgerExtension": 1}
    revisions = Revisions.from_crawler(get_crawler(settings_dict={"STATE_DIR": "", "EXTENSIONS": extensions}))
    first = revisions.process_item(article())
    revisions.articles.mark_exported(exported_revision(first), 1, 0)
    with pytest.raises(UnchangedRecordError):
        revisions.process_item(article())
    second = article()
    for name, value in corrected.items():
        setattr(second, name, value)
    assert revisions.process_item(second).revision == 2
    assert second.content_hash == first.content_hash
    revisions.articles.mark_exported(exported_revision(second), 1, 0)
    assert revisions.process_item(article()).revision == 3  # what was taken back is a change too


def test_copies_are_marked_or_dropped() -> None:
    extensions = {"tibetnews.extensions.ledger.LedgerExtension": 1}
    crawler = get_crawler(settings_dict={"STATE_DIR": "", "EXTENSIONS": extensions})
    duplicates = Duplicates.from_crawler(crawler)
    first, copy, other = article("cn-1"), article("cn-2", text="正文第一段!"), article("cn-3", text="另一篇。")
    revisions = Revisions.from_crawler(crawler)
    for item in (first, copy, other, first):
        duplicates.process_item(revisions.process_item(item))
    assert first.content_hash == copy.content_hash != other.content_hash
    assert [(item.duplicate_of, item.similarity) for item in (first, copy, other)] == [
        (None, None),
        ("cn-1", 1.0),
        (None, None),
    ]
    dropping = Duplicates(duplicates.copies, crawler.stats, drop=True)
    dropping.process_item(revisions.process_item(article("cn-1")))
    with pytest.raises(DroppedRecordError, match="cn-1"):
        dropping.process_item(revisions.process_item(article("cn-2")))


def test_the_medium_at_the_foot_is_the_source_where_the_byline_names_none() -> None:
    for source, foot in (
        (None, "来源：河谷日报"),
        (None, "《河谷日报》（2023年10月13日 04版）"),
        ("新华网", "来源：河谷日报"),
    ):
        item = article(text=f"西藏的春天来得晚。\n\n{foot}")
        item.source = source
        clean_record(item)
        assert (item.text, item.source) == ("西藏的春天来得晚。", source or "河谷日报")
