"""``python -m tests.replica``: serve the replica by hand. The first line printed is its address."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.replica.outlet import Outlet
from tests.replica.server import Server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description="The outlet on loopback.")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--articles", type=int, default=400, help="how many articles there are (400)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other articles (1)")
    parser.add_argument("--sections", type=int, help="how many of the sections there are (all)")
    parser.add_argument("--page-size", type=int, default=10, help="articles on a listing page (10)")
    parser.add_argument("--attached", action="store_true", help="end when standard input ends")
    return parser.parse_args()


async def _serve(arguments: argparse.Namespace) -> None:
    outlet = Outlet(arguments.articles, arguments.seed, arguments.sections, arguments.page_size)
    server = await Server(outlet).listen(arguments.port)
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    if arguments.attached:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(sys.stdin.fileno(), ended.set)
        await ended.wait()
    else:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(_serve(_arguments()))
    except KeyboardInterrupt:
        sys.exit(130)
