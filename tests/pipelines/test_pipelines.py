"""The pipelines, one after another, as a crawl runs them."""

from __future__ import annotations

import pytest
from scrapy.utils.test import get_crawler

from tibetnews import settings
from tibetnews.items import Article, Removed
from tibetnews.pipelines.boilerplate import Boilerplate
from tibetnews.pipelines.dropped import DroppedRecordError
from tibetnews.pipelines.duplicates import Duplicates
from tibetnews.pipelines.revisions import Revisions
from tibetnews.pipelines.spam import Spam
from tibetnews.pipelines.validation import Checks
from tibetnews.records import fault
from tibetnews.text import cleaning


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


def test_the_crawl_and_the_library_take_the_same_steps() -> None:
    names = [path.rsplit(".", 1)[1] for path in settings.ITEM_PIPELINES]
    assert names == ["Boilerplate", "Spam", "Checks", "Revisions", "Duplicates"]
    assert list(settings.ITEM_PIPELINES.values()) == sorted(settings.ITEM_PIPELINES.values())
    steps = [step.__name__.removeprefix("strip_").capitalize() for step in cleaning.STEPS]
    assert names[: len(steps)] == steps


def test_boilerplate_comes_in_front_of_what_stood_below_the_story() -> None:
    crawler = get_crawler()
    item = article(text="正文第一段。\n\n（审核：某某）\n\n分享到：微信 微博", removed=[Removed("share", "收藏")])
    Boilerplate.from_crawler(crawler).process_item(item)
    assert item.text == "正文第一段。"
    assert item.removed == [Removed("editor", "（审核：某某）"), Removed("share", "分享到：微信 微博\n收藏")]
    assert crawler.stats
    assert crawler.stats.get_value("boilerplate/share") == 1


def test_spam_is_moved() -> None:
    farm = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 长泰县| 新昌县| 江口县| 平南县| 濮阳县| 巢湖市|"
    crawler = get_crawler()
    item = article(text=f"正文第一段。\n\n{farm}", removed=[Removed("copyright", "版权声明")])
    Spam.from_crawler(crawler).process_item(item)
    assert item.text == "正文第一段。"
    assert item.removed == [Removed("copyright", "版权声明"), Removed("spam", farm)]
    assert crawler.stats
    assert crawler.stats.get_value("spam/pieces") == 1


def test_an_honest_article_passes_unchanged() -> None:
    crawler, item = get_crawler(), article()
    for pipeline in (Boilerplate.from_crawler(crawler), Spam.from_crawler(crawler), Checks()):
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
def test_checks(item: Article, reason: str | None) -> None:
    found = fault(item)
    assert (found[0] if found else None) == reason


def test_a_refused_record_tells_what_was_removed() -> None:
    with pytest.raises(DroppedRecordError, match="share") as caught:
        Checks().process_item(article(text="", removed=[Removed("share", "分享")]))
    assert caught.value.log_level == "DEBUG"  # the log would hold whole articles otherwise


def test_copies_are_marked_or_dropped() -> None:
    extensions = {"tibetnews.extensions.ledger.LedgerExtension": 1}
    crawler = get_crawler(settings_dict={"STATE_DIR": "", "EXTENSIONS": extensions})
    duplicates = Duplicates(crawler, drop=False)
    first, copy, other = article("cn-1"), article("cn-2", text="正文第一段!"), article("cn-3", text="另一篇。")
    revisions = Revisions(crawler)
    for item in (first, copy, other, first):
        duplicates.process_item(revisions.process_item(item))
    assert first.content_hash == copy.content_hash != other.content_hash
    assert [(item.duplicate_of, item.similarity) for item in (first, copy, other)] == [
        (None, None),
        ("cn-1", 1.0),
        (None, None),
    ]
    dropping = Duplicates(crawler, drop=True)
    dropping.process_item(revisions.process_item(article("cn-1")))
    with pytest.raises(DroppedRecordError, match="cn-1"):
        dropping.process_item(revisions.process_item(article("cn-2")))
