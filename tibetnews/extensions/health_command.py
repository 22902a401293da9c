"""Tells a command of the user's how a run went."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from typing import Any


def tell(command: str, report: Mapping[str, Any], seconds: float) -> str | None:
    """Run a command line in ``/bin/sh`` with the report as one line of JSON, in ASCII, on its standard input.

    What it prints goes to this program's standard error. Gives what went wrong, in one line; None where nothing did. After
    ``seconds`` it is killed with all that it started. Nothing of the report is ever part of the command line.
    """
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=subprocess.PIPE,
            stdout=2,  # standard output may be the records'
            start_new_session=True,  # so that a pipe's other ends can be killed with the shell
        )
    except OSError as error:
        return f"{command!r} cannot be started: {error.strerror}"
    try:
        process.communicate(json.dumps(report).encode() + b"\n", seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return f"{command!r} took longer than HEALTH_COMMAND_SECONDS = {seconds:g} and was killed"
    if process.returncode < 0:
        return f"{command!r} ended by signal {-process.returncode}"
    return f"{command!r} ended with status {process.returncode}" if process.returncode else None
