"""The JSON Schema of a record: lines of this version and of older ones are valid, others are not."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import jsonschema
import pytest

from tests.support.articles import FULL
from tibetnews.formats.json_schema import VERSION, json_schema
from tibetnews.items import Repairs

OLD_KEYS = [key for key in asdict(FULL) if key != "attachments"]
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def is_valid(record: dict[str, Any]) -> bool:
    return bool(VALIDATOR.is_valid(record))


def test_lines_of_all_versions_are_valid() -> None:
    line = asdict(FULL)
    assert VERSION == "1.2"
    assert is_valid(line)
    for image in line["images"]:
        del image["path"], image["sha256"]
    assert is_valid(line)
    assert is_valid({key: line[key] for key in OLD_KEYS})


@pytest.mark.parametrize("key", OLD_KEYS)
def test_a_key_of_the_first_version_is_never_absent(key: str) -> None:
    line = asdict(FULL)
    del line[key]
    assert not is_valid(line)


@pytest.mark.parametrize(
    "change",
    [
        {"attachments": None},
        {"attachments": [{"url": "http://www.tibet.cn/x.pdf"}]},
        {"attachments": [{"url": "http://www.tibet.cn/x.pdf", "name": "表", "size": 7}]},
        {"files": []},
        {"images": [{"url": "http://www.tibet.cn/x.jpg", "caption": None, "credit": None, "sha256": "0"}]},
        {"repairs": {"readings": 1, "breaks": 0, "unresolved": 0, "script": "s2t"}},
    ],
)
def test_other_lines_are_not(change: dict[str, Any]) -> None:
    assert not is_valid(asdict(FULL) | change)


@pytest.mark.parametrize("script", ["t2s", None])
def test_an_enumeration_holds_no_null(script: Any) -> None:
    """Readers that take an enumeration for strings, such as msgspec's, fail on one that holds null."""
    assert is_valid(asdict(replace(FULL, repairs=Repairs(1, 0, 0, script))))

    def enumerations(schema: Any) -> list[Any]:
        parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        own = [schema["enum"]] if isinstance(schema, dict) and isinstance(schema.get("enum"), list) else []
        return own + [found for part in parts for found in enumerations(part)]

    found = enumerations(json_schema())
    assert ["t2s"] in found
    assert not [values for values in found if None in values]
