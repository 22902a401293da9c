"""Times of publication: all accepted forms, the table of docs/times.md, and days that cannot be."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.timing import takes_at_most
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
        ("2022-03-05 12 人参加", "2022-03-05"),  # a number, no hour
        ("2022-03-05 24:00", "2022-03-06T00:00:00+08:00"),
        ("2022-03-05 24:30", None),
        ("Mayor 2022", None),
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
