"""``python -m replica``: serve the replica by hand. The first line printed is its address."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import suppress
from typing import Any

from replica.outlet import Outlet
from replica.server import Server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m replica", description="The outlet on loopback.")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--articles", type=int, default=400, help="how many articles there are (400)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other articles (1)")
    parser.add_argument("--sections", type=int, help="how many of the sections there are (all)")
    parser.add_argument("--page-size", type=int, default=10, help="articles on a listing page (10)")
    parser.add_argument(
        "--edited", type=float, default=0, metavar="SHARE", help="how much of a copied article is edited (0)"
    )
    parser.add_argument("--scripted", action="store_true", help="add a section that only scripts write")
    parser.add_argument("--unlisted", action="store_true", help="add sections that the project's table lacks")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="'PATH KIND NAME=VALUE…'",
        help="spoil answers: '/cn/politics/* status status=503 retry_after=9 times=2'; see faults.py",
    )
    parser.add_argument("--attached", action="store_true", help="end when standard input ends")
    return parser.parse_args()


def _server(arguments: argparse.Namespace) -> Server:
    outlet = Outlet(
        arguments.articles,
        arguments.seed,
        arguments.sections,
        arguments.page_size,
        arguments.edited,
        arguments.scripted,
        arguments.unlisted,
    )
    server = Server(outlet)
    for fault in arguments.fault:
        path, kind, *details = fault.split()
        values: dict[str, Any] = {
            name: _value(value) for name, _, value in (detail.partition("=") for detail in details)
        }
        server.faults.add(path, kind, **values)
    return server


def _value(text: str) -> int | float | str:
    for number in (int, float):
        with suppress(ValueError):
            return number(text)
    return text


async def _serve(arguments: argparse.Namespace) -> None:
    server = await _server(arguments).listen(arguments.port)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    if arguments.attached:
        ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
        await ended.wait()
    else:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(_serve(_arguments()))
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, OverflowError) as error:  # the port is taken, or no port at all
        sys.exit(f"the replica cannot start: {error}")
