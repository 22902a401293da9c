"""Whether an object of JSON-LD says only what schema.org's vocabulary lets it say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

TERMS = Path(__file__).with_name("terms.tsv")

_PLAIN = {
    "Text": re.compile(r".+", re.DOTALL),
    "URL": re.compile(r"https?://[^\s/]+/\S*"),
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"),
}
"""What strings of a data type look like."""


def faults(said: dict[str, Any]) -> list[str]:
    """What is wrong with an object, a line a fault."""
    return list(_faults(said))


def _faults(said: dict[str, Any]) -> Iterator[str]:
    types, properties = vocabulary()
    names = said.get("@type", [])
    names = names if isinstance(names, list) else [names]
    if not names:
        yield f"no @type: {said}"
    kinds = set().union(*(ancestors(name) for name in names))
    for name in names:
        if name not in types:
            yield f"no type {name}"
    for term, value in said.items():
        if term in ("@context", "@type", "@id"):
            continue
        if term not in properties:
            yield f"no property {term}"
            continue
        domain, expected = properties[term]
        if not domain & kinds:
            yield f"{term} is no property of {names}"
        for one in value if isinstance(value, list) else [value]:
            yield from _faults_of_value(term, one, expected)


def _faults_of_value(term: str, value: Any, expected: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        names = value.get("@type", "")
        if not ancestors(names) & expected:
            yield f"{term} takes {set(expected)}, not {names}"
        yield from _faults(value)
    elif isinstance(value, str):
        if not any(kind in expected and pattern.fullmatch(value) for kind, pattern in _PLAIN.items()):
            yield f"{term} takes {set(expected)}, not {value!r}"
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{term} has {value!r}"
    elif not expected & {"Number", "Integer"}:
        yield f"{term} takes {set(expected)}, not a number"


@cache
def ancestors(name: str) -> frozenset[str]:
    """A type and all types that it is a kind of."""
    types, _ = vocabulary()
    return frozenset({name}).union(*(ancestors(above) for above in types.get(name, ())))


@cache
def vocabulary() -> tuple[dict[str, frozenset[str]], dict[str, tuple[frozenset[str], frozenset[str]]]]:
    """The types with those above them, and the properties with the types that have them and those of their values."""
    types: dict[str, frozenset[str]] = {}
    properties: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for line in TERMS.read_text("utf-8").splitlines():
        kind, _, rest = line.partition("\t")
        if kind == "type":
            name, above = rest.split("\t")
            types[name] = frozenset(above.split())
        elif kind == "property":
            name, domain, values = rest.split("\t")
            properties[name] = frozenset(domain.split()), frozenset(values.split())
    assert len(types) > 700
    assert len(properties) > 1000
    return types, properties
