"""How long a server asks to be left alone, whatever this machine's clock says."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler

from tibetnews.middlewares.retry_after import RetryAfter, retry_after_seconds

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


def test_all_requests_to_the_host_wait_until_the_pause_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now, pauses = 1000.0, []

    async def sleep(seconds: float) -> None:
        nonlocal now
        pauses.append(seconds)
        now += seconds

    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    middleware = RetryAfter(MemoryStatsCollector(get_crawler()), max_seconds=300)
    asked = Request("http://127.0.0.1:8000/a")
    middleware.process_response(asked, Response(asked.url, status=429, headers={"Retry-After": b"7"}))

    async def ask(url: str) -> None:
        await middleware.process_request(Request(url))

    for url in ("http://127.0.0.1:9000/", "http://127.0.0.1:8000/b", "http://127.0.0.1:8000/c"):
        _run(ask(url))
    assert pauses == [7.0]


def _run(coroutine: Coroutine[None, None, None]) -> None:
    """Run a coroutine that awaits nothing of an event loop."""
    with pytest.raises(StopIteration):
        coroutine.send(None)
