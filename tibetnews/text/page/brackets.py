"""Takes the brackets off lines of credits: （责编：李雨潼）【打印】."""

from __future__ import annotations

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.names import is_control

BRACKETS = {"（": "）)", "(": "）)", "【": "】", "[": "]", "［": "］", "〔": "〕"}
"""The brackets around lines of credits, and what may close them."""
CLOSING = "）)】]］〕"
CLOSING_ENDS = tuple(CLOSING)
_ALL_BRACKETS = "".join(BRACKETS) + CLOSING
_CLOSED_WITHIN = lazy_pattern(r"[）)】\]]\s{0,4}[^\s）)】\]]|[\w：:]\s{0,4}[【\[]")
_PIECE = lazy_pattern(r"[（(【\[][^（()）【】\[\]]*+[）)】\]]|[^（(【\[]++|[（(【\[]")


def bracketed_pieces(line: str) -> list[str]:
    """Return the brackets of a line that is nothing else, or the whole of another one, without controls of the page.

    >>> bracketed_pieces("（责编：李雨潼）（河谷网 文/卓玛）【打印】"), bracketed_pieces("责编：李雨潼【打印】")
    (['（责编：李雨潼）', '（河谷网 文/卓玛）'], ['责编：李雨潼'])
    """
    if not _CLOSED_WITHIN.search(line):
        return [line]
    pieces = _PIECE.findall(line)
    kept = [piece for piece in pieces if not all(map(is_control, piece.strip(_ALL_BRACKETS).split()))]
    if len(kept) > 1 and all(piece[0] in BRACKETS for piece in kept):
        return kept
    return ["".join(kept).strip()] if len(kept) < len(pieces) else [line]


def without_bracket(line: str) -> str:
    """Return what a pair of brackets around a line holds; a mirror may have lost either of them."""
    if closing := BRACKETS.get(line[:1]):
        return line[1:].removesuffix(line[-1] if line[-1] in closing else "").strip()
    return line.rstrip(CLOSING).strip()


def closes_bracket(line: str) -> bool:
    """Return whether a line is nothing but the end of a bracket that a line of credits opens."""
    return line.strip() in CLOSING_ENDS
