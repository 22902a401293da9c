"""The only reader of sections.toml: which trees and sections the outlet has."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tibetnews.errors import InvalidTableError

FILE = Path(__file__).with_name("sections.toml")

_LANGUAGES = frozenset({"zh-Hans", "bo", "en", "fr", "de"})
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Tree:
    """A part of the outlet whose addresses are built in one way; its fields are explained in sections.toml."""

    edition: str
    language: str
    hosts: tuple[str, ...]
    home: str
    prefix: str
    listing: Literal["index", "list"]
    spellings: dict[str, str] = field(default_factory=dict, compare=False)

    def section(self, path: str) -> str:
        """The name that records and arguments give to the section at ``path``: politics, photo/news."""
        head = self.prefix.strip("/")
        return path if head == self.edition else f"{head}/{path}"


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the outlet: its tree, its path in that tree and its name in the breadcrumbs."""

    tree: Tree
    path: str
    name: str

    @property
    def key(self) -> str:
        """What records and the ``sections`` argument call it."""
        return self.tree.section(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """All trees and sections, in the order of the file."""

    trees: tuple[Tree, ...]
    sections: tuple[Section, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """Names of the editions, each once."""
        return tuple(dict.fromkeys(tree.edition for tree in self.trees))

    def named(self, breadcrumbs: list[str]) -> Section | None:
        """The section that breadcrumbs such as 中国西藏网, 即时新闻, 时政 lead to, or None.

        A name that several sections bear is told by the name before it.
        """
        if len(breadcrumbs) < 2:
            return None
        found = [s for s in self.sections if s.name == breadcrumbs[-1] and s.tree.home == breadcrumbs[0]]
        if len(breadcrumbs) > 2:
            parents = {s.path for s in self.sections if s.name == breadcrumbs[-2]}
            found = [s for s in found if s.path.rpartition("/")[0] in parents] or found
        return min(found, key=lambda section: section.path.count("/"), default=None)


@lru_cache(maxsize=1)
def table() -> Table:
    """The table that the project ships."""
    return read(FILE.read_text("utf-8"), str(FILE))


def read(toml: str, name: str) -> Table:
    """Read a section table from the text of a TOML file; ``name`` is what its errors call the file."""
    try:
        rows = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        line = found[1] if (found := re.search(r"at line (\d+)", str(error))) else toml.count("\n") + 1
        raise InvalidTableError(f"{name}:{line}: not TOML; correct what this says: {error}") from error
    trees: list[Tree] = []
    sections: list[Section] = []
    for tree_name, row in rows.items():
        where = f"{name}:{_line(toml, tree_name)}: [{tree_name}]"
        tree = _tree(row, where)
        if any(other.prefix == tree.prefix for other in trees):
            raise InvalidTableError(f"{where}: prefix is {tree.prefix!r}, as an earlier tree's; no two can have one")
        trees.append(tree)
        for path, section_name in row.get("sections", {}).items():
            line = _line(toml, path, after=f"[{tree_name}.sections]")
            where = f'{name}:{line}: "{path}"'
            if not _PATH.fullmatch(path):
                raise InvalidTableError(
                    f"{where}: a path is names of letters and digits joined by /, without / at its ends"
                )
            if not isinstance(section_name, str) or not section_name.strip():
                raise InvalidTableError(f"{where}: write the section's name behind the = in quotes")
            section = Section(tree, path, section_name)
            if any(s.key == section.key and s.tree.edition == tree.edition for s in sections):
                raise InvalidTableError(f"{where}: this section is in the table already; delete one of the two lines")
            sections.append(section)
    if not sections:
        raise InvalidTableError(f"{name}: no sections; add one below [<tree>.sections]")
    return Table(tuple(trees), tuple(sections))


def _tree(row: Any, where: str) -> Tree:
    if not isinstance(row, dict):
        raise InvalidTableError(f"{where}: a tree is a line [name] with its keys below it")
    missing = {"edition", "language", "hosts", "home", "prefix", "listing"} - row.keys()
    if missing:
        raise InvalidTableError(f"{where}: {', '.join(sorted(missing))} is missing")
    for key in ("edition", "language", "home", "prefix", "listing"):
        if not isinstance(row[key], str):
            raise InvalidTableError(f"{where}: {key} is {row[key]!r}; write it as text in quotes")
    for key in ("spellings", "sections"):
        if not isinstance(row.get(key, {}), dict):
            raise InvalidTableError(f'{where}: {key} is {row[key]!r}; it is a table of lines name = "value"')
    if row["language"] not in _LANGUAGES:
        raise InvalidTableError(f"{where}: language is {row['language']!r}; it can be {', '.join(sorted(_LANGUAGES))}")
    if row["listing"] not in ("index", "list"):
        raise InvalidTableError(f'{where}: listing is {row["listing"]!r}; it can be "index" or "list"')
    hosts = row["hosts"]
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) for host in hosts):
        raise InvalidTableError(f"{where}: hosts is a list with at least one name")
    if not re.fullmatch(r"/[a-z]+/", row["prefix"]):
        raise InvalidTableError(f"{where}: prefix is {row['prefix']!r}; it is one word between two /")
    return Tree(
        edition=row["edition"],
        language=row["language"],
        hosts=tuple(hosts),
        home=row["home"],
        prefix=row["prefix"],
        listing=row["listing"],
        spellings=row.get("spellings", {}),
    )


def _line(toml: str, name: str, after: str = "") -> int:
    """The line that opens with ``name``, as a table or a key, the first behind ``after``: TOML readers do not keep it."""
    start = toml.find(after) if after else 0
    found = re.compile(rf'^\s*[\["]?{re.escape(name)}[\]"\s=]', re.MULTILINE).search(toml, max(start, 0))
    return toml.count("\n", 0, found.end() - 1 if found else 0) + 1
