"""Reads the data files of this package; importlib.resources would take longer to load than most of them to read."""

from __future__ import annotations

import errno
import tomllib
from pkgutil import get_data
from typing import Any


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file by its path below ``tibetnews/text``. Raises OSError."""
    data = get_data("tibetnews.text", name)
    if data is None:
        raise FileNotFoundError(f"tibetnews.text is not loaded from files, so {name} cannot be read")
    return data


def read_text(name: str) -> str:
    """Return the text of a file by its path below ``tibetnews/text``. Raises OSError."""
    return read_bytes(name).decode()


def read_toml(name: str) -> dict[str, Any]:
    """Return the table in a file, which people may have edited. Raises OSError with what to correct, and where."""
    try:
        return tomllib.loads(read_bytes(name).decode("utf-8-sig"))
    except ValueError as error:  # UnicodeDecodeError, TOMLDecodeError
        raise unusable_file(name, f"it is not TOML in UTF-8: {error}") from error


def unusable_file(name: str, why: str) -> OSError:
    """Return the error that says why the file of this path below ``tibetnews/text`` cannot be used."""
    return OSError(errno.EINVAL, why, f"tibetnews/text/{name}")
