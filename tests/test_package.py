"""What is installed: wheel and sdist hold all of the package and nothing else, and `tibetnews` is its command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from replica.crawling import ROOT
from scripts.lock import part
from tibetnews import __version__

COMMAND = [sys.executable, "-m", "tibetnews"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=cwd, env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel and an sdist."""
    try:
        new_enough = int(version("setuptools").partition(".")[0]) >= 77
    except PackageNotFoundError:
        new_enough = False
    if not new_enough:
        pytest.skip("setuptools 77 or later is not in this environment; `make setup` installs it")
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/pages/", "docs/img")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    for kind in ("sdist", "wheel"):
        build = f"from setuptools import build_meta; build_meta.build_{kind}({str(folder)!r})"
        subprocess.run([sys.executable, "-c", build], cwd=source, capture_output=True, check=True, timeout=120)
    return folder


def package_files() -> set[str]:
    files = (path for path in (ROOT / "tibetnews").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_is_the_package_with_all_its_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert wheel.name == f"tibetnews-{__version__}-py3-none-any.whl"
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == package_files()
    assert {
        "tibetnews/text/data/characters.lm",
        "tibetnews/rendering/splash.lua",
        "tibetnews/rendering/frames.js",
        "tibetnews/py.typed",
    } <= names


def test_the_sdist_holds_what_the_wheel_is_built_from(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as tar:
        names = {member.name.partition("/")[2] for member in tar.getmembers() if member.isfile()}
    assert {name for name in names if name.startswith("tibetnews/")} == package_files()
    others = {name for name in names if "/" not in name}
    assert others == {
        "LICENSE",
        "MANIFEST.in",
        "PKG-INFO",
        "README.md",
        "pyproject.toml",
        "requirements.txt",
        "setup.cfg",
    }
    assert not any(name.startswith(("tests/", "replica/", "deploy/")) for name in names)


def test_the_command_tells_its_version_and_its_commands(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout == f"tibetnews {__version__}\n"
    usage = run(cwd=tmp_path).stdout
    commands = {path.stem for path in (ROOT / "tibetnews" / "commands").glob("[a-z]*.py")}
    assert {"clean", "crawl", "export", "merge"} < commands
    assert set(re.findall(r"^  (\w+) ", usage, re.MULTILINE)) == commands
    assert "tibetnews clean" in run("clean", "-h", cwd=tmp_path).stdout
    unknown = run("cleen", cwd=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "'cleen'" in unknown.stderr


def test_another_projects_settings_do_not_win(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = other.settings\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").touch()
    (tmp_path / "other" / "settings.py").write_text("BOT_NAME = 'other'\n")
    done = run("settings", "--get", "BOT_NAME", cwd=tmp_path, SCRAPY_SETTINGS_MODULE="other.settings")
    assert (done.returncode, done.stdout) == (0, "tibetnews\n"), done.stderr


def test_the_cache_of_answers_lies_where_the_command_is_run(tmp_path: Path) -> None:
    done = run("settings", "--get", "HTTPCACHE_DIR", cwd=tmp_path)
    assert done.stdout == f"{tmp_path}/.scrapy/httpcache\n"


def test_a_group_of_the_lock_is_what_it_needs() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(lock) < 300_000
    names = {
        group: set(re.findall(r"^([\w.-]+)==", part(lock, group), re.MULTILINE)) for group in ("run", "dev", "bench")
    }
    wanted = re.findall(r"^([\w-]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in wanted} <= names["run"] <= names["dev"]
    assert "pytest" in names["dev"] - names["run"]
    assert "trafilatura" in names["bench"] - names["dev"]
