"""Sections that died while others live."""

from __future__ import annotations

from tibetnews.health.listings import empty_listings, unread_listings, unrendered_pages

EDU = {"sections/unread/cn/edu": 1}
OTHERS = frozenset({"cn/politics", "cn/travel"})


def test_a_listing_that_cannot_be_read() -> None:
    assert list(unread_listings({"sections/listings": 3}, OTHERS, ())) == []
    (told,) = unread_listings(EDU, OTHERS, [EDU, EDU, {}, EDU])
    assert told.startswith("cn/edu: listing could not be read for the 3rd run in a row, while 2 others could")
    (told,) = unread_listings(EDU, OTHERS, [{}])
    assert "in a row" not in told
    (told,) = unread_listings(EDU, frozenset(), ())
    assert "and no other one could" in told


def test_a_further_page_that_cannot_be_read_is_no_dead_section() -> None:
    (told,) = unread_listings(EDU, OTHERS | {"cn/edu"}, ())
    assert told.startswith("cn/edu: a further page of the listing could not be read")


def test_many_dead_sections_are_one_line() -> None:
    (told,) = unread_listings({f"sections/unread/cn/{i}": 1 for i in range(9)}, OTHERS, ())
    assert told.startswith("cn/0, cn/1, cn/2, cn/3, cn/4 and 4 more: listing could not be read")


def test_a_listing_that_names_nothing_any_more() -> None:
    read = OTHERS | {"cn/edu"}
    (told,) = empty_listings(frozenset({"cn/edu"}), read, known=frozenset({"cn/edu"}))
    assert told.startswith("cn/edu: listing has no articles any more, while 2 others have")
    assert list(empty_listings(frozenset({"cn/edu"}), read, known=frozenset())) == []  # it never had any
    assert list(empty_listings(frozenset(), read, known=read)) == []


def test_pages_that_only_scripts_write_are_a_line_for_each_cause() -> None:
    down, none = "only scripts write it, and Splash is down; start it", "only scripts write it, and no renderer is set"
    pages = {"cn/data": down, "7500001": down, "cn/edu": none, "7500002": down}
    counts = {f"rendering/unrendered/{page}": why for page, why in pages.items()} | {"sections/unread/cn/data": 1}
    assert list(unrendered_pages(counts)) == [f"cn/data and 2 articles: {down}", f"cn/edu: {none}"]
    assert list(unread_listings(counts, OTHERS, ())) == []  # a follow-up is no second fault
    many = {f"rendering/unrendered/{number}": f"cause {number}" for number in range(5)}
    assert list(unrendered_pages(many))[2:] == [
        "1 article: cause 2",
        "2 more pages could not be rendered; the rejects file says why",
    ]
