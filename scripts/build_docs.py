"""Build the reference pages of docs/ from the code: ``python -m scripts.build_docs``.

The record comes from its JSON Schema, the settings from their comments, the stats and the exit statuses from their
tables, the files from their docstrings. tests/test_docs.py fails where a page differs from what this builds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scrapy.settings import default_settings

from tibetnews import stats
from tibetnews.console import ExitStatus
from tibetnews.formats.json_schema import VERSION, json_schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_BUILT = "<!-- Built by scripts/build_docs.py; do not edit. -->"
_FILES = re.compile(r"(?<=<!-- files -->\n).*(?=<!-- end of files -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Return each built page with its text."""
    architecture = DOCS / "architecture.md"
    return {
        DOCS / "record.md": record(),
        DOCS / "settings.md": settings(),
        DOCS / "stats.md": stats_page(),
        DOCS / "exit-statuses.md": exit_statuses(),
        architecture: _FILES.sub(lambda _: files(), architecture.read_text("utf-8")),
    }


def record() -> str:
    """Return the page on the record: a table for each object of the JSON Schema."""
    schema = json_schema()
    parts = [
        f"# The record\n\n{_BUILT}\n",
        f"One JSON object a line, UTF-8, keys in this order. Version {VERSION} of the schema, which",
        '`tibetnews sections --schema` prints. Missing values are `null` or `[]`, never `""` and never absent.\n',
    ]
    parts += _object("", schema, schema)
    return "\n".join(parts).rstrip() + "\n"


def _object(title: str, part: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    if title:
        yield f"## {title}\n"
    yield "| key | type | meaning |\n|---|---|---|"
    nested = []
    for name, value in part["properties"].items():
        yield f"| `{name}` | {_type(value, schema)} | {_cell(value.get('description', ''))} |"
        nested += [(name, found) for found in _objects(value, schema)]
    yield ""
    for name, found in nested:
        yield from _object(name, found, schema)


def _objects(value: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects with keys of their own that a value may be or hold."""
    value = _resolved(value, schema)
    if "properties" in value:
        return [value]
    return [found for part in _alternatives(value) for found in _objects(part, schema)]


def _alternatives(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [*value.get("anyOf", []), *([value["items"]] if "items" in value else [])]


def _resolved(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        target: Any = schema
        for key in value["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        value = target
    return value


def _type(value: dict[str, Any], schema: dict[str, Any]) -> str:
    value = _resolved(value, schema)
    if "enum" in value:
        return ", ".join("null" if choice is None else f'"{choice}"' for choice in value["enum"])
    if "anyOf" in value:
        return " or ".join(_type(part, schema) for part in value["anyOf"])
    if value.get("type") == "array":
        return f"array of {_type(value['items'], schema)}"
    kind = value.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def settings() -> str:
    """Return the page on the settings: those of this project, and Scrapy's with another default."""
    source = (ROOT / "tibetnews" / "settings.py").read_text("utf-8")
    ours: dict[str, list[str]] = {}
    scrapys: list[str] = []
    title, comment = "", [""]
    for statement, lines in _statements(source):
        for line in lines:
            if line.startswith("# ---"):
                title, comment = line.strip("# -"), []
            elif line.startswith("#"):
                comment.append(line[1:].strip())
            elif not line:
                comment = []
        name, value, inline = statement
        text = " ".join(comment) or inline
        if hasattr(default_settings, name):
            if value is not None and name not in _COMPONENTS:
                scrapys.append(f"| `{name}` | `{value}` | {_cell(text)} |")
        elif text:
            ours.setdefault(title, []).append(f"| `{name}` | `{value}` | {_cell(text)} |")
        comment = []
    head = "| setting | default | meaning |\n|---|---|---|"
    parts = [
        f"# Settings\n\n{_BUILT}\n",
        "Each can be given with `-s NAME=VALUE`. They are defined in `tibetnews/settings.py`.\n",
    ]
    for title, rows in ours.items():
        parts += [f"## {title}\n", head, *rows, ""]
    parts += ["## Scrapy's settings with another default\n", head, *scrapys]
    return "\n".join(parts) + "\n"


_COMPONENTS = (
    "FEED_EXPORTERS",
    "DOWNLOADER_MIDDLEWARES",
    "SPIDER_MIDDLEWARES",
    "ITEM_PIPELINES",
    "EXTENSIONS",
    "ADDONS",
)


def _statements(source: str) -> Iterator[tuple[tuple[str, str | None, str], list[str]]]:
    """Yield name, value and inline comment of each assignment, with the lines between it and the statement before."""
    lines = source.splitlines()
    end = 0
    for node in ast.parse(source).body:
        between = lines[end : node.lineno - 1]
        end = node.end_lineno or node.lineno
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name):
            value = getattr(node, "value", None)
            inline = lines[end - 1][node.end_col_offset or 0 :].partition("#")[2].strip()
            yield (target.id, ast.unparse(value) if value is not None else None, inline), between


def stats_page() -> str:
    """Return the page on the stats of a run."""
    rows = [
        f"| `{stat.name}` | {_cell(stat.meaning)} | {_code(stat.writer)} | {', '.join(stat.readers.split())} |"
        for stat in stats.STATS
    ]
    return "\n".join(
        [
            f"# Stats\n\n{_BUILT}\n",
            "The counts that this project writes or reads. They go to the ledger with the run, to `HEALTH_COMMAND` as",
            "`counts`, and to the log with `LOG_LEVEL=DEBUG`. A part in braces varies.\n",
            "| stat | meaning | written by | read by |\n|---|---|---|---|",
            *rows,
            "",
        ]
    )


def exit_statuses() -> str:
    """Return the page on the exit statuses of all commands."""
    rows = [f"| {status.value} | {_cell(status.meaning)} |" for status in ExitStatus]
    return "\n".join([f"# Exit statuses\n\n{_BUILT}\n", "| status | meaning |\n|---|---|", *rows, ""])


def files() -> str:
    """Return a table of the files of each room, with the first sentence of each module's docstring."""
    parts: list[str] = []
    package = ROOT / "tibetnews"
    rooms = [package, *sorted(path for path in package.rglob("*") if (path / "__init__.py").is_file())]
    for room in rooms:
        title = _sentence(room / "__init__.py")
        parts += [f"### {room.relative_to(ROOT)}/\n", *([f"{title}\n"] if title else []), "| file | for |\n|---|---|"]
        parts += [f"| `{path.name}` | {_cell(_sentence(path))} |" for path in sorted(room.glob("*.py"))]
        parts += [f"| `{path.name}` | data |" for path in sorted(room.iterdir()) if path.suffix in _DATA]
        parts.append("")
    return "\n".join(parts)


_DATA = (".toml", ".js", ".lua", ".css", ".typed")


def _sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    first = " ".join(docstring.partition("\n\n")[0].split())
    return re.split(r"(?<=[.])\s", first)[0]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split())


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
