"""What tests ask of a crawl."""

from __future__ import annotations

import re
from typing import Any

from replica.crawling import Crawl
from replica.planted import NOT_COMPARED


def differences(record: dict[str, Any], truth: dict[str, Any], but: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields that differ from what was planted."""
    left_out = {*NOT_COMPARED, *but}
    return {name: (record[name], truth[name]) for name in truth if name not in left_out and record[name] != truth[name]}


def rendering_counts(done: Crawl) -> dict[str, int]:
    """What the run counted of rendering."""
    return {name: int(count) for name, count in re.findall(r"'rendering/([\w/]+)': (\d+)", done.log)}
