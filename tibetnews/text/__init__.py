"""Cleaning of Chinese news text, for anyone and in any process: pure functions on str."""

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.cleaning import clean
from tibetnews.text.fingerprint import SAME_STORY, content_hash, fingerprint, similarity
from tibetnews.text.page.byline import (
    has_label,
    is_info_line,
    read_dateline,
    read_editor,
    read_info,
    read_names,
    read_time,
    read_value,
    split_editor,
)
from tibetnews.text.page.captions import is_caption, split_credit
from tibetnews.text.page.parts import has_sentence, read_breadcrumbs, read_order
from tibetnews.text.page.surroundings import above, below, find_editor
from tibetnews.text.repair import repair
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Cleaned, Dateline, Removed, Repaired, Stripped, merge_removed

__all__ = [
    "SAME_STORY",
    "Cleaned",
    "Dateline",
    "Removed",
    "Repaired",
    "Stripped",
    "above",
    "below",
    "clean",
    "content_hash",
    "find_editor",
    "fingerprint",
    "has_label",
    "has_sentence",
    "is_caption",
    "is_info_line",
    "merge_removed",
    "read_breadcrumbs",
    "read_dateline",
    "read_editor",
    "read_info",
    "read_names",
    "read_order",
    "read_time",
    "read_value",
    "repair",
    "similarity",
    "split_credit",
    "split_editor",
    "strip_boilerplate",
    "strip_spam",
]
