"""The command ``tibetnews``: Scrapy's command line with this project's settings, from any folder.

It heeds neither a scrapy.cfg in the folder where it runs nor SCRAPY_SETTINGS_MODULE; ``scrapy`` heeds both.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import tibetnews

SETTINGS_MODULE = "tibetnews.settings"


def main() -> None:
    """Run the command that the program's arguments name."""
    command = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    try:
        from tibetnews.console import run_to_exit  # only here, since Ctrl-C may come while all is loaded

        sys.exit(run_to_exit(command, lambda: _run(command)))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the work is done, and its status stands
            signal.signal(number, signal.SIG_IGN)


def _run(command: str) -> int:
    """Run a command of the project or of Scrapy, which ends with SystemExit; without one print what there is."""
    from importlib.metadata import entry_points

    from tibetnews.console import ExitStatus, print_message

    unknown = [option for option in sys.argv[1:] if option not in ("--version", "--help", "-h")]
    if not command and unknown:
        print_message("", f"no option {unknown[0]!r}; `tibetnews` lists the commands")
        return ExitStatus.WRONG_USE
    if not command:
        print(f"tibetnews {tibetnews.__version__}" if "--version" in sys.argv else _usage())
    elif command in {*_modules("tibetnews.commands"), *_modules("scrapy.commands")} or entry_points(
        group="scrapy.commands", name=command
    ):
        _execute()
    else:
        print_message("", f"no command {command!r}; `tibetnews` lists them")
        return ExitStatus.WRONG_USE
    return ExitStatus.OK


def _execute() -> None:
    from pathlib import Path

    from scrapy import cmdline
    from scrapy.settings import Settings

    from tibetnews.console import ExitStatus

    class Parser(cmdline.ScrapyArgumentParser):
        """Scrapy's parser; its usage names this program, and wrong use is told in one line."""

        def __init__(self, *, usage: str, **options: Any) -> None:
            super().__init__(usage="tibetnews" + usage.removeprefix("scrapy"), **options)

        def print_help(self, file: Any = None) -> None:
            print(self.format_help(), end="", file=file)  # argparse is silent where it cannot be written

        def error(self, message: str) -> NoReturn:
            print(f"{' '.join((self.usage or '').split()[:2])}: {message}", file=sys.stderr)
            sys.exit(ExitStatus.WRONG_USE)

    cmdline.ScrapyArgumentParser = Parser  # type: ignore[misc, assignment]  # Scrapy has no setting for it
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE  # Scrapy asks it whether there is a project
    settings = Settings({"EDITOR": os.environ["EDITOR"]} if "EDITOR" in os.environ else None)
    settings.setmodule(SETTINGS_MODULE, "project")
    # Scrapy puts a relative path beside the project's scrapy.cfg; here there is none.
    settings.set("HTTPCACHE_DIR", str(Path(".scrapy", settings["HTTPCACHE_DIR"]).absolute()), "project")
    cmdline.execute(settings=settings)


def _usage() -> str:
    from importlib import import_module

    own = list(_modules("tibetnews.commands"))
    commands = (import_module(f"tibetnews.commands.{name}").Command() for name in own)
    lines = [f"  {name:<10} {command.short_desc()}" for name, command in zip(own, commands, strict=True)]
    others = ", ".join(name for name in _modules("scrapy.commands") if name not in own)
    return "\n".join(
        [
            f"tibetnews {tibetnews.__version__}\n",
            "Usage: tibetnews COMMAND [options] [arguments]\n",
            *lines,
            f"\nScrapy's other commands: {others}\n",
            "`tibetnews COMMAND -h` describes a command. Records go to exports/, the ledger to state/, in this folder.",
        ]
    )


def _modules(package: str) -> Iterator[str]:
    """Yield the names of a package's modules."""
    from importlib import import_module
    from pkgutil import iter_modules

    return (module.name for module in iter_modules(import_module(package).__path__))


if __name__ == "__main__":
    main()
