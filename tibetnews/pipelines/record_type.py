"""Refuses what a pipeline of the user's has made of a record if it is no record any more."""

from __future__ import annotations

from tibetnews.items import Article
from tibetnews.pipelines.dropped import DroppedRecordError


class RecordType:
    """Pipeline, the last one, that lets records alone pass: exports, ledger and archive know no other item."""

    def process_item(self, item: object) -> Article:
        """Return a record; refuse anything else, such as a dict."""
        if isinstance(item, Article):
            return item
        detail = f"a pipeline gave a {type(item).__name__} for the record; it must give the Article itself"
        raise DroppedRecordError("pipeline", detail)
