"""``scrapy sections``: the table, and the schema that other programs read."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema

from tests.crawling import ROOT
from tibetnews.items import Article
from tibetnews.outlet.sections import table


def sections(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "sections", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_every_section_is_a_line() -> None:
    done = sections()
    assert done.returncode == 0
    _, *lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines] == [section.key for section in table().sections]
    assert "\x1b" not in done.stdout


def test_the_schema_has_a_version_and_describes_every_key() -> None:
    schema = json.loads(sections("--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].rsplit(":", 1)[1]
    assert list(schema["properties"]) == list(Article.__dataclass_fields__) == schema["required"]
    assert schema["additionalProperties"] is False
    assert [name for name, of in schema["properties"].items() if not of.get("description")] == []
    assert schema["properties"]["kind"]["enum"] == ["article", "photo", "video"]


def test_wrong_use_is_one_line() -> None:
    done = sections("--bogus")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
