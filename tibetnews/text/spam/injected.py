"""Where a line bears a betting brand with its badge: 开云体育-【官网首页】."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.spam.vocabulary import brand_start

# A hyphen glued to a bracket that opens with 官网 or 官方: nobody honest does so. Every part is bounded.
_BADGE = re.compile(r"[-—－_]【官[网方][^】\n]{0,30}】")

# The word before the badge, which holds the brand; looked for in a window of so many characters.
_NO_WORD = r"\s>＞|｜_，。！？、：；,“”《》（）()【】-"
_LAST_WORD = re.compile(rf"[^{_NO_WORD}]*+(?:[（(][^{_NO_WORD}]{{1,8}}[）)][^{_NO_WORD}]*+)?$")
_REACH = 40

# What glues the brand to its neighbours in a title, and what parts it from them in breadcrumbs.
_GLUE = " _-|—"
_GAP = " >＞\xa0"


def badges(line: str) -> Iterator[tuple[int, int]]:
    """Yield where a brand with its badge begins and ends, with what glues it to the words before it.

    The badge tells the brand's end; where none is seen before it, the badge goes alone.

    >>> list(badges("拉萨新闻-开云体育-【官网首页】"))
    [(4, 16)]
    """
    if "【官" not in line:
        return
    end = 0
    for badge in _BADGE.finditer(line):
        before = line[max(end, badge.start() - _REACH) : badge.start()]
        word = _LAST_WORD.findall(before)[0]
        brand = brand_start(word)
        kept = before if brand is None else before[: len(before) - len(word) + brand]
        after = line[badge.end() : badge.end() + _REACH]
        parted = not after or after[0] in _GAP
        begin = badge.start() - len(before) + len(kept.rstrip(_GLUE + _GAP if parted else _GLUE))
        end = badge.end()
        if begin == 0:  # what parts the brand from the words after it goes too
            end += len(after) - len(after.lstrip(_GLUE + _GAP))
        yield begin, end
