"""The HTTP(S) server under every simulated device that is asked over the web: h11 on asyncio, with transport faults.

A device is a subclass with `reply`. Connections are kept alive; every request is written to `requests`. TLS uses the
device's own certificate (`xunwei.lab.tls`); without an identity the device speaks plain HTTP.
"""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import h11

from xunwei.lab.tls import Identity

USER, PASSWORD = "inspector", "lab-inspector-1"  # the lab's, invented
MAX_BODY = 64 << 10
# Faults every web device has. slow: seconds (True: 0.3); the others are on or off and spare what `is_open`.
WEB_FAULTS = ("slow", "hang", "truncated_output", "login_refused", "http_500", "garbage")
_BODILESS = (204, 304)


@dataclass
class Reply:
    """An answer before it is put on the wire: `body` is sent as JSON, `text` as it is."""

    status: int
    body: Any = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    text: str | None = None
    content_type: str = ""


class WebDevice(ABC):
    """A running device. `port`, `certificate` (PEM, also the CA file to verify with), `fingerprint`, `requests`.

    Subclasses give `reply`, and where they have more faults `known_faults` (all of them, WEB_FAULTS included).
    `login_refused` is only kept here: what it means is the subclass's business.
    """

    known_faults: tuple[str, ...] = WEB_FAULTS
    common_headers: tuple[tuple[str, str], ...] = (("Cache-Control", "no-cache"),)
    content_type = "application/json;charset=utf-8"
    garbage = "<html><body>device is busy, try again\x07</body></html>"

    def __init__(self, own: Identity | None) -> None:
        self.own = own
        self.port = 0
        self.faults: dict[str, Any] = {}
        self.requests: list[tuple[str, str, int]] = []  # method, path, status: what a test may look at
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The answer. `path` with its query, header names in lower case, `body` cut at MAX_BODY + 1 bytes."""

    def is_open(self, path: str) -> bool:  # noqa: ARG002
        """Whether the transport faults (but slow and hang) spare this path: logins, a service root."""
        return False

    def set_fault(self, name: str, value: Any) -> None:
        """Turn a fault on (any value) or off (False or None). Raises ValueError for a name that is none."""
        if name not in self.known_faults:
            raise ValueError(f"unknown fault {name!r}; known: {', '.join(self.known_faults)}")
        self.faults.pop(name, None)
        if value is not None and value is not False:
            self.faults[name] = value

    def state(self) -> dict[str, Any]:
        """What answers are made from, as plain data."""
        return {"faults": dict(self.faults)}

    def info(self) -> dict[str, str]:
        """What a client needs to verify the device with."""
        if self.own is None:
            return {}
        return {"certificate": str(self.own.certificate), "fingerprint": self.own.fingerprint}

    async def listen(self, host: str, port: int) -> None:
        """Open the port; 0 takes a free one."""
        tls = self.own.server_context() if self.own is not None else None
        self._server = await asyncio.start_server(self._serve, host, port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and drop all connections."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        try:
            await self._converse(reader, writer)
        except (OSError, h11.ProtocolError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, spoke no HTTP, or the lab closes
        finally:
            writer.transport.abort()
            if task is not None:
                self._tasks.discard(task)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = h11.Connection(h11.SERVER)
        while True:
            request, body = await _request(wire, reader)
            if request is None:
                return
            path, method = request.target.decode("ascii", "replace"), request.method.decode("ascii")
            await self._delay()
            reply = self._spoilt(path, self.reply(method, path, _headers(request), body))
            self.requests.append((method, path, reply.status))
            cut = "truncated_output" in self.faults and not self.is_open(path)
            await self._send(wire, writer, reply, head=method == "HEAD", cut=cut)
            if cut or wire.our_state is not h11.DONE:
                return
            wire.start_next_cycle()

    def _spoilt(self, path: str, reply: Reply) -> Reply:
        if self.is_open(path):
            return reply
        if "http_500" in self.faults:
            return Reply(500, text="<html><body>Internal Server Error</body></html>", content_type="text/html")
        if "garbage" in self.faults and reply.status == 200:
            return Reply(200, text=self.garbage)
        return reply

    async def _delay(self) -> None:
        if "hang" in self.faults:
            await asyncio.Event().wait()
        slow = self.faults.get("slow")
        if slow is not None:
            await asyncio.sleep(0.3 if slow is True else float(slow))

    async def _send(
        self, wire: h11.Connection, writer: asyncio.StreamWriter, reply: Reply, *, head: bool, cut: bool
    ) -> None:
        text = reply.text if reply.text is not None else json.dumps(reply.body) if reply.body is not None else ""
        content = text.encode("utf-8")
        headers = [
            *self.common_headers,
            ("Content-Type", reply.content_type or self.content_type),
            ("Content-Length", str(len(content))),
            *reply.headers,
        ]
        out = wire.send(h11.Response(status_code=reply.status, headers=headers)) or b""
        if content and not head and reply.status not in _BODILESS:
            out += wire.send(h11.Data(data=content[: len(content) // 2] if cut else content)) or b""
        writer.write(out)
        await writer.drain()
        if not cut:
            wire.send(h11.EndOfMessage())


async def _request(wire: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request | None, bytes]:
    """The next request with its body; None when the client is done."""
    request: h11.Request | None = None
    body = b""
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)[: MAX_BODY + 1 - len(body)]
        elif isinstance(event, h11.EndOfMessage):
            return request, body
        else:
            return None, b""


def _headers(request: h11.Request) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.headers}
