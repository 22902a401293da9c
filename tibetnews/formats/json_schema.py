"""Derives the record's JSON Schema from its dataclasses, for people and programs that read the exports."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter

from tibetnews.items import ADDED_IMAGE_KEYS, ADDED_KEYS, Article

VERSION = "1.2"
"""Version of the record: a new key raises the second number, a changed or removed one the first."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of the export: no key is allowed besides those that it names.

    Every key is required but those that lines of older versions lack, so that these are valid too.
    """
    derived: dict[str, Any] = _strict(ItemAdapter.get_json_schema(Article))
    derived["required"] = [key for key in derived["required"] if key not in ADDED_KEYS]
    image = derived["properties"]["images"]["items"]
    image["required"] = [key for key in image["required"] if key not in ADDED_IMAGE_KEYS]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tibetnews:article:{VERSION}",
        "title": "Article",
        "description": "One article, photo story or video of 中国西藏网 (China Tibet Network): one line of the export.",
        **derived,
    }


def _strict(schema: Any) -> Any:
    """Return the schema with all keys of every object required: a missing value is null, never an absent key."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(part) for key, part in schema.items() if key != "default"}
    if "properties" in strict:
        strict["required"] = list(strict["properties"])
    if isinstance(description := strict.get("description"), str):
        strict["description"] = " ".join(description.split())
    return strict
