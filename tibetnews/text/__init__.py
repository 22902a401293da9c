r"""Cleaning of Chinese news text: pure functions on ``str`` that need neither Scrapy nor a network.

>>> from tibetnews.text import clean
>>> clean("西藏春来早\n2023-10-13 来源：新华网\n西藏的春天来得晚。\n分享到：微信 微博").text
'西藏的春天来得晚。'

``clean`` does everything. Its steps are there too: ``repair`` undoes the damage of a mirror, ``strip_boilerplate`` and
``strip_spam`` take out what is not the story, ``fingerprint`` and ``story_similarity`` find copies of one story.
The functions named ``read_…``, ``find_…`` and ``is_…`` read single fields and lines.
"""

from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.cleaning import clean, strip_body
from tibetnews.text.fingerprint import (
    SAME_STORY,
    content_hash,
    fingerprint,
    is_content_hash,
    similarity,
    story_similarity,
)
from tibetnews.text.line_forms import has_sentence
from tibetnews.text.page.breadcrumbs import read_breadcrumbs
from tibetnews.text.page.byline import Byline, read_byline, removed_byline
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.captions import is_caption, split_credit
from tibetnews.text.page.closing_byline import closing_source
from tibetnews.text.page.credit_line import read_credit, read_editor
from tibetnews.text.page.credits import CreditLine, find_credits, removed_credits
from tibetnews.text.page.dateline import ParsedDateline, read_dateline
from tibetnews.text.page.labels import has_label, strip_label
from tibetnews.text.page.names import is_organisation, is_person, read_names
from tibetnews.text.page.source import read_source
from tibetnews.text.page.surroundings import classify_above, classify_below
from tibetnews.text.page.text_page import TextPage, parse_text_page
from tibetnews.text.page.times import is_possible, read_time
from tibetnews.text.repair import repair
from tibetnews.text.script import fold_script, is_traditional
from tibetnews.text.spam import strip_spam
from tibetnews.text.types import Cleaned, Dateline, Removed, Repaired, Stripped, merge_removed

__all__ = [
    "SAME_STORY",
    "Byline",
    "Cleaned",
    "CreditLine",
    "Dateline",
    "ParsedDateline",
    "Removed",
    "Repaired",
    "Stripped",
    "TextPage",
    "classify_above",
    "classify_below",
    "clean",
    "closing_source",
    "content_hash",
    "find_credits",
    "fingerprint",
    "fold_script",
    "has_label",
    "has_sentence",
    "is_byline",
    "is_caption",
    "is_content_hash",
    "is_organisation",
    "is_person",
    "is_possible",
    "is_traditional",
    "merge_removed",
    "parse_text_page",
    "read_breadcrumbs",
    "read_byline",
    "read_credit",
    "read_dateline",
    "read_editor",
    "read_names",
    "read_source",
    "read_time",
    "removed_byline",
    "removed_credits",
    "repair",
    "similarity",
    "split_credit",
    "story_similarity",
    "strip_body",
    "strip_boilerplate",
    "strip_label",
    "strip_spam",
]
