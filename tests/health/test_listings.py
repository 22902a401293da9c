"""Sections that died while others live."""

from __future__ import annotations

from tibetnews.health.listings import bare, unread

EDU = {"sections/unread/cn/edu": 1}
OTHERS = frozenset({"cn/politics", "cn/travel"})


def test_a_listing_that_cannot_be_read() -> None:
    assert list(unread({"sections/listings": 3}, OTHERS, ())) == []
    (told,) = unread(EDU, OTHERS, [EDU, EDU, {}, EDU])
    assert told.startswith("no listing could be read of cn/edu, for the 3rd run in a row, while 2 others could")
    (told,) = unread(EDU, OTHERS, [{}])
    assert "in a row" not in told
    (told,) = unread(EDU, frozenset(), ())
    assert "and none of another section" in told


def test_a_further_page_that_cannot_be_read_is_no_dead_section() -> None:
    (told,) = unread(EDU, OTHERS | {"cn/edu"}, ())
    assert told.startswith("a further page of the listing could not be read of cn/edu")


def test_many_dead_sections_are_one_line() -> None:
    (told,) = unread({f"sections/unread/cn/{i}": 1 for i in range(9)}, OTHERS, ())
    assert "cn/0, cn/1, cn/2, cn/3, cn/4 and 4 more" in told


def test_a_listing_that_names_nothing_any_more() -> None:
    read = OTHERS | {"cn/edu"}
    (told,) = bare(frozenset({"cn/edu"}), read, known=frozenset({"cn/edu"}))
    assert told.startswith("the listing of cn/edu names no article any more, those of 2 others do")
    assert list(bare(frozenset({"cn/edu"}), read, known=frozenset())) == []  # it never had any
    assert list(bare(frozenset(), read, known=read)) == []
