"""How a pipeline refuses a record."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class Refused(DropItem):
    """A record that is not exported. reason is a word for the count, detail a line for a person.

    Logged at DEBUG, since the rejects file has it and the log would otherwise hold whole articles.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", log_level="DEBUG")
        self.reason = reason
        self.detail = detail
