"""A request that times out again and again ends at its deadline."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadTimeoutError

from tibetnews.middlewares.deadline import Deadline


def test_the_tries_of_a_request_share_one_deadline() -> None:
    deadline = Deadline(70.0, 30.0)
    request = Request("http://www.tibet.cn/")
    timeouts = []
    while "dont_retry" not in request.meta:
        deadline.process_request(request)
        timeouts.append(request.meta["download_timeout"])
        deadline.process_exception(request, DownloadTimeoutError())
        request = request.copy()  # as Scrapy's retries are
    assert timeouts == [30.0, 30.0, 10.0]


def test_other_failures_take_nothing_from_it() -> None:
    request = Request("http://www.tibet.cn/")
    for _ in range(5):
        Deadline(60.0, 30.0).process_request(request)
        Deadline(60.0, 30.0).process_exception(request, DownloadConnectionRefusedError())
    assert request.meta["download_timeout"] == 30.0
    assert "dont_retry" not in request.meta
