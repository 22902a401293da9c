"""A Splash 3.5 server on 127.0.0.1, started by the Python of ``make splash``.

    .splash/bin/python scripts/splash_server.py [PORT, 8050 unless told]

Splash is no longer developed. What it needs to run on Python 3.11 with the packages of today is here, and nothing else
of this project: it knows only what ``make splash`` installs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import lupa.lua52
from PyQt5.QtCore import QTimer


def _without_encoding(loads: Callable[..., Any]) -> Callable[..., Any]:
    """``json.loads`` as Splash calls it, with an argument that is gone since Python 3.9."""
    return lambda text, encoding=None, **options: loads(text, **options)  # noqa: ARG005


class _Timer(QTimer):  # type: ignore[misc] # PyQt has no types here
    """A timer that takes milliseconds as a float, which PyQt refuses since Python 3.10."""

    def start(self, *milliseconds: float) -> None:
        super().start(*map(int, milliseconds))


def main(port: int) -> None:
    """Serve until the process is ended; ``/_ping`` answers once the server is ready."""
    sys.modules["lupa"] = lupa.lua52  # Splash is written for Lua 5.2; lupa would take the newest that it carries
    json.loads = _without_encoding(json.loads)
    import PyQt5.QtCore

    PyQt5.QtCore.QTimer = _Timer
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    with tempfile.TemporaryDirectory(prefix="splash-") as folder:  # of mode 700, as Qt wants it
        os.environ["XDG_RUNTIME_DIR"] = folder
        address = ["--ip", "127.0.0.1", "--port", str(port)]
        sys.argv[1:] = [*address, "--disable-xvfb", "--disable-ui", "--browser-engines", "webkit"]
        from splash.server import main as serve

        serve()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8050)
