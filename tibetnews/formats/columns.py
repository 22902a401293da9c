"""Writes the types of the record's keys for programs that would guess them, and guess wrong on a quiet day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tibetnews.formats.json_schema import VERSION, json_schema

T = TypeVar("T")


@dataclass(frozen=True)
class Dialect(Generic[T]):
    """How a program writes types."""

    string: T
    integer: T
    number: T
    array: Callable[[T], T]
    struct: Callable[[Mapping[str, T]], T]


def columns(dialect: Dialect[T]) -> dict[str, T]:
    """Return the type of each key of the record. Times are text, since some have no hour; every value may be null."""
    return {name: _type(part, dialect) for name, part in json_schema()["properties"].items()}


def _type(schema: Mapping[str, Any], dialect: Dialect[T]) -> T:
    for part in schema.get("anyOf", ()):
        if part.get("type") != "null":
            return _type(part, dialect)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = next(kind for kind in kinds if kind != "null")
    if kind == "array":
        return dialect.array(_type(schema["items"], dialect))
    if kind == "object":
        return dialect.struct({name: _type(part, dialect) for name, part in schema["properties"].items()})
    return {"string": dialect.string, "integer": dialect.integer, "number": dialect.number}[kind]


def _members(types: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}": {written}' for name, written in types.items())


def _source(name: str, form: str, dialect: Dialect[str], opening: str, closing: str) -> str:
    rows = "".join(f'    "{key}": {written},\n' for key, written in columns(dialect).items())
    head = f'"""The record of tibetnews, version {VERSION}. Read exports with {form}."""'
    return f"{head}\n\n{name}{opening}\n{rows}{closing}\n"


_ROWS_OF_DATASETS = """

def rows(files):
    \"\"\"Yield the records; load_dataset("json") would turn their times into those of UTC.\"\"\"
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                yield {**dict.fromkeys(FEATURES), **json.loads(line)}
"""


def _datasets() -> str:
    form = 'Dataset.from_generator(rows, gen_kwargs={"files": glob("exports/articles-*.jsonl")}, features=FEATURES)'
    names = ('Value("string")', 'Value("int64")', 'Value("float64")')
    dialect = Dialect(*names, lambda of: f"List({of})", lambda types: f"{{{_members(types)}}}")
    opening = "import json\n\nfrom datasets import Features, List, Value\n\nFEATURES = "
    return _source(opening, form, dialect, "Features({", "})") + _ROWS_OF_DATASETS


def _polars() -> str:
    form = 'pl.scan_ndjson("exports/articles-*.jsonl", schema=SCHEMA)'
    names = ("pl.String", "pl.Int64", "pl.Float64")
    dialect = Dialect(*names, lambda of: f"pl.List({of})", lambda types: f"pl.Struct({{{_members(types)}}})")
    return _source("import polars as pl\n\nSCHEMA = ", form, dialect, "{", "}")


def _pandas() -> str:
    form = 'pd.DataFrame(map(json.loads, open("….jsonl", encoding="utf-8")), columns=list(DTYPES)).astype(DTYPES)'
    dialect = Dialect('"string"', '"Int64"', '"Float64"', lambda _: '"object"', lambda _: '"object"')
    return _source("DTYPES = ", form, dialect, "{", "}")


def _arrow() -> str:
    form = 'pyarrow.json.read_json("….jsonl", parse_options=pyarrow.json.ParseOptions(explicit_schema=SCHEMA))'
    dialect = Dialect(
        string="pa.string()",
        integer="pa.int64()",
        number="pa.float64()",
        array=lambda of: f"pa.list_({of})",
        struct=lambda types: "pa.struct([" + ", ".join(f'("{name}", {of})' for name, of in types.items()) + "])",
    )
    return _source("import pyarrow as pa\n\nSCHEMA = ", form, dialect, "pa.schema({", "})")


def _duckdb() -> str:
    dialect = Dialect(
        string="VARCHAR",
        integer="BIGINT",
        number="DOUBLE",
        array=lambda of: f"{of}[]",
        struct=lambda types: "STRUCT(" + ", ".join(f'"{name}" {of}' for name, of in types.items()) + ")",
    )
    rows = ",\n".join(f"    \"{name}\": '{of}'" for name, of in columns(dialect).items())
    return (
        f"-- The record of tibetnews, version {VERSION}: duckdb -init FILE, beside the folder exports.\n"
        "create or replace view articles as select * from read_json('exports/articles-*.jsonl',\n"
        f"    format = 'newline_delimited', columns = {{\n{rows}\n}});\n"
    )


PROGRAMS: dict[str, Callable[[], str]] = {
    "arrow": _arrow,
    "datasets": _datasets,
    "duckdb": _duckdb,
    "pandas": _pandas,
    "polars": _polars,
}
"""What writes the schema for each program."""
