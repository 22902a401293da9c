"""The library's way, from visible text, and the crawl's, from markup, lead to the same story."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from replica import Replica
from tests.support.conservation import lost
from tests.support.saved_pages import FOLDERS, saved
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.text import clean

ON_ONE_PAGE = {"trs_editor", "custom_union", "bare_p", "line_breaks", "nested", "tb", "legacy", "legacy_gbk"}
"""Layouts whose story stands whole on a page; the others' is spread over pages or stands in scripts."""


def test_clean_of_the_visible_text_is_the_records_text() -> None:
    seen: set[str] = set()
    wrong: dict[str, tuple[str, str]] = {}
    with Replica(articles=240, seed=5) as replica:
        layouts = replica.layouts()
        truths = {urlsplit(url).path: truth for url, truth in replica.records().items()}
        truths |= {urlsplit(url).path: truth for url, truth in replica.mirrors().items()}
        connection = http.client.HTTPConnection(urlsplit(replica.url).netloc)
        for path, truth in truths.items():
            layout = layouts.get(truth["id"], "mirror")
            if layout not in {*ON_ONE_PAGE, "mirror"}:
                continue
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:  # the canonical spelling of a path that is served under its other one
                continue
            seen.add(layout)
            visible = Page(decode(body), replica.url + path, replica.url).text
            assert lost(visible) == set(), visible
            cleaned = clean(visible)
            if truth["attachments"]:  # without markup nothing tells a line that only offers files
                continue
            if cleaned.text != truth["text"]:
                wrong[path] = (cleaned.text, truth["text"])
        connection.close()
    assert seen == {*ON_ONE_PAGE, "mirror"}
    assert wrong == {}


def test_nothing_of_a_saved_page_is_lost() -> None:
    for folder in FOLDERS:
        lines = saved(folder).text.split("\n")
        for end in range(len(lines), max(0, len(lines) - 40), -1):
            for part in ("\n".join(lines[:end]), "\n".join(lines[-end:])):
                assert lost(part) == set(), part
