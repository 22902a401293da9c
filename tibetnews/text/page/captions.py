"""Lines that belong to a picture: its caption and who took it."""

from __future__ import annotations

import re

# Each form ends the line and has bounded parts, so that a long line costs one look at its end.
_CREDITS = (
    re.compile(
        r"\s*[（(](?P<credit>[^（）()]{1,40}?)\s?(?:(?<![、，,和与及])摄影|摄|攝)[）)][。.]?$"
    ),  # no （绘画、摄影）
    re.compile(r"\s*[（(]?(?:摄影|攝影|图片来源|圖片來源|摄)[：:/]\s?(?P<credit>[^。：:（）()]{1,30}?)[）)]?[。.]?$"),
    re.compile(r"(?<=[。！？”])\s*(?P<credit>[^。！？”，,：:（）()]{1,24}?)\s?(?:摄影|摄|攝)$"),
)
_SAYS_CREDIT = re.compile(r"[摄攝]|[图圖]片[来來]源")
_OPENS = re.compile(r"(?:图为|圖為|图片为|上图为|下图为|图[①-⑳一二三四五六七八九十\d]{1,2}[：:为])")
_LONGEST = 300


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """A caption without its photographer, and the photographer; either is None where it is not there."""
    if not _SAYS_CREDIT.search(caption, max(0, len(caption) - 60)):
        return caption or None, None
    for pattern in _CREDITS:
        if found := pattern.search(caption, max(0, len(caption) - 60)):
            return caption[: found.start()].strip() or None, found["credit"].strip()
    return caption or None, None


def is_caption(line: str) -> bool:
    """True for a line that says by its own words that it stands below a picture."""
    return len(line) <= _LONGEST and (bool(_OPENS.match(line)) or split_credit(line)[1] is not None)
