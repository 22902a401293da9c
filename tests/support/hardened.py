"""Runs a command as the service does: no new rights, and no memory that is both written and executed.

``python -m tests.support.hardened COMMAND…``; Linux takes both from a process and all that it starts.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_NO_NEW_PRIVS = 38
PR_SET_MDWE = 65
"""Since Linux 6.3; before, systemd does the same by a filter of system calls."""

if __name__ == "__main__":
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        sys.exit("no-new-privs is not to be had")
    libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)
    os.execvp(sys.argv[1], sys.argv[1:])
