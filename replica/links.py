"""The spellings of links: what editors, templates and sharing buttons make of one address."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import relpath

from replica.dice import Dice
from replica.sections import Section

STRANGERS = (
    "http://news.example.com/2024/0101/c1001-40001.html",
    "https://www.example.org/cn/politics/202401/t20240101_7500001.html",
    "http://www.tibet.cn.example.net/cn/politics/202401/t20240101_7500002.html",
    "http://user@www.example.org:8080/tibet.cn/",
    "http://www.tibet.cn/zt/2024/",
    "http://www.tibet.cn/cn/politics/",
    "/cn/index/ztzl/special.html",
    "javascript:void(0)",
    "mailto:news@example.com",
    "#",
    "",
)
"""Links that lead to no article of the outlet."""


def spell(path: str, host: str, listing: Section, dice: Dice) -> str:
    """Return a link to *path* on *host*, written on a page of *listing*."""
    if path.startswith("/cn/instant/") and dice.one_in(2, "capital"):
        path = path.replace("/instant/", "/Instant/")
    if path.startswith("/news/") and dice.one_in(5, "wap"):
        path = f"/wap{path}"
    return dice.choose("spelling", _SPELLINGS)(path, host, listing)


def _relative(path: str, host: str, listing: Section) -> str:
    if host != listing.host:
        return f"http://{host}{path}"
    link = relpath(path, listing.folder)
    return link if link.startswith("../") else "./" + link


def _rooted(path: str, host: str, listing: Section) -> str:
    return path if host == listing.host else f"//{host}{path}"


_SPELLINGS: tuple[Callable[[str, str, Section], str], ...] = (
    _relative,
    _relative,
    _relative,
    _rooted,
    lambda path, host, _listing: f"http://{host}{path}",
    lambda path, host, _listing: f"https://{host}{path}",
    lambda path, host, _listing: f"http://{host.replace('www.', 'm.')}{path}",
    lambda path, host, _listing: f"https://{host.replace('www.', '')}{path}",
    lambda path, host, _listing: f"http://{host}{path}?from=groupmessage&isappinstalled=0",
    lambda path, host, listing: _relative(path, host, listing) + "?utm_source=weibo&spm=C94212.1",
    lambda path, host, listing: _relative(path, host, listing) + "#comment",
)
