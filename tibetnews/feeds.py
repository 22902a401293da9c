"""Where records go by default: one file a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from scrapy import Spider

from tibetnews.outlet.urls import OUTLET_TIME


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Scrapy's parameters of a feed's address, with ``export_dir`` and ``day`` of the crawl by the outlet's clock."""
    started = params["time"] if isinstance(params.get("time"), datetime) else datetime.now(OUTLET_TIME)
    return {**params, "export_dir": spider.settings["EXPORT_DIR"], "day": day_of(started)}


def day_of(moment: datetime) -> str:
    """A day as file names have it, YYYYMMDD, by the outlet's clock."""
    return moment.astimezone(OUTLET_TIME).strftime("%Y%m%d")
