"""Copies of stories on other sites, as their systems write them: portals, messages on phones, forums, weblogs."""

from __future__ import annotations

from typing import Any

import pytest

from tibetnews.corpus.pages import clean_page

TITLE = "河谷里的草莓红了"
STORY = ["三月中旬，河谷里的第一批温室草莓开始上市。", "“今年的订单比去年多了三成。”种植户一边装箱一边说。"]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
TIME = "2023-03-15T18:20:00+08:00"


def record(content: str, head_title: str = TITLE) -> dict[str, Any]:
    html = f"<!DOCTYPE html><html><head><title>{head_title}</title></head><body>{content}</body></html>"
    return clean_page(html.encode(), "http://copy.example.org/1.html", "html")


def test_a_message_on_phones() -> None:
    found = record(
        f"<h1>{TITLE}</h1>"
        "<div><span>原创</span> <span>央宗</span> <a>河谷发布</a> <em>2023-03-15 18:20</em> <em>西藏</em></div>"
        '<div style="visibility: hidden; opacity: 0"><p>点击上方蓝字关注我们</p>'
        '<p><img data-src="http://copy.example.org/a"></p>'
        f'<p style="text-align: center">村民在装箱 央宗 摄</p>{BODY}<p>编辑：央宗</p><p>审核：王海</p></div>'
        "<div>预览时标签不可点</div>"
    )
    assert found["text"] == "\n\n".join(STORY)
    assert (found["title"], found["published_at"], found["source"]) == (TITLE, TIME, "河谷发布")
    assert (found["authors"], found["editor"]) == (["央宗"], "央宗")
    assert [(image["caption"], image["credit"]) for image in found["images"]] == [("村民在装箱", "央宗")]


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("<p>河谷发布</p><p>2023-03-15 18:20</p><p>某某市官方帐号</p><p>关注</p>", "河谷发布"),
        ("<p>2023-03-15 18:20　来源: <a>中国西藏网</a>　西藏 <a>举报</a></p>", "中国西藏网"),
        ("<p>2023年03月15日 18:20 某某日报</p><p>语音播报 缩小字体 放大字体 微博 微信 分享 0</p>", "某某日报"),
        ("<p>2023年03月15日 18:20 来源：某某网</p><p>参与互动</p>", "某某网"),
        ("<p>雪莲花 发表于 2023-3-15 18:20:00 | 只看该作者 | 倒序浏览 | 阅读模式</p>", None),
        ("<p>Posted on 2023-03-15 18:20 by 央宗</p>", None),
        ("<p><em>2023</em><em>03</em>/<em>15</em> 18:20:00</p><p>来源：某某网</p>", "某某网"),
        ("<p>来源：某某网 | 2023-03-15 18:20</p><p>原标题：</p><p>某某网 | 2023-03-15 18:20</p>", "某某网"),
        ("<p>2023-03-15 18:20</p><p>来源：某某网</p><p>0人参与</p><p>0评论</p>", "某某网"),
    ],
)
@pytest.mark.parametrize(
    "foot",
    [
        "<p>（完）返回搜狐，查看更多</p><p>平台声明：该文观点仅代表作者本人。</p><p>阅读 (312)</p>",
        "<p>特别声明：以上内容由用户上传并发布，本平台仅提供信息存储服务。</p><p>跟贴 0</p>",
        "<p>特别声明：以上由本平台用户上传。</p><p>Notice: The content above is posted by a user.</p>",
        "<p>举报/反馈</p><p>发表评论</p><p>作者最新文章</p><p>桃花开了</p>",
        "<p>展开全文</p><p>打开客户端阅读全文</p>",
        "<p>收藏 0 分享 淘帖 支持 反对</p><p>您需要登录后才可以回帖 登录 | 立即注册</p>",
        "<p>Posted in 见闻 | Tagged 草莓</p><p>Proudly powered by WordPress</p>",
        "<p>【打印此页】 【关闭窗口】</p>",
        "<p>[责任编辑：王媛 PN001]</p><p>责任编辑：王媛 PN001</p>",
        "<p>©著作权归作者所有,转载请联系作者</p><p>更多精彩内容，就在某某APP</p>",
        "<p>更多精彩内容请进入社会新闻</p>",
    ],
)
def test_a_portal(byline: str, source: str | None, foot: str) -> None:
    found = record(f"<h1>{TITLE}</h1>{byline}{BODY}{foot}")
    assert found["text"] == "\n\n".join(STORY)
    assert (found["title"], found["subtitle"], found["source"]) == (TITLE, None, source)
    assert found["published_at"] == TIME


def test_a_writer_of_an_office() -> None:
    found = record(f"<h1>{TITLE}</h1><p>2023-03-15 来源：某某网</p>{BODY}<p>（供稿：县融媒体中心 央宗）</p>")
    assert (found["authors"], found["text"]) == (["央宗"], "\n\n".join(STORY))


def test_the_byline_of_a_copy_wins_over_the_forums() -> None:
    found = record(f"<h1>{TITLE}</h1><p>雪莲花 发表于 2023-3-19 8:00</p><p>2023-03-15 18:20 来源：某某网</p>{BODY}")
    assert (found["published_at"], found["source"]) == (TIME, "某某网")


def test_hidden_text_beside_a_story_stays_hidden() -> None:
    found = record(f'<h1>{TITLE}</h1><p>2023-03-15 来源：某某网</p>{BODY}<p style="visibility:hidden">{STORY[0]}</p>')
    assert found["text"] == "\n\n".join(STORY)


def test_the_title_of_a_newspapers_page_stands_below_its_controls() -> None:
    controls = "<p>2023年03月15日</p><p>上一期 下一期</p><p>第03版：要闻</p>"
    found = record(f"{controls}<h1>{TITLE}</h1><p>本报记者 央宗</p>{BODY}", f"某某日报数字报-{TITLE}")
    assert (found["title"], found["authors"], found["text"]) == (TITLE, ["央宗"], "\n\n".join(STORY))
    assert found["removed"][0]["kind"] == "byline"


def test_the_name_of_an_author_ends_before_a_counter() -> None:
    found = record(f"<h1>{TITLE}</h1><p>时间:2023-03-15 18:20来源:某某网作者:央宗点击:次</p>{BODY}")
    assert (found["authors"], found["source"]) == (["央宗"], "某某网")
