"""The replica for tests: started in a process of its own, steered, and asked for the truth."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from replica.planted import Record

ROOT = Path(__file__).parents[1]


class Replica:
    """``with Replica(articles=60, seed=3) as replica:``; options are those of ``python -m replica``."""

    def __init__(self, **options: Any) -> None:
        self._options = list(_switches(options))
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "replica", "--port=0", "--attached", *self._options]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            self.__exit__(None, None, None)
            raise RuntimeError(f"the replica did not start: {' '.join(command)}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.communicate()

    def requests(self) -> list[dict[str, Any]]:
        """Return what was asked for: method, path, status, if_none_match, if_modified_since, user_agent."""
        answer: list[dict[str, Any]] = self._ask("requests")
        return answer

    def forget_requests(self) -> None:
        """Empty the log."""
        self._ask("forget_requests")

    def records(self) -> dict[str, Record]:
        """Return the complete records, by canonical address; an article in two sections stands under both."""
        answer: dict[str, Record] = self._ask("records")
        return answer

    def mirrors(self, folder: str = "/mirror/") -> dict[str, Record]:
        """Return the records of mirrored copies, by the address at which this replica serves them.

        Those in ``/mirror/broken/`` can be repaired to the letter only as far as anybody can.
        """
        answer: dict[str, Record] = self._ask("mirrors", base=self.url, folder=folder)
        return answer

    def duplicates(self) -> list[list[str]]:
        """Return groups of ids that share title and text."""
        answer: list[list[str]] = self._ask("duplicates")
        return answer

    def layouts(self) -> dict[str, str]:
        """Return the layout of every article that the replica opened with, by id."""
        answer: dict[str, str] = self._ask("layouts")
        return answer

    def sections_not_listed(self) -> dict[str, dict[str, Any]]:
        """Return the sections that the project's table lacks: name, articles on the first page, newest day, by key."""
        answer: dict[str, dict[str, Any]] = self._ask("sections_not_listed")
        return answer

    def publish(self, count: int, upon: str | None = None) -> list[str]:
        """Publish news and get their ids; with *upon*, as soon as that path was asked for (and no ids)."""
        ids: list[str] = self._ask("publish", count=count, upon=upon)
        return ids

    def change(self, article_id: str) -> None:
        """Give an article another text."""
        self._ask("change", article_id=article_id)

    def remove(self, article_id: str, status: int = 404) -> None:
        """Take an article away; its address answers 404 or 410."""
        self._ask("remove", article_id=article_id, status=status)

    def pin(self, article_id: str) -> None:
        """Let an article stand first in its sections for good."""
        self._ask("pin", article_id=article_id)

    def shuffle(self, section: str) -> None:
        """Put a section's listing into another order."""
        self._ask("rearrange", section=section, how="shuffle")

    def repeat(self, section: str) -> None:
        """Let a section's listing repeat its first page for ever."""
        self._ask("rearrange", section=section, how="repeat")

    def blank(self, section: str, pages: int = 10_000) -> None:
        """Let a section's listing be so many pages without an article."""
        self._ask("rearrange", section=section, how="blank", pages=pages)

    def restore(self, section: str) -> None:
        """Let a section's listing be as it should again."""
        self._ask("rearrange", section=section, how="restore")

    def rename(self, section: str, to: str, status: int = 404) -> None:
        """Give a section another path; its old listing answers with a status, 301 leading to the new one."""
        self._ask("rename", section=section, to=to, status=status)

    def fault(self, path: str, kind: str, times: int | None = None, **details: Any) -> None:
        """Spoil the answers to a path, or to all that begin like it where it ends in ``*``.

        The kinds and their details are in faults.py.
        """
        self._ask("fault", path=path, kind=kind, times=times, **details)

    def clear_faults(self) -> None:
        """End all faults."""
        self._ask("clear_faults")

    def _ask(self, command: str, **arguments: Any) -> Any:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request("POST", f"/_control/{command}", json.dumps(arguments))
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise ValueError(body.decode())
        return json.loads(body)


def _switches(options: dict[str, Any]) -> Iterator[str]:
    for name, value in options.items():
        switch = f"--{name.replace('_', '-')}"
        if value is True:
            yield switch
        elif value is not False:
            yield f"{switch}={value}"
