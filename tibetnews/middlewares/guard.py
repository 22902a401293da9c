"""Tells a guard in front of the outlet, which answers only browsers, from the outlet's own errors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapy.http import Response

from tibetnews.errors import Rejection
from tibetnews.health.pages import GUARD, GUARD_ADVICE

_ADVICE = f"open it in a browser, {GUARD_ADVICE}"
_NO_GUARD = frozenset({404, 410})
_CHALLENGE = re.compile(
    r"document\.cookie|\beval\s{0,9}\(|/cdn-cgi/challenge|cf-chl|__jsl|captcha|安全验证|请稍候", re.I
)
"""What scripts of guards do, and their names."""
_NO_TEXT = re.compile(r"<(script|style|noscript|title)\b.*?(?:</\1\s{0,9}>|\Z)|<[^>]*+>|\s+", re.I | re.S)
_HEAD_BYTES = 50_000


def guard_answer(response: Response) -> str | None:
    """Return what a guard has answered to a request; None for an answer of the outlet's own."""
    status, start = response.status, response.body[:_HEAD_BYTES].decode("utf-8", "replace")
    is_challenge = "<script" in start.lower() and (_CHALLENGE.search(start) or not _NO_TEXT.sub("", start))
    wants_cookie = status == 521 and b"Set-Cookie" in response.headers
    # 412: nothing that this crawler sends is a precondition
    if status in _NO_GUARD or not (is_challenge or wants_cookie or status == 412):
        return None
    return f"something in front of the outlet answers {status} and waits for a browser"


def guard_of(response: Response) -> Rejection | None:
    """Return what a guard's answer to a request means; None for an answer of the outlet's own."""
    answer = guard_answer(response)
    return Rejection(GUARD, f"{answer}; {_ADVICE}") if answer else None


def guard_of_redirects(urls: Sequence[str]) -> Rejection | None:
    """Return what it means that an address redirects to itself again and again; None where others are on the way."""
    if len(set(urls)) > 1:
        return None
    return Rejection(
        GUARD,
        f"{urls[-1]} redirects to itself, as where something in front of the outlet waits for a cookie; try"
        f" -s COOKIES_ENABLED=1, or {_ADVICE}",
    )
