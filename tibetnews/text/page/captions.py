"""Recognises lines that belong to a picture: its caption and the photographer's credit."""

from __future__ import annotations

import re

_MAX_CAPTION = 300  # characters
_CREDIT_WINDOW = 60  # characters at the end of a caption in which the credit stands

# Each form ends the line, and each of its parts is bounded, so that a long line costs one look at its end.
_CREDITS = (
    re.compile(
        r"""
        \s*[（(](?P<credit>[^（）()]{1,40}?)\s?
        (?:(?<![、，,和与及])摄影|摄|攝)[）)]          # （李雷 摄影）, not （绘画、摄影）
        [。.]?$
        """,
        re.VERBOSE,
    ),
    # 摄影：李雷
    re.compile(r"\s*[（(]?(?:摄影|攝影|图片来源|圖片來源|摄)[：:/]\s?(?P<credit>[^。：:（）()]{1,30}?)[）)]?[。.]?$"),
    # 图为布达拉宫。新华社记者 李雷 摄
    re.compile(r"(?<=[。！？”])\s*(?P<credit>[^。！？”，,：:（）()]{1,24}?)\s?(?:摄影|摄|攝)$"),
)
_MENTIONS_CREDIT = re.compile(r"[摄攝]|[图圖]片[来來]源")
_CAPTION_OPENING = re.compile(r"(?:图为|圖為|图片为|上图为|下图为|图[①-⑳一二三四五六七八九十\d]{1,2}[：:为])")


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """Return a caption without its photographer, and the photographer; None for each that is not there.

    >>> split_credit("图为布达拉宫。（李雷 摄）")
    ('图为布达拉宫。', '李雷')
    """
    window = max(0, len(caption) - _CREDIT_WINDOW)
    if _MENTIONS_CREDIT.search(caption, window):
        for pattern in _CREDITS:
            if match := pattern.search(caption, window):
                return caption[: match.start()].strip() or None, match["credit"].strip()
    return caption or None, None


def is_caption(line: str) -> bool:
    """Return whether a line says by its own words that it stands below a picture."""
    return len(line) <= _MAX_CAPTION and (bool(_CAPTION_OPENING.match(line)) or split_credit(line)[1] is not None)
