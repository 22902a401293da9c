"""What the project's own commands are to Scrapy."""

from __future__ import annotations

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from tibetnews.console import ExitStatus, print_message
from tibetnews.ledger.errors import LedgerError, LedgerLockedError, LedgerWriteError


class ProjectCommand(ScrapyCommand):
    """Base of the commands that crawl nothing; they log nothing either, and print what they have to say."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute
    settings: Settings  # set by Scrapy before any method but __init__ is called

    @property
    def name(self) -> str:
        """The word that calls the command: the name of its module."""
        return self.__module__.rpartition(".")[2]

    def end(self, status: ExitStatus, message: str) -> ExitStatus:
        """Print why the command ends, and return its exit status."""
        print_message(self.name, message)
        self.exitcode = status
        return status


def status_of(error: LedgerError) -> ExitStatus:
    """Return the exit status of a command that the ledger refuses."""
    if isinstance(error, LedgerLockedError):
        return ExitStatus.BUSY
    return ExitStatus.IO_ERROR if isinstance(error, LedgerWriteError) else ExitStatus.WRONG_USE
