"""Reads the line of breadcrumbs above a title: 您当前的位置：中国西藏网 > 时政."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tibetnews.text.line_forms import has_sentence, is_prose
from tibetnews.text.repair.pinyin import LETTERS
from tibetnews.text.unicode_ranges import TIBETAN

SEPARATORS = ">＞›»"
"""The marks between breadcrumbs."""

_SEPARATOR = re.compile(rf"\s*[{SEPARATORS}]\s*")
_POSITION_LABEL = re.compile(
    r"^(?:(?:\d{1,2}[.、]|[-*•·●])\s?)?(?:(?:[您你]?的?(?:(?:当前|所在|现在|目前)的?)?位置)?(?:是)?\s?[：:]\s?)?"
)
_HOME = re.compile(
    rf"(?:\S{{0,20}}(?:网|網|网站|網站|频道|頻道|在线|在線|Online|Network|首页|首頁|主页|主頁)|Home(?:page)?|home"
    rf"|Accueil|Startseite|[A-Za-z.]{{2,20}}\.(?:cn|com)|[{TIBETAN} ]{{2,40}})"
)
_ANNOTATION = re.compile(rf"\([{LETTERS}]{{1,6}} ?\) ?")  # pinyin; markup is read before its repair
_NO_NAME = re.compile(r"""[，,。！？!?；;：:=(){}\[\]<"'`$#|\\@*+]|^\W|^\d+$""")
_MAX_BREADCRUMBS = 120  # characters of the line
_MAX_HEAD_LINES = 80  # lines in which they are looked for: more than any site's header has
_MAX_BREADCRUMB = 40  # characters of each part


def read_breadcrumbs(line: str) -> tuple[str, ...]:
    """Return the parts of a line of breadcrumbs, which are names; empty where the line is something else.

    >>> read_breadcrumbs("您当前的位置：中国西藏网 > 时政"), read_breadcrumbs("if a > b:")
    (('中国西藏网', '时政'), ())
    """
    if len(line) > _MAX_BREADCRUMBS or not _SEPARATOR.search(line) or has_sentence(line):
        return ()
    parts = [part for part in _SEPARATOR.split(_POSITION_LABEL.sub("", line.strip())) if part]
    if len(parts) < 2 or any(
        len(part) > _MAX_BREADCRUMB or _NO_NAME.search(_ANNOTATION.sub("", part)) for part in parts
    ):
        return ()
    return tuple(parts)


def find_breadcrumbs(lines: Sequence[str]) -> int | None:
    """Return the line of breadcrumbs that begin at a home page; it stands above the story."""
    for i, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if is_prose(line):
            return None
        parts = read_breadcrumbs(line)
        if parts and _HOME.fullmatch(parts[0]):
            return i
    return None
