"""Addresses of web archives, and the pages that they show."""

from __future__ import annotations

import pytest

from tibetnews.outlet import urls
from tibetnews.outlet.page import Page
from tibetnews.outlet.replays import Replay, read_replay

PAGE = "http://www.tibet.cn/cn/news/202302/t20230201_7500009.html"
AT = "2020-01-02T03:04:05Z"


@pytest.mark.parametrize(
    ("url", "at"),
    [
        (f"https://web.archive.org/web/20200102030405id_/{PAGE}", AT),
        (f"http://web.archive.org/web/20200102030405/{PAGE}", AT),
        (f"https://web.archive.org/web/20200102030405im_/{PAGE.replace('http://', 'http:/')}", AT),
        (f"https://arquivo.pt/noFrame/replay/20200102030405/{PAGE}", AT),
        (f"http://127.0.0.1:8090/outlet/20200102030405mp_/{PAGE}", AT),
        (f"https://web.archive.org/web/20200102030405/{PAGE.replace(':', '%3A').replace('/', '%2F')}", AT),
        (f"https://web.archive.org/web/2020/{PAGE}", None),
        (f"https://web.archive.org/web/20201399999999id_/{PAGE}", None),
    ],
)
def test_a_replay_has_the_pages_address_and_the_moment(url: str, at: str | None) -> None:
    assert read_replay(url) == Replay(PAGE, url[: url.index("/http", 8) + 1], at)
    assert Page("", url).canonical == PAGE
    assert urls.parse(url) == urls.parse(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f"http://www.tibet.cn/go?to=/20200102030405/{PAGE}",
        f"https://web.archive.org/web/*/{PAGE}",
        "https://web.archive.org/web/20200102030405/",
        f"http://mirror.example/http/{PAGE}",
        "file:///tmp/web.archive.org/web/2020/http:/x",
    ],
)
def test_no_other_address_is_one(url: str) -> None:
    assert read_replay(url) is None


def test_the_pictures_of_a_replayed_page_are_the_outlets() -> None:
    page = Page("", f"https://web.archive.org/web/20200102030405/{PAGE}")
    picture = "http://www.tibet.cn/cn/news/202302/W02.jpg"
    for written in ("W02.jpg", f"/web/20200102030405im_/{picture}", f"https://web.archive.org/web/2020im_/{picture}"):
        assert page.resource(written) == picture
        assert page.link(written) == f"https://web.archive.org/web/20200102030405/{picture}"
