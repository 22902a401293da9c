"""Reads the data files of this package; importlib.resources would take longer to load than most of them to read."""

from __future__ import annotations

from pkgutil import get_data


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file by its path below ``tibetnews/text``. Raises OSError."""
    data = get_data("tibetnews.text", name)
    if data is None:
        raise FileNotFoundError(f"tibetnews.text is not loaded from files, so {name} cannot be read")
    return data


def read_text(name: str) -> str:
    """Return the text of a file by its path below ``tibetnews/text``. Raises OSError."""
    return read_bytes(name).decode()
