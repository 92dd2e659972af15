"""A SIP user agent server (RFC 3261, 8.2 and 11) over UDP and TCP, strict about what it takes; an MCU is a registrar too."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Protocol

METHODS = ("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE")
LONGEST = 64 << 10
_START = re.compile(r"([A-Z]+) ((?:sips?|tel):\S+) SIP/(\d\.\d)")
_HEADER = re.compile(r"([A-Za-z0-9.!%*_+`'~-]+)[ \t]*:[ \t]*(.*)")
# Compact forms (RFC 3261, 20 and 7.3.3).
_COMPACT = {
    "v": "via",
    "f": "from",
    "t": "to",
    "i": "call-id",
    "m": "contact",
    "l": "content-length",
    "c": "content-type",
}


class Registered(Protocol):
    """A device that may be registered."""

    @property
    def registered(self) -> bool: ...


class Owner(Protocol):
    """The device a SIP server speaks for."""

    faults: dict[str, Any]

    @property
    def version(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def delay(self) -> float: ...


@dataclass
class Registry:
    """Who is registered where: the devices of the lab by address of record, and names with nobody behind."""

    devices: dict[str, Registered] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    address: str = ""  # where it is asked: host:port of its SIP server

    def status(self, aor: str) -> tuple[int, str]:
        """What a registrar's proxy answers for an address of record."""
        device = self.devices.get(aor)
        if device is not None and device.registered:
            return 200, "OK"
        known = device is not None or aor in self.accounts
        return (480, "Temporarily Unavailable") if known else (404, "Not Found")


class BadRequestError(Exception):
    """Not a SIP request; the message is the reason phrase's second half."""


@dataclass(frozen=True)
class Request:
    """A request: method, request URI, headers in order with lower-case full names."""

    method: str
    uri: str
    version: str
    headers: tuple[tuple[str, str], ...]
    body: str = ""

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key == name]

    def one(self, name: str) -> str:
        """The value of a header that is there once. Raises BadRequestError."""
        values = self.all(name)
        if len(values) != 1:
            raise BadRequestError(f"{'Missing' if not values else 'Repeated'} {name} header")
        return values[0]


def parse(text: str) -> Request:
    """Read one message. Raises BadRequestError with what is wrong."""
    if "\r\n\r\n" not in text:
        raise BadRequestError("No end of headers")
    head, _, body = text.partition("\r\n\r\n")
    lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
    start = _START.fullmatch(lines[0])
    if start is None:
        raise BadRequestError("Malformed request line")
    headers = []
    for line in lines[1:]:
        match = _HEADER.fullmatch(line)
        if match is None:
            raise BadRequestError("Malformed header")
        name = match[1].lower()
        headers.append((_COMPACT.get(name, name), match[2].strip()))
    return Request(start[1], start[2], start[3], tuple(headers), body)


def check(request: Request) -> None:
    """The headers every request has (RFC 3261, 8.1.1). Raises BadRequestError."""
    if not request.all("via"):
        raise BadRequestError("Missing via header")
    if not re.match(r"SIP/2\.0/(UDP|TCP|TLS) \S+?;(.*;)?branch=z9hG4bK\w+", request.all("via")[0]):
        raise BadRequestError("Malformed via header")
    if not re.search(r";\s*tag=\S+", request.one("from")):
        raise BadRequestError("No tag in from header")
    if not re.search(r"sips?:\S+", request.one("to")) or not request.one("call-id"):
        raise BadRequestError("Malformed to or call-id header")
    hops = request.one("max-forwards")
    if not hops.isdecimal() or int(hops) > 255:
        raise BadRequestError("Malformed max-forwards header")
    sequence = re.fullmatch(r"(\d{1,10})[ \t]+([A-Z]+)", request.one("cseq"))
    if sequence is None or sequence[2] != request.method:
        raise BadRequestError("CSeq does not match the method")
    length = request.all("content-length")
    if length and (not length[0].isdecimal() or int(length[0]) > len(request.body.encode())):
        raise BadRequestError("Content-Length does not match")


class SipServer(asyncio.DatagramProtocol):
    """Both transports on one port number."""

    def __init__(self, owner: Owner, registry: Registry) -> None:
        self.owner, self.registry = owner, registry
        self.requests: list[tuple[str, str, int]] = []  # method, URI, status
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._host, self._port = "", 0
        self._late: set[asyncio.TimerHandle] = set()

    @property
    def listening(self) -> bool:
        return self._udp is not None

    async def listen(self, host: str, port: int) -> int:
        """Open both; returns the port. With port 0 a number is found that is free for both."""
        loop = asyncio.get_running_loop()
        for attempt in range(20):
            self._tcp = await asyncio.start_server(self._serve, host, port, limit=LONGEST)
            number = int(self._tcp.sockets[0].getsockname()[1])
            try:
                self._udp, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(host, number))
            except OSError:
                self._tcp.close()
                if port or attempt == 19:
                    raise
                continue
            self._host, self._port = host, number
            return number
        raise OSError("no port is free for UDP and TCP")

    async def close(self) -> None:
        """Close both."""
        for timer in self._late:
            timer.cancel()
        self._late.clear()
        if self._udp is not None:
            self._udp.close()
            self._udp = None
        if self._tcp is not None:
            self._tcp.close()
            self._tcp = None

    # -- transports ----------------------------------------------------------------------------------------------------

    def datagram_received(self, data: bytes, addr: Any) -> None:
        answer = self.reply(data.decode("utf-8", "replace"), addr[:2])
        if answer is None or self._udp is None:
            return
        if not self.owner.delay:
            self._udp.sendto(answer.encode("utf-8"), addr)
            return

        def later() -> None:
            self._late.discard(timer)
            if self._udp is not None:
                self._udp.sendto(answer.encode("utf-8"), addr)

        timer = asyncio.get_running_loop().call_later(self.owner.delay, later)
        self._late.add(timer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                text = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace").lstrip("\r\n")
                length = re.search(r"(?im)^(?:content-length|l)[ \t]*:[ \t]*(\d{1,5})\r$", text)
                if length is None:
                    break  # RFC 3261, 18.3: over a stream the length has to be there
                text += (await reader.readexactly(int(length[1]))).decode("utf-8", "replace")
                await asyncio.sleep(self.owner.delay)
                answer = self.reply(text, writer.get_extra_info("peername")[:2])
                if answer is not None:
                    writer.write(answer.encode("utf-8"))
                    await writer.drain()
        writer.close()

    # -- answers -------------------------------------------------------------------------------------------------------

    def reply(self, text: str, peer: tuple[str, int]) -> str | None:
        """The answer to one message; None where there is none (ACK, garbage without a Via to send it back by)."""
        if "sip_silent" in self.owner.faults:
            return None
        try:
            request = parse(text)
        except BadRequestError:
            return None
        if request.method == "ACK" or not request.all("via"):
            return None
        try:
            check(request)
            status, reason = self._status(request)
        except BadRequestError as exc:
            status, reason = 400, f"Bad Request - {exc}"
        self.requests.append((request.method, request.uri, status))
        return self._answer(request, status, reason, peer)

    def _status(self, request: Request) -> tuple[int, str]:
        if request.version != "2.0":
            return 505, "Version Not Supported"
        if request.method not in METHODS:
            return 405, "Method Not Allowed"
        if "overloaded" in self.owner.faults:
            return 503, "Service Unavailable"
        return self._options(request) if request.method == "OPTIONS" else (481, "Call/Transaction Does Not Exist")

    def _options(self, request: Request) -> tuple[int, str]:
        match = re.fullmatch(r"sips?:([^@;]+)@([^;]+)(;.*)?", request.uri)
        if match is None:
            return 200, "OK"  # about the device itself
        if int(request.one("max-forwards")) == 0:
            return 483, "Too Many Hops"
        return self.registry.status(f"sip:{match[1]}@{match[2]}")

    def _answer(self, request: Request, status: int, reason: str, peer: tuple[str, int]) -> str:
        via = request.all("via")
        via[0] = re.sub(r";rport(?=;|$)", f";rport={peer[1]}", via[0]) + f";received={peer[0]}"
        to = (request.all("to") or [""])[0]
        lines = [f"SIP/2.0 {status} {reason}", *(f"Via: {v}" for v in via)]
        lines += [f"From: {v}" for v in request.all("from")]
        lines.append(f"To: {to}" if ";tag=" in to else f"To: {to};tag={secrets.token_hex(4)}")
        lines += [f"Call-ID: {v}" for v in request.all("call-id")] + [f"CSeq: {v}" for v in request.all("cseq")]
        if status in (200, 405):
            lines += [f"Allow: {', '.join(METHODS)}", "Accept: application/sdp", "Supported: replaces, timer"]
        if status == 503:
            lines.append("Retry-After: 60")
        lines += [f"Server: {self.owner.model} {self.owner.version}", "Content-Length: 0"]
        return "\r\n".join(lines) + "\r\n\r\n"
