"""Drafts a folder of tests/pages from an address or a file: its bytes, its headers, and a record to be corrected.

    python -m scripts.draft_page NAME URL|FILE [--url ADDRESS] [--contact MAIL]

The draft is what the reader makes of the page today. The test suite fails until a person has read the page, corrected
the draft until it says what a reader sees, and renamed it.
"""

from __future__ import annotations

import argparse
import sys
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from protego import Protego
from scrapy.settings import Settings

from tibetnews.addon import TibetnewsAddon
from tibetnews.survey.saved_pages import write_draft

PAGES = Path(__file__).parents[1] / "tests" / "pages"
TIMEOUT_SECONDS = 30
TOO_MANY_REQUESTS = 429


def main() -> int:
    """Write the folder; exit with 2 if the page cannot be fetched or read, or the folder exists."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="name of the folder, such as cn-wire-copy")
    parser.add_argument("source", help="address or file of the page")
    parser.add_argument("--url", help="the page's address at the outlet, if it is read from a file")
    parser.add_argument("--contact", default="", help="mail or web address that the server learns")
    options = parser.parse_args()
    folder = PAGES / options.name
    if folder.exists():
        print(f"{folder} exists already; choose another name or delete it", file=sys.stderr)
        return 2
    try:
        if urlsplit(options.source).scheme in ("http", "https"):
            body, content_type = fetch(options.source, user_agent(options.contact))
        else:
            body, content_type = Path(options.source).read_bytes(), None
    except (OSError, HTTPException, ValueError) as error:  # urllib's errors are OSErrors
        print(f"{options.source} cannot be fetched: {error}", file=sys.stderr)
        return 2
    draft = write_draft(folder, body, content_type, options.url or options.source)
    final = draft.with_name(draft.name.replace(".draft", ""))
    print(f"{draft}: read the page, correct the draft, then rename it to {final.name}")
    return 0


def user_agent(contact: str) -> str:
    """Return the user agent of a crawl with this contact, or with the contact of the settings."""
    settings = Settings()
    settings.setmodule("tibetnews.settings")
    if contact:
        settings.set("CONTACT", contact, "cmdline")
    TibetnewsAddon().update_settings(settings)
    return str(settings["USER_AGENT"])


def fetch(url: str, agent: str) -> tuple[bytes, str | None]:
    """Return the body and the Content-Type of a page, if the robots.txt of its host allows it.

    Raises:
        PermissionError: robots.txt forbids the page, or cannot be fetched, which forbids everything (RFC 9309, 2.3.1).
        OSError: The page cannot be fetched. A redirect is an error, since its target may be forbidden.
    """
    try:
        robots, _ = _get(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/robots.txt", agent)
    except HTTPError as error:
        if not 400 <= error.code < 500 or error.code == TOO_MANY_REQUESTS:
            raise PermissionError(f"robots.txt cannot be fetched: {error}") from error
        robots = b""
    except OSError as error:
        raise PermissionError(f"robots.txt cannot be fetched: {error}") from error
    if not Protego.parse(robots.decode("utf-8", "replace")).can_fetch(url, agent):
        raise PermissionError("robots.txt forbids it")
    return _get(url, agent)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Lets a redirect be the error that its status is."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow nothing."""


def _get(url: str, agent: str) -> tuple[bytes, str | None]:
    opener = urllib.request.build_opener(_NoRedirects)
    request = urllib.request.Request(url, headers={"User-Agent": agent})
    with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
        return response.read(), response.headers.get("Content-Type")


if __name__ == "__main__":
    sys.exit(main())
