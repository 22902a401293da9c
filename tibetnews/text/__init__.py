r"""Cleaning of Chinese news text: pure functions on ``str`` that need neither Scrapy nor a network.

>>> from tibetnews.text import clean
>>> clean("西藏春来早\n2023-10-13 来源：新华网\n西藏的春天来得晚。\n分享到：微信 微博").text
'西藏的春天来得晚。'

``clean`` does everything. Its steps are there too: ``repair`` undoes the damage of a mirror, ``strip_boilerplate`` and
``strip_spam`` take out what is not the story, ``fingerprint`` and ``similarity`` find copies of one story.
The functions named ``read_…``, ``find_…`` and ``is_…`` read single fields and lines.
"""

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.cleaning import clean, strip_body
from tibetnews.text.fingerprint import SAME_STORY, content_hash, fingerprint, is_content_hash, similarity
from tibetnews.text.page.byline import (
    Byline,
    ParsedDateline,
    has_label,
    is_byline,
    read_byline,
    read_dateline,
    read_editor,
    read_names,
    read_time,
    strip_label,
)
from tibetnews.text.page.captions import is_caption, split_credit
from tibetnews.text.page.parts import TextPage, has_sentence, parse_text_page, read_breadcrumbs
from tibetnews.text.page.surroundings import EditorLine, classify_above, classify_below, find_editor
from tibetnews.text.repair import repair
from tibetnews.text.script import fold_script, is_traditional
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Cleaned, Dateline, Removed, Repaired, Stripped, merge_removed

__all__ = [
    "SAME_STORY",
    "Byline",
    "Cleaned",
    "Dateline",
    "EditorLine",
    "ParsedDateline",
    "Removed",
    "Repaired",
    "Stripped",
    "TextPage",
    "classify_above",
    "classify_below",
    "clean",
    "content_hash",
    "find_editor",
    "fingerprint",
    "fold_script",
    "has_label",
    "has_sentence",
    "is_byline",
    "is_caption",
    "is_content_hash",
    "is_traditional",
    "merge_removed",
    "parse_text_page",
    "read_breadcrumbs",
    "read_byline",
    "read_dateline",
    "read_editor",
    "read_names",
    "read_time",
    "repair",
    "similarity",
    "split_credit",
    "strip_body",
    "strip_boilerplate",
    "strip_label",
    "strip_spam",
]
