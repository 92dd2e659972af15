"""What an audio/video device serves besides SIP: its HTTPS page, a plain page, H.323 call signalling, RTSP, Telnet."""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
from typing import Any, Protocol

from xunwei.lab.web import Reply, WebDevice

RTSP_METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "TEARDOWN", "PLAY", "PAUSE", "GET_PARAMETER")
LONGEST = 16 << 10


class Owner(Protocol):
    """The device the servers speak for."""

    faults: dict[str, Any]

    @property
    def version(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def delay(self) -> float: ...
    @property
    def port(self) -> int: ...


class Page(WebDevice):
    """The management page: a login form, nothing more."""

    content_type = "text/html; charset=utf-8"

    def __init__(self, own: Any, owner: Owner) -> None:
        super().__init__(own)
        self.owner = owner

    @property
    def listening(self) -> bool:
        return self._server is not None

    async def stop(self) -> None:
        """Close the port; it can be opened again."""
        await self.close()
        self._server = None

    async def _delay(self) -> None:
        if self.owner.delay:
            await asyncio.sleep(self.owner.delay)

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:  # noqa: ARG002
        if method not in ("GET", "HEAD"):
            return Reply(405, text="<html><body>Method Not Allowed</body></html>", headers=[("Allow", "GET, HEAD")])
        if path.partition("?")[0] not in ("/", "/login.html"):
            return Reply(404, text="<html><head><title>Not Found</title></head></html>")
        title = html.escape(self.owner.model)
        form = '<form method="post" action="/action/login"><input name="user"><input type="password" name="pw"></form>'
        text = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{form}</body></html>\n"
        return Reply(200, text=text, headers=[("Server", "AV-Web"), ("X-Frame-Options", "DENY")])


class ClearPage(Page):
    """Plain HTTP: sends on to the HTTPS page."""

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:  # noqa: ARG002
        host = headers.get("host", "127.0.0.1").rpartition(":")[0] or "127.0.0.1"
        return Reply(302, text="", headers=[("Location", f"https://{host}:{self.owner.port}/")])


async def listen_h323(owner: Owner, address: str, port: int) -> asyncio.Server:  # noqa: ARG001
    """H.225.0 call signalling: takes connections, reads TPKT frames (RFC 1006), answers no call."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(4)
                length = int.from_bytes(head[2:], "big")
                if head[0] != 3 or length < 5:
                    break  # no TPKT
                await reader.readexactly(length - 4)
        writer.close()

    return await asyncio.start_server(serve, address, port)


async def listen_rtsp(owner: Owner, address: str, port: int) -> asyncio.Server:
    """RTSP 1.0 (RFC 2326): OPTIONS is answered, a stream needs a login nobody has here."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(owner.delay)
                writer.write(rtsp_reply(owner, head.decode("utf-8", "replace")).encode("utf-8"))
                await writer.drain()
        writer.close()

    return await asyncio.start_server(serve, address, port, limit=LONGEST)


def rtsp_reply(owner: Owner, head: str) -> str:
    """The answer to one request."""
    lines = head.split("\r\n")
    request = re.fullmatch(r"([A-Z_]+) (rtsps?://\S+|\*) RTSP/(\d\.\d)", lines[0])
    headers = dict(re.findall(r"(?m)^([\w-]+):[ \t]*(.*?)\r?$", "\n".join(lines[1:])))
    number = {k.lower(): v for k, v in headers.items()}.get("cseq", "")
    common = f"CSeq: {number}\r\nServer: {owner.model} {owner.version}\r\n"
    if request is None or not number.isdecimal():
        return "RTSP/1.0 400 Bad Request\r\n\r\n"
    if request[3] != "1.0":
        return f"RTSP/1.0 505 RTSP Version not supported\r\n{common}\r\n"
    if request[1] not in RTSP_METHODS:
        return f"RTSP/1.0 501 Not Implemented\r\n{common}\r\n"
    if request[1] == "OPTIONS":
        return f"RTSP/1.0 200 OK\r\n{common}Public: {', '.join(RTSP_METHODS)}\r\n\r\n"
    return f'RTSP/1.0 401 Unauthorized\r\n{common}WWW-Authenticate: Digest realm="{owner.model}"\r\n\r\n'


async def listen_telnet(owner: Owner, address: str, port: int) -> asyncio.Server:
    """A Telnet login nobody should find open."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            writer.write(f"\r\n{owner.model}\r\nlogin: ".encode())
            await writer.drain()
            await reader.read(256)
        writer.close()

    return await asyncio.start_server(serve, address, port)
