"""Clean the text of one page: ``python -m examples.clean_text < page.txt``."""

from __future__ import annotations

import sys

from tibetnews.text import clean


def main() -> None:
    """Print the story to standard output, and what is no part of it to standard error."""
    page = clean(sys.stdin.read())
    print(page.text)
    for piece in page.removed:
        print(f"{piece.kind}: {piece.text}", file=sys.stderr)


if __name__ == "__main__":
    main()
