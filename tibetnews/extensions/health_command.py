"""Runs the user's HEALTH_COMMAND with the report on a run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from typing import Any, NamedTuple


class HealthCommand(NamedTuple):
    """A command line for ``/bin/sh``."""

    line: str
    timeout_seconds: float
    """Seconds after which it is killed with all that it started."""
    is_for_changes: bool = False
    """Whether it is run only where something has changed."""

    def send(self, report: Mapping[str, Any]) -> str | None:
        """Run the command with the report as one line of JSON, in ASCII, on its standard input.

        What it prints goes to standard error. Nothing of the report is ever part of the command line.

        Returns:
            What went wrong, in one line; None where nothing did.
        """
        try:
            process = subprocess.Popen(
                ["/bin/sh", "-c", self.line],
                stdin=subprocess.PIPE,
                stdout=2,  # standard output may carry the records
                start_new_session=True,  # so that all that the shell started can be killed with it
            )
        except OSError as error:
            return f"{self.line!r} cannot be started: {error.strerror}"
        try:
            process.communicate(json.dumps(report).encode() + b"\n", self.timeout_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            seconds = f"{self.timeout_seconds:g}"
            return f"{self.line!r} took longer than HEALTH_COMMAND_TIMEOUT_SECONDS = {seconds} and was killed"
        if process.returncode < 0:
            return f"{self.line!r} was ended by signal {-process.returncode}"
        return f"{self.line!r} ended with status {process.returncode}" if process.returncode else None
