"""SIP OPTIONS (RFC 3261, 11): ask a user agent, or a registrar about one of its addresses of record, whether it is there."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import socket
import time
from dataclasses import dataclass
from typing import Any

from xunwei.collect.probe_wire import Knock, SetupError, close, readable, state_of

T1, T2 = 0.5, 4.0  # RFC 3261, table 4: first retransmission, longest distance between two
REPLY_BYTES = 16 << 10
_AOR = re.compile(r"sips?:[\w.!~*'()&=+$,;?/%-]+@[\w.\[\]:-]+")


@dataclass(frozen=True)
class Question:
    """Where to send it, and the request URI."""

    host: str
    port: int
    uri: str


def uri_host(host: str) -> str:
    """A host as URIs write it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def at_registrar(aor: str, registrar: str) -> Question:
    """The question whether `aor` (sip:user@domain) is to be reached through `registrar` (host or host:port)."""
    uri = aor if ":" in aor.split("@", maxsplit=1)[0] else f"sip:{aor}"
    if not _AOR.fullmatch(uri):
        raise SetupError(f"asset_sip_aor is no address of record: {aor[:60]!r}")
    match = re.fullmatch(r"(\[[0-9A-Fa-f:]+\]|[\w.-]+)(?::(\d{1,5}))?", registrar)
    if match is None or not 0 < int(match[2] or 5060) < 65536:
        raise SetupError(f"asset_sip_registrar is no host or host:port: {registrar[:60]!r}")
    return Question(match[1].strip("[]"), int(match[2] or 5060), uri)


def request(question: Question, transport: str, local: tuple[str, int]) -> tuple[bytes, str, str]:
    """(message, branch, Call-ID). The branch is what ties an answer to its question (RFC 3261, 17.1.3)."""
    branch, call = f"z9hG4bK{secrets.token_hex(8)}", secrets.token_hex(12)
    here = f"{uri_host(local[0])}:{local[1]}"
    lines = [
        f"OPTIONS {question.uri} SIP/2.0",
        f"Via: SIP/2.0/{transport} {here};branch={branch};rport",
        "Max-Forwards: 70",
        f"From: <sip:xunwei@{uri_host(local[0])}>;tag={secrets.token_hex(6)}",
        f"To: <{question.uri}>",
        f"Call-ID: {call}@{uri_host(local[0])}",
        "CSeq: 1 OPTIONS",
        f"Contact: <sip:xunwei@{here};transport={transport.lower()}>",
        "Accept: application/sdp",
        "User-Agent: xunwei",
        "Content-Length: 0",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii"), branch, call


def is_final(data: bytes, branch: str) -> bool:
    """Whether this is a final answer (2xx to 6xx) to the question with that branch."""
    text = data.decode("utf-8", "replace")
    return bool(re.match(r"SIP/2\.0 [2-6]\d\d ", text)) and f"branch={branch}" in text.replace(" ", "")


class _Waiting(asyncio.DatagramProtocol):
    """Keeps the first final answer; a provisional one (1xx) and strangers' packets are let go."""

    def __init__(self) -> None:
        self.branch = ""
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: Any) -> None:  # noqa: ARG002
        if not self.answer.done() and is_final(data, self.branch):
            self.answer.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(exc)


async def by_udp(question: Question, seconds: float, *, own: bool = True) -> Knock:
    """Ask over UDP, repeating as RFC 3261 17.1.2.2 says until there is an answer or the time is over."""
    loop, started = asyncio.get_running_loop(), time.monotonic()
    transport = None
    service = "sip-udp" if own else "registrar"
    try:
        transport, waiting = await loop.create_datagram_endpoint(
            _Waiting, remote_addr=(question.host, question.port), family=_family(question.host)
        )
        message, waiting.branch, _ = request(question, "UDP", transport.get_extra_info("sockname")[:2])
        pause = T1
        while True:
            transport.sendto(message)
            left = seconds - (time.monotonic() - started)
            with contextlib.suppress(TimeoutError):
                data = await asyncio.wait_for(asyncio.shield(waiting.answer), max(0.0, min(pause, left)))
                return Knock(service, question.port, "open", time.monotonic() - started, _headers(data), own)
            if left <= pause:
                return Knock(service, question.port, "silent", own=own)
            pause = min(pause * 2, T2)
    except OSError as exc:
        return Knock(service, question.port, state_of(exc), own=own)
    finally:
        if transport is not None:
            transport.close()


async def by_tcp(question: Question, seconds: float) -> Knock:
    """Ask over TCP; a connection that takes the question and gives no final answer is `broken`."""
    started = time.monotonic()
    writer: asyncio.StreamWriter | None = None
    data, branch = b"", ""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(question.host, question.port)
            message, branch, _ = request(question, "TCP", writer.get_extra_info("sockname")[:2])
            writer.write(message)
            await writer.drain()
            while len(data) < REPLY_BYTES:
                chunk = await reader.read(4096)
                data += chunk
                while re.match(rb"SIP/2\.0 1\d\d ", data) and b"\r\n\r\n" in data:
                    data = data.partition(b"\r\n\r\n")[2]  # a provisional answer: the final one is to come
                if b"\r\n\r\n" in data or not chunk:
                    break
    except (OSError, TimeoutError) as exc:
        if writer is None:
            return Knock("sip-tcp", question.port, state_of(exc))
    finally:
        if writer is not None:
            await close(writer)
    state = "open" if b"\r\n\r\n" in data and is_final(data, branch) else "broken"
    return Knock("sip-tcp", question.port, state, time.monotonic() - started, _headers(data))


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_UNSPEC


def _headers(data: bytes) -> str:
    """The start line and headers of an answer; its body (a session description) is nothing to keep."""
    return readable(data).partition("\n\n")[0] + "\n"
