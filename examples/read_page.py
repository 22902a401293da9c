"""Read one saved page to a record: ``python -m examples.read_page FILE URL``; URL is where the page came from."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tibetnews.errors import UnreadableError
from tibetnews.outlet.article import read_article
from tibetnews.outlet.encoding import decode
from tibetnews.records import clean_record


def main(file: str, url: str) -> None:
    """Print the record as JSON, or say why the page gives none."""
    try:
        article = read_article(decode(Path(file).read_bytes(), None), url)
    except OSError as error:
        sys.exit(f"{file}: {error.strerror}")
    except UnreadableError as error:
        sys.exit(f"{file}: {error.detail}")
    clean_record(article)
    print(json.dumps(asdict(article), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m examples.read_page FILE URL")
    main(*sys.argv[1:])
