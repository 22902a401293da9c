"""How long a server asks to be left alone, whatever this machine's clock says."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from tibetnews.middlewares.retry_after import retry_after_seconds

NOON = 1_704_801_600.0  # 2024-01-09T12:00:00Z


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 120 "}, 120),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "²"}, None),
        ({"Retry-After": "Tue, 09 Jan 2024 12:05:00 GMT"}, 300),
        ({"Retry-After": "Tue, 09 Jan 2024 11:00:00 GMT"}, 0),
        # the server's clock is a year ahead of this one, or this one a year behind
        ({"Retry-After": "Wed, 08 Jan 2025 12:05:00 GMT", "Date": "Wed, 08 Jan 2025 12:00:00 GMT"}, 300),
        ({"Retry-After": "Tue, 09 Jan 2024 12:05:00 GMT", "Date": "today"}, 300),
    ],
)
def test_retry_after_seconds(headers: dict[str, str], pause: float | None) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    assert retry_after_seconds(Response("http://127.0.0.1/", status=503, headers=raw), NOON) == pause
