"""What the commands share: exit statuses, messages, the progress bar, standard output, and how a run ends early.

Importable without Scrapy; rich is loaded by the progress bar alone.
"""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, NoReturn, Self

if TYPE_CHECKING:
    from rich.progress import Progress


class ExitStatus(IntEnum):
    """How a command ended; ``meaning`` is one line for a person. From 64 on they are those of sysexits.h."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitStatus:
        """Make a member from its number and its meaning."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    OK = 0, "all well"
    PROBLEMS = 1, "some entries were rejected, or the crawl was unhealthy"
    WRONG_USE = 2, "wrong use, or a setting, a section table or a ledger that cannot be used"
    PROGRAM_FAULT = 70, "a fault of this program; its traceback is on standard error"
    IO_ERROR = 74, "aborted: a file could not be read or written"
    BUSY = 75, "another run writes the same output or the same ledger; try again later"
    INTERRUPTED = 130, "interrupted by Ctrl-C, SIGTERM or SIGHUP; a crawl by two of them"
    BROKEN_PIPE = 141, "whoever read standard output has gone"


def program_name(script: str) -> str:
    """Return the name under which a script (``sys.argv[0]``) was called; ``python -m`` names a ``__main__.py``."""
    path = Path(script)
    name = path.parent.name if path.stem == "__main__" else path.stem
    return name if name == "scrapy" else "tibetnews"


PROGRAM = program_name(sys.argv[0])
RESUME_HINT = "; run the same command to resume"


def printable(text: str) -> str:
    """Return the text with a sign in place of each character that a terminal might obey.

    These are control characters, marks that turn the direction of writing, and halves of surrogate pairs. White space
    becomes blanks; the length stays.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c.isspace() and c not in _BREAKS else "\N{REPLACEMENT CHARACTER}" for c in text
    )


_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")


def without_passwords(text: str) -> str:
    """Return the text without user and password in its addresses."""
    return _PASSWORD.sub("//", text) if "@" in text else text


_PASSWORD = re.compile(r"//[^/@\s'\"]*+@")


def print_message(command: str, message: str, bar: ProgressBar | None = None) -> None:
    """Print one line to standard error, above the progress bar where there is one; ``command`` may be empty."""
    line = printable(f"{f'{PROGRAM} {command}'.rstrip()}: {message}")
    if bar and bar.progress:
        bar.progress.console.print(line, markup=False)
    else:
        with suppress(OSError):  # a log on a full disk changes no status
            print(line, file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """Return a time as hours, minutes and seconds: 0:01:42."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


class ProgressBar:
    """A bar on standard error that counts bytes and tells the time so far and left; at a terminal only.

    Args:
        columns: What stands before the bar and after it, as rich's TextColumn formats them.
        total: Bytes in all; None where nobody knows.
        is_hidden: Whether it is hidden at a terminal, too.
        fields: What the columns show besides.

    Attributes:
        progress: Rich's bar; None where none is shown.
    """

    def __init__(self, *columns: str, total: int | None, is_hidden: bool, **fields: Any) -> None:
        self.progress: Progress | None = None
        if not is_hidden and (sys.stderr.isatty() or not _TERMINAL_VARIABLES.isdisjoint(os.environ)):
            self.progress = _rich_progress(*columns)
            self._task = self.progress.add_task("", total=total, **fields)

    def __enter__(self) -> Self:
        if self.progress:
            self.progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.progress:
            self.progress.stop()

    def update(self, completed: float | None = None, **fields: Any) -> None:
        """Show so many bytes as done, as many as before without ``completed``, and the fields as they are now."""
        if self.progress:
            self.progress.update(self._task, completed=completed, **fields)


_TERMINAL_VARIABLES = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""With one of these rich decides what a terminal is; without, rich need not be loaded, which takes long."""


def _rich_progress(first: str, *others: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    return Progress(
        TextColumn(first),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TimeElapsedColumn(),
        TextColumn("so far,"),
        TimeRemainingColumn(),
        TextColumn("left"),
        *map(TextColumn, others),
        expand=True,
        console=console,
        disable=not console.is_terminal,
    )


def prepare_streams() -> None:
    """Make the standard streams take what is printed, whatever they are.

    The null device takes the place of closed ones, so that no file takes their numbers: what a library writes to
    standard error would go into that file, and what this program prints to standard output. Characters that the
    encoding of a terminal lacks, such as Tibetan ones in GBK, are printed as escapes.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
        pass
    os.close(number)
    if sys.stderr is None:
        sys.stderr = os.fdopen(_STANDARD_ERROR, "w", closefd=False)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


_STANDARD_ERROR = 2


def standard_output() -> IO[bytes]:
    """Return standard output with a buffer, whatever PYTHONUNBUFFERED says: without one a write may be cut short.

    Raises OSError where it is closed.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    return open(sys.stdout.fileno(), "wb", closefd=False)


_UNNAMED = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "standard output: "),  # which only a write meets
    errno.ENOENT: "the current folder is gone: ",
}
"""What an error means that names no file."""


def run_to_exit(
    command: str,
    work: Callable[[], int],
    writes_file: Callable[[], bool] = lambda: False,
    can_resume: Callable[[], bool] = lambda: False,
) -> int:
    """Do the work of a command and return its exit status; what ends it early becomes one line on standard error.

    Statuses that end the work early never return: the process ends at once, since there is nothing left to write, and
    neither a reader that has gone nor what is read need be waited for. An error still holds then what it has ended, so
    that no destructor writes or prints anything. A fault of the program ends it likewise, after
    its traceback: Python's own status for it is 1, which here means rejected entries, and Scrapy would give 0.

    Args:
        command: The name after the program's, for messages.
        work: Returns the exit status, or raises SystemExit with it.
        writes_file: Tells whether an output file was named, which has not got its name when the work ends early.
        can_resume: Tells whether the same command would resume the work.
    """
    sys.excepthook = _exit_after_traceback
    heed_signals()
    try:
        try:
            status = work()
        finally:
            _leave_full_log()
            if sys.stdout is not None:
                sys.stdout.flush()  # Python would do it last of all, and tell a full disk in its own words
    except KeyboardInterrupt:
        hint = RESUME_HINT if can_resume() else "; nothing was written" if writes_file() else ""
        with suppress(KeyboardInterrupt):  # again
            print_message(command, f"interrupted{hint}")
        os._exit(ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        os._exit(ExitStatus.BROKEN_PIPE)
    except OSError as error:
        where = _UNNAMED.get(error.errno or 0, "") if error.filename is None else ""
        print_message(command, f"aborted: {where}{error}{RESUME_HINT if can_resume() else ''}")
        os._exit(ExitStatus.IO_ERROR)
    if status not in (ExitStatus.OK, ExitStatus.PROBLEMS, ExitStatus.WRONG_USE):
        os._exit(status)
    return status


@contextmanager
def signals_held() -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and SIGHUP wait until the end of the block; a process that starts in it never hears them."""
    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ending)


def heed_signals() -> None:
    """Let SIGTERM end a command as Ctrl-C does, and SIGHUP as SIGTERM; Scrapy takes SIGTERM over while a crawl runs.

    One that is ignored, as under nohup, stays so.
    """
    for number, handler in ((signal.SIGTERM, _interrupt), (signal.SIGHUP, _hang_up)):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, handler)


def _interrupt(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it may be sent twice, and what ends must come to its end
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise KeyboardInterrupt


def _hang_up(*_: object) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)


def _leave_full_log() -> None:
    """Leave standard error alone if it cannot be written: Python would end with a status of its own, 120."""
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        sys.stderr = io.StringIO()


def _exit_after_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
    sys.__excepthook__(kind, error, trace)
    os._exit(ExitStatus.PROGRAM_FAULT)
