"""The grammar of addresses: both ways, in every spelling, and what is none of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.timing import takes_at_most
from tibetnews.outlet import references, urls
from tibetnews.outlet.sections import SiteArea, section_table
from tibetnews.outlet.urls import Address, ListingFile, PageType, build, parse

SITE = "http://127.0.0.1:8000"
AREAS = {area.prefix: area for area in section_table().areas}
CN, TB, LEGACY, PHOTO, VIDEO, PHONE = (AREAS[f"/{name}/"] for name in ("cn", "tb", "news", "photo", "video", "wap"))
PAGE_TYPES: dict[str, PageType] = {"/photo/": "photo", "/video/": "video", "/wap/": "phone", "/news/": "legacy"}

ARTICLE = Address("article", CN, "politics", "7500001", "20231013")
ARTICLE_URL = "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"

words = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-", min_size=1, max_size=8)
days = st.dates().map(lambda day: f"{day:%Y%m%d}".zfill(8))


@st.composite
def addresses(draw: st.DrawFn, areas: Sequence[SiteArea] = section_table().areas) -> Address:
    """Any address of any area: a section of the table or one that is not known, a document or a listing."""
    area: SiteArea = draw(st.sampled_from(areas))
    known = [section.path for section in section_table().sections if section.area == area]
    unknown = st.lists(words, min_size=1, max_size=4).map("/".join)
    section = draw(st.one_of(st.sampled_from(known), unknown) if known else unknown)
    if area.prefix == "/":
        section = "/".join([draw(st.sampled_from(area.folders or ["zt"])), *section.split("/")[1:]])
    if section.partition("/")[0] in area.aliases:  # the other spelling of a section is never canonical
        section = "politics"
    if area is PHONE:  # whose news are articles of before 2016
        section = "video"
    page_type = draw(st.sampled_from(["listing", PAGE_TYPES.get(area.prefix, "article")]))
    match page_type:
        case "listing":
            files = [None, ListingFile("new_index", ".shtml"), ListingFile("index", ".htm")]
            return Address(
                "listing", area, section, page=draw(st.integers(0, 999_999)), file=draw(st.sampled_from(files))
            )
        case "article":
            number = draw(st.integers(0, 10**15 - 1))
            return Address("article", area, section, str(number), draw(days), draw(st.integers(0, 9999)))
        case "photo" | "phone":
            return Address(page_type, area, section, str(draw(st.integers(0, 10**15 - 1))))
        case "video":
            return Address("video", area, section, str(draw(st.integers(10**12, 10**13 - 1))), draw(days))
    return Address("legacy", area, section, str(draw(st.integers(10**12, 10**13 - 1))))


# At a copy of the outlet, areas without a prefix are told apart by their folders, and only one of them can be meant.
AT_A_COPY = [area for area in section_table().areas if area.prefix != "/" or area.hosts[0] == "media.tibet.cn"]
PLACES = st.one_of(
    st.tuples(addresses(), st.none()),
    st.tuples(addresses(AT_A_COPY), st.sampled_from([SITE, f"{SITE}/", "https://replica.example"])),
)


@given(PLACES)
def test_what_is_built_parses_back(place: tuple[Address, str | None]) -> None:
    address, site = place
    url = build(address, site)
    assert parse(url, site) == address
    assert build(address.at(0), site) == build(address, site) or address.page


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (
            "http://www.tibet.cn/cn/index/politics/polotocs1/202302/t20230227_7368139.html",
            Address("article", CN, "index/politics/polotocs1", "7368139", "20230227"),
        ),
        (
            "https://m.tibet.cn/cn/news/zcdt/202601/t20260104_7911939.html",
            Address("article", CN, "news/zcdt", "7911939", "20260104"),
        ),
        (
            "http://www.tibet.cn/cn/instant/domestic/202603/t20260325_7951590.html",
            Address("article", CN, "instant/domestic", "7951590", "20260325"),
        ),
        (
            "http://www.tibet.cn/cn/medicine/lht/202007/t20200724_6824778.html",
            Address("article", CN, "medicine/lht", "6824778", "20200724"),
        ),
        (
            "http://tb.tibet.cn/tb/people/201810/t20181010_6311049.html",
            Address("article", TB, "people", "6311049", "20181010"),
        ),
        ("http://www.tibet.cn/cn/politics/202310/t20231013_7500001_1.html", ARTICLE.at(1)),
        ("http://www.tibet.cn/cn/politics/", Address("listing", CN, "politics")),
        ("http://www.tibet.cn/cn/politics/index.html", Address("listing", CN, "politics")),
        ("http://www.tibet.cn/cn/politics/index_2.html", Address("listing", CN, "politics", page=2)),
        ("http://media.tibet.cn/photo/news/content_812.shtml", Address("photo", PHOTO, "news", "812")),
        ("http://media.tibet.cn/photo/landscape/list.shtml", Address("listing", PHOTO, "landscape")),
        (
            "http://media.tibet.cn/video/p/20170801/1501553412345.shtml",
            Address("video", VIDEO, "p", "1501553412345", "20170801"),
        ),
        ("http://media.tibet.cn/wap/video/video_content_1609568.shtml", Address("phone", PHONE, "video", "1609568")),
        ("http://app1.tibet.cn/wap/video/video_content_1609568.shtml", Address("phone", PHONE, "video", "1609568")),
        ("http://www.tibet.cn/news/focus/list.shtml", Address("listing", LEGACY, "focus")),
        ("http://www.tibet.cn/news/focus/1443583812345.shtml", Address("legacy", LEGACY, "focus", "1443583812345")),
        ("http://www.tibet.cn/wap/news/focus/1443583812345.shtml", Address("legacy", LEGACY, "focus", "1443583812345")),
    ],
)
def test_forms(url: str, address: Address) -> None:
    assert parse(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tibet.cn/cn/politics/202310/t20231013_7500001.html",
        "http://tibet.cn/cn/politics/202310/t20231013_7500001.html",
        "http://m.tibet.cn/cn/politics/202310/t20231013_7500001.html",
        "HTTP://WWW.Tibet.CN/cn/politics/202310/t20231013_7500001.html",
        f"{ARTICLE_URL}?from=timeline&isappinstalled=0",
        f"{ARTICLE_URL}?utm_source=a/b?c",
        f"{ARTICLE_URL}#comments",
        f"{ARTICLE_URL}?spm=1#top",
    ],
)
def test_spellings_of_one_article(url: str) -> None:
    address = parse(url)
    assert address == ARTICLE
    assert build(address) == ARTICLE_URL
    assert address.id == "cn-7500001"


def test_both_spellings_of_instant_are_one_section() -> None:
    upper, lower = (
        parse(f"http://www.tibet.cn/cn/{name}/politics/202310/t20231013_7500001.html")
        for name in ("Instant", "instant")
    )
    assert upper == lower is not None
    assert lower.edition_path == "instant/politics"


def test_one_base_stands_for_all_hosts() -> None:
    path = "/cn/politics/202310/t20231013_7500001.html"
    assert parse(SITE + path, SITE) == parse(SITE + path, f"{SITE}/") == ARTICLE
    assert parse(ARTICLE_URL, SITE) == ARTICLE  # its pages link to the outlet's hosts all the same
    assert parse(SITE + path) is None
    assert parse(f"http://127.0.0.1:8001{path}", SITE) is None
    assert parse(f"{SITE}/tb/people/201810/t20181010_6311049.html", SITE) is not None
    assert urls.at_site(f"https://m.tibet.cn{path}?from=a#b", SITE) == SITE + path
    assert urls.at_site(f"https://m.tibet.cn{path}?from=a#b", None) == f"https://m.tibet.cn{path}"


@pytest.mark.parametrize(
    "url",
    [
        # other places
        "http://www.example.com/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn.example.com/cn/politics/",
        "http://nottibet.cn/cn/politics/",
        "http://www.tibet.cn@evil.example/cn/politics/",
        "http://www.tibet.cn:80@evil.example/cn/politics/",
        "http://someone:secret@www.tibet.cn/cn/politics/",
        "http://evil.example\\@www.tibet.cn/cn/politics/",
        "http://www.tibet.cn\\.evil.example/cn/politics/",
        "http://www.tibet.cn:8080/cn/politics/",
        "http://www.tibet.cn:22/cn/politics/",
        "http://www.tibet.cn:99999999/cn/politics/",
        "http://127.0.0.1/cn/politics/",
        "http://[::1]/cn/politics/",
        "http://[::1/cn/politics/",
        # an edition on another's host
        "http://tb.tibet.cn/cn/politics/",
        "http://www.tibet.cn/tb/people/",
        "http://www.tibet.cn/photo/news/list.shtml",
        # other schemes, or none
        "ftp://www.tibet.cn/cn/politics/",
        "file:///cn/politics/",
        "javascript:void(0)",
        "//www.tibet.cn/cn/politics/",
        "/cn/politics/",
        "",
        "http://",
        # paths that the CMS does not write
        "http://www.tibet.cn/",
        "http://www.tibet.cn/cn/",
        "http://www.tibet.cn/cn/index.html",
        "http://www.tibet.cn/cn/../admin/",
        "http://www.tibet.cn/cn/politics/../../admin/",
        "http://www.tibet.cn/cn/%2e%2e/admin/",
        "http://www.tibet.cn/cn/politics/index_0.html",
        "http://www.tibet.cn/cn/politics/index_1.html/",
        "http://www.tibet.cn/cn/politics/list.shtml",
        "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.shtml",
        "http://www.tibet.cn/cn/politics/202310/t20231013_7500001_0.html",
        "http://www.tibet.cn/cn/politics/202310/t20231013_.html",
        "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html.exe",
        "http://www.tibet.cn/cn/politics/202310/t２０２３１０１３_7500001.html",
        "http://www.tibet.cn/cn/politics/index_1２.html",
        "http://www.tibet.cn/cn/politics/202310/t20231345_7500001.html",
        "http://www.tibet.cn/cn/202310/t20231013_7500001.html",
        "http://www.tibet.cn/news/focus/144358381234.shtml",
        "http://media.tibet.cn/photo/news/content_.shtml",
        "http://www.tibet.cn/wap/cn/politics/",
        "http://www.tibet.cn/cn/时政/",
    ],
)
def test_refused(url: str) -> None:
    assert parse(url) is None
    assert parse(url, SITE) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        (ARTICLE_URL, "2023-10-13"),
        ("http://media.tibet.cn/video/p/20170801/1501553412345.shtml", "2017-08-01"),
        ("http://www.tibet.cn/news/focus/1443628800000.shtml", "2015-10-01"),  # midnight by the outlet's clock
        ("http://www.tibet.cn/news/focus/1443628799999.shtml", "2015-09-30"),
        ("http://media.tibet.cn/photo/news/content_812.shtml", None),
        ("http://www.tibet.cn/cn/politics/", None),
    ],
)
def test_the_day_that_an_address_tells(url: str, date: str | None) -> None:
    address = parse(url)
    assert address is not None
    assert address.date == date


def test_addresses_as_pages_write_them() -> None:
    assert (
        references.absolute(" ./202310/t20231013_7500001.html\n", "http://www.tibet.cn/cn/politics/index_1.html")
        == ARTICLE_URL
    )
    assert references.absolute("../../x/", "http://www.tibet.cn/cn/news/zx/") == "http://www.tibet.cn/cn/x/"
    assert references.absolute("http://[", ARTICLE_URL) is None


def test_a_foreign_page_is_named_by_its_address() -> None:
    assert urls.foreign_id("http://mirror.example/1.html") == "cn-9e7d48bc029d75ca"
    assert {"www.tibet.cn", "tibet.cn", "m.tibet.cn", "media.tibet.cn", "german.tibet.cn"} <= urls.outlet_hosts()


@pytest.mark.parametrize(
    "path", ["a/" * 500_000, "a" * 1_000_000, "a/" * 499_999 + "202310/t20231013_", "%2e" * 333_333, "/" * 1_000_000]
)
def test_a_megabyte_of_address(path: str) -> None:
    with takes_at_most(3):
        parse(f"http://www.tibet.cn/cn/{path}!")
        parse(f"http://www.tibet.cn/news/{path}!")
        parse(f"http://{path}@www.tibet.cn/cn/")


def test_an_articles_folder_need_not_be_the_month_of_its_day() -> None:
    url = "http://www.tibet.cn/cn/politics/202310/t20231113_7500001.html"
    address = parse(url)
    assert address is not None
    assert build(address) == url
    assert address.date == "2023-11-13"


def test_a_folder_of_a_month_is_no_section() -> None:
    assert parse("http://www.tibet.cn/cn/politics/202302/") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://www.tibet.cn:80/cn/politics/202310/t20231013_7500001.html",
        "https://www.tibet.cn:443/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn:/cn/politics/202310/t20231013_7500001.html",
        "https://www.tibet.cn.:/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn./cn/politics/202310/t20231013_7500001.html",
        "http://WWW.Tibet.CN/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn//cn/politics//202310/t20231013_7500001.html",
        "http://www.tibet.cn/cn/politics/202310/%7420231013_7500001.html",
        "http://www.tibet.cn/cn/%70olitics/202310/t20231013%5F7500001.html",
        "http://www.tibet.cn/cn/./politics/202309/../202310/t20231013_7500001.html",
        "http://www.tibet.cn/cn/x/%2e%2e/politics/202310/t20231013_7500001.html",
    ],
)
def test_spellings_of_one_address(url: str) -> None:
    address = urls.parse(url)
    assert address is not None
    assert urls.build(address) == "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.html"
    assert urls.at_site(url, "http://127.0.0.1:8000") == "http://127.0.0.1:8000" + urls.build(address)[19:]


@pytest.mark.parametrize(
    "url",
    [
        "http://media.tibet.cn/video/ugc/20180317/152124982953.shtml",
        "http://media.tibet.cn/video/news/20180314/15209954745.shtml",
        "http://www.tibet.cn/cn/culture/202406/t20240601_7620000.html",
        "http://www.tibet.cn/cn/culture/ms/201208/t20120814_1234567.htm",
        "http://www.tibet.cn/cn/culture/ms/201208/t20120814_1234567_2.htm",
        "http://tb.tibet.cn/tb/vidoe/202208/t20220829_7260000.html",
    ],
)
def test_addresses_seen_in_old_pages_both_ways(url: str) -> None:
    address = urls.parse(url)
    assert address is not None
    assert urls.build(address) == url


@pytest.mark.parametrize("path", ["zt2024/yz30y/yzyw", "news", "aid_tibet", "index/politics"])
def test_a_listing_without_its_last_slash(path: str) -> None:
    address = urls.parse(f"http://www.tibet.cn/cn/{path}")
    assert address is not None
    assert (address.page_type, urls.build(address)) == ("listing", f"http://www.tibet.cn/cn/{path}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.tibet.cn:8080/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn:443/cn/politics/202310/t20231013_7500001.html",
        "http://www.tibet.cn/cn/politics%2F202310/t20231013_7500001.html",
        "http://www.tibet.cn/cn/politics/202310/t20231013_7500001.htmx",
    ],
)
def test_other_places_are_none_of_the_grammar(url: str) -> None:
    assert urls.parse(url) is None


@pytest.mark.parametrize(
    "site", ["http://copy.example:80", "https://copy.example:443", "http://Copy.Example:8000", "http://copy.example."]
)
def test_a_copys_address_may_be_spelt_in_any_way(site: str) -> None:
    address = urls.Address("article", section_table().areas[0], "politics", "7500001", "20231013")
    assert urls.parse(urls.build(address, site), site) == address


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://media.tibet.cn/holiday/xxzx/201108/t20110811_1127334.htm", "media/holiday/xxzx"),
        ("http://media.tibet.cn/xzly/xxzx/201209/t20120903_1780001.htm", "media/xzly/xxzx"),
        ("http://media.tibet.cn/10js/tp/201211/t20121108_1800001_2.htm", "media/10js/tp"),
        ("http://media.tibet.cn/bxrj/xf/201301/t20130130_1810001.htm", "media/bxrj/xf"),
        ("http://media.tibet.cn/gyrw/201304/t20130401_1820001.html", "media/gyrw"),
        ("http://media.tibet.cn/photo/index.shtml", "media/photo"),
        ("http://media.tibet.cn/video/index.shtml", "media/video"),
        ("http://media.tibet.cn/video/new_index.shtml", "media/video"),
        ("http://media.tibet.cn/video/new_index_2.shtml", "media/video"),
        ("http://media.tibet.cn/picture/pic_index.shtml", "media/picture"),
        ("http://media.tibet.cn/special/", "media/special"),
        ("http://www.tibet.cn/special/2012/lh/", "cn/special/2012/lh"),
        ("http://www.tibet.cn/zt/201304/t20130401_1820001.html", "cn/zt"),
        ("http://media.tibet.cn/2013xzdlj/dt/", "media/2013xzdlj/dt"),
        ("http://media.tibet.cn/newzt/today/index.htm", "media/newzt/today"),
        ("http://www.tibet.cn/newzt/today/index_3.htm", "cn/newzt/today"),
        ("http://hf.tibet.cn/ms/201505/t20150512_3200001.htm", "cn/ms"),
        ("http://search.tibet.cn:8080/was/index.htm", "cn/was"),
        ("http://data.tibet.cn/rw/", "cn/rw"),
        ("http://www.tibet.cn/cn/mlzl/zhal/201803/t20180319_5600001.html", "cn/mlzl/zhal"),
        ("http://www.tibet.cn/cn/cloud/xszqkk/zgxz/2018/01/", "cn/cloud/xszqkk/zgxz/2018/01"),
        ("http://www.tibet.cn/cn/cloud/xszypk/c/201805/t20180501_5500001.html", "cn/cloud/xszypk/c"),
    ],
)
def test_sections_without_a_prefix_and_listings_with_names_of_their_own_both_ways(url: str, key: str) -> None:
    address = urls.parse(url)
    assert address is not None
    assert (address.section_key, urls.build(address)) == (key, url)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.tibet.cn/",
        "http://www.tibet.cn/cn/",
        "http://www.tibet.cn/cn/index.html",
        "http://www.tibet.cn/login",
        "http://www.tibet.cn/tb/people/201810/t20181010_6311049.html",  # another host's prefix
        "http://www.tibet.cn/cn/202310/t20231013_7500001.html",
        "http://zz.tibet.cn/special/",
        "http://media.tibet.cn/news/201304/t20130401_1820001.html",
    ],
)
def test_no_section_of_a_host(url: str) -> None:
    assert urls.parse(url) is None


def test_the_folder_tells_the_area_at_a_copy_of_the_outlet() -> None:
    address = urls.parse(f"{SITE}/holiday/xxzx/201108/t20110811_1127334.htm", SITE)
    assert address == urls.parse("http://media.tibet.cn/holiday/xxzx/201108/t20110811_1127334.htm")
    assert urls.parse(f"{SITE}/xxzx/201108/t20110811_1127334.htm", SITE) is None


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("http://www.tibet.cn/cn/index/ztzl/special.html", "www.tibet.cn/cn/index/ztzl/special.html"),
        ("http://www.tibet.cn/cn/politics/2023/1013/7500.html?a=1", "www.tibet.cn/cn/politics/N/N/N.html"),
        ("https://bbs.tibet.cn/thread-12-1.html", "bbs.tibet.cn/thread-N-N.html"),
        (f"{SITE}/cn/zt/{17}.jsp", "/cn/zt/N.jsp"),
        ("http://www.tibet.cn/", None),
        ("http://tb.tibet.cn/tb/", None),
        ("http://www.tibet.cn/cn/politics/", None),
        ("http://www.tibet.cn/res/a.JPG", None),
        ("http://www.tibet.cn.example.net/cn/a.html", None),
        ("http://news.example.com/2024/a.html", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_pages_of_the_outlet_that_the_grammar_does_not_know(url: str, pattern: str | None) -> None:
    assert urls.is_unknown(url, SITE) is (pattern is not None)
    if pattern:
        assert urls.pattern_of(url, SITE) == pattern
