"""What the project's own commands are to Scrapy."""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from tibetnews.console import PROGRAM, ExitStatus, prepare_streams, print_message, run_to_exit
from tibetnews.errors import WrongUseError
from tibetnews.ledger.errors import LedgerError, LedgerLockedError

if TYPE_CHECKING:
    from rich.console import Console


class ProjectCommand(ScrapyCommand):
    """Base of the commands that crawl nothing; they log nothing either, and print what they have to say.

    Their exit statuses are those of :class:`~tibetnews.console.ExitStatus`.
    """

    usage: ClassVar[str]
    """Options and arguments, as the help writes them."""
    summary: ClassVar[str]
    description: ClassVar[str] = ""
    """For the help of the command; the summary without it."""

    writes_file = False
    """Whether an output was named that gets its name only once it is whole."""
    has_checkpoint = False
    """Whether the same command would resume the work."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute
    settings: Settings  # set by Scrapy before any method but __init__ is called

    @property
    def name(self) -> str:
        """The word that calls the command: the name of its module."""
        return self.__module__.rpartition(".")[2]

    def syntax(self) -> str:
        """Return the usage."""
        return self.usage

    def short_desc(self) -> str:
        """Return the summary."""
        return self.summary

    def long_desc(self) -> str:
        """Return the description."""
        return self.description or self.summary

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the work; what the user gave, what the ledger refuses, and what ends it early are one line."""
        prepare_streams()
        work = partial(self._work, args, opts)
        self.exitcode = run_to_exit(self.name, work, lambda: self.writes_file, lambda: self.has_checkpoint)

    def _work(self, args: list[str], opts: argparse.Namespace) -> int:
        try:
            return self.work(args, opts)
        except (WrongUseError, LedgerError) as error:
            return self.end(status_of(error), str(error))

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Return the exit status. Raises WrongUseError and LedgerError."""

    def end(self, status: ExitStatus, message: str) -> ExitStatus:
        """Print why the command ends, and return its exit status."""
        print_message(self.name, message)
        self.exitcode = status
        return status


def no_ledger(folder: str) -> str:
    """Return the message that a folder holds no ledger yet."""
    return f"there is no ledger in {folder}; {PROGRAM} crawl sections makes one"


def add_spider_arguments(parser: argparse.ArgumentParser, help_: str) -> None:
    """Add the option ``-a NAME=VALUE``, as ``tibetnews crawl`` has it."""
    parser.add_argument("-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE", help=help_)


def spider_arguments(opts: argparse.Namespace) -> dict[str, str]:
    """Return what was given with ``-a``; without a value it is empty."""
    return {name: value for name, _, value in (argument.partition("=") for argument in opts.arguments)}


def output_console(*, soft_wrap: bool = False) -> Console:
    """Return a console on standard output; into a pipe nothing is cut off at the width of a terminal."""
    from rich.console import Console

    class OutputConsole(Console):
        """Rich's console, which would end a command with status 1 where its reader has gone."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    is_terminal = sys.stdout is not None and sys.stdout.isatty()  # rich prints nowhere where it is closed
    return OutputConsole(width=None if is_terminal else 240, highlight=False, soft_wrap=soft_wrap)


def status_of(error: WrongUseError | LedgerError | OSError) -> ExitStatus:
    """Return the exit status of a command that ends with this error."""
    if isinstance(error, LedgerLockedError):
        return ExitStatus.BUSY
    return ExitStatus.IO_ERROR if isinstance(error, OSError) else ExitStatus.WRONG_USE
