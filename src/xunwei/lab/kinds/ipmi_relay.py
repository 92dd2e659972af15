"""A UDP relay before a simulated BMC: it can pass datagrams late, drop them, or keep them back for a while."""

from __future__ import annotations

import asyncio
from typing import Any

Peer = tuple[str, int]


class Relay:
    """`slow`: seconds every answer is late; `silent`: nothing is answered."""

    def __init__(self, address: str, inner: int) -> None:
        self.address, self.inner = address, inner
        self.slow = 0.0
        self.silent = False
        self._held = 0
        self._waiting: list[tuple[bytes, Peer]] = []
        self._ways: dict[Peer, asyncio.DatagramTransport] = {}
        self._outside: asyncio.DatagramTransport | None = None

    async def open(self, port: int) -> int:
        """Listens; the port."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Ends(self.arrived), local_addr=(self.address, port))
        self._outside = transport
        return int(transport.get_extra_info("sockname")[1])

    def arrived(self, data: bytes, peer: Peer) -> None:
        """A datagram from a client."""
        if self.silent:
            return
        if self._held:
            self._waiting.append((data, peer))
        elif peer in self._ways:
            self._ways[peer].sendto(data)
        else:
            self._waiting.append((data, peer))
            task = asyncio.get_running_loop().create_task(self._way(peer))
            task.add_done_callback(lambda _: self._flush())

    async def _way(self, peer: Peer) -> None:
        """A socket of its own for each client: ipmi_sim answers the port it was asked from."""
        if peer in self._ways:
            return
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Ends(lambda data, _: self._back(data, peer)), remote_addr=(self.address, self.inner)
        )
        if peer in self._ways:
            transport.close()
        else:
            self._ways[peer] = transport
        while len(self._ways) > 64:
            self._ways.pop(next(iter(self._ways))).close()

    def _back(self, data: bytes, peer: Peer) -> None:
        def send() -> None:
            if self._outside is not None and not self._outside.is_closing():
                self._outside.sendto(data, peer)

        if not self.silent:
            asyncio.get_running_loop().call_later(self.slow, send) if self.slow else send()

    def hold(self) -> None:
        """Keep what clients send until `release`; calls nest."""
        self._held += 1

    def release(self) -> None:
        """Pass on what was kept back."""
        self._held -= 1
        self._flush()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for data, peer in waiting:
            self.arrived(data, peer)

    def close(self) -> None:
        """Close every socket."""
        for transport in (*self._ways.values(), self._outside):
            if transport is not None:
                transport.close()


class _Ends(asyncio.DatagramProtocol):
    """Passes every datagram to a function."""

    def __init__(self, arrived: Any) -> None:
        self._arrived = arrived

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._arrived(data, addr)

    def error_received(self, exc: Exception) -> None:
        """An ICMP refusal is what a client of UDP sees as silence."""
