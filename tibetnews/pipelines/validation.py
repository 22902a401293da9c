"""Second step: a record with a problem is not exported."""

from __future__ import annotations

from tibetnews.items import Article
from tibetnews.pipelines.dropped import DroppedRecordError
from tibetnews.records import find_problem


class Validation:
    """Item pipeline that drops records in which :func:`tibetnews.records.find_problem` finds a problem."""

    def process_item(self, item: Article) -> Article:
        """Drop the record or pass it on."""
        if problem := find_problem(item):
            raise DroppedRecordError(*problem)
        return item
