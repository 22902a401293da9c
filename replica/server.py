"""The outlet on a socket: a small HTTP/1.1 server that keeps connections open and a log of what was asked."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from replica.answer import NOT_FOUND, Answer
from replica.faults import Faults
from replica.outlet import Outlet

CONTROL = "/_control/"


class Server:
    """Answers for one outlet; ``/_control/…`` steers it."""

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet
        self.faults = Faults()
        self.requests: list[dict[str, Any]] = []
        self._upon: dict[str, int] = {}
        self._renamed: dict[str, tuple[str, int]] = {}
        self._commands: dict[str, Callable[..., Any]] = {
            "publish": self.publish,
            "change": outlet.change,
            "remove": outlet.remove,
            "pin": outlet.pin,
            "rearrange": outlet.rearrange,
            "records": outlet.records,
            "mirrors": outlet.mirrors,
            "duplicates": outlet.duplicates,
            "layouts": outlet.planted.layouts,
            "sections_not_listed": outlet.sections_not_listed,
            "rename": self.rename,
            "fault": self.faults.add,
            "clear_faults": self.faults.clear,
            "requests": lambda: self.requests,
            "forget_requests": self.requests.clear,
        }

    async def listen(self, port: int) -> asyncio.Server:
        """Listen on a port of the loopback interface; 0 lets the system choose one."""
        return await asyncio.get_running_loop().create_server(lambda: Connection(self), "127.0.0.1", port)

    def publish(self, count: int, upon: str | None = None) -> list[str]:
        """Publish news at once, or as soon as the path *upon* was answered."""
        if upon is None:
            return self.outlet.publish(count)
        self._upon[upon] = count
        return []

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        """Return the answer to one request; requests of the control path leave no trace in the log."""
        path = target.partition("?")[0]
        if path.startswith(CONTROL):
            return self._control(path.removeprefix(CONTROL), body)
        known = headers.get("if-none-match"), headers.get("if-modified-since")
        answer = self._moved(path) or self.outlet.answer(self._as_before(path))
        if known != (None, None):
            answer = answer.unless_known(*known)
        answer = self.faults.spoil(path, answer)
        self.requests.append(
            {
                "method": method,
                "path": target,
                "second": time.monotonic(),
                "status": answer.status,
                "if_none_match": known[0],
                "if_modified_since": known[1],
                "user_agent": headers.get("user-agent"),
            }
        )
        if self._upon and path in self._upon:
            self.outlet.publish(self._upon.pop(path))
        return answer

    def rename(self, section: str, to: str, status: int = 404) -> None:
        """Give a section another path; its old listing answers with a status, 301 leading to the new one.

        Articles are served under both paths, as a CMS leaves old pages where they were published.
        """
        folder = self.outlet.listings.section(section).folder
        self._renamed[folder] = (f"{folder.removesuffix(f'{section}/')}{to}/", status)

    def _moved(self, path: str) -> Answer | None:
        folder, _, leaf = path.rpartition("/")
        new, status = self._renamed.get(f"{folder}/", ("", 0))
        if not new:
            return None
        return NOT_FOUND if status == 404 else Answer(status, headers=(("Location", new + leaf),))

    def _as_before(self, path: str) -> str:
        for old, (new, _) in self._renamed.items():
            if path.startswith(new):
                return old + path.removeprefix(new)
        return path

    def _control(self, command: str, body: bytes) -> Answer:
        try:
            result = self._commands[command](**json.loads(body or b"{}"))
        except (KeyError, StopIteration, TypeError, ValueError) as error:
            return Answer(400, f"{command}: {error}".encode(), "text/plain; charset=utf-8")
        return Answer(200, json.dumps(result, ensure_ascii=False).encode(), "application/json")


class Connection(asyncio.Protocol):
    """One client's connection: requests in, answers out, in their order."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = b""
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete, one after the other."""
        self._buffer += data
        while not self._waiting and not self._transport.is_closing():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            request, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            length = int(headers.get("content-length", 0))
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            method, target, _ = request.split(" ", 2)
            answer = self._server.answer(method, target, headers, rest[:length])
            self._waiting = answer.delay > 0
            if self._waiting:
                asyncio.get_running_loop().call_later(answer.delay, self._resume, answer, method, headers)
            else:
                self._send(answer, method, headers)

    def _resume(self, answer: Answer, method: str, headers: dict[str, str]) -> None:
        self._waiting = False
        self._send(answer, method, headers)
        self.data_received(b"")

    def _send(self, answer: Answer, method: str, headers: dict[str, str]) -> None:
        if not answer.hang_up:
            body = b"" if method == "HEAD" else answer.body[: answer.sent]
            self._transport.write(head_of(answer) + body)
        if answer.hang_up or answer.sent is not None or headers.get("connection", "").lower() == "close":
            self._transport.close()


def head_of(answer: Answer) -> bytes:
    """Return the status line and the headers of an answer as bytes."""
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", "Server: nginx"]
    if answer.status != 304:
        lines += [f"Content-Type: {answer.content_type}", f"Content-Length: {len(answer.body)}"]
    if answer.etag is not None:
        lines.append(f"ETag: {answer.etag}")
    if answer.last_modified is not None:
        lines.append(f"Last-Modified: {answer.last_modified}")
    lines += [f"{name}: {value}" for name, value in answer.headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
