"""A Chromium that is killed while it opens a page: ``python mortal_chromium.py CHROMIUM STARTS KILLS ARGUMENTS``.

STARTS is a file that gets a byte for each start. The first KILLS browsers are killed with their third to fifth page,
in turn alone and with all their processes, as by kill -9; the ones after these live.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

COMMANDS_FD, ANSWERS_FD = 3, 4
"""Chromium's own, with ``--remote-debugging-pipe``."""


def main() -> None:
    chromium, starts, kills, *arguments = sys.argv[1:]
    with Path(starts).open("ab") as file:
        file.write(b".")
    start = Path(starts).stat().st_size
    if start > int(kills):
        os.execvp(chromium, [chromium, *arguments])
    relay = 'exec "$@" 3<&0 0</dev/null'
    command = ["/bin/sh", "-c", relay, "sh", chromium, *arguments]
    browser = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(ANSWERS_FD,))
    os.close(ANSWERS_FD)
    assert browser.stdin
    pages = 0
    while block := os.read(COMMANDS_FD, 1 << 16):
        pages += block.count(b'"Page.navigate"')
        browser.stdin.write(block)
        browser.stdin.flush()
        if pages >= 3 + start % 3:
            if start % 2:
                os.killpg(0, signal.SIGKILL)
            browser.kill()
            browser.wait()
            return
    browser.stdin.close()
    browser.wait()


if __name__ == "__main__":
    main()
