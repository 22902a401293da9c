"""Third step: a record that nobody could trust is refused."""

from __future__ import annotations

from tibetnews.items import Article
from tibetnews.pipelines.dropped import DroppedRecordError
from tibetnews.records import fault


class Checks:
    """Item pipeline that refuses records for which :func:`fault` finds one."""

    def process_item(self, item: Article) -> Article:
        if found := fault(item):
            raise DroppedRecordError(*found)
        return item
