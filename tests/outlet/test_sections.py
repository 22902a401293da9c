"""The section table: every row proves itself, every fault is one line that says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tibetnews.errors import WrongUseError
from tibetnews.outlet import urls
from tibetnews.outlet.sections import Section, read_table, section_table

AREA = """# a comment
[cn]
edition = "cn"
language = "zh-Hans"
hosts = ["www.tibet.cn"]
home_label = "中国西藏网"
prefix = "/cn/"
listing = "index"
"""
SECTIONS = """
[cn.sections]
"politics" = "时政"
"""
GOOD = AREA + SECTIONS
LEGACY = AREA.replace("[cn]", "[old]").replace('"/cn/"', '"/news/"') + '[old.sections]\n"focus" = "要闻"\n'


@pytest.mark.parametrize("section", section_table().sections, ids=lambda section: section.edition_path)
def test_every_row_parses_back_to_itself(section: Section) -> None:
    address = urls.parse(urls.build(urls.listing(section)))
    assert address == urls.listing(section)
    assert (address.area, address.section, address.edition_path) == (section.area, section.path, section.edition_path)
    assert urls.parse(urls.build(urls.listing(section, 3))) == urls.listing(section, 3)


def test_the_outlets_editions_and_hosts() -> None:
    assert section_table().editions == ("cn", "tb", "eng", "fr", "de", "media")
    seen = {(area.edition, area.language, area.hosts[0], area.prefix) for area in section_table().areas}
    assert seen == {
        ("cn", "zh-Hans", "www.tibet.cn", "/cn/"),
        ("cn", "zh-Hans", "www.tibet.cn", "/news/"),
        ("tb", "bo", "tb.tibet.cn", "/tb/"),
        ("eng", "en", "eng.tibet.cn", "/eng/"),
        ("fr", "fr", "french.tibet.cn", "/fr/"),
        ("de", "de", "german.tibet.cn", "/de/"),
        ("media", "zh-Hans", "media.tibet.cn", "/photo/"),
        ("media", "zh-Hans", "media.tibet.cn", "/video/"),
        ("media", "zh-Hans", "media.tibet.cn", "/wap/"),
        ("media", "zh-Hans", "media.tibet.cn", "/"),
        ("cn", "zh-Hans", "www.tibet.cn", "/"),
        ("cn", "zh-Hans", "hf.tibet.cn", "/"),
        ("cn", "zh-Hans", "data.tibet.cn", "/"),
        ("cn", "zh-Hans", "search.tibet.cn:8080", "/"),
    }
    keys = {section.edition_path for section in section_table().sections}
    assert {"politics", "news/zcdt", "instant/domestic", "photo/news", "network/dt", "literature/ls"} <= keys


def test_a_good_table() -> None:
    good = read_table(GOOD, "my.toml")
    assert [(section.edition_path, section.name) for section in good.sections] == [("politics", "时政")]
    assert good.areas[0].home_label == "中国西藏网"


def test_former_names_of_a_section() -> None:
    (section,) = read_table(GOOD.replace('"时政"', '["时政", "要闻"]'), "my.toml").sections
    assert (section.name, section.former_names) == ("时政", ("要闻",))


def test_two_areas_without_a_prefix_differ_by_their_hosts() -> None:
    first = GOOD.replace('"/cn/"', '"/"')
    other = AREA.replace("[cn]", "[other]").replace('"/cn/"', '"/"')
    assert len(read_table(first + other.replace("www.", "hf."), "my.toml").areas) == 2
    with pytest.raises(WrongUseError, match="no two can have one"):
        read_table(first + other, "my.toml")


@pytest.mark.parametrize(
    ("toml", "line", "says"),
    [
        (GOOD.replace('edition = "cn"\n', ""), 2, "edition is missing"),
        (
            GOOD.replace('listing = "index"\n', "").replace('home_label = "中国西藏网"\n', ""),
            2,
            "home_label, listing is missing",
        ),
        (GOOD.replace('"zh-Hans"', '"zh"'), 2, "it can be bo, de"),
        (GOOD.replace('"zh-Hans"', '["zh-Hans"]'), 2, "write it as text in quotes"),
        (GOOD.replace('listing = "index"', 'listing = "pages"'), 2, 'it can be "index" or "list"'),
        (GOOD.replace('["www.tibet.cn"]', '"www.tibet.cn"'), 2, "hosts is a list with at least one name"),
        (GOOD.replace('["www.tibet.cn"]', "[]"), 2, "hosts is a list with at least one name"),
        (GOOD.replace('["www.tibet.cn"]', "[80]"), 2, "hosts is a list with at least one name"),
        (GOOD.replace('"/cn/"', '"cn"'), 2, "it is one word between two /"),
        (GOOD.replace('listing = "index"', 'listing = "index"\nfolders = "special"'), 2, "folders is a list of names"),
        (GOOD.replace('"时政"', "[]"), 11, "write the section's name after the =, in quotes"),
        (GOOD.replace('"时政"', '["时政", ""]'), 11, "or a list, the name of today first"),
        (GOOD.replace('"/cn/"', "7"), 2, "prefix is 7; write it as text in quotes"),
        (GOOD.replace('edition = "cn"', "edition = 1"), 2, "edition is 1; write it as text"),
        (GOOD.replace('home_label = "中国西藏网"', "home_label = 1"), 2, "home_label is 1; write it as text"),
        (
            GOOD.replace('listing = "index"', 'listing = "index"\naliases = "Instant"'),
            2,
            "aliases is 'Instant'; it is a table",
        ),
        (GOOD.replace('"politics" =', '"/politics/" ='), 11, "without / at its ends"),
        (GOOD.replace('"politics" =', '"时政" ='), 11, "names of letters and digits"),
        (GOOD.replace('"politics" =', '"../politics" ='), 11, "names of letters and digits"),
        (GOOD.replace('"时政"', '" "'), 11, "write the section's name after the =, in quotes"),
        (GOOD.replace('"时政"', "7"), 11, "write the section's name after the =, in quotes"),
        (GOOD.replace('"politics" = "时政"', 'vg = "公益"\npolitics = 7'), 12, "write the section's name"),
        (GOOD.replace('"politics" = "时政"', '"politics" = "时政"\n"politics" = "政"'), 12, "my.toml:12: "),
        (GOOD.replace('"politics" = "时政"', '"politics" = "时政'), 11, "my.toml:11: "),
        (GOOD + AREA.replace("[cn]", "[cn2]"), 13, "no two can have one"),
        (GOOD.replace('"politics" =', '"news/focus" =') + LEGACY, 21, "delete one of the two lines"),
        (f'name = "x"\n{GOOD}', 1, "an area is a line [name]"),
        (f"{AREA}sections = 7\n", 2, "sections is 7; it is a table"),
    ],
)
def test_a_fault_is_one_line_with_its_place_and_remedy(toml: str, line: int, says: str) -> None:
    with pytest.raises(WrongUseError) as caught:
        read_table(toml, "my.toml")
    message = str(caught.value)
    assert message.startswith(f"my.toml:{line}: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-le", "gb18030"])
def test_a_table_in_another_encoding_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "sections.toml"
    path.write_bytes(GOOD.replace("时政", "要聞").encode(encoding))
    monkeypatch.setattr("tibetnews.outlet.sections.FILE", path)
    with pytest.raises(WrongUseError, match=r"sections\.toml.*: ") as caught:
        section_table.__wrapped__()
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_no_fault_and_a_table_that_is_gone_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "sections.toml"
    monkeypatch.setattr("tibetnews.outlet.sections.FILE", path)
    with pytest.raises(WrongUseError, match=r"sections\.toml: No such file"):
        section_table.__wrapped__()
    path.write_bytes(GOOD.encode("utf-8-sig"))
    assert section_table.__wrapped__() == read_table(GOOD, "x")


@pytest.mark.parametrize("toml", ["", AREA, f"{AREA}[cn.sections]\n"])
def test_a_table_without_sections_is_refused(toml: str) -> None:
    with pytest.raises(WrongUseError, match=r"my\.toml: no sections; add one below \[<area>\.sections\]"):
        read_table(toml, "my.toml")


@pytest.mark.parametrize(
    ("breadcrumbs", "key"),
    [
        (["中国西藏网", "时政"], "politics"),
        (["中国西藏网", "即时新闻", "时政"], "instant/politics"),
        (["中国西藏网", "即时新闻", "国内"], "instant/domestic"),
        (["中国西藏网", "新闻", "时政"], "politics"),  # the name before it is of no section
        (["中国西藏网", "即时新闻"], "instant"),
        (["中国西藏网", "藏学"], "culture/zx"),
        (["中国西藏网", "西藏新闻"], "news/zx"),
        (["中国西藏网", "西藏新闻", "资讯"], "news/zx"),
        (["中国西藏网", "藏区动态"], "news/zcdt"),
        (["中国西藏网", "微观"], "vg"),
        (["中国西藏网", "公益"], "vg"),
        (["བོད་ཀྱི་དྲ་བ།", "མི་སྣ།"], "people"),
        (["中國西藏網", "即時新聞", "國內"], "instant/domestic"),
        (["中國西藏網", "再發現"], "rediscovery"),
        (["中國西藏網", "藏醫藥行業動態"], "medicine/news"),
        (["别的网站", "时政"], None),
        (["中国西藏网", "天气"], None),
        (["时政"], None),
        ([], None),
    ],
)
def test_breadcrumbs_lead_to_a_section(breadcrumbs: list[str], key: str | None) -> None:
    section = section_table().find_by_breadcrumbs(breadcrumbs)
    assert (section and section.edition_path) == key
