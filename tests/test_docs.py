"""The documents say what is so: examples run, names exist, built pages are up to date."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.settings import Settings, default_settings

from replica import Replica
from replica.crawling import FAST
from scripts import build_docs

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
README_MAX_BYTES = 8192
OUTSIDE = {
    "pywb",
    "site-packages",
    ".venv",
    "state",
    "exports",
    "archive",
    "out",
    "shards",
    "pages",
    "one",
    "deploy",
    "new-layout",
}
"""Folders of the reader's own, or of other programs, that documents name."""

names = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
document = pytest.mark.parametrize("path", DOCUMENTS, ids=names)


@pytest.mark.parametrize("path", build_docs.pages(), ids=lambda path: path.name)
def test_built_pages_are_what_the_code_says(path: Path) -> None:
    assert path.read_text("utf-8") == build_docs.pages()[path], "run: python -m scripts.build_docs"


def test_the_readme_is_short() -> None:
    assert 0 < len((ROOT / "README.md").read_bytes()) <= README_MAX_BYTES


def test_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    head = text[: text.index("## All files")]
    rooms = {path.parent.name + "/" for path in (ROOT / "tibetnews").glob("*/__init__.py")}
    assert rooms
    assert not {room for room in rooms if f"`{room}`" not in head}


def _blocks(language: str) -> Iterator[tuple[str, str]]:
    for path, name in zip(DOCUMENTS, names, strict=True):
        for number, block in enumerate(re.findall(rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)):
            yield f"{name}-{number}", block


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if "```python" in path.read_text("utf-8")], ids=lambda path: path.name
)
def test_python_examples_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of one document run in their order and share their names."""
    monkeypatch.chdir(ROOT)
    namespace: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    assert len(blocks) == path.read_text("utf-8").count("```python")
    for block in blocks:
        exec(compile(block, str(path), "exec"), namespace)


@document
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    for target in targets:
        file, _, anchor = target.partition("#")
        if not re.match(r"[a-z]+:", file):
            found = path.parent / file if file else path
            assert found.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.M)
                assert anchor in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


@document
def test_settings_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    known = {name for name in dir(default_settings) if name.isupper()} | set(_project_settings())
    named = set(re.findall(r"-s ([A-Z_]+)=", text)) | {
        name for name in re.findall(r"`([A-Z][A-Z_]{3,})(?:=[^`]*)?`", text) if "_" in name
    }
    unknown = named - known - {"NAME", "NO_COLOR", "SPLASH_USER", "SPLASH_PASS"}
    assert not {name for name in unknown if not (_is_constant(name) or name.startswith("TIBETNEWS_"))}


def _is_constant(name: str) -> bool:
    """Whether a name in capitals is a constant of the code, or a variable of the environment of a deploy file."""
    pattern = re.compile(rf"^\s*{name}\b.*[:=]", re.M)
    if any(pattern.search(file.read_text("utf-8")) for file in (ROOT / "tibetnews").rglob("*.py")):
        return True
    return any(f'environ["{name}"]' in file.read_text("utf-8") for file in (ROOT / "deploy").glob("*.py"))


def _project_settings() -> Iterator[str]:
    settings = Settings()
    settings.setmodule("tibetnews.settings", "project")
    yield from settings


@document
def test_files_and_modules_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    for name in re.findall(r"`([\w.-]+(?:/[\w.*-]+)+/?)`", text):
        is_file = "." in name.rpartition("/")[2] or name.endswith("/")
        if is_file and name.split("/")[0] not in OUTSIDE and not re.search(r"\d{4}|YYYY|new-layout", name):
            folders = (ROOT, ROOT / "tibetnews", ROOT / "tibetnews" / "text", path.parent)
            assert any(found for folder in folders for found in folder.glob(name.rstrip("/"))), name
    for module in re.findall(r"\btibetnews(?:\.[a-z_]+)+\b", text):
        assert _importable(module), module


def _importable(name: str) -> bool:
    """Whether a dotted name is a module, or a name in one."""
    if name in {"tibetnews.service", "tibetnews.timer"}:
        return True
    try:
        if importlib.util.find_spec(name):
            return True
    except ModuleNotFoundError:
        pass
    module, _, attribute = name.rpartition(".")
    return bool(module) and hasattr(importlib.import_module(module), attribute)


@document
def test_make_targets_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"\bmake ([a-z]+)\b(?= *(?:`|$|  ))", path.read_text("utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target


# --- The commands of the documents, run as they stand -----------------------------------------------------------------


def _commands() -> Iterator[tuple[str, str]]:
    """Yield each shell line that runs a command of ours, with its document."""
    for path, name in zip(DOCUMENTS, names, strict=True):
        for line in re.findall(r"^    (\S.*)$", path.read_text("utf-8"), re.M):
            if re.search(r"(^|\| )tibetnews |^python -m (examples|replica|scripts)|^sqlite3 |duckdb ", line):
                yield name, line


COMMANDS = sorted(set(_commands()))
UNRUN = {
    "source=commoncrawl": "tests/test_history.py asks an archive on loopback",
    "RENDERER": "tests/rendering runs a real Chromium",
    "SPLASH_URL": "tests/rendering runs a real Splash",
    "examples.clean_cluster": "tests/test_cluster.py runs it",
    "scripts.draft_page": "tests/pages runs it",
    "examples.read_page": "tests/test_examples.py runs it",
    "python -m replica": "the replica is what all of these run against",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder in which a crawl has run, with the inputs that the commands name; and the outlet's address."""
    where = tmp_path_factory.mktemp("docs")
    with Replica(articles=60, seed=5) as replica:
        program = where / "bin" / "tibetnews"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tibetnews "$@"\n')
        program.chmod(0o755)
        shutil.copytree(ROOT / "replica" / "sample", where / "replica" / "sample")
        shutil.copytree(ROOT / "deploy", where / "deploy")
        _run("tibetnews crawl sections -s ARCHIVE_DIR=archive", where, replica.url)
        lines = next((where / "exports").glob("articles-*.jsonl")).read_text("utf-8")
        page = (where / "replica" / "sample" / "mirror-page.txt").read_text("utf-8")
        (where / "pages").mkdir()
        (where / "pages" / "page.txt").write_text(page, "utf-8")
        (where / "page.txt").write_text(page, "utf-8")
        (where / "corpus.jsonl").write_text(lines, "utf-8")
        (where / "more.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
        contents = "".join(json.dumps({"content": json.loads(line)["text"]}) + "\n" for line in lines.splitlines())
        (where / "big.jsonl.gz").write_bytes(gzip.compress(contents.encode()))
        shutil.copy(next((where / "archive").glob("*.warc.gz")), where / "crawl.warc.gz")
        (where / "one").mkdir()
        (where / "one" / "articles-20260101.jsonl").write_text(lines, "utf-8")
        shutil.copy(where / "more.jsonl.gz", where / "two.jsonl.gz")
        for machine in ("one", "two"):
            shutil.copytree(where / "exports", where / machine / "exports")
        yield where, replica.url


def _run(line: str, where: Path, site: str) -> subprocess.CompletedProcess[str]:
    """Run a line with bash, against the replica at the pace of a test; ``ssh other`` is this machine."""
    settings = {**FAST, "OUTLET_SITE": site}
    options = " ".join(f"-s {name}={value}" for name, value in settings.items())
    line = re.sub(r"(tibetnews (?:crawl \w+|probe|sections --discover))", rf"\1 {options}", line)
    line = line.replace("ssh other cat 'exports", "cat 'exports").replace("http://127.0.0.1:8000", site)
    line = re.sub(r"cat '([^']*)'", r"cat \1", line)
    path = os.pathsep.join([str(where / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=where,
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize(("name", "line"), COMMANDS, ids=[f"{name}: {line}"[:90] for name, line in COMMANDS])
def test_commands_run_as_written(name: str, line: str, folder: tuple[Path, str]) -> None:
    where, site = folder
    if any(part in line for part in UNRUN):
        pytest.skip("a command of the documentation that other tests run")
    if line.startswith("sqlite3"):
        _sql(line, where)
    elif line.startswith("duckdb"):
        _duckdb(line, where)
    else:
        done = _run(line, where, site)
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def _sql(line: str, where: Path) -> None:
    """Run a line of the sqlite3 command by the module."""
    match = re.fullmatch(r'sqlite3 (\S+) "(.*)"', line)
    assert match, line
    with sqlite3.connect(where / match[1]) as database:
        database.execute(match[2]).fetchall()
    database.close()


def _duckdb(line: str, where: Path) -> None:
    """Run a line of the duckdb command by the module, where it is installed."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: `pip install duckdb`")
    match = re.fullmatch(r'duckdb -c "(.*)"', line)
    assert match, line
    with duckdb.connect() as database:
        database.execute(f"SET file_search_path = '{where}'")
        rows = database.execute(match[1].replace("'articles.parquet'", f"'{where}/articles.parquet'")).fetchall()
    assert rows


def test_there_are_examples_of_every_kind() -> None:
    """Nothing is checked where nothing is found."""
    assert len(list(_blocks("python"))) > 3
    assert sum("crawl" in line for _, line in COMMANDS) > 3
    assert sum("clean" in line for _, line in COMMANDS) > 3
