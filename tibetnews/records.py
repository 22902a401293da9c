"""From what a page says to the record that is exported: the steps that the crawl's pipelines and the corpus share."""

from __future__ import annotations

from tibetnews.items import Article
from tibetnews.text import merge_removed, strip_boilerplate, strip_spam


def take_boilerplate(article: Article) -> None:
    """Move what every page of the outlet carries from the text to the front of ``removed``."""
    stripped = strip_boilerplate(article.text)
    article.text = stripped.text
    article.removed = merge_removed([*stripped.removed, *article.removed])


def take_spam(article: Article) -> int:
    """Move link farms from the text to the end of ``removed``; gives the number of pieces."""
    stripped = strip_spam(article.text)
    article.text = stripped.text
    article.removed += stripped.removed
    return len(stripped.removed)


def fault(article: Article) -> tuple[str, str] | None:
    """What is wrong with a cleaned article, as reason and detail; None where nothing is."""
    if not article.title.strip():
        return "title", "no title is left after cleaning"
    return fault_of_text(article)


def fault_of_text(article: Article) -> tuple[str, str] | None:
    """The same for an article that may have no title, as a text from elsewhere."""
    if not article.text.strip():
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in article.removed)) or "nothing"
        return "text", f"no text is left after cleaning; removed: {kinds}"
    for name, value in (("title", article.title), ("text", article.text)):
        if (at := value.find("\ufffd")) >= 0:
            return "encoding", f"{name} has a character that could not be decoded after {value[max(0, at - 12) : at]!r}"
    return None
