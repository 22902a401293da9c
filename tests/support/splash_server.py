"""The real Splash that ``make splash`` installs, started for a session of tests on a free port of this machine."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from replica.crawling import ROOT

PYTHON = ROOT / ".splash" / "bin" / "python"
IS_INSTALLED = (ROOT / ".splash" / "installed").exists()
MISSING = "no Splash here; as root on Debian 12 `make splash` installs one"

TRIES, BETWEEN = 300, 0.1
"""So often the server is asked whether it is there, with so many seconds between; it takes some 3 s."""


class SplashServer:
    """``with SplashServer(log) as splash:`` serves at ``splash.url``; what it prints goes to the file ``log``."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        command = [str(PYTHON), "scripts/splash_server.py", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        for _ in range(TRIES):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(BETWEEN)
                break
            if self._answers():
                return self
        self.__exit__(None, None, None)
        raise RuntimeError(
            f"Splash did not start; the end of its log: {self.log.read_text('utf-8', 'replace')[-2000:]}"
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()  # a script without an end would keep it from anything gentler
        self.process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/_ping")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()
