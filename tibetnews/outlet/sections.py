"""The outlet's section table: reads sections.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from tibetnews.errors import WrongUseError
from tibetnews.text import fold_script

FILE = files("tibetnews.outlet").joinpath("sections.toml")

_LANGUAGES = frozenset({"zh-Hans", "bo", "en", "fr", "de"})
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")


def section_key(edition: str, edition_path: str | None) -> str:
    """Return the key of a section in the ledger, the counts and the reports: cn/politics."""
    return f"{edition}/{edition_path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteArea:
    """A part of the outlet whose addresses are built in one way; sections.toml explains its fields."""

    name: str
    """Its name in the file."""
    edition: str
    language: str
    hosts: tuple[str, ...]
    home_label: str
    prefix: str
    listing: Literal["index", "list"]
    aliases: dict[str, str] = field(default_factory=dict, compare=False)
    folders: tuple[str, ...] = ()

    def edition_path(self, path: str) -> str:
        """Return the path in the edition of the section at ``path`` in this area."""
        head = self.prefix.strip("/")
        return "/".join(filter(None, (head if head != self.edition else "", path)))


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the outlet."""

    area: SiteArea
    path: str
    """Its path in the area."""
    name: str
    """Its name in the breadcrumbs."""
    former_names: tuple[str, ...] = ()
    """Its names in the breadcrumbs of older pages."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.name, *self.former_names)

    @property
    def edition_path(self) -> str:
        """Its path in the edition, as records and the ``sections`` argument have it: politics, photo/news."""
        return self.area.edition_path(self.path)

    @property
    def section_key(self) -> str:
        """Its key in the ledger, the counts and the reports: cn/politics."""
        return section_key(self.area.edition, self.edition_path)


@dataclass(frozen=True, slots=True)
class SectionTable:
    """All areas and sections, in the order of the file."""

    areas: tuple[SiteArea, ...]
    sections: tuple[Section, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """Names of the editions, each once."""
        return tuple(dict.fromkeys(area.edition for area in self.areas))

    def find_by_breadcrumbs(self, breadcrumbs: Sequence[str]) -> Section | None:
        """Return the section that breadcrumbs such as 中国西藏网, 即时新闻, 时政 lead to, in either script, or None.

        Of several sections with the last name, the one is meant whose parent has the name before it, or which has no
        parent where none is named; or else the first.
        """
        if len(breadcrumbs) < 2:
            return None
        breadcrumbs = [fold_script(name) for name in breadcrumbs]
        matches = [s for s in self.sections if breadcrumbs[-1] in s.names and s.area.home_label == breadcrumbs[0]]
        if len(breadcrumbs) > 2:
            parents = {s.path for s in self.sections if breadcrumbs[-2] in s.names}
            matches = [s for s in matches if s.path.rpartition("/")[0] in parents] or matches
        else:
            matches = [s for s in matches if "/" not in s.path] or matches
        return next(iter(matches), None)


@lru_cache(maxsize=1)
def section_table() -> SectionTable:
    """Return the table that the package ships. Raises WrongUseError."""
    try:
        return read_table(FILE.read_bytes().decode("utf-8-sig"), str(FILE))
    except UnicodeDecodeError as error:
        raise WrongUseError(f"{FILE}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise WrongUseError(f"{FILE}: {error.strerror}; install tibetnews again, or mend its rights") from error


def read_table(toml: str, name: str) -> SectionTable:
    """Read a section table from TOML; raise WrongUseError, which calls it by ``name``, where a row is unusable."""
    try:
        rows = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        line = match[1] if (match := re.search(r"at line (\d+)", str(error))) else toml.count("\n") + 1
        raise WrongUseError(f"{name}:{line}: not TOML; correct what this says: {error}") from error
    areas: list[SiteArea] = []
    sections: list[Section] = []
    for area_name, row in rows.items():
        place = f"{name}:{_line(toml, area_name)}: [{area_name}]"
        area = _area(area_name, row, place)
        # Without a prefix the host tells areas apart.
        rivals = [other for other in areas if area.prefix != "/" or not set(area.hosts).isdisjoint(other.hosts)]
        if any(other.prefix == area.prefix for other in rivals):
            raise WrongUseError(f"{place}: prefix is {area.prefix!r}, as an earlier area's; no two can have one")
        areas.append(area)
        for path, value in row.get("sections", {}).items():
            line = _line(toml, path, after=f"[{area_name}.sections]")
            place = f'{name}:{line}: "{path}"'
            if not _PATH.fullmatch(path):
                raise WrongUseError(
                    f"{place}: a path is names of letters and digits joined by /, without / at its ends"
                )
            names = value if isinstance(value, list) and value else [value]
            if not all(isinstance(name, str) and name.strip() for name in names):
                raise WrongUseError(
                    f"{place}: write the section's name after the =, in quotes; or a list, the name of today first"
                )
            section = Section(area, path, names[0], tuple(names[1:]))
            if any(other.section_key == section.section_key for other in sections):
                raise WrongUseError(f"{place}: this section is in the table already; delete one of the two lines")
            sections.append(section)
    if not sections:
        raise WrongUseError(f"{name}: no sections; add one below [<area>.sections]")
    return SectionTable(tuple(areas), tuple(sections))


def _area(name: str, row: Any, place: str) -> SiteArea:
    if not isinstance(row, dict):
        raise WrongUseError(f"{place}: an area is a line [name] with its keys below it")
    texts = ("edition", "language", "home_label", "prefix", "listing")
    missing = {*texts, "hosts"} - row.keys()
    if missing:
        raise WrongUseError(f"{place}: {', '.join(sorted(missing))} is missing")
    for key in texts:
        if not isinstance(row[key], str):
            raise WrongUseError(f"{place}: {key} is {row[key]!r}; write it as text in quotes")
    for key in ("aliases", "sections"):
        if not isinstance(row.get(key, {}), dict):
            raise WrongUseError(f'{place}: {key} is {row[key]!r}; it is a table of lines name = "value"')
    if row["language"] not in _LANGUAGES:
        raise WrongUseError(f"{place}: language is {row['language']!r}; it can be {', '.join(sorted(_LANGUAGES))}")
    if row["listing"] not in ("index", "list"):
        raise WrongUseError(f'{place}: listing is {row["listing"]!r}; it can be "index" or "list"')
    hosts = row["hosts"]
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) for host in hosts):
        raise WrongUseError(f"{place}: hosts is a list with at least one name")
    if not re.fullmatch(r"/(?:[a-z]+/)?", row["prefix"]):
        raise WrongUseError(f"{place}: prefix is {row['prefix']!r}; it is one word between two /, or / alone")
    folders = row.get("folders", [])
    if not isinstance(folders, list) or not all(isinstance(folder, str) for folder in folders):
        raise WrongUseError(f"{place}: folders is a list of names")
    return SiteArea(
        name=name,
        edition=row["edition"],
        language=row["language"],
        hosts=tuple(hosts),
        home_label=row["home_label"],
        prefix=row["prefix"],
        listing=row["listing"],
        aliases=row.get("aliases", {}),
        folders=tuple(folders),
    )


def _line(toml: str, name: str, after: str = "") -> int:
    """Return the number of the line that ``name`` opens, as a table or a key, after ``after``; tomllib has none."""
    start = toml.find(after) if after else 0
    match = re.compile(rf'^\s*[\["]?{re.escape(name)}[\]"\s=]', re.MULTILINE).search(toml, max(start, 0))
    return toml.count("\n", 0, match.end() - 1 if match else 0) + 1
