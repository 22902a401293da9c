"""Write requirements.lock, or print the part of it that one group needs.

``make lock`` runs ``python -m scripts.lock`` after a change of requirements.txt or of pyproject.toml; it needs uv.
``make setup`` and its like run ``python -m scripts.lock GROUP``, which needs nothing, and give the result to pip.
The lock keeps the digests of the files for Linux (glibc) and macOS on Python 3.11 to 3.14, and of the sources.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
GROUPS = {
    "run": [],
    "splash": ["--extra", "splash"],
    "dev": ["--extra", "splash", "--extra", "parquet", "--group", "dev"],
    "parquet": ["--extra", "parquet"],
    "cluster": ["--extra", "cluster"],
    "bench": ["--group", "bench"],
}
"""What uv resolves for each group, besides the project's own dependencies."""

HEADER = """\
# Exact versions of all that the project can need, with digests. `make lock` writes this file; see scripts/lock.py.
# The line above a package names the groups that need it; `python -m scripts.lock GROUP` prints one group's packages.
"""
PLATFORM = re.compile(r"any|(?:.*\.)?manylinux\w*_(?:x86_64|aarch64)(?:\..*)?|macosx_\w+")
"""Tags of wheels for any platform, for Linux with glibc and for macOS."""
INTERPRETER = re.compile(r"(?:py3|py2\.py3)-none|cp3\d\d?-abi3|cp31[1-4]-(?:cp31[1-4]|none)")


def main() -> int:
    """Print the part of the group that the program's argument names, or write the lock."""
    match sys.argv[1:]:
        case []:
            LOCK.write_text(lock(), encoding="utf-8")
        case [group] if group in GROUPS:
            print(part(LOCK.read_text("utf-8"), group))
        case _:
            print(f"usage: python -m scripts.lock [{' | '.join(GROUPS)}]", file=sys.stderr)
            return 2
    return 0


def part(text: str, group: str) -> str:
    """Return the paragraphs of a lock whose first line names the group."""
    return "\n\n".join(
        paragraph for paragraph in text.split("\n\n") if group in paragraph.partition("\n")[0].split()[1:]
    )


def lock() -> str:
    """Resolve all groups together and return the lock; versions that it has already are kept."""
    kept = re.findall(r"^(\S+==\S+(?: ; [^\\\n]+)?)", LOCK.read_text("utf-8") if LOCK.exists() else "", re.MULTILINE)
    everything = [option for options in GROUPS.values() for option in options]
    packages: list[dict[str, Any]] = tomllib.loads(_resolve("pylock.toml", kept, everything))["packages"]
    pins = [_pin(package) for package in packages]
    groups: dict[str, list[str]] = {}
    for group, options in GROUPS.items():
        for name in re.findall(r"^([\w.-]+)==", _resolve("requirements.txt", pins, options), re.MULTILINE):
            groups.setdefault(name, []).append(group)
    return HEADER + "".join(_paragraph(package, groups[package["name"]]) for package in packages)


def _paragraph(package: dict[str, Any], groups: list[str]) -> str:
    return (
        f"\n# {' '.join(dict.fromkeys(groups))}\n" + " \\\n    --hash=".join([_pin(package), *_digests(package)]) + "\n"
    )


def _resolve(form: str, constraints: list[str], options: list[str]) -> str:
    """Run uv on pyproject.toml and return its answer."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--format", form]
    command += ["--no-header", "--no-annotate", "--constraints", "-", *options, "pyproject.toml"]
    return subprocess.run(
        command, cwd=ROOT, input="\n".join(constraints), capture_output=True, text=True, check=True
    ).stdout


def _pin(package: dict[str, Any]) -> str:
    marker = f" ; {package['marker']}" if "marker" in package else ""
    return f"{package['name']}=={package['version']}{marker}"


def _digests(package: dict[str, Any]) -> list[str]:
    """Return the digests of a package's sources and of its wheels for the interpreters and platforms above."""
    wheels = [wheel for wheel in package.get("wheels", []) if _is_for_us(wheel["url"].rpartition("/")[2])]
    files = [package["sdist"], *wheels] if "sdist" in package else wheels
    return sorted(f"sha256:{file['hashes']['sha256']}" for file in files)


def _is_for_us(wheel: str) -> bool:
    *_, python, abi, platform = wheel.removesuffix(".whl").split("-")
    return bool(INTERPRETER.fullmatch(f"{python}-{abi}") and PLATFORM.fullmatch(platform))


if __name__ == "__main__":
    sys.exit(main())
