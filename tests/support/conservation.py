"""Nothing of a text is lost when it is cleaned."""

from __future__ import annotations

import re
from collections import Counter

from tibetnews.text import Cleaned, clean

READ = frozenset(
    "更新当前现在的位置您发布时间来源作者责任编辑审核文摄影图：:>｜|/／（）()【】[]-■. 、，,0123456789年月日"
    "རྩོམ་སྒྲིག་པ།༔ཡོང་ཁུངས།འབྱུང་པོ"
)
"""Characters of labels, times and separators, which fields say in another form."""
LABELS = re.compile(
    "發布時間|來源|責編|སྤེལ་དུས།|Source|Editor|Quelle|Autor|Redakteur(?:in)?|Auteur|Rédact(?:eur|rice)"
    "|(?<=：)《(?=.{2,10}》)|(?<=： )《(?=.{2,10}》)|》|(?m:^#{1,6} )"
)
"""Labels of other scripts and languages, and the marks of a source's name and of a heading in Markdown."""


def lost(text: str) -> set[str]:
    """Return the characters of a text that its cleaning leaves in no field, no removed piece and not in the story."""
    cleaned = clean(text)
    missing = _characters(cleaned.repairs.text) - _characters(*_values(cleaned), *LABELS.findall(text))
    said_twice = {*(cleaned.editor or ""), *"".join(cleaned.authors)}  # in the byline and in the credits
    return set(missing) - READ - said_twice


def _values(cleaned: Cleaned) -> list[str]:
    fields = (cleaned.title, cleaned.subtitle, cleaned.source, cleaned.editor, *cleaned.breadcrumbs, *cleaned.authors)
    return [cleaned.text, *filter(None, fields), *(piece.text for piece in cleaned.removed)]


def _characters(*texts: str) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
