"""Third step: a record that nobody could trust is refused."""

from __future__ import annotations

from tibetnews.items import Article
from tibetnews.pipelines.refused import Refused


class Checks:
    """Item pipeline that refuses records for which :func:`fault` finds one."""

    def process_item(self, item: Article) -> Article:
        if found := fault(item):
            raise Refused(*found)
        return item


def fault(article: Article) -> tuple[str, str] | None:
    """What is wrong with a cleaned article, as reason and detail; None where nothing is."""
    if not article.title.strip():
        return "title", "no title is left after cleaning"
    if not article.text.strip():
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in article.removed)) or "nothing"
        return "text", f"no text is left after cleaning; removed: {kinds}"
    for name, value in (("title", article.title), ("text", article.text)):
        if (at := value.find("\ufffd")) >= 0:
            return "encoding", f"{name} has a character that could not be decoded after {value[max(0, at - 12) : at]!r}"
    return None
