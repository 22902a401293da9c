"""Times of publication: all accepted forms, the table of docs/times.md, and days that cannot be."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text import clean
from tibetnews.text.page.times import is_possible, read_time

TABLE = Path(__file__).parents[3] / "docs" / "times.md"


def documented() -> list[tuple[str, str]]:
    """The rows of the table: what a page says, and the time that is read."""
    return re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", TABLE.read_text("utf-8"), re.MULTILINE)


def test_the_table_has_rows() -> None:
    assert len(documented()) >= 20


@pytest.mark.parametrize(("text", "value"), documented())
def test_a_documented_form(text: str, value: str) -> None:
    assert read_time(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-12-31T16:30:00Z", "2020-01-01T00:30:00+08:00"),
        ("2021-07-01T09:00:00.123+0900", "2021-07-01T08:00:00+08:00"),
        ("2021-07-01 01:00:00 GMT", "2021-07-01T09:00:00+08:00"),
        ("Thu, 01 Jul 2021 01:00:00 +0000", "2021-07-01T09:00:00+08:00"),
        ("2022-03-05 09:30-11:00", "2022-03-05T09:30:00+08:00"),  # a span of time, no offset
        ("2022-03-05 12:10 AM", "2022-03-05T00:10:00+08:00"),
        ("2022-03-05 12:10 p.m.", "2022-03-05T12:10:00+08:00"),
        ("2022年3月5日 中午12:10", "2022-03-05T12:10:00+08:00"),
        ("2022年3月5日傍晚6点半", "2022-03-05T18:30:00+08:00"),
        ("2022年3月5日 深夜1时20分", "2022-03-05T01:20:00+08:00"),
        ("2022年3月5日 16时3分9秒", "2022-03-05T16:03:09+08:00"),
        ("２０２２／０３／０５　０９：３０", "2022-03-05T09:30:00+08:00"),
        ("2022-03-05 周六 09:30", "2022-03-05T09:30:00+08:00"),
        ("二○二二年三月五日", "2022-03-05"),
        ("二零二二年十二月三十一日", "2022-12-31"),
        ("一九九九年十月二十日", "1999-10-20"),
        ("二〇二二年十月三十二日", None),
        ("二〇二二年十十月五日", None),
        ("二〇二二年三月", None),
        ("9:30:01, 5-Mar-2022", "2022-03-05T09:30:01+08:00"),
        ("2022-03-04 08:00 09:30 2022-03-05", "2022-03-04T08:00:00+08:00"),
        ("比分 109:30 2022-03-05", "2022-03-05"),
        ("02:26 p.m., 5 March 2022", "2022-03-05T14:26:00+08:00"),
        ("2:26 PM, Mar 5, 2022", "2022-03-05T14:26:00+08:00"),
        ("更新时间：2022-03-06 发布时间：09:30 2022-03-05", "2022-03-05T09:30:00+08:00"),
        ("2022年3月5日（星期六）下午 3:30", "2022-03-05T15:30:00+08:00"),
        ("2022 03/ 05 09:30:01", "2022-03-05T09:30:01+08:00"),
        ("最后更新：2022-03-06 08:00 发布于 2022-03-05 09:30", "2022-03-05T09:30:00+08:00"),
        ("Updated: 2022-03-06 08:00", "2022-03-06T08:00:00+08:00"),
        ("发布\u200b时间：2022-\ufeff03-05 09\u200b:30", "2022-03-05T09:30:00+08:00"),
        ("༢༠༢༢-༠༣-༠༥ ༠༩:༣༠", "2022-03-05T09:30:00+08:00"),
        ("20220305", "2022-03-05"),
        ("发布日期：２０２２０３０５", "2022-03-05"),
        ("来源：某某网 20220305", "2022-03-05"),
        ("20220305 09:30:07", "2022-03-05T09:30:07+08:00"),
        ("时间 20220305093007", "2022-03-05T09:30:07+08:00"),
        ("批号 20220305", None),
        ("20220305期", "2022-03-05"),
        ("20220305-1", None),
        ("t20220305_1", None),
        ("20221305", None),
        ("20220230", None),
        ("2022030512345678", None),
        ("发布时间：22-03-05 09:30", "2022-03-05T09:30:00+08:00"),
        ("22/3/5 9:30:01 来源：新华网", "2022-03-05T09:30:01+08:00"),
        ("22-03-19 10:30", "2022-03-19T10:30:00+08:00"),
        ("22-03-05", None),
        ("22-03/05 09:30", None),
        ("22-13-05 09:30", None),
        ("10:22-03-05 09:30", None),
        ("3月5日 09:30", None),
        ("Sat Mar  5 01:30:00 GMT 2022", "2022-03-05T09:30:00+08:00"),
        (
            "更新时间：Sun Mar 06 2022 09:30:00 GMT+0800 发布时间：Sat Mar 05 09:30:00 CST 2022",
            "2022-03-06T09:30:00+08:00",
        ),
        ("Sat Mar 5 09:30:00 EST 2022", None),
        ("Sat Mar 45 09:30:00 CST 2022", None),
        ("2022-03-05 12 人参加", "2022-03-05"),  # a number, no hour
        ("2022-03-05 24:00", "2022-03-06T00:00:00+08:00"),
        ("2022-03-05 24:30", None),
        ("Mayor 2022", None),
        ("18-07-2022 09:30", "2022-07-18T09:30:00+08:00"),
        ("7-18-2022-1", None),
        ("2022  07/ 18 09:30", "2022-07-18T09:30:00+08:00"),
        ("2022.07.18. 09:30", "2022-07-18T09:30:00+08:00"),
        ("July 18, 2022 - 09:30", "2022-07-18T09:30:00+08:00"),
        ("2022-07-18_09:30", "2022-07-18T09:30:00+08:00"),
        ("18-Jul-2022 09:30", "2022-07-18T09:30:00+08:00"),
        ("2022\u20110718", None),
        ("2022\u201107\u201118 09:30", "2022-07-18T09:30:00+08:00"),
        ("2022–07–18", "2022-07-18"),
        ("2022年7月18日 早8点", "2022-07-18T08:00:00+08:00"),
        ("03/05/2022", None),  # in May or in March
        ("05/05/2022 09:30", "2022-05-05T09:30:00+08:00"),
        ("/news/07/18/2022/", None),
        ("1/07/18/2022", None),
        ("民国108年1月9日", "2019-01-09"),
        ("民國 111 年 3 月 5 日 下午2:26", "2022-03-05T14:26:00+08:00"),
        ("民國38年3月5日", None),  # history
        ("民國111年13月5日", None),
        ("2022-07-18-09:30:05", "2022-07-18T09:30:05+08:00"),
        ("2022-07-18-21", "2022-07-18"),
        ("2022-03-06 08:00 更新 2022-03-05 09:30 发布", "2022-03-05T09:30:00+08:00"),
        ("2022-03-05 09:30 发布于拉萨 更新时间：2022-03-06 08:00", "2022-03-05T09:30:00+08:00"),
    ],
)
def test_further_forms(text: str, value: str | None) -> None:
    assert read_time(text) == value


NOW = datetime(2023, 10, 13, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published_at", "possible"),
    [
        ("2023-10-13", True),
        ("2023-10-14T09:59:00+08:00", True),  # the outlet's clock may be ahead
        ("2023-10-14T10:01:00+08:00", False),
        ("2023-10-15", False),
        ("2099-01-01", False),
        ("1995-01-01", True),
        ("1994-12-31T23:59:00+08:00", False),
        ("1970-01-01T08:00:00+08:00", False),
    ],
)
def test_possible_days(published_at: str, possible: bool) -> None:
    assert is_possible(published_at, NOW) is possible


@pytest.mark.parametrize(
    "piece",
    [
        "2023年",
        "2023-10-13 ",
        "2023 10 ",
        "2023-10-13 下午",
        "发布时间：",
        "May 1, ",
        "1.1.",
        "2023-1-1 星期五 (",
        "2023ལོའི་ཟླ་",
    ],
)
def test_a_megabyte_that_nearly_fits(piece: str) -> None:
    with takes_at_most(5):
        read_time(piece * (1_000_000 // len(piece)) + "!")


@pytest.mark.parametrize("time", ["10-13 10:05", "10月13日 10:05", "10/13 10:05:00", "1月3日 10：05"])
@pytest.mark.parametrize(
    ("line", "source"),
    [("{} 来源：新华网", "新华网"), ("来源：新华网 {}", "新华网"), ("发布时间：{}", None), ("{} 新华网", "新华网")],
)
def test_a_time_without_a_year_shows_the_byline_and_tells_no_time(time: str, line: str, source: str | None) -> None:
    byline = line.format(time)
    story = "三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。\n乡里的技术员说，今年的良种覆盖率比去年高。"
    cleaned = clean(f"河谷里春耕忙\n{byline}\n{story}")
    assert (cleaned.title, cleaned.source, cleaned.published_at) == ("河谷里春耕忙", source, None)
    assert cleaned.text == story.replace("\n", "\n\n")
    assert [piece.text for piece in cleaned.removed] == [byline]


@pytest.mark.parametrize(
    "line", ["10月13日 10:05 拉萨站", "13-10-13 10:05 3:2", "10月13日 10:05 晴", "比分 10:13 10:05"]
)
def test_a_line_of_a_timetable_or_a_diary_is_no_byline(line: str) -> None:
    text = f"河谷里春耕忙\n{line}\n三月的河谷里，农牧民正忙着翻地播种，合作社的机械开到了田头。"
    assert clean(text).text == text
