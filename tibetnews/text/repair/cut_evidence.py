"""Tells by what stands behind its cuts that a mirror cut a text, where no annotation tells."""

from __future__ import annotations

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.characters import count_unseen_pairs
from tibetnews.text.repair.parameters import MIN_STRANGE_RUN_SHARE, MIN_STRANGE_SHARE
from tibetnews.text.repair.pinyin import CUT_MARKS
from tibetnews.text.script import is_japanese
from tibetnews.text.unicode_ranges import HAN_WITH_COMPATIBILITY as HAN

NOT_HAN = lazy_pattern(f"[^{HAN}]+")
CUT = lazy_pattern(rf"\?(?<![“‘「『《\"'`]\?)[{CUT_MARKS}]\??")  # a text about damage quotes it
SHIFTED_RUN = lazy_pattern(r"[^\x00-\x7f，。、；：！？“”《》（）]{4,30}")
"""What follows a cut between the bytes of a character: the others, shifted by a byte."""

GLUED_LETTER = lazy_pattern(rf"([{HAN}]{{0,4}})[@-~](?=[{HAN}])")
"""A short run that ends in the second byte of a character: 笨吹竭@次 for 看到这次, F在 for 现在."""
CUT_TAG = lazy_pattern(r"(?<=\?)/[a-z][a-z0-9]{0,9}>")
"""What a lone byte left of the tag behind it."""


def shows_cuts(text: str) -> bool:
    """Return whether a text holds behind its cuts what no author writes there."""
    cuts = [cut.end() for cut in CUT.finditer(text)]
    if not cuts or is_japanese(text):
        return False
    strange = sum(_is_strange_behind_cut(text, end) for end in cuts)
    return strange >= max(1, MIN_STRANGE_RUN_SHARE * len(cuts))


def _is_strange_behind_cut(text: str, end: int) -> bool:
    """Return whether the rest of a tag, a shifted run, or a letter glued to Chinese characters stands there."""
    if CUT_TAG.match(text, end):
        return True
    if (run := SHIFTED_RUN.match(text, end)) and _is_strange(run[0]):
        return True
    glued = GLUED_LETTER.match(text, end)
    if glued is None or len(glued[1]) == 1:
        return False
    pairs = len(glued[1]) - 1
    return text[end - 1] in "，；,;" if pairs < 0 else count_unseen_pairs(glued[1]) == pairs


def _is_strange(run: str) -> bool:
    """Return whether a run is mostly Chinese, and the language model has seen next to no pair of it."""
    return 2 * len(NOT_HAN.sub("", run)) >= len(run) and count_unseen_pairs(run) >= MIN_STRANGE_SHARE * (len(run) - 1)
