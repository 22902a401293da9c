"""Commands whose system calls fail: ``python -m tests.support.failing_calls``, a server on standard input.

Each line is a job, JSON: the command's arguments, the file of its output, and which call below which folder fails. The
process has loaded everything and forks for each job, so that a crawl takes a fraction of a second. It answers with a
line: the exit status, and how many of the calls were made.
"""

from __future__ import annotations

import ctypes
import json
import os
import pkgutil
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from replica.crawling import ROOT

SOURCE = Path(__file__).with_suffix(".c")
KINDS = {"write": 1, "fsync": 2, "ftruncate": 4, "open": 8, "rename": 16}
KINDS |= {"read": 32, "folder": 64, "lock": 128, "close": 256}
MODES = {"once": 0, "from then on": 1, "short": 2}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    calls: int
    """Calls of the kind that were made below the folder."""
    log: str


class Commands:
    """The server's other end."""

    def __init__(self, server: subprocess.Popen[str], folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.failures = 0
        """How many commands met a call that fails."""

    def run(
        self, *argv: str, below: Path, fail: tuple[str, int, int, str] | None = None, log: Path | None = None
    ) -> Done:
        """Run a command; ``fail``: kind of call, which one from 1, errno, and mode; without it none fails."""
        kind, nth, error, mode = fail or ("write", 0, 0, "once")
        output = self.folder / "output"
        job: dict[str, Any] = {"argv": argv, "output": str(output), "below": str(below), "log": str(log) if log else ""}
        job |= {"kind": KINDS[kind], "nth": nth, "error": error, "mode": MODES[mode]}
        assert self.server.stdin
        assert self.server.stdout
        print(json.dumps(job), file=self.server.stdin, flush=True)
        answer = json.loads(self.server.stdout.readline())
        self.failures += 0 < nth <= answer["calls"]
        return Done(answer["status"], answer["calls"], output.read_text("utf-8", "replace"))


def library(folder: Path) -> Path | None:
    """The calls that fail, compiled; None where there is no compiler."""
    path = folder / "failing_calls.so"
    with suppress(FileNotFoundError):
        command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(path), str(SOURCE), "-ldl"]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return path
    return None


@contextmanager
def commands(folder: Path, preload: Path) -> Iterator[Commands]:
    """The server, with its calls in the hands of the library."""
    environment = {**os.environ, "LD_PRELOAD": str(preload), "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "tests.support.failing_calls"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield Commands(server, folder)
        finally:
            assert server.stdin
            server.stdin.close()


def serve() -> None:
    """Do the jobs."""
    calls = ctypes.CDLL(os.environ["LD_PRELOAD"])
    for module in _modules():
        import_module(module)
    for line in sys.stdin:
        job = json.loads(line)
        if not (child := os.fork()):
            _work(job, calls)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"status": os.waitstatus_to_exitcode(status), "calls": calls.calls_count()}), flush=True)


def _modules() -> Iterator[str]:
    """What a crawl and the commands load."""
    import tibetnews

    yield from ("scrapy.cmdline", "scrapy.crawler", "scrapy.core.engine", "scrapy.core.downloader.handlers.http11")
    yield from ("scrapy.extensions.feedexport", "scrapy.core.scraper", "scrapy.core.scheduler")
    for module in pkgutil.walk_packages(tibetnews.__path__, "tibetnews."):
        if not module.name.endswith(("__main__", "datatrove_steps", "heartbeats", "splash")):
            yield module.name


def _work(job: dict[str, Any], calls: ctypes.CDLL) -> None:
    status = 70
    try:
        output = os.open(job["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        from scrapy.cmdline import execute

        if job["log"]:
            calls.calls_log(job["log"].encode())
        calls.calls_arm(job["below"].encode(), job["kind"], job["nth"], job["error"], job["mode"])
        execute(["scrapy", *job["argv"]])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 # it is what the command did not catch
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
