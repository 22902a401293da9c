"""Why a pipeline drops a record. Both are logged at DEBUG, since Scrapy logs the whole record with them."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class DroppedRecordError(DropItem):
    """A record that is not exported; it becomes a line of the rejects file."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", log_level="DEBUG")
        self.reason = reason
        self.detail = detail


class UnchangedRecordError(DropItem):
    """A record that is in the exports already, word for word. Nothing is lost, so nothing is rejected."""

    def __init__(self) -> None:
        super().__init__("unchanged", log_level="DEBUG")
