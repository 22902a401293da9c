"""The order of cleaning, and the parts of a page as values."""

from __future__ import annotations

from tibetnews.text import Dateline, Removed, clean, parse_text_page, strip_body, strip_boilerplate, strip_spam
from tibetnews.text.cleaning import STEPS

FARM = "黄大仙区| 扎兰屯市| 福贡县| 延吉市| 安泽县| 峨边| 视频|"
SHARE = "分享到：微信 微博"


def test_boilerplate_goes_before_spam() -> None:
    assert (strip_boilerplate, strip_spam) == STEPS
    stripped = strip_body(f"{FARM}\n\n西藏的春天来得晚。\n\n{SHARE}")
    assert stripped.text == "西藏的春天来得晚。"
    assert stripped.removed == (Removed("share", SHARE), Removed("spam", FARM))


def test_a_text_without_either_stays_the_same_object() -> None:
    text = "西藏的春天来得晚。"
    assert strip_body(text).text is text


def test_clean_gives_the_removed_pieces_in_the_order_of_the_page() -> None:
    page = f"登录\n西藏春来早\n2023-10-13 来源：新华网\n新华社拉萨12日电 西藏的春天来得晚。\n{SHARE}\n{FARM}"
    cleaned = clean(page)
    assert [piece.kind for piece in cleaned.removed] == ["navigation", "share", "spam"]
    assert cleaned.dateline == Dateline("新华社", "拉萨", "2023-10-12")


def test_a_page_without_byline_has_empty_fields() -> None:
    page = parse_text_page(["西藏春来早", "西藏的春天来得晚。", "", SHARE])
    assert page.byline_text == ""
    assert (page.title, page.subtitle, page.breadcrumbs, page.head) == ("", "", (), [])
    assert not page.has_parts
