"""``tibetnews ledger``: checks, backs up and mends the ledger between runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from tibetnews import clock
from tibetnews.command import ProjectCommand
from tibetnews.console import ExitStatus, print_message
from tibetnews.errors import WrongUseError
from tibetnews.export_files import exports_of
from tibetnews.wording import counted

ACTIONS = "check, backup FILE, rebuild [EXPORT...] or cut --yes"


class Command(ProjectCommand):
    """``tibetnews ledger``."""

    usage = "check | backup FILE | rebuild [EXPORT...] | cut [--yes]"
    summary = "Check the ledger, back it up, rebuild it from the exports, or cut lines that it does not know"
    description = (
        "check compares the ledger with the exports, looks for damage, and changes nothing. backup copies the ledger to"
        " FILE, also during a run. rebuild moves the ledger to STATE_DIR/set-aside-N and makes a new one from the"
        " exports (those in EXPORT_DIR, or those named). cut moves lines that the ledger does not know from the ends of"
        " the exports to files beside them that end in .cut. Exit status: 0 all well, 1 something is wrong, 2 wrong use"
        " or a damaged ledger, 74 it cannot be written, 75 a run is at work."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--yes", action="store_true", help="with cut: move the lines; without --yes they are only counted"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        state = self.settings.get("STATE_DIR")
        if opts.yes and args != ["cut"]:
            raise WrongUseError("--yes goes with cut")
        if not state:
            raise WrongUseError("STATE_DIR is empty, so that there is no ledger")
        return self._run(args, Path(state), is_sure=opts.yes)

    def _run(self, args: list[str], folder: Path, *, is_sure: bool) -> int:
        from tibetnews.ledger.maintenance import backup, cut_unknown_lines

        match args:
            case ["check"]:
                return self._check(folder)
            case ["backup", target]:
                backup(folder, Path(target))
                print(target)
                return ExitStatus.OK
            case ["rebuild", *exports]:
                return self._rebuild(folder, [Path(name) for name in exports] or exports_of(self.settings))
            case ["cut"]:
                found = cut_unknown_lines(folder, exports_of(self.settings), is_sure=is_sure)
                print("\n".join(found) or "the ledger knows all lines")
                if found and not is_sure:
                    print_message(self.name, "nothing was changed; add --yes to do it")
                return ExitStatus.PROBLEMS if found and not is_sure else ExitStatus.OK
        refused = f"no {' '.join(args)!r} here; " if args else ""
        raise WrongUseError(f"{refused}say what to do: {ACTIONS}")

    def _check(self, folder: Path) -> int:
        from tibetnews.ledger.maintenance import check

        found = check(folder, exports_of(self.settings))
        print("\n".join([*found.problems, *found.notes]) or "the ledger and the exports agree")
        if found.problems:
            print_message(self.name, "rebuild makes a ledger that knows the exports as they are; `ledger -h` says more")
        return ExitStatus.PROBLEMS if found.problems else ExitStatus.OK

    def _rebuild(self, folder: Path, exports: list[Path]) -> int:
        from tibetnews.archive.files import own_files
        from tibetnews.corpus.rebuild import rebuild_ledger
        from tibetnews.crawl_session import revisit_after

        if missing := [path for path in exports if not path.is_file()]:
            raise WrongUseError(f"{missing[0]} is no file")
        if not exports:
            raise WrongUseError(f"there is no export in {self.settings['EXPORT_DIR']}; name some")
        archive = self.settings.get("ARCHIVE_DIR")
        rebuilt = rebuild_ledger(
            folder,
            exports,
            clock.now(),
            self.settings.get("OUTLET_SITE") or None,
            archives=sorted(own_files(Path(archive))) if archive else (),
            revisit_after=revisit_after(self.settings),
        )
        for line in rebuilt.mended:
            print(line)
        if rebuilt.skipped:
            print(f"{counted(rebuilt.skipped, 'line holds', 'lines hold')} no record")
        if rebuilt.aside:
            print(f"the old ledger is in {rebuilt.aside}")
        print(f"a new ledger knows {counted(rebuilt.articles, 'article')} from {counted(rebuilt.lines, 'line')}")
        return ExitStatus.PROBLEMS if rebuilt.skipped else ExitStatus.OK
