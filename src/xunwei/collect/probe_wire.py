"""One knock at one port: connect, ask, read the answer within bounds; what became of it is a word, never an exception."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import time
from dataclasses import dataclass

from xunwei.words import Status


class ProbeError(Exception):
    """A section that gets a status instead of an answer."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(" ".join(reason.split())[:200])
        self.status = status


class SetupError(Exception):
    """The inventory's words for this asset make no sense."""


@dataclass(frozen=True)
class Knock:
    """`state`: open (it answered), refused, silent, broken (connected, but no proper answer), untrusted (TLS).

    `own`: whether it was the asset's own port, not a server elsewhere.
    """

    service: str
    port: int
    state: str
    seconds: float = 0.0
    reply: str = ""
    own: bool = True

    @property
    def open(self) -> bool:
        """Whether somebody is there."""
        return self.state in ("open", "broken", "untrusted")

    def head(self) -> str:
        """The line that says what became of it."""
        spent = f" {self.seconds * 1000:.1f} ms" if self.open else ""
        return f"== {self.service} {self.port} {self.state}{spent}\n"

    def text(self) -> str:
        """The line, and what came back."""
        return self.head() + (self.reply if not self.reply or self.reply.endswith("\n") else self.reply + "\n")


def readable(data: bytes) -> str:
    """An answer as text: UTF-8, LF line ends, no control characters."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)


def state_of(exc: BaseException) -> str:
    """refused or silent."""
    refused = isinstance(exc, ConnectionRefusedError) or getattr(exc, "errno", 0) == errno.ECONNREFUSED
    return "refused" if refused else "silent"


async def connect(service: str, host: str, port: int, seconds: float) -> Knock:
    """Connect and close again; nothing is sent."""
    started = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as exc:
        return Knock(service, port, state_of(exc))
    spent = time.monotonic() - started
    await close(writer)
    return Knock(service, port, "open", spent)


async def exchange(
    service: str, host: str, port: int, question: bytes, seconds: float, end: bytes, most: int
) -> Knock:  # fmt: skip
    """Send one question over TCP and read until `end` or `most` bytes."""
    started = time.monotonic()
    writer: asyncio.StreamWriter | None = None
    data = b""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(question)
            await writer.drain()
            while end not in data and len(data) < most:
                chunk = await reader.read(4096)
                if not chunk:
                    break
                data += chunk
    except (OSError, TimeoutError) as exc:
        if writer is None:
            return Knock(service, port, state_of(exc))
    finally:
        if writer is not None:
            await close(writer)
    state = "open" if end in data else "broken"
    return Knock(service, port, state, time.monotonic() - started, readable(data))


async def close(writer: asyncio.StreamWriter) -> None:
    """Close, without waiting long for a peer that does not."""
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), 1.0)
